"""A client's picture of a mailbox: what it was told, and nothing it was not.

    view = View(server, site, "INBOX")
    view.do("STORE 1 +FLAGS (\\Seen)")          # takes in what the server says meanwhile
    view.mails                                  # [UID, flags, id] by sequence number; None: not told yet
    view.away()                                 # the connection is lost; a new one asks for what has changed (RFC 7162)

Each response is read by the grammar. Mod-sequences that it is told have to grow with each change of a message.
"""

import re

import imapgrammar
from ledger import unset
from remuch import Failure


class View:
    """A connection with a mailbox selected. uids: a ledger.Uids that all views share; None: ids are not asked for."""

    def __init__(self, server, site, box, uids=None, qresync=False):
        self.server, self.site, self.uids, self.qresync, self.gone = server, site, uids, qresync, set()
        self.modseqs = {}               # (mailbox, UIDVALIDITY, UID): the last (mod-sequence, flags or None)
        self.open(box)

    def connect(self):
        self.c = self.server.connect()
        self.c.imap_login(self.site)
        if self.qresync:
            self.c.imap("ENABLE QRESYNC")

    def open(self, box):
        self.connect()
        self.select(box)

    def select(self, box):
        """Another mailbox. False: it is not there, and this one is not selected any more."""
        tagged = self.begin(box)
        self.learn()
        return tagged.startswith(b"OK")

    def begin(self, box, parameter="CONDSTORE"):
        self.box, self.mails, self.validity, self.bye, self.highest = box, [], None, False, None
        return self.do(f'SELECT "{box}" ({parameter})', ok=False)

    def away(self):
        """RFC 7162 section 6: of the messages that were known, only what has changed since the highest mod-sequence is asked for, and
        which are left. False: the mailbox is another now."""
        old, validity, since = {uid: (flags, ident) for uid, flags, ident in self.mails if uid and flags is not None}, self.validity, self.highest
        self.c.close()
        self.connect()
        self.gone = set()
        same = self.begin(self.box, f"QRESYNC ({validity} {since} 1:{max(old)})" if self.qresync and old else "CONDSTORE").startswith(b"OK")
        same = same and self.validity == validity
        if same and old and self.qresync:
            left = sorted(old.keys() - self.gone)
            if len(left) > len(self.mails):
                raise Failure(f"{self.box}: {left} should be left by {self.gone}, and there are {len(self.mails)}")
            self.found(left)
        elif same and old:
            self.do(f"UID FETCH 1:{max(old)} (FLAGS) (CHANGEDSINCE {since})", ok=False)
            self.do("UID SEARCH ALL", ok=False)
        for mail in self.mails if same else ():
            if mail[0] in old:
                mail[1:] = [old[mail[0]][0] if mail[1] is None else mail[1], mail[2] or old[mail[0]][1]]
        self.learn()
        return same

    def found(self, uids):
        """These are the first messages."""
        for mail, uid in zip(self.mails, uids):
            if mail[0] not in (None, uid):
                raise Failure(f"{self.box}: {uids}, and {[mail[0] for mail in self.mails]} was told")
            mail[0] = uid

    def do(self, command, ok=True):
        self.heard, self.said = 0, None
        try:
            untagged, tagged = self.c.imap(command, ok)
        except Failure:
            if not self.bye:
                raise
            return b"BYE"
        for r in untagged:
            imapgrammar.response(r)
            self.told(r)
        imapgrammar.tagged(tagged)
        self.told(tagged)
        if self.said or self.highest:                           # only now: section 6
            self.highest = self.said or max(self.highest, self.heard)
        return tagged

    def told(self, r):
        self.bye |= r.startswith(b"* BYE")
        m = re.match(rb"\* OK \[UIDVALIDITY (\d+)", r)
        if m:
            self.validity = int(m[1])
        m = re.match(rb"(?:\* )?OK \[HIGHESTMODSEQ (\d+)\]", r)
        if m:
            self.said = int(m[1])
        m = re.fullmatch(rb"\* SEARCH([ \d]*)", r)
        if m and len(m[1].split()) == len(self.mails):
            self.found(list(map(int, m[1].split())))
        m = re.fullmatch(rb"\* VANISHED( \(EARLIER\))? ([\d:,]+)", r)
        if m:
            self.vanished(set(unset(m[2])), m[1] is not None)
        m = re.match(rb"\* (\d+) (EXISTS|EXPUNGE|FETCH)(.*)", r, re.S)
        if not m:
            return
        n, what = int(m[1]), m[2]
        if what == b"EXISTS":
            if n < len(self.mails):
                raise Failure(f"{self.box}: {n} EXISTS after {len(self.mails)}, without EXPUNGE")
            self.mails += [[None, None, None] for _ in range(n - len(self.mails))]
        elif not 1 <= n <= len(self.mails):
            raise Failure(f"{self.box}: {r!r} with {len(self.mails)} messages")
        elif what == b"EXPUNGE" and self.qresync:
            raise Failure(f"{self.box}: {r!r} after ENABLE QRESYNC")
        elif what == b"EXPUNGE":
            del self.mails[n - 1]
        else:
            self.fetched(n, m[3])

    def vanished(self, uids, earlier):
        here = {mail[0] for mail in self.mails if mail[0]}
        if not self.qresync or (earlier and uids & here):
            raise Failure(f"{self.box}: {uids} vanished{' earlier' if earlier else ''}; {here} are here")
        if earlier:
            self.gone |= uids
            return
        for uid in uids - here:
            self.unknown_vanished(uid)
        self.mails = [mail for mail in self.mails if mail[0] not in uids]

    def unknown_vanished(self, uid):
        """One whose UID was not told yet: it stood behind those with lower ones; its neighbours that are not known either are all alike."""
        at = max((i for i, mail in enumerate(self.mails) if mail[0] and mail[0] < uid), default=-1) + 1
        if at == len(self.mails) or self.mails[at][0]:
            raise Failure(f"{self.box}: UID {uid} vanished, and was never there: {[mail[0] for mail in self.mails]}")
        del self.mails[at]

    def fetched(self, n, items):
        mail = self.mails[n - 1]
        uid, flags, ident = (re.search(p, items) for p in (rb"UID (\d+)", rb"FLAGS \((.*?)\)", rb"Message-ID: <(.*?)@"))
        if uid and mail[0] not in (None, int(uid[1])):
            raise Failure(f"{self.box}: number {n} was UID {mail[0]}: {items!r}")
        if uid:
            mail[0] = int(uid[1])
        if flags:
            mail[1] = frozenset(flags[1].decode().split()) - {"\\Recent"}
        modseq = re.search(rb"MODSEQ \((\d+)\)", items)
        if modseq:
            self.counted(mail[0], int(modseq[1]), mail[1] if flags else None)
        if ident:
            mail[2] = ident[1].decode()
        if uid and ident and self.uids:
            self.uids.meet(self.box, self.validity, mail[0], mail[2])

    def counted(self, uid, modseq, flags):
        key = self.box, self.validity, uid
        last, before = self.modseqs.get(key, (0, None))
        if modseq < last or (modseq == last and None not in (flags, before) and flags != before):
            raise Failure(f"{self.box} UID {uid}: {before} with mod-sequence {last}, then {flags} with {modseq}")
        self.modseqs[key] = modseq, flags if flags is not None or modseq > last else before
        self.heard = max(self.heard, modseq)

    def learn(self):
        """Ask about those we only know to be there."""
        for n, (uid, flags, _) in enumerate(self.mails, 1):
            if uid is None or flags is None:
                header = " BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]" if self.uids else ""
                self.do(f"FETCH {n}:* (UID FLAGS{header})", ok=False)
                break

    def pick(self, rnd):
        known = [uid for uid, _, _ in self.mails if uid]
        return ",".join(map(str, sorted(rnd.sample(known, min(len(known), rnd.randint(1, 3)))))) or "1"
