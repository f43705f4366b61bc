#!/usr/bin/env python3
# Starting, logging in, and the processes of a connection: what imapd(8) says of them.
import os
import re
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

SITE = remuch.Site()
SITE.messages(1)
SITE.notmuch("new --quiet")
IMAP, POP3 = SITE.serve("imap"), SITE.serve("pop3")


def calm(site=SITE):
    """Forget the failed logins of earlier tests."""
    for name in os.listdir(site.path("run")):
        os.unlink(site.path("run", name))


def run(*args, site=SITE, said=b"", **more):
    return subprocess.run([os.path.join(remuch.BUILD, args[0]), *args[1:]], input=said, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=site.env, timeout=60, **more)


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as f:
        return [int(p) for p in f.read().split()]


def status(pid):
    with open(f"/proc/{pid}/status") as f:
        return dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)


def gone(pid):
    try:
        return status(pid)["State"].startswith("Z")
    except (FileNotFoundError, ProcessLookupError):
        return True


@tap.test
def wrong_passwords_and_unknown_users_get_the_same_answer():
    calm()
    answers, times = set(), []
    for user in (SITE.user, "nobody-of-that-name"):
        c = IMAP.connect()
        c.line()
        start = time.monotonic()
        answers.add(c.imap(f"LOGIN {user} wrong", ok=False)[1])
        times.append(time.monotonic() - start)
        c.sock.close()
        calm()
    assert len(answers) == 1 and answers.pop().startswith(b"NO [AUTHENTICATIONFAILED]"), answers
    assert "login refused: user=nobody-of-that-name" in SITE.log()
    assert "wrong" not in re.sub(r"wrong password", "", SITE.log()), "a password is in the log"


@tap.test
def three_failures_end_a_connection():
    calm()
    c = IMAP.connect()
    c.line()
    for _ in range(2):
        c.imap(f"LOGIN {SITE.user} wrong", ok=False)
    c.send(f"x LOGIN {SITE.user} wrong\r\n")
    got = []
    while True:
        r = c.line()
        if r is None:
            break
        got.append(r)
    assert any(r.startswith(b"* BYE") for r in got), got
    assert any(r.startswith(b"x NO [AUTHENTICATIONFAILED]") for r in got), got


@tap.test
def failures_slow_down_the_next_connection():
    calm()
    c = POP3.connect()
    c.pop3(None)
    c.pop3(f"USER {SITE.user}")
    assert c.pop3("PASS wrong", ok=False).startswith(b"-ERR [AUTH]")
    start = time.monotonic()
    IMAP.connect().imap_login(SITE)
    assert time.monotonic() - start > 0.9
    start = time.monotonic()
    IMAP.connect().imap_login(SITE)
    assert remuch.SAN or time.monotonic() - start < 0.9, "a good login forgets"


@tap.test
def nobody_becomes_somebody_else():
    calm()
    import base64
    c = IMAP.connect()
    c.line()
    ir = base64.b64encode(b"daemon\0" + SITE.user.encode() + b"\0" + SITE.password.encode()).decode()
    assert c.imap("AUTHENTICATE PLAIN " + ir, ok=False)[1].startswith(b"NO [AUTHENTICATIONFAILED]")
    calm()
    ir = base64.b64encode(f"{SITE.user}\0{SITE.user}\0{SITE.password}".encode()).decode()
    c.imap("AUTHENTICATE PLAIN " + ir)


@tap.test
def passwords_need_tls_where_configured():
    site = remuch.Site(["[auth] plain = tls"])
    site.certificate()
    c = site.serve("imap", tls="starttls").connect()
    caps = c.line()
    assert b"LOGINDISABLED" in caps and b"AUTH=" not in caps, caps
    assert c.imap(f"LOGIN {site.user} {site.password}", ok=False)[1].startswith(b"NO [PRIVACYREQUIRED]")
    assert c.imap("AUTHENTICATE PLAIN", ok=False)[1].startswith(b"NO [PRIVACYREQUIRED]")
    c.imap("STARTTLS")
    c.tls()
    c.imap(f"LOGIN {site.user} {site.password}")
    c = site.serve("pop3", tls="starttls").connect()
    c.pop3(None)
    assert not [line for line in c.pop3_lines("CAPA") if line.startswith((b"USER", b"SASL"))]
    assert c.pop3(f"USER {site.user}", ok=False).startswith(b"-ERR")


@tap.test
def strangers_talk_to_a_caged_process():
    c = IMAP.connect()
    c.line()
    supervisor = IMAP.children[-1].pid
    caged = children(supervisor)
    assert len(caged) == 1
    s = status(caged[0])
    assert s["NoNewPrivs"] == "1" and s["Seccomp"] == "2", s
    if os.getuid() == 0:
        assert "0" not in s["Uid"].split() and "0" not in s["Gid"].split(), s
    links = sorted(os.listdir(f"/proc/{caged[0]}/fd"))
    assert len(links) <= 7, [os.readlink(f"/proc/{caged[0]}/fd/{n}") for n in links]


@tap.test
def the_roles_live_and_die_together():
    for victim in ("supervisor", "preauth"):
        c = IMAP.connect()
        c.line()
        supervisor = IMAP.children[-1].pid
        caged = children(supervisor)[0]
        os.kill(supervisor if victim == "supervisor" else caged, signal.SIGKILL)
        other = caged if victim == "supervisor" else supervisor
        remuch.wait_for(f"the other one ends after {victim}", lambda: IMAP.children[-1].poll() is not None and gone(other))
        assert c.line() is None


@tap.test
def a_session_on_a_plain_socket_has_no_relay():
    calm()
    c = IMAP.connect()
    c.imap_login(SITE)
    comms = [open(f"/proc/{p}/cmdline").read() for p in children(IMAP.children[-1].pid)]
    assert not [x for x in comms if "--drain" not in x], comms


@tap.test
def what_was_sent_behind_the_login_is_not_lost():
    calm()
    for tls in ("no", "implicit"):
        server = SITE.serve("imap", tls=tls)
        c = server.connect()
        c.send(f"a LOGIN {SITE.user} {SITE.password}\r\nb SELECT INBOX\r\nc FETCH 1 FLAGS\r\nd LOGOUT\r\n")
        got = []
        while True:
            r = c.line()
            if r is None:
                break
            got.append(r)
        for tag in (b"a", b"b", b"c", b"d"):
            assert any(r.startswith(tag + b" OK") for r in got), got


@tap.test
def preauth_needs_no_login():
    r = run("imapd", "--config=" + SITE.path("remuch.conf"), "--preauth", said=b"a SELECT INBOX\r\nb LOGOUT\r\n")
    assert r.stdout.startswith(b"* PREAUTH ["), r.stdout
    assert b"\r\nb OK" in r.stdout and r.returncode == 0, r
    r = run("pop3d", "--config=" + SITE.path("remuch.conf"), "--preauth", said=b"STAT\r\nQUIT\r\n")
    assert r.stdout.count(b"+OK") == 3 and r.returncode == 0, r


@tap.test
def passwd_makes_an_entry_that_works():
    site = remuch.Site()
    r = run("imapd", "--passwd", site.user, said=b"another one\n")
    assert r.returncode == 0 and r.stdout.startswith(site.user.encode() + b":$"), r
    site.write("users", r.stdout.decode(), 0o600)
    c = site.serve("imap").connect()
    c.line()
    c.imap(f'LOGIN {site.user} "another one"')
    assert run("imapd", "--passwd", "a:b", said=b"x\n").returncode == 100
    assert run("imapd", "--passwd", "ann", said=b"").returncode == 100


@tap.test
def check_says_what_is_wrong():
    site = remuch.Site()
    site.certificate()
    r = run("imapd", "--config=" + site.path("remuch.conf"), "--check", site=site)
    assert r.returncode == 0 and b"All is well" in r.stdout, r.stdout
    os.chmod(site.path("key.pem"), 0o644)
    os.chmod(site.path("users"), 0o644)
    r = run("imapd", "--config=" + site.path("remuch.conf"), "--check", site=site)
    assert r.returncode == 100 and r.stdout.count(b"PROBLEM") == 2, r.stdout
    site.sh("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x -keyout key.pem -out /dev/null", cwd=site.dir)
    r = run("imapd", "--config=" + site.path("remuch.conf"), "--check", site=site)
    assert r.returncode == 100 and b"does not belong" in r.stdout, r.stdout


@tap.test
def mistakes_end_with_100():
    for args in (["--no-such"], ["--tls=maybe"], ["x"], ["--config=/nonexistent"], ["--check", "--drain"]):
        r = run("imapd", *args, said=b"")
        assert r.returncode == 100, (args, r)
        assert r.stderr and not r.stdout, (args, r)
    assert run("imapd", "--version").stdout.startswith(b"imapd (remuch) ")
    assert b"--preauth" in run("pop3d", "--help").stdout


@tap.test
def a_listening_socket_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as s:
        r = subprocess.run([os.path.join(remuch.BUILD, "imapd")], stdin=s, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           env=SITE.env, timeout=30)
    assert r.returncode == 100 and b"Accept=yes" in r.stderr, r


@tap.test
def the_log_cannot_be_forged():
    calm()
    c = POP3.connect()
    c.pop3(None)
    c.pop3("USER a\x1b[2Jb\tpop3d: id=0 login: user=root", ok=False)
    c.pop3("PASS x", ok=False)
    time.sleep(0.1)
    assert "\x1b" not in SITE.log() and "\npop3d: id=0 " not in SITE.log()
    assert not [line for line in SITE.log().splitlines() if not re.match(r"(imapd|pop3d): ", line)], SITE.log()
    calm()


tap.main()
