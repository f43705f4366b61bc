"""Clients at work while processes of their server are killed (-9); the tests in tests/crash use it.

    load = Load(seed, books, config)        # books: Ledgers, or what has step(client), check(seen), check_octets, check_index;
                                            # make: mailboxes to CREATE first
    load.go(kills, seconds)
"""

import os
import random
import signal
import subprocess
import threading
import time

import ledger
import remuch

DEEP = 12                               # each so many rounds the index and the octets are looked at


def processes(site):
    """{pid: what it is} of this site's server: all that were started with its configuration file."""
    conf, found = ("--config=" + site.path("remuch.conf")).encode(), {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                args = f.read().split(b"\0")
        except OSError:
            continue
        if conf in args:
            found[int(pid)] = "drainer" if b"--drain" in args else "session"
    return found


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def kill(pids):
    """And wait for their end: a system call that a process is in when it is killed may still write."""
    pids = list(pids)
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    remuch.wait_for("the killed are gone", lambda: not any(is_alive(p) for p in pids))


class Talker(threading.Thread):
    """A client at work until its connection breaks."""

    def __init__(self, server, site, book):
        super().__init__(daemon=True)
        self.book, self.failure, self.enough = book, None, False
        self.c = server.connect()
        self.c.imap_login(site)

    def run(self):
        try:
            while not self.enough:
                self.book.step(self.c)
        except (remuch.Failure, OSError) as e:
            if not lost(e):
                self.failure = e
        self.c.close()


def lost(e):
    return isinstance(e, OSError) or "closed during" in str(e) or "the connection ended" in str(e)


class Load:
    def __init__(self, seed, books, config=(), folders=("Archive",), make=()):
        self.seed, self.rnd, self.books = seed, random.Random(seed), books
        self.site = remuch.Site(config)
        for f in folders:
            self.site.folder(f)
        self.site.notmuch("new --quiet")
        self.uids = ledger.Uids()
        self.server = self.site.serve("imap")
        maker = self.server.connect()
        maker.imap_login(self.site)
        for name in make:
            maker.imap(f"CREATE {name}")
        maker.close()
        self.killed = {"session": 0, "drainer": 0}

    def victims(self):
        """One process, all sessions, or all there are."""
        all_of = processes(self.site)
        how = self.rnd.random()
        some = sorted(p for p, what in all_of.items() if what == ("drainer" if how < 0.35 else "session"))
        if how > 0.9:
            some = sorted(all_of)
        elif how < 0.8:
            some = some and [self.rnd.choice(some)]
        for p in some:
            self.killed[all_of[p]] += 1
        return some

    def round(self):
        talkers = [Talker(self.server, self.site, b) for b in self.books]
        for t in talkers:
            t.start()
        time.sleep(self.rnd.uniform(0.01, 0.2))
        kill(self.victims())
        time.sleep(self.rnd.choice((0, 0.02)))
        for t in talkers:
            t.enough = True
        for t in talkers:
            t.join()
            if t.failure:
                raise t.failure
        # The rest of a broken connection's processes might still finish its last command.
        kill(p for p, what in processes(self.site).items() if what == "session")

    def check(self, deep):
        c = self.server.connect()
        c.imap_login(self.site)
        seen = ledger.observe(c)
        for b in self.books:
            b.check(seen)
        self.uids.note(seen)
        if deep:
            for b in self.books:
                b.check_octets(c, seen)
        c.imap("LOGOUT")
        c.close()
        if deep:
            self.drain()
            now = ledger.dump(self.site)
            for b in self.books:
                b.check_index(now)

    def drain(self):
        remuch.wait_for("no drainer is left", lambda: "drainer" not in processes(self.site).values())
        subprocess.run([*self.server.command, "--drain"], env=self.site.env, stdin=subprocess.DEVNULL, stderr=self.server.log, check=True,
                       timeout=60)

    def finish(self):
        """notmuch new finds the rest, and changes nothing for clients."""
        self.site.notmuch("new --quiet")
        self.check(False)
        alive = {i for b in self.books for i in b.copies.values()}
        if set(ledger.dump(self.site)) != alive:
            raise remuch.Failure(f"notmuch new left {set(ledger.dump(self.site)) ^ alive}")

    def go(self, kills, seconds):
        """So many kills, or until the time is over; then all is compared once more."""
        start, rounds = time.monotonic(), 0
        print(f"# SEED={self.seed}", flush=True)
        try:
            while sum(self.killed.values()) < kills and time.monotonic() - start < seconds:
                rounds += 1
                self.round()
                self.check(rounds % DEEP == 0)
            self.check(True)
            self.finish()
        except Exception:
            print("".join(f"# {b.who} did last: {', '.join(b.last)}\n" for b in self.books), end="")
            print("".join(f"# log: {line}\n" for line in self.site.log().splitlines()[-30:]), end="")
            raise
        finally:
            print(f"# {rounds} rounds, {sum(b.commands for b in self.books)} commands acknowledged, killed {self.killed}, "
                  f"{sum(len(b.copies) for b in self.books)} messages at the end", flush=True)
