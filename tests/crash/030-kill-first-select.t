#!/usr/bin/env python3
# timeout: 300
# The first SELECT of a large mailbox is killed (-9) after one and after two of its transactions, more or less. The next one goes on: each
# message has one UID, in the order of delivery, and the flags and keywords that the index has. SEED=n.

import os
import random
import re
import select
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import killing  # noqa: E402
import remuch  # noqa: E402
import tap  # noqa: E402

SEED = int(os.environ.get("SEED", random.randrange(1 << 30)))
MANY = 9000                             # three transactions
GROWN = 200 * 1024                      # octets that one of them adds to the state


def fill(site, rnd):
    """Messages in an order that is neither that of their delivery nor that of their names; the index knows all but one in 50."""
    numbers = list(range(MANY))
    rnd.shuffle(numbers)
    late = []
    for n in numbers:
        name = os.path.join(site.root, "INBOX", "cur", f"{999998000 + n}.m.host:2,{'S' if n % 3 else ''}")
        if n % 50 == 7:
            late.append((name, n))
            continue
        with open(name, "w") as f:
            f.write(f"From: a@example.org\nSubject: {n}\nMessage-ID: <{n}@example.org>\n\ntext\n")
    site.notmuch("new --quiet")
    site.notmuch("tag +ten -- subject:10")
    for name, n in late:
        with open(name, "w") as f:
            f.write(f"From: a@example.org\nSubject: {n}\nMessage-ID: <{n}@example.org>\n\ntext\n")


def size(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def kill_in_the_middle(site, server, rnd):
    state = os.path.join(site.state, "remuch", "state.mdb")
    c = server.connect()
    c.imap_login(site)
    before = size(state)
    c.send(b"a SELECT INBOX\r\n")
    remuch.wait_for("the state has grown, or it answers", lambda: size(state) > before + GROWN or select.select([c.sock], [], [], 0)[0])
    time.sleep(rnd.uniform(0, 0.05))
    killing.kill(killing.processes(site))
    c.close()


@tap.test
def each_message_has_one_uid():
    rnd = random.Random(SEED)
    print(f"# SEED={SEED}", flush=True)
    site = remuch.Site()
    fill(site, rnd)
    server = site.serve("imap")
    for _ in range(2):
        kill_in_the_middle(site, server, rnd)
    c = server.connect()
    c.imap_login(site)
    told, _ = c.imap("SELECT INBOX")
    if not any(b"UIDNEXT %d]" % (MANY + 1) in line for line in told) or b"* %d EXISTS" % MANY not in told:
        raise remuch.Failure(f"SELECT says {told}")
    rows, _ = c.imap("FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
    found = []
    for r in rows:
        m = re.search(rb"UID (\d+) FLAGS \(([^)]*)\).*Subject: (\d+)\r\n", r, re.S)
        found.append((int(m[1]), int(m[3]), rb"\Seen" in m[2], b"ten" in m[2]))
    want = [(n + 1, n, n % 3 != 0, n == 10) for n in range(MANY)]
    for f, w in zip(found, want, strict=True):
        if f != w:
            raise remuch.Failure(f"UID, number, seen, tagged are {f}, not {w}")


tap.main()
