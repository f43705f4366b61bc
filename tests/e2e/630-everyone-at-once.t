#!/usr/bin/env python3
# timeout: 180
# Two IMAP connections, notmuch tag, an MDA and a renaming mail reader work on the same mail at once, at random. Then all agree:
# the connections (from what they were told, without asking again, lost connections made up for by CHANGEDSINCE), a new connection, the files,
# notmuch.
# And: how long it takes until an idling client is told. SEED=n repeats the choices, OPERATIONS=n.

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
OPERATIONS = int(os.environ.get("OPERATIONS", 300))
FOLDERS = ("INBOX", "Archive")
LETTERS = {"D": "draft", "F": "flagged", "P": "passed", "R": "replied"}


class Client(View):
    """At work in INBOX or Archive."""

    def step(self, rnd):
        other = FOLDERS[1 - FOLDERS.index(self.box)]
        flags = " ".join(rnd.sample(ledger.FLAGS + ledger.KEYWORDS, 2))
        kind = rnd.choice(("store",) * 4 + ("delete", "expunge", "copy", "move", "fetch", "noop", "append", "away"))
        if kind == "away":
            self.away()
            return
        text = {"store": f"UID STORE {self.pick(rnd)} {rnd.choice('+-')}FLAGS ({flags})", "delete": f"UID STORE {self.pick(rnd)} +FLAGS (\\Deleted)",
                "expunge": f"UID EXPUNGE {self.pick(rnd)}", "copy": f"UID COPY {self.pick(rnd)} {other}", "move": f"UID MOVE {self.pick(rnd)} {other}",
                "fetch": "FETCH 1:* (UID FLAGS BODY.PEEK[HEADER])", "noop": "NOOP"}.get(kind)
        if kind == "append":
            mail = remuch.crlf(remuch.simple_message(1000000 + rnd.randrange(1000000)))
            text = f"APPEND {self.box} ({flags}) {{{len(mail)}+}}\r\n{mail.decode()}"
        self.do(text, ok=False)
        self.learn()


class Everyone:
    def __init__(self):
        self.site, self.left, self.lock, self.failures, self.n = remuch.Site(), OPERATIONS, threading.Lock(), [], 0
        self.site.folder("Archive")
        self.site.messages(10)
        self.site.messages(5, "Archive")
        self.site.notmuch("new --quiet")
        self.server = self.site.serve("imap")
        self.views = [Client(self.server, self.site, box, qresync=q) for box, q in zip(FOLDERS, (False, True))]

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
        self.site.sh(f"notmuch tag {rnd.choice('+-')}{rnd.choice(('unread', 'flagged', 'replied', 'work', 'new'))} -- id:{rnd.randint(1, 20)}@example.org",
                     check=False)           # it gives up where the database changes twice while it reads

    def deliver(self, rnd):
        mail = remuch.simple_message(rnd.randint(1, 40))
        name = f"{int(time.time())}.{self.n}R{rnd.random()}.mda"
        folder = os.path.join(self.site.root, rnd.choice(FOLDERS))
        with open(f"{folder}/tmp/{name}", "wb") as f:
            f.write(mail)
        os.rename(f"{folder}/tmp/{name}", f"{folder}/new/{name}")
        time.sleep(0.02)

    def rename(self, rnd):
        """As mutt does when it has shown the message."""
        folder = os.path.join(self.site.root, rnd.choice(FOLDERS))
        names = sorted(os.listdir(f"{folder}/cur") + os.listdir(f"{folder}/new"))
        if not names:
            return
        old = rnd.choice(names)
        base = old.split(":")[0]
        try:
            where = "new" if ":" not in old else "cur"
            os.rename(f"{folder}/{where}/{old}", f"{folder}/cur/{base}:2,{''.join(sorted(rnd.sample('DFRS', 2)))}")
        except FileNotFoundError:
            pass
        time.sleep(0.02)

    def run(self):
        jobs = [v.step for v in self.views] + [self.tag, self.deliver, self.rename]
        threads = [threading.Thread(target=self.work, args=(fn, SEED + i), daemon=True) for i, fn in enumerate(jobs)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        if self.failures:
            raise self.failures[0]

    def settle(self):
        """Until nothing changes any more: every folder followed, the journal empty, and what came of that followed."""
        last = None
        for _ in range(30):
            for v in self.views:
                v.do("NOOP")
                v.learn()
            subprocess.run([*self.server.command, "--drain"], env=self.site.env, stdin=subprocess.DEVNULL, stderr=self.server.log, check=True, timeout=60)
            now = [v.mails for v in self.views], [self.site.listing(f) for f in FOLDERS], ledger.dump(self.site)
            if repr(now) == last:
                return
            last = repr(now)
            time.sleep(0.1)
        raise Failure("there is no end to the changes")

    def compare(self):
        c = self.server.connect()
        c.imap_login(self.site)
        seen, index = ledger.observe(c), ledger.dump(self.site)
        known = set(self.site.notmuch("search --output=files --exclude=false '*'").splitlines())
        for v in self.views:
            told, fresh = {uid: flags for uid, flags, _ in v.mails}, {uid: flags for uid, (_, flags) in seen[v.box].mails.items()}
            for uid in told.keys() | fresh.keys():
                if told.get(uid) != fresh.get(uid):
                    raise Failure(f"{v.box} UID {uid}: the client was told {told.get(uid)}, and it is {fresh.get(uid)}")
        files = {os.path.join(self.site.root, f, x) for f in FOLDERS for x in self.site.listing(f)}
        if files != known:
            raise Failure(f"files that notmuch does not have: {files - known}; that are not there: {known - files}")
        for name in FOLDERS:
            if len(seen[name].mails) != len(self.site.listing(name)):
                raise Failure(f"{name}: {len(seen[name].mails)} messages and {len(self.site.listing(name))} files")
            for uid, (ident, flags) in seen[name].mails.items():
                if ledger.tags(flags) != index.get(ident):
                    raise Failure(f"{name} UID {uid} ({ident}): {set(flags)}, and notmuch has {index.get(ident)}")
        for path in files:
            with open(path) as f:
                ident = re.search(r"Message-ID: <(.*?)@", f.read())[1]
            letters = path.partition(":2,")[2]
            want = {x for x, t in LETTERS.items() if t in index[ident]} | (set() if "unread" in index[ident] else {"S"})
            if set(letters) != want and (letters or "/new/" not in path):
                raise Failure(f"{path} and notmuch's {index[ident]}")


@tap.test
def all_agree():
    print(f"# SEED={SEED}", flush=True)
    e = Everyone()
    try:
        e.run()
        e.settle()
        e.compare()
    except Exception:
        print("".join(f"# log: {line}\n" for line in e.site.log().splitlines()[-20:]), end="")
        raise
    finally:
        print(f"# {sum(len(v.mails) for v in e.views)} messages at the end", flush=True)


@tap.test
def idling_clients_are_told():
    site = remuch.Site()
    site.messages(5)
    site.notmuch("new --quiet")
    server = site.serve("imap")
    idle, other = server.connect(), server.connect()
    for c in (idle, other):
        c.imap_login(site)
        c.imap("SELECT INBOX")
    idle.send("i IDLE\r\n")
    if not idle.line().startswith(b"+"):
        raise Failure("no IDLE")
    time.sleep(0.5)
    events = {"a delivery": (lambda n: os.rename(site.put(remuch.simple_message(100 + n), name=f"t{n}", new=True), f"{site.root}/INBOX/new/{n}.x"), b"EXISTS"),
              "notmuch tag": (lambda n: site.notmuch(f"tag +x{n} -- id:1@example.org"), b"FETCH"),
              "STORE elsewhere": (lambda n: other.imap(f"STORE 2 {'+-'[n % 2]}FLAGS (\\Flagged)"), b"* 2 FETCH"),
              "a removed file": (lambda n: site.sh(f"rm INBOX/*/{n}.x*"), b"EXPUNGE")}
    for what, (do, expect) in events.items():
        took = []
        for n in range(5):
            do(n)
            start = time.monotonic()
            while expect not in idle.line():
                pass
            took.append(time.monotonic() - start)
            time.sleep(0.15)
            while not idle.quiet(0.15):
                idle.buf = b""
        print(f"# told of {what} after {' '.join(f'{t * 1000:.1f}' for t in took)} ms")


tap.main()
