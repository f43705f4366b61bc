#!/usr/bin/env python3
"""How a session ends when it is not by LOGOUT, and that nothing of it is lost then."""

import os
import re
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap


def session(site, mailbox="INBOX"):
    server = site.serve("imap", how="preauth")
    client = server.connect()
    client.imap_login(site)
    client.imap(f"SELECT {mailbox}")
    return client, server.children[-1]


def site_with(messages):
    site = remuch.Site()
    site.messages(messages)
    site.notmuch("new --quiet")
    return site


def told(client):
    lines = []
    while True:
        line = client.line()
        if line is None:
            return lines
        lines.append(line)


@tap.test
def SIGTERM_says_BYE_between_commands():
    client, process = session(site_with(1))
    os.kill(process.pid, signal.SIGTERM)
    lines = told(client)
    assert len(lines) == 1 and lines[0].startswith(b"* BYE [UNAVAILABLE] "), lines
    assert process.wait(remuch.PATIENCE) == 0


@tap.test
def SIGTERM_ends_IDLE():
    client, process = session(site_with(1))
    client.send("a IDLE\r\n")
    assert client.line() == b"+ idling"
    os.kill(process.pid, signal.SIGTERM)
    lines = told(client)
    assert lines[0].startswith(b"* BYE [UNAVAILABLE] "), lines
    assert process.wait(remuch.PATIENCE) == 0


@tap.test
def changes_reach_notmuch_after_the_client_has_left():
    site = site_with(20)
    client, process = session(site)
    client.imap("STORE 1:* +FLAGS.SILENT (\\Flagged)")
    client.sock.close()
    assert process.wait(60) == 0
    assert site.notmuch("count tag:flagged").strip() == "20"


@tap.test
def the_client_hears_the_end_before_the_index_is_done():
    site = site_with(20)
    client, process = session(site)
    client.imap("STORE 1:* +FLAGS.SILENT (\\Flagged)")
    client.send("a LOGOUT\r\n")
    assert told(client) == [b"* BYE Goodbye", b"a OK LOGOUT done"]
    assert process.wait(60) == 0


@tap.test
def one_log_line_tells_how_it_went():
    site = site_with(1)
    client, process = session(site)
    client.imap("NOOP")
    client.imap("LOGOUT")
    process.wait(60)
    hits = re.findall(r"session ended: Goodbye; commands=3 in=\d+ out=\d+ seconds=\d+", site.log())
    assert len(hits) == 1, site.log()


@tap.test
def a_mail_root_that_is_gone_is_explained():
    site = site_with(1)
    os.rename(site.root, site.root + "-away")
    client = site.serve("imap", how="preauth").connect()
    line = client.line()
    assert line is not None and line.startswith((b"* BYE [UNAVAILABLE] ", b"* PREAUTH ")), line
    os.rename(site.root + "-away", site.root)


tap.main()
