"""What a server has acknowledged, and whether it is there.

A Ledger belongs to one client, which changes only messages of its own (their Message-IDs begin with its name). Before a
command it notes in `doubt` what may be so afterwards; the tagged OK makes that certain. When the connection is lost
instead, check() takes either for right, per message, and remembers which it was.

    book = Ledger("a", random.Random(1))
    book.step(client)                       # one random command
    seen = observe(client)                  # {mailbox: Box}
    book.check(seen)
"""

import re
import urllib.parse

import remuch
from remuch import Failure

FLAGS = ("\\Seen", "\\Flagged", "\\Answered", "\\Draft", "$Forwarded")
KEYWORDS = ("work", "later", "red")
TAG_OF = {"\\Flagged": "flagged", "\\Answered": "replied", "\\Draft": "draft", "$Forwarded": "passed"}


class Box:
    def __init__(self, validity):
        self.validity, self.mails = validity, {}        # UID -> (id, flags)


def unset(text):
    """b"3:5,9" -> [3, 4, 5, 9]"""
    r = []
    for part in text.split(b","):
        first, _, last = part.partition(b":")
        r += range(int(first), int(last or first) + 1)
    return r


def tags(flags):
    """The notmuch tags of a message with these flags."""
    return {TAG_OF.get(f, f) for f in flags if f not in ("\\Seen", "\\Deleted")} | (set() if "\\Seen" in flags else {"unread"})


def mailboxes(c):
    return [m[1].decode() for r in c.imap('LIST "" "*"')[0] if (m := re.match(rb'\* LIST \((?!.*NoSelect).*?\) "/" "?([^"]*)"?$', r, re.I))]


def look(c, name):
    """One mailbox as it is (None: not there)."""
    return look_in(c, "EXAMINE", name)


def look_in(c, command, name):
    untagged, tagged = c.imap(f'{command} "{name}"', ok=False)
    if not tagged.startswith(b"OK"):
        return None
    text = b"\n".join(untagged)
    box = Box(int(re.search(rb"UIDVALIDITY (\d+)", text)[1]))
    if b"* 0 EXISTS" in untagged:
        return box
    for r in c.imap("FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])", ok=command == "EXAMINE")[0]:
        m = re.match(rb"\* \d+ FETCH .*?UID (\d+)", r)
        ident = re.search(rb"Message-ID: <(.*?)@", r)
        if not m or b"BODY[" not in r:          # a change that somebody else makes meanwhile
            continue
        if not ident:
            raise Failure(f"{name}: a message without its Message-ID: {r!r}")
        flags = re.search(rb"FLAGS \((.*?)\)", r)[1].decode().split()
        box.mails[int(m[1])] = (ident[1].decode(), frozenset(flags) - {"\\Recent"})
    return box


def observe(c):
    return {name: box for name in mailboxes(c) if (box := look(c, name))}


class Uids:
    """UIDs name one message for ever, and a mailbox keeps its UIDVALIDITY."""

    def __init__(self):
        self.names, self.validity = {}, {}

    def note(self, seen, made_anew=()):
        for name, box in seen.items():
            if self.validity.setdefault(name, box.validity) != box.validity:
                if name not in made_anew:
                    raise Failure(f"{name} had UIDVALIDITY {self.validity[name]} and has {box.validity}")
                self.validity[name] = box.validity
            for uid, (ident, _) in box.mails.items():
                self.meet(name, box.validity, uid, ident)

    def meet(self, name, validity, uid, ident):
        was = self.names.setdefault((validity, uid), ident)
        if was != ident:
            raise Failure(f"{name}: UID {uid} was {was} and is {ident}")


class Doubt:
    def __init__(self):
        self.go, self.come, self.move, self.flags, self.marks = set(), [], {}, {}, set()
        self.folders = set()            # mailboxes that may be there or not
        self.rename = None


class Ledger:
    def __init__(self, who, rnd, shared=("INBOX", "Archive")):
        self.who, self.rnd, self.shared = who, rnd, list(shared)
        self.copies, self.marked, self.flags, self.octets = {}, set(), {}, {}
        self.own, self.n, self.doubt = [], 0, Doubt()
        self.expunged, self.unsure, self.anew = set(), set(), set()
        self.commands, self.last = 0, []

    # ---- commands ----

    def step(self, c):
        kinds = [self.append] * 4 + [self.store] * 5 + [self.mark] * 2 + [self.copy] * 2 + [self.move] * 3 + [self.expunge] * 3
        kinds += [self.create, self.rename, self.delete]
        command = self.rnd.choice(kinds)
        self.last = self.last[-3:] + [command.__name__]
        command(c)
        self.commands += 1
        self.doubt = Doubt()

    def boxes(self):
        return self.shared + self.own

    def pick(self, unmarked=True, most=4):
        """A mailbox, and some of our messages in it."""
        box = self.rnd.choice(self.boxes())
        mine = [k for k in self.copies if k[0] == box and not (unmarked and k in self.marked)]
        return box, self.rnd.sample(mine, min(len(mine), self.rnd.randint(1, most)))

    @staticmethod
    def uids(keys):
        return ",".join(str(uid) for _, uid in sorted(keys))

    def append(self, c):
        box = self.rnd.choice(self.boxes())
        self.n += 1
        ident = f"{self.who}{self.n}"
        text = remuch.crlf(f"From: {self.who}@example.org\nSubject: {ident}\nMessage-ID: <{ident}@example.org>\n\n".encode()
                           + b"line\n" * self.rnd.randint(0, 400))
        flags = set(self.rnd.sample(FLAGS + KEYWORDS, self.rnd.randint(0, 3)))
        self.octets[ident] = text
        self.doubt.come.append((box, ident))
        self.doubt.flags[ident] = None          # any
        tagged = c.imap(f'APPEND "{box}" ({" ".join(flags)}) {{{len(text)}+}}\r\n'.encode() + text)[1]
        self.copies[box, int(re.search(rb"APPENDUID \d+ (\d+)", tagged)[1])] = ident
        self.flags[ident] = frozenset(flags | {"inbox"})

    def store(self, c):
        box, keys = self.pick()
        if not keys:
            return
        flags = frozenset(self.rnd.sample(FLAGS + KEYWORDS, self.rnd.randint(1, 3)))
        sign = self.rnd.choice("+-")
        after = {self.copies[k]: self.flags[self.copies[k]] | flags if sign == "+" else self.flags[self.copies[k]] - flags for k in keys}
        self.doubt.flags = after
        c.imap(f'SELECT "{box}"')
        c.imap(f"UID STORE {self.uids(keys)} {sign}FLAGS.SILENT ({' '.join(flags)})")
        self.flags.update(after)

    def mark(self, c):
        box, keys = self.pick()
        if not keys:
            return
        self.doubt.marks = set(keys)
        c.imap(f'SELECT "{box}"')
        c.imap(f"UID STORE {self.uids(keys)} +FLAGS.SILENT (\\Deleted)")
        self.marked |= set(keys)

    def copied(self, text, keys, to):
        m = re.search(rb"COPYUID \d+ ([\d:,]+) ([\d:,]+)", text)
        if not m or unset(m[1]) != [uid for _, uid in sorted(keys)]:
            raise Failure(f"asked for {keys} to {to}, got {text!r}")
        return {(to, new): self.copies[key] for key, new in zip(sorted(keys), unset(m[2]))}

    def copy(self, c):
        box, keys = self.pick()
        to = self.rnd.choice(self.boxes())
        if not keys:
            return
        self.doubt.come = [(to, self.copies[k]) for k in keys]
        c.imap(f'SELECT "{box}"')
        self.copies.update(self.copied(c.imap(f'UID COPY {self.uids(keys)} "{to}"')[1], keys, to))

    def move(self, c):
        box, keys = self.pick()
        to = self.rnd.choice([b for b in self.boxes() if b != box])
        if not keys:
            return
        self.doubt.move = {k: to for k in keys}
        c.imap(f'SELECT "{box}"')
        new = self.copied(b"\n".join(c.imap(f'UID MOVE {self.uids(keys)} "{to}"')[0]), keys, to)
        for k in keys:
            del self.copies[k]
        self.copies.update(new)

    def expunge(self, c):
        if not self.marked:
            return
        box = self.rnd.choice(sorted(self.marked))[0]
        keys = {k for k in self.marked if k[0] == box}
        self.doubt.go = keys
        c.imap(f'SELECT "{box}"')
        c.imap(f"UID EXPUNGE {self.uids(keys)}")
        self.forget(keys)

    def forget(self, keys):
        ids = {self.copies.pop(k) for k in keys}
        self.marked -= set(keys)
        self.expunged |= ids - set(self.copies.values())

    def create(self, c):
        if len(self.own) >= 3:
            return
        self.n += 1
        name = f"{self.who}-{self.n}"
        self.doubt.folders = {name}
        c.imap(f'CREATE "{name}"')
        self.own.append(name)

    def rename(self, c):
        if not self.own:
            return
        self.n += 1
        old, new = self.rnd.choice(self.own), f"{self.who}-{self.n}"
        self.doubt.rename, self.doubt.folders = (old, new), {old, new}
        c.imap("UNSELECT", ok=False)
        c.imap(f'RENAME "{old}" "{new}"')
        self.renamed(old, new)

    def renamed(self, old, new):
        self.own[self.own.index(old)] = new
        self.copies = {(new if b == old else b, uid): i for (b, uid), i in self.copies.items()}
        self.marked = {(new if b == old else b, uid) for b, uid in self.marked}

    def delete(self, c):
        if not self.own:
            return
        name = self.rnd.choice(self.own)
        keys = [k for k in self.copies if k[0] == name]
        self.doubt.folders, self.doubt.go = {name}, set(keys)
        c.imap("UNSELECT", ok=False)
        c.imap(f'DELETE "{name}"')
        self.own.remove(name)
        self.forget(keys)

    # ---- checks ----

    def check(self, seen):
        """Raises Failure unless all that was acknowledged is so. Afterwards nothing is in doubt."""
        d, self.doubt = self.doubt, Doubt()
        self.check_folders(seen, d)
        mine = {(name, uid): mail for name, box in seen.items() for uid, mail in box.mails.items()
                if re.fullmatch(re.escape(self.who) + r"\d+", mail[0])}
        come = list(d.come)
        for key, ident in list(self.copies.items()):
            if key in mine:
                if mine[key][0] != ident:
                    raise Failure(f"{key} is {mine[key][0]}, not {ident}")
            elif key in d.go:
                self.unsure.add(ident)
                self.forget([key])
                self.expunged.discard(ident)
            elif key in d.move:
                come.append((d.move[key], ident))
                if not any((b, i) == come[-1] and (b, u) not in self.copies for (b, u), (i, _) in mine.items()):
                    raise Failure(f"{ident} was lost while it was moved from {key} to {d.move[key]}")
                del self.copies[key]
            else:
                raise Failure(f"{ident} is gone from {key}")
        for key, (ident, _) in mine.items():
            if key not in self.copies:
                if (key[0], ident) not in come:
                    raise Failure(f"{ident} is in {key}, where nothing put it" + (" (it was expunged)" if ident in self.expunged else ""))
                come.remove((key[0], ident))
                self.copies[key] = ident
        self.check_flags(mine, d)

    def check_folders(self, seen, d):
        if d.rename:
            old, new = d.rename
            if new in seen and old in seen and any(b == old for b, _ in self.copies):
                raise Failure(f"both {old} and {new} are there")
            if new in seen:
                self.adopt_rename(old, new, seen)
        else:
            for name in d.folders:
                if name in seen and name not in self.own:
                    self.own.append(name)
                if name not in seen and name in self.own:
                    self.own.remove(name)
        for name in self.boxes():
            if name not in seen:
                raise Failure(f"mailbox {name} is gone")

    def adopt_rename(self, old, new, seen):
        """Cut off in the middle, the mailbox may be a new one: the same messages, under UIDs of their own."""
        before = sorted(i for (b, _), i in self.copies.items() if b == old)
        if sorted(i for i, _ in seen[new].mails.values()) != before:
            raise Failure(f"{new} holds {seen[new].mails}, and {old} held {before}")
        self.renamed(old, new)
        self.copies = {k: i for k, i in self.copies.items() if k[0] != new}
        self.copies.update({(new, uid): i for uid, (i, _) in seen[new].mails.items()})
        self.marked = {k for k in self.marked if k[0] != new} | {(new, uid) for uid, (_, f) in seen[new].mails.items() if "\\Deleted" in f}

    def check_flags(self, mine, d):
        fixed = {}
        for key, (ident, flags) in mine.items():
            deleted, flags = "\\Deleted" in flags, flags - {"\\Deleted"}
            if deleted != (key in self.marked) and key not in d.marks:
                raise Failure(f"{ident} in {key}: \\Deleted should be {key in self.marked}")
            (self.marked.add if deleted else self.marked.discard)(key)
            if fixed.setdefault(ident, flags) != flags:
                raise Failure(f"copies of {ident} differ: {set(flags)} and {set(fixed[ident])}")
            if ident in d.flags and d.flags[ident] in (None, flags):
                self.flags[ident] = flags
            elif self.flags.get(ident) != flags:
                raise Failure(f"{ident} in {key} has {set(flags)} and should have {set(self.flags[ident])}")

    def check_octets(self, c, seen):
        for name in seen:
            c.imap(f'EXAMINE "{name}"')
            for uid, (ident, _) in seen[name].mails.items():
                if ident in self.octets:
                    r = c.imap(f"UID FETCH {uid} BODY.PEEK[]")[0]
                    if not any(self.octets[ident] in x for x in r):
                        raise Failure(f"{ident} in {name} is not what was appended: {r!r}")

    def check_index(self, dump):
        """dump: {id: tags} as notmuch has it when the journal is empty."""
        for ident in set(self.copies.values()):
            if dump.get(ident) != tags(self.flags[ident]):
                raise Failure(f"notmuch has {ident} with {dump.get(ident)}, and should with {tags(self.flags[ident])}")
        back = {i for i in dump if i in self.expunged and i not in self.unsure}
        if back:
            raise Failure(f"notmuch still has {back}")


def dump(site):
    """{id: tags}"""
    r = {}
    for line in site.notmuch("dump --format=batch-tag").splitlines():
        what, _, ident = line.rpartition(" -- id:")
        if ident and not line.startswith("#"):
            r[ident.split("@")[0]] = {urllib.parse.unquote(t[1:]) for t in what.split()}
    return r
