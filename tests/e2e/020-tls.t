#!/usr/bin/env python3
# TLS: versions, ALPN, SNI, resumption in another process, renegotiation, what is typed before STARTTLS.
import os
import socket
import ssl
import struct
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

SITE = remuch.Site()
SITE.messages(1)
SITE.notmuch("new --quiet")
SITE.certificate()
SITE.sh("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other -addext subjectAltName=DNS:mail.example.org,DNS:*.example.net "
        "-keyout key2.pem -out cert2.pem && chmod 600 key2.pem", cwd=SITE.dir)
SITE.configure(f"[tls] certificate = {SITE.path('cert.pem')};{SITE.path('cert2.pem')}",
               f"[tls] key = {SITE.path('key.pem')};{SITE.path('key2.pem')}")
IMAPS, POP3S = SITE.serve("imap", tls="implicit"), SITE.serve("pop3", tls="implicit")
IMAP, POP3 = SITE.serve("imap", tls="starttls"), SITE.serve("pop3", tls="starttls")


def context():
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname, c.verify_mode = False, ssl.CERT_NONE
    return c


def dial(server, c, name="localhost", session=None):
    return c.wrap_socket(socket.create_connection(("127.0.0.1", server.port), remuch.PATIENCE), server_hostname=name, session=session)


def openssl(server, *args, said=b""):
    r = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{server.port}", *args], input=said, stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, timeout=60)
    return r.returncode, r.stdout.decode(errors="replace")


def refused(server, c):
    try:
        dial(server, c).close()
    except (ssl.SSLError, ConnectionError) as e:
        return str(e)
    raise remuch.Failure("the handshake succeeded")


@tap.test
def speaks_1_2_and_1_3():
    for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
        c = context()
        c.minimum_version = c.maximum_version = version
        with dial(IMAPS, c) as s:
            assert s.version() == name
            assert s.recv(4) == b"* OK"


@tap.test
def refuses_older_versions():
    for option in ("-tls1_1", "-tls1"):
        status, out = openssl(IMAPS, option, "-cipher", "ALL:@SECLEVEL=0")
        assert status != 0 and "Cipher is (NONE)" in out, out


@tap.test
def refuses_weak_ciphers():
    for cipher in ("AES128-SHA", "AES256-GCM-SHA384", "ADH-AES128-SHA", "NULL-SHA256"):
        status, out = openssl(IMAPS, "-tls1_2", "-cipher", cipher + ":@SECLEVEL=0")
        assert status != 0, cipher


@tap.test
def honours_alpn():
    for server, ours, theirs in ((IMAPS, "imap", "pop3"), (POP3S, "pop3", "imap")):
        c = context()
        c.set_alpn_protocols(["x", ours])
        with dial(server, c) as s:
            assert s.selected_alpn_protocol() == ours
        c = context()
        c.set_alpn_protocols(["http/1.1", theirs])
        why = refused(server, c)
        assert "no application protocol" in why.lower().replace("_", " "), why
        with dial(server, context()) as s:
            assert s.selected_alpn_protocol() is None


@tap.test
def chooses_the_certificate_by_name():
    want = {f: ssl.PEM_cert_to_DER_cert(open(SITE.path(f)).read()) for f in ("cert.pem", "cert2.pem")}
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        for name, file in (("localhost", "cert.pem"), ("mail.example.org", "cert2.pem"), ("MAIL.example.org", "cert2.pem"),
                           ("a.example.net", "cert2.pem"), ("unknown.example.com", "cert.pem"), (None, "cert.pem")):
            c = context()
            c.maximum_version = version
            with dial(IMAPS, c, name) as s:
                assert s.getpeercert(True) == want[file], (name, version)


@tap.test
def resumes_in_another_process():
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        for name in ("localhost", "mail.example.org"):
            c = context()
            c.minimum_version = c.maximum_version = version
            with dial(IMAPS, c, name) as s:
                s.recv(100)             # TLS 1.3 sends its tickets behind the handshake
                session = s.session
                assert not s.session_reused
            with dial(IMAPS, c, name, session) as s:
                assert s.session_reused, (version, name)
                assert s.recv(4) == b"* OK"
    assert "resumed=yes" in SITE.log()


@tap.test
def resumes_no_session_of_the_other_protocol():
    c = context()
    c.maximum_version = ssl.TLSVersion.TLSv1_2
    with dial(IMAPS, c) as s:
        session = s.session
    try:
        with dial(POP3S, c, session=session) as s:
            assert not s.session_reused
    except ssl.SSLError:
        pass                            # a fatal alert is an answer, too


@tap.test
def refuses_renegotiation():
    with subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{IMAPS.port}", "-tls1_2"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as p:
        got = b""
        while b"remuch is ready" not in got:    # at the greeting the handshake is over
            got += os.read(p.stdout.fileno(), 4096)
        p.stdin.write(b"R\n")
        p.stdin.flush()
        while True:                             # the client gives up when it is refused
            more = os.read(p.stdout.fileno(), 4096)
            if not more:
                break
            got += more
    assert b"no renegotiation" in got, got


@tap.test
def ends_with_close_notify():
    for server, last in ((IMAPS, b"a LOGOUT\r\n"), (POP3S, b"QUIT\r\n")):
        c = context()
        with c.wrap_socket(socket.create_connection(("127.0.0.1", server.port), remuch.PATIENCE), server_hostname="localhost",
                           suppress_ragged_eofs=False) as s:
            s.sendall(last)
            while s.recv(1000):         # a stream that is cut off raises
                pass


@tap.test
def ends_with_close_notify_after_login_too():
    for server, talk in ((IMAPS, f"a LOGIN {SITE.user} {SITE.password}\r\nb LOGOUT\r\n"),
                         (POP3S, f"USER {SITE.user}\r\nPASS {SITE.password}\r\nQUIT\r\n")):
        with context().wrap_socket(socket.create_connection(("127.0.0.1", server.port), remuch.PATIENCE), server_hostname="localhost",
                                   suppress_ragged_eofs=False) as s:
            s.sendall(talk.encode())
            got = b""
            while True:
                more = s.recv(1000)
                if not more:
                    break
                got += more
            assert b"BYE" in got or got.count(b"+OK") == 4, got


@tap.test
def drops_what_was_typed_before_starttls():
    for server, command, injected, go in ((IMAP, b"a STARTTLS\r\n", b"b NOOP\r\n", b"a OK"), (POP3, b"STLS\r\n", b"NOOP\r\n", b"+OK")):
        c = server.connect()
        c.line()
        c.send(command + injected)
        line = c.line()
        assert line.startswith(go), line
        try:
            c.tls(context())
        except OSError:
            pass
        else:
            raise remuch.Failure("the connection went on")
    assert SITE.log().count("plain text behind the command that starts TLS") == 2, SITE.log()


@tap.test
def drops_injection_in_a_packet_of_its_own():
    c = IMAP.connect()
    c.line()
    c.send("a STARTTLS\r\n")
    assert c.line().startswith(b"a OK")
    c.send("b NOOP\r\n")
    try:
        c.tls(context())
    except (OSError, remuch.Failure):
        return
    raise remuch.Failure("the connection went on")


@tap.test
def starttls_and_stls_serve():
    c = IMAP.connect()
    assert b"STARTTLS" in c.line()
    c.imap("STARTTLS")
    c.tls()
    untagged, _ = c.imap("CAPABILITY")
    assert b"STARTTLS" not in untagged[0], untagged
    _, r = c.imap("STARTTLS", ok=False)
    assert r.startswith(b"BAD"), r
    c.imap(f"LOGIN {SITE.user} {SITE.password}")
    c.imap("SELECT INBOX")
    c = POP3.connect()
    c.pop3(None)
    assert b"STLS" in c.pop3_lines("CAPA")
    c.pop3("STLS")
    c.tls()
    assert b"STLS" not in c.pop3_lines("CAPA")
    assert c.pop3("STLS", ok=False).startswith(b"-ERR")
    c.pop3(f"USER {SITE.user}")
    c.pop3(f"PASS {SITE.password}")


@tap.test
def keeps_up_with_a_big_literal_both_ways():
    body = SITE.put(b"From: a@example.org\nMessage-ID: <big@example.org>\n\n" + (b"x" * 76 + b"\n") * 100000, "Big")
    SITE.notmuch("new --quiet")
    size = os.path.getsize(body) + 100003
    c = IMAPS.connect()
    c.imap_login(SITE)
    c.imap("SELECT Big")
    untagged, _ = c.imap("FETCH 1 BODY.PEEK[]")
    assert len(untagged[0]) > size, len(untagged[0])
    c.send(b"x APPEND Big {%d+}\r\n" % (4 * 1000 * 1000) + b"A: b\r\n\r\n" + b"y" * (4 * 1000 * 1000 - 8) + b"\r\n")
    c.tags = 0
    while True:
        r = c.response()
        if r.startswith(b"x "):
            break
    assert r.startswith(b"x OK"), r


@tap.test
def rubbish_is_no_handshake():
    for what in (b"\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n", b"\x16\x03\x01\x40\x00" + b"\x00" * 100, struct.pack("B", 0) * 1000):
        c = IMAPS.connect(handshake=False)
        c.send(what)
        c.sock.shutdown(socket.SHUT_WR)
        while c.more():
            pass


@tap.test
def implicit_tls_without_a_certificate_says_what_to_do():
    bare = remuch.Site()
    p = subprocess.run([os.path.join(remuch.BUILD, "imapd"), "--config=" + bare.path("remuch.conf"), "--tls=implicit"],
                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=bare.env, timeout=30)
    assert p.returncode == 100, p.returncode
    assert b"[tls] certificate" in p.stderr, p.stderr


tap.main()
