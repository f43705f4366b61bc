"""A client's picture of a mailbox: what it was told, and nothing it was not.

    view = View(server, site, "INBOX")
    view.do("STORE 1 +FLAGS (\\Seen)")          # takes in what the server says meanwhile
    view.mails                                  # [UID, flags, id] by sequence number; None: not told yet
"""

import re

from remuch import Failure


class View:
    """A connection with a mailbox selected. uids: a ledger.Uids that all views share; None: ids are not asked for."""

    def __init__(self, server, site, box, uids=None):
        self.server, self.site, self.uids = server, site, uids
        self.open(box)

    def open(self, box):
        self.c = self.server.connect()
        self.c.imap_login(self.site)
        self.select(box)

    def select(self, box):
        """Another mailbox. False: it is not there, and this one is not selected any more."""
        self.box, self.mails, self.validity, self.bye = box, [], None, False
        tagged = self.do(f'SELECT "{box}"', ok=False)
        self.learn()
        return tagged.startswith(b"OK")

    def do(self, command, ok=True):
        try:
            untagged, tagged = self.c.imap(command, ok)
        except Failure:
            if not self.bye:
                raise
            return b"BYE"
        for r in untagged:
            self.told(r)
        return tagged

    def told(self, r):
        self.bye |= r.startswith(b"* BYE")
        m = re.match(rb"\* OK \[UIDVALIDITY (\d+)", r)
        if m:
            self.validity = int(m[1])
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
        elif what == b"EXPUNGE":
            del self.mails[n - 1]
        else:
            self.fetched(n, m[3])

    def fetched(self, n, items):
        mail = self.mails[n - 1]
        uid, flags, ident = (re.search(p, items) for p in (rb"UID (\d+)", rb"FLAGS \((.*?)\)", rb"Message-ID: <(.*?)@"))
        if uid and mail[0] not in (None, int(uid[1])):
            raise Failure(f"{self.box}: number {n} was UID {mail[0]}: {items!r}")
        if uid:
            mail[0] = int(uid[1])
        if flags:
            mail[1] = frozenset(flags[1].decode().split()) - {"\\Recent"}
        if ident:
            mail[2] = ident[1].decode()
        if uid and ident and self.uids:
            self.uids.meet(self.box, self.validity, mail[0], mail[2])

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
