#!/usr/bin/env python3
# "name+mailbox" over AUTH; a user whose own name it is comes first; IMAP takes names as they are; the log tells which mailbox.

import base64
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch  # noqa: E402
import tap  # noqa: E402
from remuch import Failure  # noqa: E402


def account():
    site = remuch.Site(["[mail] tags = Tags"])
    site.messages(3)
    site.notmuch("new --quiet")
    site.notmuch("tag +todo -- id:2@example.org")
    return site


def auth(server, authzid, name, password):
    c = server.connect()
    c.pop3(None)
    plain = base64.b64encode(f"{authzid}\0{name}\0{password}".encode()).decode()
    return c, c.pop3("AUTH PLAIN " + plain, ok=False)


def expect(what, got, begins):
    if not got.startswith(begins):
        raise Failure(f"{what}: {got!r}")


@tap.test
def sasl_plain():
    site = account()
    server = site.serve("pop3")
    for authzid in ("", site.user, f"{site.user}+Tags/todo"):
        c, r = auth(server, authzid, f"{site.user}+Tags/todo", site.password)
        expect(f"as {authzid!r}", r, b"+OK 1 messages")
        c.pop3("QUIT")
        c.line()
    expect("as somebody else", auth(server, "nobody", f"{site.user}+Tags/todo", site.password)[1], b"-ERR [AUTH]")
    expect("a wrong password", auth(server, "", f"{site.user}+Tags/todo", "wrong")[1], b"-ERR [AUTH]")
    expect("the name without a mailbox", auth(server, "", site.user, site.password)[1], b"+OK 3 messages")
    if f"login: user={site.user} mechanism=PLAIN mailbox=Tags/todo" not in site.log():
        raise Failure("the log does not say which mailbox")


@tap.test
def users_entry_of_the_whole_name_is_no_way_in():
    """The password is that of the user before the "+"."""
    site = account()
    site.write("users", f"{site.user}:{remuch.PASSWORD_HASH}\n{site.user}+Tags/todo:*\n", 0o600)
    server = site.serve("pop3")
    expect("split", auth(server, "", f"{site.user}+Tags/todo", site.password)[1], b"+OK 1 messages")


@tap.test
def imap_takes_names_as_they_are():
    site = account()
    c = site.serve("imap").connect()
    c.line()
    expect("IMAP", c.imap(f"LOGIN {site.user}+Tags/todo {site.password}", ok=False)[1], b"NO [AUTHENTICATIONFAILED]")


tap.main()
