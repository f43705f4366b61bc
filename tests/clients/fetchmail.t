#!/usr/bin/env python3
# fetchmail over POP3: TLS from the start, and STLS; keeps, then fetches only what is new, then removes.
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

sites = []


def site():
    tap.need("fetchmail", "systemd-socket-activate")
    if not sites:
        s = remuch.Site()
        s.messages(5)
        s.mail("plain.eml")
        s.mail("no-newline.eml")
        s.ports = {t: s.serve("pop3", "activate", t).port for t in ("implicit", "starttls")}
        s.make("fetched")
        sites.append(s)
    return sites[0]


def fetch(tls, *options):
    """How many messages fetchmail handed over, and what it said."""
    s = site()
    box = s.path("fetched", "mbox")
    if os.path.exists(box):
        os.unlink(box)
    rc = s.write("fetchmailrc", f"""poll localhost protocol pop3 port {s.ports[tls]} uidl auth password timeout 60
	user "{s.user}" password "{s.password}" {'ssl' if tls == 'implicit' else 'sslproto "TLS1.2+"'} sslcertck sslcertfile "{s.path('cert.pem')}"
	no rewrite mda "cat >> {box}; echo =END= >> {box}"
""", 0o600)
    out = s.sh(f"fetchmail -v --nosyslog -f {rc} --idfile {s.path('fetched', 'ids')} --pidfile {s.path('fetched', 'pid')} {' '.join(options)} 2>&1", check=False)
    text = ""
    if os.path.exists(box):
        with open(box) as f:
            text = f.read()
    return text.count("=END="), text, out


@tap.test
def everything_is_fetched_and_kept():
    n, text, out = fetch("implicit", "--keep")
    assert n == 7, out
    assert "\n.A line with a dot in front.\n..Two dots.\n.\nLast line.\n" in text, text
    assert "not the expected length" not in out, out
    assert len(site().listing()) == 7


@tap.test
def the_second_time_only_new_mail_comes():
    n, _, out = fetch("implicit", "--keep")
    assert n == 0, out
    site().messages(1)
    n, text, out = fetch("starttls", "--keep")
    assert n == 1 and "Message 8" in text, out


@tap.test
def fetched_mail_is_removed():
    n, _, out = fetch("starttls", "--nokeep", "--all")
    assert n == 8, out
    remuch.wait_for("the mailbox is empty", lambda: site().listing() == [])


tap.main()
