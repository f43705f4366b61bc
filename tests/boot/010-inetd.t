#!/usr/bin/env python3
# inetd and xinetd start the programs with the lines of contrib/: a login over each of the four.
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

CONTRIB = os.path.join(remuch.ROOT, "contrib")
SERVICES = {"imap2": ("imap", "no"), "imaps": ("imap", "implicit"), "pop3": ("pop3", "no"), "pop3s": ("pop3", "implicit")}
SITE = remuch.Site(["[log] to = syslog"])
SITE.messages(2)
SITE.notmuch("new --quiet")
SITE.certificate()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def ours(text):
    """contrib's lines with the built programs, and our user."""
    text = re.sub(r"/usr/local/libexec/remuch/(\w+)", lambda m: os.path.join(remuch.BUILD, m[1]), text)
    user = pwd.getpwuid(os.getuid()).pw_name
    return text.replace("\troot\t", f"\t{user}\t").replace("user        = root", f"user        = {user}")


class Inetd(remuch.Server):
    """Any super server, as far as a test cares."""

    def __init__(self, protocol, tls, port):
        super().__init__(SITE, protocol, tls)
        self.port = port

    def stop(self):
        pass


def log_in(ports):
    for service, (protocol, tls) in SERVICES.items():
        c = Inetd(protocol, tls, ports[service]).connect()
        if protocol == "imap":
            c.imap_login(SITE)
            untagged, _ = c.imap("STATUS INBOX (MESSAGES)")
            assert b"MESSAGES 2" in untagged[0], untagged
            c.imap("LOGOUT")
        else:
            c.pop3_login(SITE)
            assert c.pop3("STAT").startswith(b"+OK 2 ")
            c.pop3("QUIT")
        assert c.line() is None, "the connection ends with the session"


def serve(command, ports):
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=SITE_LOG, stderr=SITE_LOG, env=SITE.env, cwd="/",
                               start_new_session=True)

    def listening():
        with open("/proc/net/tcp") as f:
            text = f.read()
        return process.poll() is not None or all(f":{p:04X} 00000000:0000 0A" in text for p in ports.values())

    try:
        remuch.wait_for("it listens", listening)
        if process.poll() is not None:
            raise remuch.Failure(f"{command[0]} ended: {SITE.log()}")
        log_in(ports)
    finally:
        remuch.end_process(process)


SITE_LOG = open(SITE.path("log"), "ab")


@tap.test
def inetd():
    program = shutil.which("inetd", path="/usr/sbin:/sbin:" + os.environ["PATH"])
    if not program:
        raise tap.Skip("openbsd-inetd is not installed")
    ports = {name: free_port() for name in SERVICES}
    lines = ours(open(os.path.join(CONTRIB, "inetd.conf")).read())
    out = []
    for line in lines.splitlines():
        if line.startswith("#"):
            continue
        service, rest = line.split("\t", 1)
        out.append(f"127.0.0.1:{ports[service]}\t{rest} --config={SITE.path('remuch.conf')}\n")
    assert len(out) == len(SERVICES)
    # -i: stay in the foreground
    serve([program, "-i", SITE.write("inetd.conf", "".join(out))], ports)


def xinetd_program():
    """It cannot be installed beside openbsd-inetd, so the program alone is taken out of its package."""
    found = shutil.which("xinetd", path="/usr/sbin:/sbin:" + os.environ["PATH"])
    unpacked = os.path.join(remuch.BUILD, "tests", "xinetd")
    if found:
        return found
    if not os.path.exists(os.path.join(unpacked, "usr/sbin/xinetd")):
        os.makedirs(unpacked, exist_ok=True)
        r = subprocess.run("apt-get -q download xinetd && dpkg --fsys-tarfile xinetd_*.deb | tar x ./usr/sbin/xinetd && rm xinetd_*.deb", shell=True, cwd=unpacked,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if r.returncode != 0:
            raise tap.Skip("the xinetd package cannot be fetched")
    return os.path.join(unpacked, "usr/sbin/xinetd")


@tap.test
def xinetd():
    program = xinetd_program()
    ports = {name: free_port() for name in SERVICES}
    text = ours(open(os.path.join(CONTRIB, "xinetd.conf")).read())
    config = f"--config={SITE.path('remuch.conf')}"
    text = re.sub(r"server_args = ", f"server_args = {config} ", text)
    blocks = re.split(r"(?m)^(?=service )", text)[1:]
    assert len(blocks) == len(SERVICES)
    for i, block in enumerate(blocks):
        name = block.split()[1]
        more = f"\ttype = UNLISTED\n\tport = {ports[name]}\n\tbind = 127.0.0.1\n"
        if "server_args" not in block:
            more += f"\tserver_args = {config}\n"
        blocks[i] = block.replace("}", more + "}", 1)
    serve([program, "-dontfork", "-filelog", SITE.path("xinetd.log"), "-pidfile", SITE.path("xinetd.pid"),
           "-f", SITE.write("xinetd.conf", "".join(blocks))], ports)


tap.main()
