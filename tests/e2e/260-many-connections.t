#!/usr/bin/env python3
"""Several connections change one mailbox at random; each keeps its own list of UIDs from what it is told, and that list
must always be what FETCH says."""

import os
import random
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

ROUNDS = 400
NO_EXPUNGE = ("FETCH", "STORE", "SEARCH")


class View:
    """What a client knows: one UID, or None when it has not asked yet, for each sequence number; and flags by UID."""

    def __init__(self, site, server):
        self.c = server.connect()
        self.c.imap_login(site)
        self.uids, self.flags = [], {}
        self.do("SELECT INBOX")

    def do(self, command):
        untagged, tagged = self.c.imap(command, ok=False)
        assert not tagged.startswith(b"BAD"), (command, tagged)
        for line in untagged:
            self.hear(line, command)
        return untagged, tagged

    def hear(self, line, command):
        exists = re.fullmatch(rb"\* (\d+) EXISTS", line)
        expunge = re.fullmatch(rb"\* (\d+) EXPUNGE", line)
        fetch = re.match(rb"\* (\d+) FETCH \(UID (\d+)(?: FLAGS \(([^)]*)\))?", line)
        if exists:
            n = int(exists[1])
            assert n >= len(self.uids), f"{command}: EXISTS {n} after {len(self.uids)}"
            self.uids += [None] * (n - len(self.uids))
        elif expunge:
            assert command.split()[0] not in NO_EXPUNGE, f"{command}: {line}"
            del self.uids[int(expunge[1]) - 1]
        elif fetch:
            seq, uid = int(fetch[1]) - 1, int(fetch[2])
            assert self.uids[seq] in (None, uid), f"{command}: {line}, but there was {self.uids[seq]}"
            self.uids[seq] = uid
            if fetch[3] is not None:
                self.flags[uid] = set(fetch[3].split()) - {b"\\Recent"}

    def check(self):
        if self.uids:
            self.do("FETCH 1:* (UID FLAGS)")
        known = [u for u in self.uids if u]
        assert known == sorted(set(known)), known
        return known


def step(view, rng):
    n = len(view.uids)
    some = ",".join(str(rng.randint(1, n)) for _ in range(rng.randint(1, 3))) if n else None
    what = rng.choice(("append", "flag", "flag", "flag", "delete", "expunge", "noop", "copy", "move", "uidflag", "search"))
    if what == "append":
        view.do("APPEND INBOX (\\Seen) {%d+}\r\n%s" % (14, "Subject: x\r\n\r\n"))
    elif what == "expunge":
        view.do("EXPUNGE")
    elif what == "noop" or not some:
        view.do("NOOP")
    elif what == "flag":
        view.do(f"STORE {some} {rng.choice('+-')}FLAGS{rng.choice(('', '.SILENT'))} ({rng.choice(('Work', chr(92) + 'Flagged'))})")
    elif what == "uidflag":
        view.do(f"UID STORE {rng.randint(1, 50)}:* +FLAGS (\\Answered)")
    elif what == "delete":
        view.do(f"STORE {some} +FLAGS.SILENT (\\Deleted)")
    elif what == "search":
        view.do("SEARCH FLAGGED")
    else:
        view.do(f"{what.upper()} {some} {rng.choice(('INBOX', 'Other'))}")


@tap.test
def sequence_numbers_stay_right():
    site = remuch.Site()
    site.folder("Other")
    site.messages(10)
    site.notmuch("new --quiet")
    server = site.serve("imap", how="preauth")
    views = [View(site, server) for _ in range(3)]
    rng = random.Random(1)
    for i in range(ROUNDS):
        view = rng.choice(views)
        step(view, rng)
        if i % 5 == 0:
            view.check()
        if i % 97 == 0:
            site.put(remuch.simple_message(1000 + i), new=True)
    for view in views:
        view.do("NOOP")
    lists = [view.check() for view in views]
    assert lists[0] == lists[1] == lists[2], lists
    flags = [{u: v.flags[u] for u in lists[0]} for v in views]
    assert flags[0] == flags[1] == flags[2], flags


tap.main()
