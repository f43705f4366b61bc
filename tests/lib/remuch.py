"""What the tests share: a private mail account (Site), servers for it, and a raw client.

    site = Site()                        # everything below one temporary directory, removed at exit
    site.mail("plain.eml", "Archive", "S")
    site.notmuch("new")
    server = site.serve("imap")          # or serve("pop3", how="activate", tls="implicit")
    c = server.connect()
    c.imap_login(site)
"""

import atexit
import os
import pwd
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TESTS)
BUILD = os.path.abspath(os.environ.get("B", os.path.join(ROOT, "build", "gcc")))
SAN = bool(os.environ.get("SAN"))
PATIENCE = 40 if SAN else 15            # seconds until an answer is overdue
GRACE = 5 if SAN else 0
USER = pwd.getpwuid(os.getuid()).pw_name
PASSWORD = "secret"
# openssl passwd -5 -salt 'rounds=1000$remuchremuch' secret: few rounds, so that logins in tests cost nothing
PASSWORD_HASH = "$5$rounds=1000$remuchremuch$iQgUhHk60lDrXP55pdjAHeBBdG/Z.ZeryF5E.E2XJv."
PROGRAMS = {"imap": "imapd", "pop3": "pop3d"}
EPOCH = 1767268800                      # 2026-01-01 12:00:00 UTC, the date of the first message made


SITES = []                              # of this process, for tap.py to look for complaints


class Failure(Exception):
    """A test's expectation was not met; the text says which."""


def data(name):
    """The octets of tests/data/NAME as they lie in the file."""
    with open(os.path.join(TESTS, "data", name), "rb") as f:
        return f.read()


def crlf(octets):
    """File octets as they go on the wire: each bare LF becomes CRLF."""
    return octets.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def simple_message(n):
    return (f"From: Ann Example <ann@example.org>\nTo: bob@example.org\nSubject: Message {n}\n"
            f"Date: Thu, 01 Jan 2026 12:00:{n % 60:02} +0000\nMessage-ID: <{n}@example.org>\n\n"
            f"This is message {n}.\n").encode()


def wait_for(what, check, seconds=PATIENCE):
    """Call check() until it returns something true, and return that."""
    end = time.monotonic() + seconds
    while True:
        r = check()
        if r:
            return r
        if time.monotonic() > end:
            raise Failure(f"still not: {what}")
        time.sleep(0.02)


class Site:
    """One account: mail tree, notmuch database, state, configuration, users file, all in one temporary directory."""

    def __init__(self, config=(), new_tags="unread;inbox"):
        self.dir = tempfile.mkdtemp(prefix="remuch-test-")
        os.chmod(self.dir, 0o755)
        atexit.register(self.remove)
        SITES.append(self)
        self.n = 0
        self.servers = []
        self.extra = list(config)
        self.user, self.password = USER, PASSWORD
        self.home = self.make("home")
        self.root = self.make("mail")
        self.state = self.make("state")
        for d in ("run", "config"):
            self.make(d)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("NOTMUCH_", "XDG_", "LISTEN_", "MAIL"))}
        self.env.update(HOME=self.home, XDG_CONFIG_HOME=self.path("config"), XDG_STATE_HOME=self.state, XDG_RUNTIME_DIR=self.path("run"),
                        XDG_DATA_HOME=self.path("home"), XDG_CACHE_HOME=self.path("home"), NOTMUCH_CONFIG=self.path("notmuch-config"),
                        LC_ALL="C.UTF-8", TZ="UTC", SITE=self.dir, MAILROOT=self.root, DATA=os.path.join(TESTS, "data"), BUILD=BUILD,
                        PATH=os.path.join(TESTS, "lib", "bin") + ":" + os.environ.get("PATH", "/usr/bin:/bin"))
        self.write("notmuch-config", f"[database]\npath={self.root}\n[user]\nname=Bob\nprimary_email=bob@example.org\n"
                   f"[new]\ntags={new_tags}\n[search]\nexclude_tags=deleted;spam\n[maildir]\nsynchronize_flags=true\n")
        self.write("users", f"{self.user}:{PASSWORD_HASH}\n", 0o600)
        self.configure()
        self.folder("INBOX")

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def make(self, name):
        os.mkdir(self.path(name), 0o700)
        return self.path(name)

    def write(self, name, text, mode=0o644):
        with open(self.path(name), "w") as f:
            f.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def configure(self, *lines):
        """Write remuch.conf anew: the defaults of a test, then "[section] key = value" lines, which win."""
        self.extra += lines
        keys = {"mail": {"root": self.root, "notmuch_config": self.path("notmuch-config"), "state": self.path("state", "remuch"),
                         "tags": "", "queries": "", "all": "", "flagged": ""},
                "auth": {"users": self.path("users")}, "log": {"to": "stderr"}, "service": {"run_dir": self.path("run")}}
        if os.path.exists(self.path("cert.pem")):
            keys["tls"] = {"certificate": self.path("cert.pem"), "key": self.path("key.pem")}
        for line in self.extra:
            section, rest = line.strip().lstrip("[").split("]", 1)
            key, value = rest.split("=", 1)
            keys.setdefault(section, {})[key.strip()] = value.strip()
        self.write("remuch.conf", "".join(f"[{s}]\n" + "".join(f"{k} = {v}\n" for k, v in kv.items()) for s, kv in keys.items()))

    def certificate(self):
        """A certificate for localhost and 127.0.0.1, its own authority; its path."""
        if not os.path.exists(self.path("cert.pem")):
            self.sh("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
                    "-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem", cwd=self.dir)
            os.chmod(self.path("key.pem"), 0o600)
            self.configure()
        return self.path("cert.pem")

    def folder(self, name):
        for d in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(self.root, name, d), 0o700, exist_ok=True)

    def put(self, octets, folder="INBOX", flags="", name=None, new=False):
        """A message file; the n-th is dated n seconds after EPOCH. Its path."""
        self.folder(folder)
        self.n += 1
        base = f"{EPOCH + self.n}.{name or 'M%d' % self.n}.test"
        p = os.path.join(self.root, folder, "new", base) if new else os.path.join(self.root, folder, "cur", f"{base}:2,{flags}")
        with open(p, "wb") as f:
            f.write(octets)
        os.utime(p, (EPOCH + self.n, EPOCH + self.n))
        return p

    def mail(self, name, folder="INBOX", flags=""):
        return self.put(data(name), folder, flags, name.rsplit(".", 1)[0])

    def messages(self, n, folder="INBOX", flags=""):
        for _ in range(n):
            self.put(simple_message(self.n + 1), folder, flags)

    def sh(self, command, cwd=None, check=True, timeout=120):
        """A shell command in the mail root, with the account's environment; what it printed."""
        r = subprocess.run(["sh", "-c", command], cwd=cwd or self.root, env=self.env, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout)
        out = r.stdout.decode("utf-8", "replace")
        if check and r.returncode != 0:
            raise Failure(f"`{command}` ended with {r.returncode}:\n{out}")
        return out

    def notmuch(self, args):
        return self.sh("notmuch " + args)

    def listing(self, folder="INBOX"):
        """Sorted "cur/base:2,FLAGS" of a folder's files."""
        return sorted(f"{d}/{f}" for d in ("cur", "new", "tmp") for f in os.listdir(os.path.join(self.root, folder, d)))

    def serve(self, protocol="imap", how="fork", tls="no"):
        if tls != "no":
            self.certificate()
        s = {"fork": ForkServer, "activate": ActivateServer, "preauth": PipeServer}[how](self, protocol, tls)
        self.servers.append(s)
        return s

    def log(self):
        try:
            with open(self.path("log"), errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def stop(self):
        for s in self.servers:
            s.stop()
        self.servers = []

    def complaints(self):
        """What a sanitizer said in the servers' log; "" when nothing."""
        log = self.log()
        at = re.search(r"(==\d+==ERROR: )?(Address|Leak)Sanitizer|[^\n]*runtime error:", log)
        return log[at.start():][:8000] if at else ""

    def remove(self):
        self.stop()
        if os.environ.get("KEEP"):
            print(f"# kept: {self.dir}", flush=True)
        else:
            for _ in range(50):             # a drainer may be writing its last file
                shutil.rmtree(self.dir, ignore_errors=True)
                if not os.path.exists(self.dir):
                    break
                time.sleep(0.1)


class Server:
    def __init__(self, site, protocol, tls):
        self.site, self.protocol, self.tls = site, protocol, tls
        self.command = [os.path.join(BUILD, PROGRAMS[protocol]), "--config=" + site.path("remuch.conf")]
        if tls == "implicit":
            self.command.append("--tls=implicit")
        self.log = open(site.path("log"), "ab")

    def connect(self, handshake=True):
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        c = Client(sock, self)
        if self.tls == "implicit" and handshake:
            c.tls()
        return c


class ForkServer(Server):
    """A listener in this process that starts the program for each connection as inetd does: socket on 0 and 1."""

    def __init__(self, *args):
        super().__init__(*args)
        self.children, self.grown = [], threading.Condition()
        self.sock = socket.create_server(("127.0.0.1", 0))
        self.port = self.sock.getsockname()[1]
        self.thread = threading.Thread(target=self.loop, daemon=True)
        self.thread.start()

    def loop(self):
        while True:
            try:
                conn, _ = self.sock.accept()
            except OSError:
                return
            with conn:
                child = subprocess.Popen(self.command, stdin=conn, stdout=conn, stderr=self.log, env=self.site.env, cwd="/",
                                         start_new_session=True)
            with self.grown:
                self.children.append(child)
                self.grown.notify_all()

    def connect(self, handshake=True):
        """children has its process then, which may have greeted before we knew of it."""
        n = len(self.children)
        c = super().connect(handshake)
        with self.grown:
            self.grown.wait_for(lambda: len(self.children) > n, PATIENCE)
        return c

    def stop(self):
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()
        self.thread.join(5)
        for p in self.children:
            end_process(p, GRACE)


class ActivateServer(Server):
    """systemd-socket-activate --accept, as a socket unit with Accept=yes would."""

    def __init__(self, *args):
        super().__init__(*args)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        env = [f"--setenv={k}={v}" for k, v in self.site.env.items()
               if k.startswith(("XDG_", "NOTMUCH_", "HOME", "TZ", "LC_", "ASAN_", "UBSAN_", "LSAN_", "PATH"))]
        self.process = subprocess.Popen(["systemd-socket-activate", "--accept", f"--listen=127.0.0.1:{self.port}", *env, *self.command],
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=self.site.env, cwd="/",
                                        start_new_session=True)
        wait_for("systemd-socket-activate listens", self.listening)

    def listening(self):
        """Asked of the kernel: a connection to try it would start the program."""
        with open("/proc/net/tcp") as f:
            return f":{self.port:04X} 00000000:0000 0A" in f.read()

    def stop(self):
        end_process(self.process)


class PipeServer(Server):
    """imapd --preauth on a socket pair: no login, no TLS."""

    def __init__(self, *args):
        super().__init__(*args)
        self.children = []

    def connect(self, handshake=True):
        ours, theirs = socket.socketpair()
        with theirs:
            self.children.append(subprocess.Popen([*self.command, "--preauth"], stdin=theirs, stdout=theirs, stderr=self.log,
                                                  env=self.site.env, cwd="/", start_new_session=True))
        ours.settimeout(PATIENCE)
        return Client(ours, self)

    def stop(self):
        for p in self.children:
            end_process(p, GRACE)


def end_process(p, grace=0):
    """End a process we started together with its own (each leads a session of its own). A server whose client has gone gets
    `grace` seconds to end by itself, so that a sanitizer can tell what it leaked."""
    try:
        p.wait(grace)
    except subprocess.TimeoutExpired:
        pass
    for sig, wait in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(p.pid, sig)
        except (ProcessLookupError, PermissionError):
            pass
        try:
            p.wait(wait)
        except subprocess.TimeoutExpired:
            continue
        return


class Client:
    """A connection that shows exactly what comes over it."""

    def __init__(self, sock, server=None):
        self.sock, self.server, self.buf, self.tags = sock, server, b"", 0

    def tls(self, context=None):
        if context is None:
            context = ssl.create_default_context(cafile=self.server.site.path("cert.pem"))
        self.sock = context.wrap_socket(self.sock, server_hostname="localhost")

    def send(self, octets):
        self.sock.sendall(octets.encode() if isinstance(octets, str) else octets)

    def more(self, patience=PATIENCE):
        self.sock.settimeout(patience)
        try:
            got = self.sock.recv(65536)
        except (TimeoutError, socket.timeout):
            raise Failure(f"nothing came for {patience} s; before that: {self.buf[-200:]!r}") from None
        except ssl.SSLError as e:
            raise Failure(f"TLS: {e}") from None
        except ConnectionError:
            got = b""
        self.buf += got
        return bool(got)

    def line(self, patience=PATIENCE):
        """The next line without CRLF; None at the end of the stream."""
        while b"\r\n" not in self.buf:
            if not self.more(patience):
                if self.buf:
                    raise Failure(f"the connection ended inside a line: {self.buf!r}")
                return None
        line, self.buf = self.buf.split(b"\r\n", 1)
        return line

    def octets(self, n):
        while len(self.buf) < n:
            if not self.more():
                raise Failure(f"the connection ended {n - len(self.buf)} octets early")
        r, self.buf = self.buf[:n], self.buf[n:]
        return r

    def quiet(self, seconds):
        """True when nothing comes for that long."""
        if self.buf:
            return False
        self.sock.settimeout(seconds)
        try:
            self.buf += self.sock.recv(65536)
            return False
        except (TimeoutError, socket.timeout):
            return True

    def response(self):
        """One IMAP response: a line with the literals in it, without the last CRLF; None at the end."""
        r = self.line()
        while r is not None and r.endswith(b"}") and r[r.rfind(b"{") + 1:-1].isdigit():
            r += b"\r\n" + self.octets(int(r[r.rfind(b"{") + 1:-1]))
            r += self.line()
        return r

    def imap(self, command, ok=True):
        """Send a command with a tag of its own; (untagged responses, the tagged one without its tag)."""
        self.tags += 1
        tag = b"t%d" % self.tags
        self.send(tag + b" " + (command.encode() if isinstance(command, str) else command) + b"\r\n")
        untagged = []
        while True:
            r = self.response()
            if r is None:
                raise Failure(f"closed during {command!r} after {untagged!r}")
            if r.startswith(tag + b" "):
                break
            untagged.append(r)
        r = r[len(tag) + 1:]
        if ok and not r.startswith(b"OK"):
            raise Failure(f"{command!r} was answered {r!r}")
        return untagged, r

    def imap_login(self, site):
        greeting = self.line()
        if greeting is None or not greeting.startswith((b"* OK", b"* PREAUTH")):
            raise Failure(f"greeted with {greeting!r}")
        if greeting.startswith(b"* OK"):
            self.imap(f"LOGIN {site.user} {site.password}")

    def pop3(self, command, ok=True):
        """Send a command (None: read the greeting); the first line of its answer."""
        if command is not None:
            self.send(command + "\r\n")
        r = self.line()
        if r is None or (ok and not r.startswith(b"+OK")):
            raise Failure(f"{command!r} was answered {r!r}")
        return r

    def pop3_lines(self, command):
        """The lines of a multi-line answer, dots taken off."""
        self.pop3(command)
        lines = []
        while True:
            r = self.line()
            if r is None:
                raise Failure(f"closed inside the answer to {command!r}")
            if r == b".":
                return lines
            lines.append(r[1:] if r.startswith(b".") else r)

    def pop3_login(self, site):
        if not self.pop3(None).startswith(b"+OK"):
            raise Failure("no greeting")
        self.pop3("USER " + site.user)
        self.pop3("PASS " + site.password)

    def close(self):
        self.sock.close()
