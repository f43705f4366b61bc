#!/usr/bin/env python3
# mbsync over mailboxes of tags and of a query, both ways: the copies of a message are files of their own there, and one message here.
# timeout: 240
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

sites = []


def site():
    tap.need("mbsync", "systemd-socket-activate")
    if not sites:
        s = remuch.Site(["[mail] tags = Tags", "[mail] queries = Queries", "[mail] all = All"])
        s.messages(6)
        s.folder("Archive")
        s.notmuch("new --quiet")
        s.notmuch("tag +todo -- id:1@example.org id:2@example.org id:3@example.org")
        s.notmuch("config set --database query.boss 'subject:4 or subject:5'")
        server = s.serve("imap", "activate", "implicit")
        s.copy = s.make("copy")
        s.rc = s.write("mbsyncrc", f"""IMAPAccount remuch
Host localhost
Port {server.port}
SSLType IMAPS
User {s.user}
Pass {s.password}
CertificateFile {s.path("cert.pem")}

IMAPStore far
Account remuch

MaildirStore near
Path {s.copy}/
Inbox {s.copy}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns Tags/todo Queries/boss
Create Near
Expunge Both
SyncState *
""", 0o600)
        sites.append(s)
    return sites[0]


def sync():
    """(changes far, changes near), each as (added, flagged, trashed)."""
    out = site().sh(f"script -qec 'mbsync -c {site().rc} -a' /dev/null 2>&1")
    m = re.findall(r"F: \+(\d+)/\d+ \*(\d+)/\d+ #(\d+)/\d+ +N: \+(\d+)/\d+ \*(\d+)/\d+ #(\d+)/\d+", out)
    if not m:
        raise remuch.Failure(f"mbsync said:\n{out}")
    n = tuple(map(int, m[-1]))
    return n[:3], n[3:]


def near(box):
    return sorted(f"{site().copy}/{box}/{d}/{f}" for d in ("cur", "new") for f in os.listdir(f"{site().copy}/{box}/{d}"))


def near_file(box, text):
    for path in near(box):
        with open(path) as f:
            if text in f.read():
                return path
    raise remuch.Failure(f"no message with {text!r} in the copy of {box}")


def found(query):
    return sorted(site().notmuch(f"search --exclude=false --output=messages '{query}'").split())


def until(what, check):
    remuch.wait_for(what, check)


@tap.test
def comes_down_once():
    assert sync() == ((0, 0, 0), (5, 0, 0))
    assert len(near("Tags/todo")) == 3 and len(near("Queries/boss")) == 2
    assert sync() == ((0, 0, 0), (0, 0, 0))


@tap.test
def what_is_tagged_here_comes_and_goes_there():
    site().notmuch("tag -todo -- id:1@example.org")
    site().notmuch("tag +todo +flagged -- id:6@example.org")
    assert sync()[0] == (0, 0, 0)
    assert near_file("Tags/todo", "<6@example.org>").endswith(":2,F")
    assert len(near("Tags/todo")) == 3
    assert sync() == ((0, 0, 0), (0, 0, 0))


@tap.test
def what_is_deleted_there_loses_the_tag():
    path = near_file("Tags/todo", "<2@example.org>")
    os.rename(path, path.replace("/new/", "/cur/").split(":")[0] + ":2,ST")
    sync()
    until("the tag is gone", lambda: found("tag:todo") == ["id:3@example.org", "id:6@example.org"])
    assert len(site().listing()) == 6, site().listing()
    assert len(near("Tags/todo")) == 2
    assert sync() == ((0, 0, 0), (0, 0, 0))


@tap.test
def what_is_put_there_gets_the_tag():
    with open(f"{site().copy}/Tags/todo/new/1.up.test", "wb") as f:
        f.write(remuch.simple_message(901))
    assert sync() == ((1, 0, 0), (0, 0, 0))
    until("it has the tag", lambda: found("tag:todo and folder:INBOX") == ["id:3@example.org", "id:6@example.org", "id:901@example.org"])
    assert sync() == ((0, 0, 0), (0, 0, 0))


@tap.test
def a_message_that_is_here_already_stays_one():
    """mbsync appends what was moved into the copy of a tag's mailbox: a file more, the message the same."""
    path = near_file("Queries/boss", "<4@example.org>")
    os.link(path, f"{site().copy}/Tags/todo/cur/2.up.test:2,S")
    assert sync()[0] == (1, 0, 0)
    until("it has the tag", lambda: "id:4@example.org" in found("tag:todo"))
    assert len(found("*")) == 7
    until("the index has both files", lambda: len(site().notmuch("search --output=files id:4@example.org").split()) == 2)
    sync()
    assert sync() == ((0, 0, 0), (0, 0, 0))


@tap.test
def what_is_deleted_in_a_query_is_marked_and_stays():
    path = near_file("Queries/boss", "<5@example.org>")
    os.rename(path, path.replace("/new/", "/cur/").split(":")[0] + ":2,T")
    sync()
    until("it is marked", lambda: found("tag:deleted") == ["id:5@example.org"])
    assert len(near("Queries/boss")) == 1
    assert sync() == ((0, 0, 0), (0, 0, 0))


tap.main()
