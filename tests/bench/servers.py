"""The two servers on loopback, each with a copy of the mail of its own, under a keeper that counts what their processes cost."""

import contextlib
import ctypes
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time

import client
import corpus

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PASSWORD = "secret"
TICK = os.sysconf("SC_CLK_TCK")
PR_SET_CHILD_SUBREAPER = 36


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Family:
    """Processes and all they ever start, also what leaves its parent; none of it outlives stop()."""

    def __init__(self, commands, log, env):
        self.pid = os.fork()
        if self.pid == 0:
            try:
                ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
                os.setsid()
                with open(log, "ab") as out:
                    for c in commands:
                        subprocess.Popen(c, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env, cwd="/")
                with contextlib.suppress(ChildProcessError):
                    while True:
                        os.wait()
            finally:
                os._exit(0)

    def processes(self):
        """{pid: fields of its stat file from the state on}, the keeper first."""
        stats = {}
        for d in os.listdir("/proc"):
            if d.isdigit():
                with contextlib.suppress(OSError), open(f"/proc/{d}/stat", "rb") as f:
                    stats[int(d)] = f.read().rsplit(b") ", 1)[1].split()
        family, more = {}, [self.pid]
        while more:
            family.update({p: stats[p] for p in more if p in stats})
            more = [p for p, s in stats.items() if int(s[1]) in more]
        return family

    def cpu(self):
        """Seconds of all of them, those that have ended too."""
        ticks = 0
        for pid, s in self.processes().items():
            own = int(s[11]) + int(s[12])
            ticks += int(s[13]) + int(s[14]) + (own if pid != self.pid else 0)
        return ticks / TICK

    def pss(self, but=()):
        """MB of memory, shared pages divided by their users."""
        kb = 0
        for pid in self.processes():
            with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as f, open(f"/proc/{pid}/comm") as name:
                if pid != self.pid and name.read().strip() not in but:
                    kb += int(f.read().split("\nPss:")[1].split()[0])
        return kb / 1024

    def settle(self, limit):
        """Until they do nothing any more; False when they are still at it after that many seconds."""
        end, before, calm = time.monotonic() + limit, -1, 0
        while calm < 2:
            if time.monotonic() > end:
                return False
            now = self.cpu()
            calm = calm + 1 if now - before < 0.015 else 0
            before = now
            time.sleep(0.05)
        return True

    def ended(self, left, limit):
        """Until there are no more than so many of them; False when there are more after that many seconds."""
        end = time.monotonic() + limit
        while len(self.processes()) > left:
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        return True

    def stop(self):
        for sig, patience in ((signal.SIGTERM, 8), (signal.SIGKILL, 8)):
            for pid in self.processes():
                if pid != self.pid:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, sig)
            end = time.monotonic() + patience
            while time.monotonic() < end:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    return
                time.sleep(0.02)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


class Server:
    """base: this server's folder, made anew. owner: a pwd entry, whose mail it is. keys: where cert.pem, key.pem and hash are."""

    not_counted = ()

    def __init__(self, base, owner, keys):
        self.base, self.owner, self.keys = base, owner, keys
        self.login = (owner.pw_name.encode(), PASSWORD.encode())
        self.tls = client.context(os.path.join(keys, "cert.pem"))
        self.family = None
        self.ports = {s: free_port() for s in ("imap", "imaps", "pop3", "pop3s")}

    def path(self, *names):
        return os.path.join(self.base, *names)

    def write(self, name, text, mode=0o600):
        with open(self.path(name), "w") as f:
            f.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def own(self, path):
        os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def make(self, master):
        """Hard links do for the mail: neither server ever writes into a message. The index is a real copy."""
        shutil.rmtree(self.base, ignore_errors=True)
        os.makedirs(self.base)
        os.chmod(self.base, 0o755)
        subprocess.run(["cp", "-al", os.path.join(master, "mail"), self.path("mail")], check=True)
        shutil.rmtree(self.path("mail", ".notmuch"))
        for d in self.folders:
            os.makedirs(self.path(d), 0o700)
            self.own(self.path(d))
        self.configure(master)

    def start(self):
        self.family = Family(self.commands(), self.path("log"), dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8", SYSTEMD_LOG_LEVEL="warning"))
        for port in self.ports.values():
            end = time.monotonic() + 10
            while f":{port:04X} 00000000:0000 0A" not in open("/proc/net/tcp").read():
                if time.monotonic() > end:
                    raise SystemExit(f"bench: {self.name} does not start, see {self.path('log')}")
                time.sleep(0.02)

    def stop(self):
        if self.family:
            self.family.stop()
            self.family = None

    def forget(self, what):
        """Away with caches ("cache") or with all that was ever kept ("all"), as if it had never seen the mail."""
        self.stop()
        for pattern in self.caches if what == "cache" else [f"{d}/*" for d in self.folders]:
            for p in glob.glob(self.path(pattern), recursive=True):
                (shutil.rmtree if os.path.isdir(p) else os.unlink)(p)
        self.start()

    def imap(self, tls=False, session=None):
        return client.Imap(self.login, self.ports["imaps" if tls else "imap"], self.tls if tls else None, session=session)

    def pop3(self, tls=False):
        return client.Pop3(self.login, self.ports["pop3s" if tls else "pop3"], self.tls if tls else None)

    def cpu(self):
        return self.family.cpu()

    def settle(self, limit=90):
        """With no client there: until what clients left behind is done, too."""
        return self.family.settle(limit)

    def pss(self):
        return self.family.pss(self.not_counted)


class Remuch(Server):
    """Through systemd-socket-activate --accept, which stands for systemd's sockets; its own memory is not counted."""

    name = "remuch"
    folders = ("state", "run")
    caches = ("state/cache.mdb*",)
    not_counted = ("systemd-socket-", "systemd-socket-activate")

    def __init__(self, base, owner, keys, build):
        super().__init__(base, owner, keys)
        self.build = build

    def configure(self, master):
        subprocess.run(["cp", "-a", os.path.join(master, "mail", ".notmuch"), self.path("mail", ".notmuch")], check=True)
        self.write("notmuch-config", corpus.config(self.path("mail")), 0o644)
        os.chown(self.path("run"), 0, 0)
        with open(os.path.join(self.keys, "hash")) as f:
            self.write("users", f"{self.owner.pw_name}:{f.read()}\n")
        self.write("remuch.conf", f"""[mail]
root = {self.path("mail")}
notmuch_config = {self.path("notmuch-config")}
state = {self.path("state")}
[auth]
users = {self.path("users")}
[tls]
certificate = {self.keys}/cert.pem
key = {self.keys}/key.pem
[service]
run_dir = {self.path("run")}
[log]
to = stderr
""", 0o644)

    def settle(self, limit=90):
        return self.family.ended(1 + len(self.ports), limit)

    def commands(self):
        return [["systemd-socket-activate", "--accept", f"--listen=127.0.0.1:{port}", os.path.join(self.build, program),
                 "--config=" + self.path("remuch.conf"), *(["--tls=implicit"] if service.endswith("s") else [])]
                for service, port in self.ports.items() for program in ["imapd" if service.startswith("imap") else "pop3d"]]


class Dovecot(Server):
    """Debian's, with its defaults; what is set is where things are, that one user may connect often, and memory for a million messages
    (256 MB of address space, the default, do not do for their first SELECT)."""

    name = "dovecot"
    folders = ("index", "control")
    caches = ("index/**/dovecot.index.cache*",)
    plugins = ""

    def configure(self, master):
        self.run = "/tmp/remuch-bench-" + str(self.ports["imap"])       # socket names have to be short
        with open(os.path.join(self.keys, "hash")) as f:
            self.write("users", f"{self.owner.pw_name}:{{CRYPT}}{f.read()}::::::\n", 0o644)
        self.write("dovecot.conf", f"""base_dir = {self.run}
state_dir = {self.run}
instance_name = remuch-bench
listen = 127.0.0.1
protocols = imap pop3
log_path = {self.path("log")}
ssl_cert = <{self.keys}/cert.pem
ssl_key = <{self.keys}/key.pem
disable_plaintext_auth = no
mail_max_userip_connections = 100
default_vsz_limit = 2G
mail_location = maildir:{self.path("mail")}:LAYOUT=fs:INBOX={self.path("mail", "INBOX")}:INDEX={self.path("index")}:CONTROL={self.path("control")}
namespace inbox {{
  inbox = yes
}}
passdb {{
  driver = passwd-file
  args = {self.path("users")}
}}
userdb {{
  driver = static
  args = uid={self.owner.pw_uid} gid={self.owner.pw_gid} home={self.base}
}}
service imap-login {{
  inet_listener imap {{
    port = {self.ports["imap"]}
  }}
  inet_listener imaps {{
    port = {self.ports["imaps"]}
    ssl = yes
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    port = {self.ports["pop3"]}
  }}
  inet_listener pop3s {{
    port = {self.ports["pop3s"]}
    ssl = yes
  }}
}}
{self.plugins}""", 0o644)

    def commands(self):
        return [["dovecot", "-F", "-c", self.path("dovecot.conf")]]

    def stop(self):
        super().stop()
        shutil.rmtree(self.run, ignore_errors=True)


class DovecotFts(Dovecot):
    """With its full-text plugin; the index is made beforehand and kept with the corpus."""

    name = "dovecot+fts"
    plugins = """mail_plugins = $mail_plugins fts fts_xapian
service indexer-worker {
  vsz_limit = 2G
}
plugin {
  fts = xapian
  fts_xapian = partial=3 full=20
  fts_enforced = yes
}
"""

    def index(self):
        subprocess.run(["doveadm", "-c", self.path("dovecot.conf"), "index", "-u", self.owner.pw_name, "INBOX"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def user(name):
    """The owner of the mail: made when it is not there."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        subprocess.run(["useradd", "--system", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name], check=True)
        return pwd.getpwnam(name)
