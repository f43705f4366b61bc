#!/usr/bin/env python3
# timeout: 120
# The first SELECT of a folder that notmuch has read, and whose files it is not asked for one by one: flags and tags are the index's, also of
# messages of two files, with a long header, or without an id, and the index has nothing to learn. Where a file came or got another name since,
# it learns that.

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch  # noqa: E402
import tap  # noqa: E402

MANY = 700
PAST = 1_500_000_000                    # the time of a directory that notmuch takes to be at rest


def name(site, n):
    return os.path.join(site.root, "INBOX", "cur", f"{999998000 + n}.m.host:2,")


def write(site, n, message):
    head = f"From: a@example.org\nSubject: {n}\n"
    if n % 100 == 17:
        head += "".join(f"X-Long-{i}: {'x' * 70}\n" for i in range(100))
    if n % 100 != 18:
        head += f"Message-ID: <{message}@example.org>\n"
    with open(name(site, n), "w") as f:
        f.write(f"{head}\ntext {n}\n")


def rest(site):
    os.utime(os.path.join(site.root, "INBOX", "cur"), (PAST, PAST))


def fill(site):
    """Every 50th message has two files."""
    for n in range(MANY):
        write(site, n, n - 1 if n % 50 == 1 else n)
    rest(site)
    site.notmuch("new --quiet")
    site.notmuch("tag +ten -unread -- subject:10 or subject:17 or subject:18 or subject:50")


def files(site):
    return sorted(site.notmuch("search --output=files '*'").split())


def there(site):
    return sorted(os.path.join(site.root, "INBOX", f) for f in site.listing())


def select(site, extra=0):
    c = site.serve("imap").connect()
    c.imap_login(site)
    c.imap("SELECT INBOX")
    rows, _ = c.imap("FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
    found = []
    for r in rows:
        m = re.search(rb"UID (\d+) FLAGS \(([^)]*)\).*Subject: (\d+)\r\n", r, re.S)
        found.append((int(m[1]), int(m[3]), rb"\Seen" in m[2], b"ten" in m[2].split()))
    want = [(n + 1, n, n in (10, 17, 18, 50, 51), n in (10, 17, 18, 50, 51)) for n in range(MANY + extra)]
    for f, w in zip(found, want, strict=True):
        if f != w:
            raise remuch.Failure(f"UID, number, seen, tagged are {f}, not {w}")
    c.imap("LOGOUT")


@tap.test
def all_is_known():
    site = remuch.Site()
    fill(site)
    before = site.notmuch("count --lastmod '*'")
    select(site)
    site.stop()
    after = site.notmuch("count --lastmod '*'")
    if after != before or files(site) != there(site):
        raise remuch.Failure(f"the index was {before}, and is {after}")


@tap.test
def a_file_has_another_name():
    site = remuch.Site()
    fill(site)
    os.rename(name(site, 20), name(site, 20).replace(".m.", ".n."))
    write(site, MANY, 30)
    write(site, MANY + 1, MANY + 1)
    select(site, extra=2)
    remuch.wait_for("the index knows all files", lambda: set(there(site)) <= set(files(site)))


@tap.test
def the_directory_does_not_tell():
    site = remuch.Site()
    fill(site)
    write(site, MANY, MANY)
    rest(site)
    select(site, extra=1)
    remuch.wait_for("the index knows the new file", lambda: files(site) == there(site))


tap.main()
