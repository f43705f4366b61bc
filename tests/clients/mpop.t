#!/usr/bin/env python3
# mpop and getmail over POP3 with TLS.
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

sites = []


def site():
    tap.need("systemd-socket-activate")
    if not sites:
        s = remuch.Site()
        s.messages(5)
        s.mail("plain.eml")
        s.mail("no-newline.eml")
        s.ports = {t: s.serve("pop3", "activate", t).port for t in ("implicit", "starttls")}
        for name in ("mpop", "getmail"):
            for d in ("cur", "new", "tmp"):
                os.makedirs(s.path("copies", name, d))
        sites.append(s)
    return sites[0]


def fetched(name):
    here = site().path("copies", name, "new")
    texts = []
    for f in sorted(os.listdir(here)):
        with open(os.path.join(here, f), "rb") as h:
            texts.append(h.read())
    return texts


def mpop(tls, options):
    tap.need("mpop")
    s = site()
    rc = s.write("mpoprc", f"""account remuch
host localhost
port {s.ports[tls]}
user {s.user}
password {s.password}
tls on
tls_starttls {'off' if tls == 'implicit' else 'on'}
tls_trust_file {s.path('cert.pem')}
delivery maildir {s.path('copies', 'mpop')}
uidls_file {s.path('uidls')}
auth plain
account default : remuch
""", 0o600)
    return s.sh(f"mpop -C {rc} {options} 2>&1")


@tap.test
def mpop_asks_what_the_server_can():
    out = mpop("starttls", "--serverinfo")
    for word in ("PLAIN", "LOGIN", "PIPELINING", "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "EXPIRE NEVER"):
        assert word in out, out


@tap.test
def mpop_fetches_all_and_keeps_it():
    mpop("implicit", "--keep=on")
    texts = fetched("mpop")
    assert len(texts) == 7
    assert any(b"\n.A line with a dot in front.\n..Two dots.\n.\nLast line.\n" in t for t in texts)


@tap.test
def mpop_fetches_nothing_twice():
    mpop("starttls", "--keep=on")
    assert len(fetched("mpop")) == 7


@tap.test
def getmail_fetches_all():
    tap.need("getmail")
    s = site()
    s.make("getmail")
    rc = s.write("getmailrc", f"""[retriever]
type = SimplePOP3SSLRetriever
server = localhost
port = {s.ports['implicit']}
username = {s.user}
password = {s.password}
ca_certs = {s.path('cert.pem')}
[destination]
type = MDA_external
path = /bin/sh
arguments = ("-c", "cat > {s.path('copies', 'getmail', 'new')}/$$")
allow_root_commands = true
[options]
read_all = false
delivered_to = false
received = false
""", 0o600)
    for _ in range(2):
        s.sh(f"getmail --getmaildir {s.path('getmail')} --rcfile {rc} 2>&1")
        assert len(fetched("getmail")) == 7


@tap.test
def mpop_removes_what_it_fetched():
    mpop("implicit", "--keep=off --only-new=off")
    assert len(fetched("mpop")) == 14
    remuch.wait_for("the mailbox is empty", lambda: site().listing() == [])


tap.main()
