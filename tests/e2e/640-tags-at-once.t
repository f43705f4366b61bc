#!/usr/bin/env python3
# timeout: 180
# Two IMAP connections, notmuch tag, notmuch new, an MDA and somebody with rm work at random, at once, over folders, tags, a query and All.
# Then all agree: the connections (from what they were told), a new one, counts, files, notmuch; and no UID was ever two messages'.
# SEED=n repeats the choices of one run, RUNS=n makes so many with seeds from there on, OPERATIONS=n.

import os
import random
import re
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import ledger  # noqa: E402
import remuch  # noqa: E402
import tap  # noqa: E402
from remuch import Failure  # noqa: E402
from view import View  # noqa: E402

SEED = int(os.environ.get("SEED", random.randrange(1 << 30)))
RUNS = int(os.environ.get("RUNS", 1 if "SEED" in os.environ else 3))
OPERATIONS = int(os.environ.get("OPERATIONS", 300))
FOLDERS = ("INBOX", "Archive", "Trash")
WORDS = ("a", "b", "c/d")
MADE = ("Tags/x1", "Tags/x2")           # made, renamed and deleted on the way
BOXES = FOLDERS + tuple(f"Tags/{w}" for w in WORDS) + ("Queries/q", "All", "Flagged")
QUERY = "tag:a and not tag:b"
CONFIG = ("tags = Tags", "queries = Queries", "all = All", "flagged = Flagged")


class Client(View):
    """At work in one mailbox after another."""

    def step(self, rnd):
        flags = " ".join(rnd.sample(ledger.FLAGS + WORDS, 2)).replace("c/d", "c/d")
        kind = rnd.choice(("store",) * 5 + ("delete",) * 2 + ("expunge", "copy", "copy", "move", "move", "noop", "append", "select", "close", "make", "leave"))
        to = rnd.choice(BOXES)
        getattr(self, kind, lambda *_: self.do(kind.upper(), ok=False))(rnd, to, flags)
        if self.bye:
            self.open("INBOX")
        self.learn()

    def store(self, rnd, to, flags):
        self.do(f"UID STORE {self.pick(rnd)} {rnd.choice('+-')}FLAGS ({flags})", ok=False)

    def delete(self, rnd, to, flags):
        self.do(f"UID STORE {self.pick(rnd)} +FLAGS (\\Deleted)", ok=False)

    def expunge(self, rnd, to, flags):
        self.do(rnd.choice(("EXPUNGE", f"UID EXPUNGE {self.pick(rnd)}")), ok=False)

    def copy(self, rnd, to, flags):
        self.copied(to, self.do(f"UID COPY {self.pick(rnd)} {to}", ok=False))

    def move(self, rnd, to, flags):
        self.do(f"UID MOVE {self.pick(rnd)} {to}", ok=False)

    def copied(self, to, tagged):
        """COPYUID says where each is."""
        m = re.search(rb"COPYUID (\d+) ([\d:,]+) ([\d:,]+)", tagged)
        ids = {uid: ident for uid, _, ident in self.mails}
        for old, new in zip(ledger.unset(m[2]), ledger.unset(m[3])) if m else ():
            if ids.get(old):
                self.uids.meet(to, int(m[1]), new, ids[old])

    def append(self, rnd, to, flags):
        ident = rnd.randrange(1000000, 2000000)
        mail = remuch.crlf(remuch.simple_message(ident))
        m = re.search(rb"APPENDUID (\d+) (\d+)", self.do(f"APPEND {to} ({flags}) {{{len(mail)}+}}\r\n{mail.decode()}", ok=False))
        if m:
            self.uids.meet(to, int(m[1]), int(m[2]), str(ident))

    def select(self, rnd, to=None, flags=None):
        if to is None:                  # View's
            return super().select(rnd)
        if not super().select(to):
            raise Failure(f"{to} cannot be selected")

    def leave(self, rnd, to, flags):
        self.away()

    def close(self, rnd, to, flags):
        self.do("CLOSE", ok=False)
        super().select(to)

    def make(self, rnd, to, flags):
        self.do(rnd.choice((f"CREATE {MADE[0]}", f"RENAME {MADE[0]} {MADE[1]}", f"RENAME {MADE[1]} {MADE[0]}", f"DELETE {MADE[1]}",
                            f"UID COPY {self.pick(rnd)} {MADE[0]}")), ok=False)


class Everyone:
    def __init__(self, seed):
        self.seed, self.left, self.lock, self.failures, self.n = seed, OPERATIONS, threading.Lock(), [], 0
        self.site = remuch.Site([f"[mail] {c}" for c in CONFIG])
        for f in FOLDERS:
            self.site.folder(f)
        self.site.messages(8)
        self.site.messages(4, "Archive")
        self.site.put(remuch.simple_message(2), "Archive")             # a message of two files
        self.site.notmuch("new --quiet")
        self.site.notmuch(f"config set --database query.q '{QUERY}'")
        self.uids = ledger.Uids()
        self.server = self.site.serve("imap")
        maker = self.server.connect()
        maker.imap_login(self.site)
        for w in WORDS:
            maker.imap(f"CREATE Tags/{w}")
        maker.close()
        self.views = [Client(self.server, self.site, box, self.uids, q) for box, q in (("INBOX", False), ("Tags/a", True))]

    def next(self):
        with self.lock:
            self.left -= 1
            self.n += 1
            return self.left >= 0 and not self.failures

    def work(self, fn, seed):
        rnd = random.Random(seed)
        try:
            while self.next():
                fn(rnd)
        except Exception as e:
            self.failures.append(e)

    def tag(self, rnd):
        word = rnd.choice(("unread", "flagged", "replied", "deleted") + WORDS * 2)
        what = rnd.choice((f"id:{rnd.randint(1, 20)}@example.org", f"subject:{rnd.randint(1, 20)}", "tag:a", "folder:Archive"))
        self.site.sh(f"notmuch tag {rnd.choice('+-' if word != 'deleted' else '---+')}{word} -- {what}", check=False)

    def new(self, rnd):
        time.sleep(0.05)
        self.site.sh("notmuch new --quiet", check=False)

    def deliver(self, rnd):
        name = f"{int(time.time())}.{self.n}R{rnd.random()}.mda"
        folder = os.path.join(self.site.root, rnd.choice(FOLDERS))
        with open(f"{folder}/tmp/{name}", "wb") as f:
            f.write(remuch.simple_message(rnd.randint(1, 40)))
        os.rename(f"{folder}/tmp/{name}", f"{folder}/new/{name}")
        time.sleep(0.02)

    def touch(self, rnd):
        """As mutt does when it has shown the message; now and then rm."""
        folder = os.path.join(self.site.root, rnd.choice(FOLDERS))
        names = sorted(os.listdir(f"{folder}/cur") + os.listdir(f"{folder}/new"))
        if not names:
            return
        old = rnd.choice(names)
        where = "new" if ":" not in old else "cur"
        try:
            if rnd.random() < 0.2:
                os.unlink(f"{folder}/{where}/{old}")
            else:
                os.rename(f"{folder}/{where}/{old}", f"{folder}/cur/{old.split(':')[0]}:2,{''.join(sorted(rnd.sample('DFRS', 2)))}")
        except FileNotFoundError:
            pass
        time.sleep(0.02)

    def run(self):
        jobs = [v.step for v in self.views] + [self.tag, self.new, self.deliver, self.touch]
        threads = [threading.Thread(target=self.work, args=(fn, self.seed * 10 + i), daemon=True) for i, fn in enumerate(jobs)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        if self.failures:
            raise self.failures[0]

    def settle(self):
        """Until nothing changes any more: every folder followed, the journal empty, and what came of that followed.

        Where a directory's time is of a second that time(2) has not reached, as Linux from 6.13 on may have it for some milliseconds,
        notmuch new (0.37) holds for read what changes in that second afterwards. A full scan looks at no times."""
        last = None
        for _ in range(30):
            for v in self.views:
                v.do("NOOP")
                if v.bye:
                    v.open("INBOX")
                v.learn()
            c = self.server.connect()
            c.imap_login(self.site)
            c.imap("LIST \"\" * RETURN (STATUS (MESSAGES UIDNEXT))")         # follows all
            c.close()
            subprocess.run([*self.server.command, "--drain"], env=self.site.env, stdin=subprocess.DEVNULL, stderr=self.server.log, check=True, timeout=60)
            self.site.notmuch("new --quiet --full-scan")
            now = [v.mails for v in self.views], [self.site.listing(f) for f in FOLDERS], ledger.dump(self.site)
            if repr(now) == last:
                return
            last = repr(now)
            time.sleep(0.05)
        raise Failure("there is no end to the changes")

    def compare(self):
        c = self.server.connect()
        c.imap_login(self.site)
        seen, index = ledger.observe(c), ledger.dump(self.site)
        self.uids.note(seen)
        for v in self.views:
            told, fresh = {uid: flags for uid, flags, _ in v.mails}, {uid: flags for uid, (_, flags) in seen[v.box].mails.items()}
            for uid in told.keys() | fresh.keys():
                if told.get(uid) != fresh.get(uid):
                    raise Failure(f"{v.box} UID {uid}: the client was told {told.get(uid)}, and it is {fresh.get(uid)}")
        self.compare_files(seen, index)
        for name, box in seen.items():
            for uid, (ident, flags) in box.mails.items():
                if ledger.tags(flags) != index.get(ident):
                    raise Failure(f"{name} UID {uid} ({ident}): {set(flags)}, and notmuch has {index.get(ident)}")
            if name not in FOLDERS:
                self.compare_members(name, box, index)
            self.compare_counts(c, name, box)
        for word in set().union(*index.values()) - {"unread", "flagged", "replied", "passed", "draft"}:
            if f"Tags/{word}" not in seen:
                raise Failure(f"the tag {word} is not listed")

    def compare_files(self, seen, index):
        known = set(self.site.notmuch("search --output=files --exclude=false '*'").splitlines())
        files = {os.path.join(self.site.root, f, x) for f in FOLDERS for x in self.site.listing(f)}
        if files != known:
            raise Failure(f"files that notmuch does not have: {files - known}; that are not there: {known - files}")
        for name in FOLDERS:
            if len(seen[name].mails) != len(self.site.listing(name)):
                raise Failure(f"{name}: {len(seen[name].mails)} messages and {len(self.site.listing(name))} files")

    def compare_members(self, name, box, index):
        word = name.partition("/")[2]
        want = {"All": lambda t: "deleted" not in t, "Flagged": lambda t: "flagged" in t,
                "Queries/q": lambda t: "a" in t and "b" not in t and "deleted" not in t}.get(name, lambda t: word in t)
        are, should = sorted(i for i, _ in box.mails.values()), sorted(i for i, t in index.items() if want(t))
        if are != should:
            raise Failure(f"{name} holds {are} and should {should}")

    def compare_counts(self, c, name, box):
        unseen = sum("\\Seen" not in flags for _, flags in box.mails.values())
        want = f'* STATUS {name} (MESSAGES {len(box.mails)} UNSEEN {unseen})'.encode()
        got = c.imap(f"STATUS {name} (MESSAGES UNSEEN)")[0]
        if want not in got:
            raise Failure(f"{got} and not {want}")


@tap.test
def all_agree():
    for seed in range(SEED, SEED + RUNS):
        print(f"# SEED={seed}", flush=True)
        e = Everyone(seed)
        try:
            e.run()
            e.settle()
            e.compare()
        except Exception:
            print("".join(f"# log: {line}\n" for line in e.site.log().splitlines()[-20:]), end="")
            raise
        finally:
            e.site.remove()


tap.main()
