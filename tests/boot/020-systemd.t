#!/usr/bin/env python3
# A machine with the installed units is booted (systemd-nspawn on an overlay of this one's root) and used: see inside.py.
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
import remuch

BOOT_S = 180
UNIT = """[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c '/usr/bin/python3 /opt/remuch-test/inside.py >/opt/remuch-test/result 2>&1; echo "status $$?" >>/opt/remuch-test/result'
ExecStopPost=/bin/systemctl --no-block poweroff
[Install]
WantedBy=multi-user.target
"""
CONF = """[auth]
users = /etc/remuch/users
pam = imap
[tls]
certificate = /etc/remuch/cert.pem
key = /etc/remuch/key.pem
"""


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def sh(command, **more):
    r = subprocess.run(command, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if r.returncode != 0:
        raise remuch.Failure(f"{command}: {r.stdout}")
    return r.stdout


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    os.chmod(path, mode)


def add_user(root, name):
    sh(f"chroot {root} useradd --create-home --shell /bin/sh {name}")
    home = f"{root}/home/{name}"
    for d in ("cur", "new", "tmp"):
        os.makedirs(f"{home}/Mail/INBOX/{d}")
    write(f"{home}/Mail/INBOX/new/1.M1.test", f"From: x@example.org\nSubject: Mail of {name}\nMessage-ID: <{name}@example.org>\n\nHello.\n", 0o600)
    write(f"{home}/.notmuch-config", f"[database]\npath=/home/{name}/Mail\n[user]\nname={name}\nprimary_email={name}@example.org\n"
          "[new]\ntags=unread;inbox\n")
    sh(f"chroot {root} chown -R {name}:{name} /home/{name}")
    sh(f"chroot {root} setpriv --reuid={name} --regid={name} --init-groups env HOME=/home/{name} notmuch new")


def furnish(root):
    """Install as README says; ann is in the file of users, bob is PAM's."""
    sh(f"make -C {remuch.ROOT} B={remuch.BUILD} DESTDIR={root} install")
    write(f"{root}/etc/remuch.conf", CONF)
    os.makedirs(f"{root}/etc/remuch", exist_ok=True)
    shutil.copy(os.path.join(remuch.ROOT, "contrib/pam.d-imap"), f"{root}/etc/pam.d/imap")
    sh("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
       f"-addext subjectAltName=DNS:localhost -keyout {root}/etc/remuch/key.pem -out {root}/etc/remuch/cert.pem")
    os.chmod(f"{root}/etc/remuch/key.pem", 0o600)
    add_user(root, "ann")
    add_user(root, "bob")
    entry = subprocess.run([f"{remuch.BUILD}/imapd", "--passwd", "ann"], input="secret of ann\n", stdout=subprocess.PIPE, text=True,
                           check=True).stdout
    write(f"{root}/etc/remuch/users", entry, 0o600)
    subprocess.run(["chroot", root, "chpasswd"], input="bob:secret of bob\n", text=True, check=True)
    shutil.copytree(os.path.join(HERE, "..", "lib"), f"{root}/opt/remuch-test/lib")
    shutil.copy(os.path.join(HERE, "inside.py"), f"{root}/opt/remuch-test/inside.py")
    write(f"{root}/etc/systemd/system/remuch-test.service", UNIT)
    sh(f"systemctl --root={root} set-default multi-user.target && systemctl --root={root} enable remuch-test.service")


def boot(root):
    try:
        return sh(f"systemd-nspawn --quiet --register=no --keep-unit --private-network --directory={root} "
                  # nspawn's own filter would forbid what the sandbox is made of; a real machine has no such filter.
                  "--system-call-filter='@sandbox landlock_create_ruleset landlock_add_rule landlock_restrict_self' --boot "
                  "systemd.mask=systemd-networkd-wait-online.service systemd.mask=systemd-resolved.service", timeout=BOOT_S)
    except subprocess.TimeoutExpired as e:
        return f"did not end in {BOOT_S} s: {(e.stdout or b'')[-2000:]!r}"


def main():
    if os.getuid() != 0:
        skip("needs root")
    if remuch.SAN:
        skip("the sanitizers' libraries do not run in the hardened units")
    for program in ("systemd-nspawn", "setpriv", "notmuch", "openssl", "useradd"):
        if not shutil.which(program, path="/usr/sbin:/sbin:" + os.environ["PATH"]):
            skip(f"{program} is not installed")
    work = tempfile.mkdtemp(prefix="remuch-boot-")
    root = os.path.join(work, "root")
    try:
        sh(f"mount -t tmpfs -o size=1G tmpfs {work}")
        for d in ("upper", "work", "root"):
            os.mkdir(os.path.join(work, d))
        sh(f"mount -t overlay overlay -o lowerdir=/,upperdir={work}/upper,workdir={work}/work {root}")
    except remuch.Failure as e:
        subprocess.run(["umount", work], stderr=subprocess.DEVNULL)
        skip(f"no overlay can be mounted: {e}".replace("\n", " "))
    try:
        furnish(root)
        said = boot(root)
        try:
            result = open(f"{root}/opt/remuch-test/result").read()
        except FileNotFoundError:
            result = "1..1\nnot ok 1 - boot\n" + "".join(f"# {line}\n" for line in said.splitlines()[-60:]) + "status 1\n"
    finally:
        subprocess.run(["umount", root])
        subprocess.run(["umount", work])
        os.rmdir(work)
    text, _, status = result.rpartition("status ")
    print(text, end="")
    sys.exit(0 if status.strip() == "0" else 1)


main()
