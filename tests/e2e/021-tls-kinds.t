#!/usr/bin/env python3
# TLS with every kind of certificate, suite and group that clients choose from (tls_provider.h: OpenSSL has only what TLS needs).
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

KINDS = {
    "p256": "-newkey ec -pkeyopt ec_paramgen_curve:P-256",
    "p384": "-newkey ec -pkeyopt ec_paramgen_curve:P-384 -sha384",
    "p521": "-newkey ec -pkeyopt ec_paramgen_curve:P-521 -sha512",
    "rsa": "-newkey rsa:2048",
    "rsa224": "-newkey rsa:2048 -sha224",
    "rsa3": "-newkey rsa:2048 -sha3-256",
    "pss": "-newkey rsa-pss -pkeyopt rsa_keygen_bits:2048",
    "ed25519": "-newkey ed25519",
    "ed448": "-newkey ed448",
}
SUITES = ("AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305", "AES128-SHA256", "AES256-SHA384", "AES128-SHA", "AES256-SHA")
CCM = ("AES128-CCM", "AES256-CCM")              # with ECDSA only
SUITES_13 = ("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")
GROUPS = ("X25519", "P-256", "P-384", "P-521", "X448")
FFDHE = ("ffdhe2048", "ffdhe3072")              # TLS 1.3 only

SITE = remuch.Site()
SITE.certificate()
for kind, how in KINDS.items():
    SITE.sh(f"openssl req -x509 {how} -nodes -days 2 -subj /CN={kind} -addext subjectAltName=DNS:{kind}.example.org -keyout {kind}.key -out {kind}.pem"
            f" && chmod 600 {kind}.key", cwd=SITE.dir)
SITE.sh("openssl rsa -in rsa.key -traditional -out old && mv old rsa.key && chmod 600 rsa.key", cwd=SITE.dir)  # "BEGIN RSA PRIVATE KEY"
SITE.configure("[tls] certificate = " + ";".join(SITE.path(k + ".pem") for k in KINDS),
               "[tls] key = " + ";".join(SITE.path(k + ".key") for k in KINDS))
SERVER = SITE.serve("imap", tls="implicit")


def session(kind, *args):
    """(suite, the certificate's subject) of a connection that is greeted."""
    r = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{SERVER.port}", "-servername", kind + ".example.org", "-crlf", "-ign_eof", *args],
                       input=b"a LOGOUT\n", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    out = r.stdout.decode(errors="replace")
    found = re.search(r"^New, (\S+), Cipher is (\S+)$", out, re.M)
    assert r.returncode == 0 and found and "\n* OK " in out, (kind, args, out)
    return found[2], re.search(r"^subject=CN = (\S+)$", out, re.M)[1]


@tap.test
def serves_every_kind_of_certificate():
    for kind in KINDS:
        for version in ("-tls1_2", "-tls1_3"):
            assert session(kind, version)[1] == kind, (kind, version)


@tap.test
def speaks_every_suite():
    for kind, name, suites in (("p256", "ECDHE-ECDSA-", SUITES + CCM), ("rsa", "ECDHE-RSA-", SUITES)):
        for suite in suites:
            assert session(kind, "-tls1_2", "-cipher", name + suite)[0] == name + suite
    for suite in SUITES_13:
        assert session("p256", "-tls1_3", "-ciphersuites", suite)[0] == suite


@tap.test
def speaks_every_group():
    for group in GROUPS:
        session("rsa", "-tls1_2", "-groups", group)
    for group in GROUPS + FFDHE:
        session("rsa", "-tls1_3", "-groups", group)


@tap.test
def follows_a_key_update():
    with subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{SERVER.port}", "-tls1_3", "-crlf"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as p:
        def until(what):
            got = b""
            while what not in got:
                more = os.read(p.stdout.fileno(), 4096)
                assert more, got
                got += more
        until(b"remuch is ready")
        for line, answer in ((b"k\n", b"KEYUPDATE"), (b"a NOOP\n", b"a OK"), (b"K\n", b"KEYUPDATE"), (b"b NOOP\n", b"b OK")):
            p.stdin.write(line)
            p.stdin.flush()
            until(answer)


tap.main()
