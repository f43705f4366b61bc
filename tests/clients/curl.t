#!/usr/bin/env python3
# curl: IMAP and POP3, implicit TLS and STARTTLS/STLS.
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

sites = []


def site():
    tap.need("curl", "systemd-socket-activate")
    if not sites:
        s = remuch.Site()
        s.messages(3)
        s.mail("plain.eml", "Archive", "S")
        s.notmuch("new --quiet")
        s.ports = {(p, t): s.serve(p, "activate", t).port for p in ("imap", "pop3") for t in ("implicit", "starttls")}
        sites.append(s)
    return sites[0]


def curl(protocol, path, *args, tls="implicit"):
    s = site()
    scheme = protocol + ("s" if tls == "implicit" else "")
    quoted = " ".join(f"'{a}'" for a in args)
    return s.sh(f"curl -sS --ssl-reqd --max-time 60 --cacert {s.path('cert.pem')} --user {s.user}:{s.password} {quoted} "
                f"'{scheme}://localhost:{s.ports[protocol, tls]}/{path}'")


@tap.test
def imap_lists_mailboxes():
    out = curl("imap", "")
    assert "INBOX" in out and "Archive" in out, out


@tap.test
def imap_fetches_a_message():
    for path in ("Archive;MAILINDEX=1", "Archive;UID=1"):
        out = curl("imap", path)
        assert out.encode() == remuch.data("plain.eml") or out.replace("\r", "").encode() == remuch.data("plain.eml"), out


@tap.test
def imap_fetches_a_section():
    assert curl("imap", "INBOX;MAILINDEX=2;SECTION=TEXT").strip() == "This is message 2."


@tap.test
def imap_over_starttls():
    assert "message 3." in curl("imap", "INBOX;MAILINDEX=3", tls="starttls")


@tap.test
def imap_searches():
    assert curl("imap", "INBOX?SUBJECT%20%22message%202%22").split() == ["*", "SEARCH", "2"]


@tap.test
def imap_appends():
    s = site()
    path = s.write("up.eml", remuch.simple_message(9).decode().replace("\n", "\r\n"))
    curl("imap", "Archive", "-T", path)
    assert len(s.listing("Archive")) == 2
    assert "message 9." in curl("imap", "Archive;MAILINDEX=2")


@tap.test
def imap_stores_a_flag():
    s = site()
    curl("imap", "INBOX", "-X", "STORE 1 +FLAGS (\\Flagged)")
    remuch.wait_for("the tag follows", lambda: s.notmuch("search --output=messages tag:flagged").split() == ["id:1@example.org"])


@tap.test
def imap_makes_a_query():
    """As the README shows it."""
    s = site()
    s.configure("[mail] queries = Queries")
    curl("imap", "", "-X", "SETMETADATA Queries/two (/private/vendor/vendor.remuch/query \"subject:message and not id:1@example.org\")")
    assert curl("imap", "Queries/two?ALL").split()[:2] == ["*", "SEARCH"]
    remuch.wait_for("notmuch has it", lambda: s.sh("notmuch config get query.two").strip() == "subject:message and not id:1@example.org")


@tap.test
def a_wrong_password_is_refused():
    s = site()
    out = s.sh(f"curl -sS --cacert {s.path('cert.pem')} --user {s.user}:wrong imaps://localhost:{s.ports['imap', 'implicit']}/ 2>&1; echo $?", check=False)
    assert out.split()[-1] == "67", out          # CURLE_LOGIN_DENIED


@tap.test
def pop3_lists_and_retrieves():
    for tls in ("implicit", "starttls"):
        assert len(curl("pop3", "", tls=tls).splitlines()) == 3
        assert curl("pop3", "2", tls=tls).replace("\r", "").encode() == remuch.simple_message(2)


@tap.test
def pop3_commands():
    assert len(curl("pop3", "", "-X", "UIDL").splitlines()) == 3
    curl("pop3", "1", "-X", "DELE", "-I")
    remuch.wait_for("message 1 is gone", lambda: len(site().listing()) == 2)


tap.main()
