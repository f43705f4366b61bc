#!/usr/bin/env python3
# POP3 and IMAP on one mailbox at the same time: IMAP goes on while a POP3 session has the maildrop, and what one removes
# the other can no longer have. A POP3 session that is killed at whatever moment removes what it said it did, and nothing that
# was not marked.
import os
import random
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap


def pair(messages):
    site = remuch.Site()
    site.messages(messages)
    site.notmuch("new --quiet")
    return site, site.serve("pop3"), site.serve("imap")


def logged_in(site, pop3, imap):
    p, i = pop3.connect(), imap.connect()
    p.pop3_login(site)
    i.imap_login(site)
    return p, i


@tap.test
def imap_expunges_under_pop3():
    site, pop3, imap = pair(4)
    p, i = logged_in(site, pop3, imap)
    i.imap("SELECT INBOX")
    i.imap("STORE 2 +FLAGS (\\Deleted)")
    i.imap("EXPUNGE")
    assert p.pop3("STAT").split()[1] == b"4"
    assert p.pop3("RETR 2", ok=False).startswith(b"-ERR")
    assert p.pop3_lines("RETR 3")[-1] == b"This is message 3."
    p.pop3("DELE 2")
    p.pop3("DELE 3")
    assert p.pop3("QUIT").startswith(b"+OK")
    told, _ = i.imap("NOOP")
    assert b"* 2 EXPUNGE" in told, told
    assert [r for r in i.imap("UID SEARCH ALL")[0] if r.startswith(b"* SEARCH")] == [b"* SEARCH 1 4"]


@tap.test
def deleted_flags_of_others_are_not_ours():
    site, pop3, imap = pair(3)
    p, i = logged_in(site, pop3, imap)
    i.imap("SELECT INBOX")
    i.imap("STORE 1 +FLAGS (\\Deleted)")
    p.pop3("DELE 2")
    p.pop3("QUIT")
    i.imap("NOOP")
    assert [r for r in i.imap("UID SEARCH ALL")[0] if r.startswith(b"* SEARCH")] == [b"* SEARCH 1 3"]
    assert [r for r in i.imap("UID SEARCH DELETED")[0] if r.startswith(b"* SEARCH")] == [b"* SEARCH 1"]


@tap.test
def moved_mail_is_not_removed():
    site, pop3, imap = pair(2)
    site.folder("Archive")
    p, i = logged_in(site, pop3, imap)
    i.imap("SELECT INBOX")
    i.imap("MOVE 1 Archive")
    p.pop3("DELE 1")
    p.pop3("QUIT")
    assert len(site.listing("Archive")) == 1
    assert len(site.listing("INBOX")) == 1


@tap.test
def new_mail_is_for_the_next_session():
    site, pop3, imap = pair(1)
    p, i = logged_in(site, pop3, imap)
    site.messages(1)
    i.imap("SELECT INBOX")
    assert p.pop3("STAT").split()[1] == b"1"
    p.pop3("QUIT")
    q = pop3.connect()
    q.pop3_login(site)
    assert q.pop3("STAT").split()[1] == b"2"


def ids(client):
    return [line.split()[1] for line in client.pop3_lines("UIDL")]


@tap.test
def a_kill_at_quit_removes_no_more_than_was_marked():
    dice = random.Random(110)
    site, pop3, _ = pair(2)
    gone = 0
    for _ in range(60):
        site.messages(2)
        p = pop3.connect()
        p.pop3_login(site)
        before = ids(p)
        p.pop3("DELE 1")
        p.pop3("DELE 2")
        p.send("QUIT\r\n")
        time.sleep(dice.random() * 0.02)
        os.killpg(pop3.children[-1].pid, signal.SIGKILL)
        pop3.children[-1].wait()
        try:
            answer = p.line() or b""
        except (remuch.Failure, OSError):
            answer = b""
        q = pop3.connect()
        q.pop3_login(site)
        after = ids(q)
        assert [i for i in after if i in before[2:]] == before[2:], (before, after)
        assert set(after) <= set(before), (before, after)
        if answer.startswith(b"+OK"):
            assert after == before[2:], (before, after)
            gone += 1
        q.close()
        pop3.children[-1].wait(remuch.PATIENCE)
    assert gone > 0


tap.main()
