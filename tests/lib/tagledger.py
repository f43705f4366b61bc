"""What a server has acknowledged of tags, and whether it is so. Like ledger.Ledger, over mailboxes of tags, All and folders.

Each message of a TagLedger has one file. A command on tags changes all of its messages or none, also when the server is killed in the middle;
where files move, each message for itself, and its tags may be the old ones still.
"""

import re

import ledger
import remuch
from remuch import Failure

WORDS = ("x", "y")
FOLDERS = ("INBOX", "Archive", "Trash")


class TagLedger:
    def __init__(self, who, rnd):
        self.who, self.rnd, self.n, self.commands, self.last = who, rnd, 0, 0, []
        self.mails = {}                 # id -> (flags, folder)
        self.own = []                   # tags that only we use, made by CREATE
        self.before, self.after, self.files, self.born = {}, {}, False, None
        self.own_after = None           # names in doubt

    @property
    def copies(self):
        """As a Ledger has it: the values are ids."""
        return {i: i for i in self.mails}

    # ---- commands ----

    def step(self, c):
        command = self.rnd.choice([self.append] * 4 + [self.store] * 3 + [self.copy] * 3 + [self.swap] * 3 + [self.expunge] * 3 + [self.trash] * 2
                                  + [self.file] * 2 + [self.drop, self.create, self.rename, self.delete])
        self.last = self.last[-3:] + [command.__name__]
        command(c)
        self.commands += 1
        self.mails.update(self.after)
        self.before, self.after, self.files, self.born = {}, {}, False, None
        if self.own_after is not None:
            self.own, self.own_after = self.own_after, None

    def words(self):
        return list(WORDS) + self.own

    def select(self, c, box):
        """UIDs of some of our messages in it: {id: UID}."""
        seen = ledger.look_in(c, "SELECT", box)
        mine = {i: uid for uid, (i, _) in seen.mails.items() if i in self.mails} if seen else {}
        some = self.rnd.sample(sorted(mine), min(len(mine), self.rnd.randint(1, 4)))
        return {i: mine[i] for i in some}

    def intend(self, ids, add=(), remove=(), folder=None):
        """What is going to be, once the command is acknowledged."""
        self.before = {i: self.mails[i] for i in ids}
        self.after = {i: ((f | set(add)) - set(remove), folder or home) for i, (f, home) in self.before.items()}
        self.files = folder is not None

    @staticmethod
    def set_of(uids):
        return ",".join(str(u) for u in sorted(uids.values()))

    def append(self, c):
        if len(self.mails) >= 24:
            return
        word = self.rnd.choice(self.words())
        self.n += 1
        ident = f"{self.who}{self.n}"
        text = remuch.crlf(f"From: {self.who}@example.org\nSubject: {ident}\nMessage-ID: <{ident}@example.org>\n\nx\n".encode())
        self.born = ident
        self.after = {ident: (frozenset({"\\Flagged", "inbox", word}), "INBOX")}
        c.imap(f'APPEND "Tags/{word}" (\\Flagged) {{{len(text)}+}}\r\n'.encode() + text)

    def store(self, c):
        uids = self.select(c, self.rnd.choice(["All"] + [f"Tags/{w}" for w in self.words()]))
        if uids:
            word, sign = self.rnd.choice(self.words() + ["\\Seen"]), self.rnd.choice("+-")
            self.intend(uids, **{"add" if sign == "+" else "remove": [word]})
            c.imap(f"UID STORE {self.set_of(uids)} {sign}FLAGS.SILENT ({word})")

    def copy(self, c):
        uids, word = self.select(c, self.rnd.choice(["All", "INBOX", "Archive"])), self.rnd.choice(self.words())
        if uids:
            self.intend(uids, add=[word])
            c.imap(f'UID COPY {self.set_of(uids)} "Tags/{word}"')

    def swap(self, c):
        a, b = self.rnd.sample(self.words(), 2)
        uids = self.select(c, f"Tags/{a}")
        if uids:
            self.intend(uids, add=[b], remove=[a])
            c.imap(f'UID MOVE {self.set_of(uids)} "Tags/{b}"')

    def expunge(self, c):
        """The mark is the mailbox's own: whether it is there matters to nobody."""
        word = self.rnd.choice(self.words())
        uids = self.select(c, f"Tags/{word}")
        if uids:
            c.imap(f"UID STORE {self.set_of(uids)} +FLAGS.SILENT (\\Deleted)")
            self.intend(uids, remove=[word])
            c.imap(f"UID EXPUNGE {self.set_of(uids)}")

    def drop(self, c):
        uids = self.select(c, "All")
        if uids:
            c.imap(f"UID STORE {self.set_of(uids)} +FLAGS.SILENT (\\Deleted)")
            self.intend(uids, add=["deleted"])
            c.imap(f"UID EXPUNGE {self.set_of(uids)}")

    def trash(self, c):
        word = self.rnd.choice(self.words())
        uids = self.select(c, f"Tags/{word}")
        if uids:
            self.intend(uids, remove=[word], folder="Trash")
            c.imap(f"UID MOVE {self.set_of(uids)} Trash")

    def file(self, c):
        """Out of a folder, into a tag: the file goes to the Archive."""
        uids, word = self.select(c, "INBOX"), self.rnd.choice(self.words())
        if uids:
            self.intend(uids, add=[word], folder="Archive")
            c.imap(f'UID MOVE {self.set_of(uids)} "Tags/{word}"')

    def create(self, c):
        if len(self.own) < 2:
            self.n += 1
            self.own_after = self.own + [f"{self.who}-{self.n}"]
            c.imap(f"CREATE Tags/{self.own_after[-1]}")

    def rename(self, c):
        if self.own:
            self.n += 1
            old, new = self.own[0], f"{self.who}-{self.n}"
            self.intend([i for i, (f, _) in self.mails.items() if old in f], add=[new], remove=[old])
            self.own_after = self.own[1:] + [new]
            c.imap("UNSELECT", ok=False)
            c.imap(f"RENAME Tags/{old} Tags/{new}")

    def delete(self, c):
        if self.own:
            self.intend([i for i, (f, _) in self.mails.items() if self.own[0] in f], remove=[self.own[0]])
            self.own_after = self.own[1:]
            c.imap("UNSELECT", ok=False)
            c.imap(f"DELETE Tags/{self.own[0]}")

    # ---- checks ----

    def check(self, seen):
        """Raises Failure unless all that was acknowledged is so, and every mailbox holds what it should. Afterwards nothing is in doubt."""
        there = self.gather(seen)
        before, after = self.before, self.after
        changed = {i for i in after if there.get(i) == after[i] and after[i] != before.get(i)}
        unchanged = {i for i in before if there.get(i) == before[i] and after[i] != before[i]}
        if not self.files and changed and unchanged:
            raise Failure(f"half done: {changed} are as they should become, {unchanged} as they were")
        for i in self.mails.keys() | there.keys():
            allowed = [before[i], after[i]] if i in before else [self.mails.get(i)]
            if i in before and self.files:
                allowed += [(before[i][0], after[i][1])]
            if i == self.born:
                flags = after[i][0]
                allowed = [None, after[i]]
                if i in there and there[i][1] == "INBOX" and there[i][0] <= flags | {"inbox"}:
                    allowed.append(there[i])            # cut off behind the delivery of the file: an ordinary new mail
            if there.get(i) not in allowed:
                raise Failure(f"{i} is {there.get(i)}, and should be one of {allowed}")
        self.mails = there
        self.check_own(seen)
        self.before, self.after, self.files, self.born = {}, {}, False, None

    def gather(self, seen):
        """{id: (flags, folder)}, when each mailbox agrees."""
        mine = re.compile(re.escape(self.who) + r"\d+$")
        there = {}
        for box in FOLDERS:
            for ident, flags in seen[box].mails.values():
                if mine.match(ident):
                    if ident in there:
                        raise Failure(f"{ident} is in {there[ident][1]} and in {box}")
                    there[ident] = (flags - {"\\Deleted"}, box)
        for name, box in seen.items():
            if name in FOLDERS:
                continue
            ids = [i for i, _ in box.mails.values() if mine.match(i)]
            word = name.partition("/")[2]
            want = sorted(i for i, (f, _) in there.items() if (word in f if word else "deleted" not in f))
            if sorted(ids) != want:
                raise Failure(f"{name} holds {sorted(ids)} and should {want}")
            for ident, flags in box.mails.values():
                if mine.match(ident) and flags - {"\\Deleted"} != there[ident][0]:
                    raise Failure(f"{ident} has {set(flags)} in {name} and {set(there[ident][0])} in {there[ident][1]}")
        return there

    def check_own(self, seen):
        now = sorted(n[5:] for n in seen if n.startswith(f"Tags/{self.who}-"))
        if now not in (sorted(self.own), sorted(self.own if self.own_after is None else self.own_after)):
            raise Failure(f"our tags are {now} and should be {self.own} or {self.own_after}")
        self.own, self.own_after = now, None

    def check_octets(self, c, seen):
        pass

    def check_index(self, dump):
        for ident, (flags, _) in self.mails.items():
            if dump.get(ident) != ledger.tags(flags):
                raise Failure(f"notmuch has {ident} with {dump.get(ident)}, and should with {ledger.tags(flags)}")
