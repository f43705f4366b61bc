"""Runs inside the booted machine, started by 020-systemd.t: the sockets, two users, a login over each, the journal."""
import json
import os
import pwd
import socket
import ssl
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))
import remuch
import tap

PORTS = {"imap": 143, "imaps": 993, "pop3": 110, "pop3s": 995}
USERS = {"ann": "secret of ann", "bob": "secret of bob"}


def sh(command):
    r = subprocess.run(command, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if r.returncode != 0:
        raise remuch.Failure(f"{command}: {r.stdout}")
    return r.stdout


def dial(service):
    s = socket.create_connection(("127.0.0.1", PORTS[service]), remuch.PATIENCE)
    c = remuch.Client(s)
    if service.endswith("s"):
        context = ssl.create_default_context(cafile="/etc/remuch/cert.pem")
        c.tls(context)
    return c


def journal():
    sh("journalctl --sync")
    return [json.loads(line) for line in sh("journalctl -o json -t imapd -t pop3d").splitlines()]


@tap.test
def the_units_are_sound():
    sh("systemd-analyze verify " + " ".join(f"/usr/lib/systemd/system/{s}.socket '/usr/lib/systemd/system/{s}@.service'" for s in PORTS))
    for s in PORTS:
        sh(f"systemd-analyze security --offline=1 --threshold=20 /usr/lib/systemd/system/{s}@.service")


@tap.test
def the_sockets_start():
    sh("systemctl start imap.socket imaps.socket pop3.socket pop3s.socket")
    assert "imapd" not in sh("ps -eo comm"), "with no connection open, nothing runs"


@tap.test
def each_user_gets_their_own_mail_over_imap():
    for service in ("imap", "imaps"):
        for user, password in USERS.items():
            c = dial(service)
            assert c.line().startswith(b"* OK")
            c.imap(f'LOGIN {user} "{password}"')
            c.imap("SELECT INBOX")
            untagged, _ = c.imap("FETCH 1 BODY.PEEK[HEADER.FIELDS (Subject)]")
            assert f"Mail of {user}".encode() in untagged[0], untagged
            c.imap("STORE 1 +FLAGS (\\Flagged)")
            owners = {line.split()[0] for line in sh("ps -eo user,comm").splitlines() if line.endswith("imapd")}
            assert user in owners and owners <= {user, "nobody"}, owners
            c.imap("LOGOUT")
            assert c.line() is None


@tap.test
def each_user_gets_their_own_mail_over_pop3():
    for service in ("pop3", "pop3s"):
        for user, password in USERS.items():
            c = dial(service)
            c.pop3(None)
            c.pop3("USER " + user)
            c.pop3("PASS " + password)
            assert f"Subject: Mail of {user}".encode() in c.pop3_lines("TOP 1 0")
            c.pop3("QUIT")
            assert c.line() is None


@tap.test
def a_change_reaches_notmuch():
    for user in USERS:
        remuch.wait_for(f"the tag of {user}", lambda: sh(f"runuser -u {user} -- notmuch count tag:flagged").strip() == "1")
        for path, uid in ((f"/home/{user}/.local/state/remuch", pwd.getpwnam(user).pw_uid),):
            assert os.stat(path).st_uid == uid


@tap.test
def a_wrong_password_is_refused():
    c = dial("imaps")
    c.line()
    assert c.imap("LOGIN ann wrong", ok=False)[1].startswith(b"NO [AUTHENTICATIONFAILED]")


@tap.test
def the_journal_has_the_fields():
    lines = journal()
    for user in USERS:
        logins = [x for x in lines if x.get("REMUCH_USER") == user and x["MESSAGE"].startswith("login:")]
        assert len(logins) == 4, (user, [x["MESSAGE"] for x in lines])
        assert all(x.get("REMUCH_ID") and x.get("REMUCH_PEER", "").startswith("127.0.0.1:") for x in logins)
        assert sum("TLS" in x.get("REMUCH_TLS", "") for x in logins) == 2, logins
    connects = [x for x in lines if x["MESSAGE"].startswith("connect")]
    assert len({x["REMUCH_ID"] for x in connects}) == len(connects) == 9, lines
    strays = [x["MESSAGE"] for x in lines if "REMUCH_ID" not in x and not x["MESSAGE"].startswith("pam_")]
    assert not strays, strays
    text = json.dumps(lines)
    assert "secret of" not in text


@tap.test
def the_services_are_gone_afterwards():
    def idle():
        return not sh("systemctl list-units --all --plain --no-legend 'imap@*' 'imaps@*' 'pop3@*' 'pop3s@*'").strip()

    remuch.wait_for("no service is left", idle, 40)
    assert "imapd" not in sh("ps -eo comm") and "pop3d" not in sh("ps -eo comm")
    for s in PORTS:
        assert sh(f"systemctl is-active {s}.socket").strip() == "active"
    assert oct(os.stat("/run/remuch").st_mode & 0o777) == "0o700"


OWN = """[auth]
users = ~/users
[tls]
certificate = ~/cert.pem
key = ~/key.pem
"""


@tap.test
def a_user_serves_their_own_mail():
    uid, home = pwd.getpwnam("ann").pw_uid, "/home/ann"
    sh(f"install -o ann -m 600 /etc/remuch/users /etc/remuch/cert.pem /etc/remuch/key.pem {home}; mkdir -p {home}/.config")
    with open(f"{home}/.config/remuch.conf", "w") as f:
        f.write(OWN)
    sh(f"chown -R ann {home}/.config; systemctl start user@{uid}.service")
    user = f"runuser -u ann -- env XDG_RUNTIME_DIR=/run/user/{uid} systemctl --user "
    sh(user + "daemon-reload; " + user + "start " + " ".join(f"remuch-{s}.socket" for s in PORTS))
    for service in PORTS:
        PORTS[service] += 1000 if PORTS[service] < 1000 else 0
    for service in ("imap", "imaps"):
        c = dial(service)
        c.line()
        assert c.imap('LOGIN bob "secret of bob"', ok=False)[1].startswith(b"NO "), "another user's mail"
        c.imap('LOGIN ann "secret of ann"')
        assert any(b"1 EXISTS" in x for x in c.imap("SELECT INBOX")[0])
        c.imap("LOGOUT")
    for service in ("pop3", "pop3s"):
        c = dial(service)
        c.pop3(None)
        c.pop3("USER ann")
        c.pop3("PASS secret of ann")
        c.pop3("QUIT")


tap.main()
