"""The second part: how times grow with the mailbox, and what following k changes costs."""


import corpus
import ops

LINEAR = 2.0                            # more than so many times the number of messages is worse than linear


def deliver(server, prefix, n):
    """As an MDA does it; prefix: of names and Message-IDs, of which no two may be alike."""
    for i in range(n):
        path = server.path("mail", "INBOX", "new", f"{corpus.EPOCH + i}.{prefix}.{server.name}")
        with open(path, "wb") as f:
            f.write(b"From: a@example.org\nSubject: later\nMessage-ID: <%s.%d@bench.example.org>\n\nlater\n" % (prefix.encode(), i))
        server.own(path)


class Resync(ops.Command):
    """NOOP after 100 messages were delivered: it has to be the same however many are there."""

    def __init__(self, name, **more):
        super().__init__(name, b"NOOP", settle=True, **more)
        self.round = 0

    def ready(self, server):
        c = super().ready(server)
        self.round += 1
        deliver(server, f"R{self.round}", 100)
        return c


class Touched(ops.Command):
    """NOOP after another session has changed the flags of 100, and the index and the file names have them too."""

    def __init__(self, name, **more):
        super().__init__(name, b"NOOP", settle=True, **more)
        self.turn = {}

    def ready(self, server):
        c, other = super().ready(server), super().ready(server)
        self.turn[server.name] = not self.turn.get(server.name)
        other.cmd(b"STORE 1:100 %sFLAGS.SILENT (\\Flagged)" % (b"+" if self.turn[server.name] else b"-"))
        other.logout()
        server.family.settle(30)
        return c


class Returned(ops.Command):
    """SELECT after an earlier session has changed the flags of 10, and the index and the file names have them too."""

    def __init__(self, name, **more):
        super().__init__(name, b"SELECT INBOX", box=None, **more)
        self.turn = {}

    def ready(self, server):
        other = super().ready(server)
        other.cmd(b"SELECT INBOX")
        self.turn[server.name] = not self.turn.get(server.name)
        other.cmd(b"STORE 1:10 %sFLAGS.SILENT (\\Flagged)" % (b"+" if self.turn[server.name] else b"-"))
        other.logout()
        server.settle()
        return super().ready(server)


class Arrived(ops.Command):
    """SELECT after 10 messages were delivered while nobody was connected."""

    def __init__(self, name, **more):
        super().__init__(name, b"SELECT INBOX", box=None, **more)
        self.round = 0

    def ready(self, server):
        other = super().ready(server)
        other.cmd(b"SELECT INBOX")
        other.logout()
        server.settle()
        self.round += 1
        deliver(server, f"A{self.round}", 10)
        return super().ready(server)


def first_and_again(name, line):
    """What the first one makes of the files is kept and looked up again: each may grow in its own way, and one is no measure of the other."""
    return [ops.Command(name + ", first time", line, reset="cache", most=2), ops.Command(name + ", again", line, most=5)]


def operations(n):
    return [
        ops.Command("first SELECT ever", b"SELECT INBOX", box=None, reset="all", most=2),
        ops.fetch("list for mutt, first time", ops.HEADERS["mutt"], reset="cache", most=1),
        ops.fetch("list for mutt, again", ops.HEADERS["mutt"], most=3),
        ops.Command("SELECT again", b"SELECT INBOX", box=None, most=9),
        ops.Connect("connect over TLS", tls=True, most=9),
        ops.fetch("FETCH 1:* (FLAGS)", b"(FLAGS)", most=5),
        ops.search("SEARCH UNSEEN", b"UNSEEN", most=5),
        *first_and_again("SEARCH FROM", b"SEARCH FROM " + corpus.RARE_FROM.encode()),
        *first_and_again("SORT by date", b"SORT (DATE) UTF-8 ALL"),
        *first_and_again("SORT by subject", b"SORT (SUBJECT) UTF-8 ALL"),
        *first_and_again("THREAD REFERENCES", b"THREAD REFERENCES UTF-8 ALL"),
        Returned("SELECT after 10 flags", most=3),
        Arrived("SELECT after 10 deliveries", most=3),
        Touched("NOOP after 100 flags", most=3),
        Resync("NOOP after 100 deliveries", most=3),
    ]


def verdicts(series):
    """What of remuch grows faster than the mailbox, in words."""
    for name, by_n in series.items():
        steps = [(n, r.median(1)) for n, r in sorted(by_n.items()) if r.median(1)]
        if " after " in name:
            if len(steps) > 1 and steps[-1][1] > 2 * steps[0][1] + 0.005:
                yield f"{name}: {steps[0][1] * 1e3:.1f} ms at {steps[0][0]:,}, {steps[-1][1] * 1e3:.1f} ms at {steps[-1][0]:,}: depends on the size"
            continue
        for (n1, t1), (n2, t2) in zip(steps, steps[1:]):
            if t2 - 0.005 > LINEAR * t1 * n2 / n1:
                yield f"{name}: worse than linear between {n1:,} and {n2:,}"
