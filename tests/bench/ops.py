"""What is measured: a list of operations, each a small class. `ready` and `tidy` are not timed, `go` is."""

import os
import threading
import time

import client
import corpus

FTS_MESSAGES = 2000                     # the plugin takes about 80 ms to index one of them

HEADERS = {
    "thunderbird": b"(UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Cc Bcc Subject Date Message-ID Priority X-Priority References"
                   b" Newsgroups In-Reply-To Content-Type Reply-To)])",
    "mutt": b"(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (DATE FROM SENDER SUBJECT TO CC MESSAGE-ID REFERENCES CONTENT-TYPE"
            b" CONTENT-DESCRIPTION IN-REPLY-TO REPLY-TO LINES LIST-POST LIST-SUBSCRIBE LIST-UNSUBSCRIBE X-LABEL X-ORIGINAL-TO)])",
    "mbsync": b"(UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (X-TUID MESSAGE-ID)])",
}


class Op:
    """name: as in the table. goal: what the ratio should be at least. reset: what both forget before each time. settle: wait
    after each time until nothing goes on any more. once: it takes Dovecot so long that once is enough. most: repetitions.
    any_size: the goal is for any number of messages."""

    def __init__(self, name, goal=None, reset=None, settle=False, once=False, most=15, any_size=False):
        self.name, self.goal, self.reset, self.settle, self.once, self.most, self.any_size = name, goal, reset, settle, once, most, any_size
        self.answer = 0                 # octets, for the eye: both should say about the same

    def ready(self, server):
        return None

    def tidy(self, server, c):
        if c is not None:
            c.logout()


class Connect(Op):
    """Connect, log in, SELECT, LOGOUT, until the server has closed."""

    def __init__(self, name, tls=False, at_once=1, resume=False, **more):
        super().__init__(name, **more)
        self.tls, self.at_once, self.resume = tls, at_once, resume

    def ready(self, server):
        if not self.resume:
            return None
        c = server.imap(tls=True)
        session = c.sock.session        # its tickets came before the greeting
        c.logout()
        return session

    def one(self, server, session=None):
        c = server.imap(self.tls, session)
        if session and not c.sock.session_reused:
            raise client.Refused("does not resume")
        c.cmd(b"SELECT INBOX")
        c.logout()

    def go(self, server, session):
        if self.at_once == 1:
            self.one(server, session)
            return
        failed = []

        def run():
            try:
                self.one(server)
            except Exception as e:
                failed.append(e)
        threads = [threading.Thread(target=run) for _ in range(self.at_once)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        if failed:
            raise failed[0]

    def tidy(self, server, c):
        pass


class Command(Op):
    """One command in a selected mailbox. {...} in it is filled in by `fill`."""

    def __init__(self, name, line, box=b"INBOX", tls=False, keep=True, fill=None, **more):
        super().__init__(name, **more)
        self.line, self.box, self.tls, self.keep, self.fill = line, box, tls, keep, fill

    def ready(self, server):
        c = server.imap(self.tls)
        if self.box:
            c.cmd(b"SELECT " + self.box)
        return c

    def go(self, server, c):
        c.cmd(self.line(server, c) if callable(self.line) else self.line, self.keep)
        self.answer = c.octets


class Store(Command):
    """Adds a flag, and the next time takes it away."""

    def __init__(self, name, messages, settle=True, **more):
        super().__init__(name, self.command, settle=settle, **more)
        self.messages, self.turn = messages, {}

    def command(self, server, c):
        self.turn[server.name] = not self.turn.get(server.name)
        return b"STORE %s %sFLAGS.SILENT (\\Flagged)" % (self.messages, b"+" if self.turn[server.name] else b"-")


class Append(Op):
    def __init__(self, name, count, **more):
        super().__init__(name, settle=True, **more)
        maker = corpus.Maker(4711)
        self.messages = []
        while len(self.messages) < count:
            m = maker.message(len(self.messages)).replace(b"\n", b"\r\n")
            if len(m) < 100000:
                self.messages.append(m)

    def ready(self, server):
        return server.imap()

    def go(self, server, c):
        for m in self.messages:
            c.append(b"Appended", m)


class Copy(Command):
    """1,000 into Copies; tidied away by what follows."""

    def __init__(self, name, **more):
        super().__init__(name, b"COPY 1:1000 Copies", settle=True, **more)

    def tidy(self, server, c):
        c.cmd(b"SELECT Copies")
        c.cmd(b"STORE 1:* +FLAGS.SILENT (\\Deleted)")
        c.cmd(b"EXPUNGE")
        c.logout()


class Move(Command):
    def __init__(self, name, **more):
        super().__init__(name, b"MOVE 1:* Moved", settle=True, **more)

    def ready(self, server):
        c = super().ready(server)
        c.cmd(b"COPY 1:1000 Copies")
        c.cmd(b"SELECT Copies")
        return c

    def tidy(self, server, c):
        c.cmd(b"SELECT Moved")
        c.cmd(b"STORE 1:* +FLAGS.SILENT (\\Deleted)")
        c.cmd(b"EXPUNGE")
        c.logout()


class Delete(Command):
    """STORE +FLAGS \\Deleted and EXPUNGE on 1,000."""

    def __init__(self, name, **more):
        super().__init__(name, b"EXPUNGE", settle=True, **more)

    def ready(self, server):
        c = super().ready(server)
        c.cmd(b"COPY 1:1000 Copies")
        c.cmd(b"SELECT Copies")
        return c

    def go(self, server, c):
        c.cmd(b"STORE 1:* +FLAGS.SILENT (\\Deleted)")
        c.cmd(b"EXPUNGE")


class Delivery(Op):
    """From the rename of an MDA to EXISTS at an idling client."""

    def __init__(self, name, **more):
        super().__init__(name, settle=True, **more)
        self.n = 0

    def ready(self, server):
        c = server.imap()
        c.cmd(b"SELECT Watched")
        c.idle()
        time.sleep(0.3)
        self.n += 1
        self.tmp = server.path("mail", "Watched", "tmp", f"d{self.n}")
        with open(self.tmp, "wb") as f:
            f.write(b"From: a@example.org\nSubject: delivered\nMessage-ID: <d%d@bench.example.org>\n\nnew\n" % self.n)
        server.own(self.tmp)
        return c

    def go(self, server, c):
        os.rename(self.tmp, self.tmp.replace("/tmp/d", "/new/"))
        c.until(lambda last: b" EXISTS\r\n" in last)

    def tidy(self, server, c):
        c.done()
        c.logout()


class Pop3List(Op):
    def go(self, server, _):
        c = server.pop3()
        c.lines(b"UIDL")
        c.lines(b"LIST")
        self.answer = c.octets
        c.quit()

    def tidy(self, server, c):
        pass


class Pop3Retr(Op):
    def __init__(self, name, count, tls=False, **more):
        super().__init__(name, **more)
        self.count, self.tls = count, tls

    def ready(self, server):
        return server.pop3(self.tls)

    def go(self, server, c):
        c.octets = 0
        for i in range(1, self.count + 1):
            c.lines(b"RETR %d" % i)
        self.answer = c.octets

    def tidy(self, server, c):
        c.quit()


def fetch(name, items, messages=b"1:*", **more):
    return Command(name, b"FETCH %s %s" % (messages, items), **more)


def search(name, keys, **more):
    return Command(name, b"SEARCH " + keys, **more)


def words(keys):
    """A rare and a common word for a search key."""
    rare, common = {"FROM": (corpus.RARE_FROM, corpus.COMMON_FROM), "SUBJECT": (corpus.RARE_SUBJECT, corpus.COMMON_SUBJECT)}.get(
        keys, (corpus.RARE, corpus.COMMON))
    return ("rare", rare), ("common", common)


def reading(n):
    bodies = min(n, 10000)
    lists = f"1:{bodies}".encode()
    sync = {"reset": "cache", "most": 3}
    rows = [
        Command("first SELECT ever", b"SELECT INBOX", box=None, reset="all", most=3),
        fetch("list for Thunderbird, first time", HEADERS["thunderbird"], goal=3, **sync),
        fetch("list for Thunderbird, again", HEADERS["thunderbird"], goal=3),
        fetch("list for mutt, first time", HEADERS["mutt"], goal=3, **sync),
        fetch("list for mutt, again", HEADERS["mutt"], goal=3),
        fetch("list for mbsync, first time", HEADERS["mbsync"], goal=3, **sync),
        fetch("list for mbsync, again", HEADERS["mbsync"], goal=3),
        fetch("ENVELOPE, first time", b"(ENVELOPE)", **sync),
        fetch("ENVELOPE, again", b"(ENVELOPE)", goal=3),
        fetch("BODYSTRUCTURE, first time", b"(BODYSTRUCTURE)", **sync),
        fetch("BODYSTRUCTURE, again", b"(BODYSTRUCTURE)", goal=1.5),
        Connect("connect, login, SELECT, LOGOUT"),
        Connect("the same over TLS", tls=True, goal=1),
        Connect("the same, TLS resumed", tls=True, resume=True),
        Connect("50 at once, plain", at_once=50, most=7),
        Connect("50 at once, TLS", tls=True, at_once=50, goal=1, most=7),
        Command("SELECT again", b"SELECT INBOX", box=None, goal=1),
        fetch("FETCH 1:* (FLAGS)", b"(FLAGS)", goal=2),
        fetch("FETCH 1:* (UID FLAGS), next sync", b"(UID FLAGS)"),
        fetch(f"bodies of {bodies}, plain", b"BODY.PEEK[]", lists, keep=False, goal=1, most=5),
        fetch(f"bodies of {bodies}, TLS", b"BODY.PEEK[]", lists, keep=False, tls=True, goal=3, most=5),
        fetch("one of 100 MB, plain", b"BODY.PEEK[]", b"1", box=b"Big", keep=False, most=5),
        fetch("one of 100 MB, TLS", b"BODY.PEEK[]", b"1", box=b"Big", keep=False, tls=True, most=5),
        search("SEARCH UNSEEN", b"UNSEEN"),
    ]
    for key in ("FROM", "SUBJECT"):
        rows += [search(f"SEARCH {key}, {kind}", f"{key} {word}".encode(), goal=3) for kind, word in words(key)]
    rows += [search("SEARCH HEADER Message-ID", b"HEADER Message-ID 4711.")]
    for key in ("BODY", "TEXT"):
        rows += [search(f"SEARCH {key}, first time", f"{key} {corpus.RARE}".encode(), reset="cache", once=True)]     # all mails are looked at
        rows += [search(f"SEARCH {key}, {kind}", f"{key} {word}".encode(), goal=100, once=True) for kind, word in words(key)]
    return rows + [
        Command("SORT by date", b"SORT (DATE) UTF-8 ALL", goal=1.5),
        Command("SORT by subject", b"SORT (SUBJECT) UTF-8 ALL", goal=1.5),
        Command("THREAD REFERENCES", b"THREAD REFERENCES UTF-8 ALL", goal=1.5),
        Pop3List("POP3 login, UIDL, LIST"),
        Pop3Retr(f"POP3 RETR of {bodies}", bodies, most=3),
    ]


def changing():
    return [
        Delivery("delivery to EXISTS in IDLE", most=5),
        Store("STORE on one", b"7", goal=3, most=9),
        Append("APPEND 200", 200, goal=1.2, most=5),
        Copy("COPY 1,000", goal=1, most=5),
        Move("MOVE 1,000", goal=1, most=5),
        Delete("delete 1,000", goal=1, most=5),
    ]


def storing():
    """Last, since our drainer is at these for long afterwards, while nobody waits."""
    return [Store("STORE on 1,000", b"1:1000", most=3), Store("STORE on all", b"1:*", goal=10, settle=False, most=3)]


def searching_fts():
    return [search(f"SEARCH {key}, {kind}, fts there", f"{key} {word}".encode(), goal=1.5, any_size=True)
            for key in ("BODY", "TEXT") for kind, word in words(key)]
