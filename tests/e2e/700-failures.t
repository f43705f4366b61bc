#!/usr/bin/env python3
# Disks that are full, permissions that are missing, state and index that are broken or gone, an index that someone else holds.
# Runs in a mount namespace of its own where that is allowed; what needs one is skipped else.

import fcntl
import os
import shutil
import subprocess
import sys
import time

if "REMUCH_NAMESPACE" not in os.environ:
    os.environ["REMUCH_NAMESPACE"] = "yes" if subprocess.run(["unshare", "-m", "true"], stderr=subprocess.DEVNULL).returncode == 0 else "no"
    if os.environ["REMUCH_NAMESPACE"] == "yes":
        os.execvp("unshare", ["unshare", "-m", "--propagation", "private", sys.executable, *sys.argv])

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import ledger  # noqa: E402
import remuch  # noqa: E402
import tap  # noqa: E402
from remuch import Failure  # noqa: E402


class Mail:
    """An account with four messages and a connection to it."""

    def __init__(self, prefix=(), **how):
        self.site = remuch.Site(**how)
        self.site.folder("Archive")
        self.site.messages(4)
        self.site.notmuch("new --quiet")
        self.server = self.site.serve("imap")
        self.server.command = [*prefix, *self.server.command]
        self.c = self.connect()

    def connect(self, box="INBOX"):
        c = self.server.connect()
        c.imap_login(self.site)
        if box:
            c.imap(f"SELECT {box}")
        return c

    def mount(self, path, size):
        if os.environ["REMUCH_NAMESPACE"] != "yes":
            raise tap.Skip("no mount namespace")
        self.site.sh(f"mount -t tmpfs -o size={size},mode=0700 none {path}")

    def inbox(self):
        """What a new connection sees: {UID: (id, flags)} and the UIDVALIDITY."""
        c = self.connect(None)
        box = ledger.look(c, "INBOX")
        c.close()
        return box.mails, box.validity


def refused(answer, *codes):
    if not answer[1].startswith(b"NO ") or (codes and not any(b"[" + c in answer[1] for c in codes)):
        raise Failure(f"answered {answer[1]!r}")


def append(c, octets, ok=True, box="INBOX"):
    return c.imap(f"APPEND {box} {{{len(octets)}+}}\r\n".encode() + octets, ok)


def equal(got, want):
    if got != want:
        raise Failure(f"got {got!r}, want {want!r}")


@tap.test
def a_full_mail_disk():
    m = Mail()
    m.mount("Archive", "300k")
    m.site.folder("Archive")
    refused(append(m.c, remuch.crlf(remuch.simple_message(9) + b"x" * 70 + b"\n" + b"line\n" * 100000), False, "Archive"), b"OVERQUOTA", b"LIMIT")
    equal(m.site.listing("Archive"), [])
    m.c.imap("COPY 1:2 Archive")                # to another file system
    m.c.imap("MOVE 3 Archive")
    m.site.sh("head -c 1M /dev/zero > Archive/filler || :")
    refused(m.c.imap("COPY 1 Archive", False), b"OVERQUOTA", b"LIMIT")
    refused(m.c.imap("MOVE 1 Archive", False), b"OVERQUOTA", b"LIMIT")
    equal(sorted(m.inbox()[0]), [1, 2, 4])
    m.site.sh("rm Archive/filler")
    m.c.imap("MOVE 1 Archive")
    m.c.imap("SELECT Archive")
    if not any(b"* 4 EXISTS" in r for r in m.c.imap("SELECT Archive")[0]):
        raise Failure("Archive does not hold four messages")


@tap.test
def a_full_state_disk():
    m = Mail()
    m.c.close()
    m.site.stop()
    m.mount(m.site.state, "2m")
    m.server = m.site.serve("imap")
    m.c = m.connect()
    before = m.inbox()
    filler = m.site.path("state", "filler")
    m.site.sh(f"head -c 4M /dev/zero > {filler} || :")
    refused(m.c.imap("STORE 1 +FLAGS (\\Flagged)", False), b"OVERQUOTA", b"LIMIT", b"SERVERBUG", b"UNAVAILABLE")
    refused(append(m.c, remuch.crlf(remuch.simple_message(9)), False))
    refused(m.c.imap("COPY 1 Archive", False))
    m.c.imap("FETCH 1:* (FLAGS BODY.PEEK[])")
    equal(m.inbox(), before)                    # another connection works as well
    os.unlink(filler)
    m.c.imap("STORE 1 +FLAGS (\\Flagged)")
    append(m.c, remuch.crlf(remuch.simple_message(9)))
    equal(len(m.inbox()[0]), 5)
    m.c.close()
    m.site.stop()
    # Its drainer pauses after failures, and ends when it has caught up.
    m.site.sh(f"for i in $(seq 100); do umount {m.site.state} && exit 0; sleep 0.3; done; exit 1")


@tap.test
def a_full_state_disk_from_the_start():
    m = Mail()
    m.c.close()
    m.site.stop()
    m.mount(m.site.state, "64k")
    m.site.sh(f"head -c 1M /dev/zero > {m.site.path('state', 'filler')} || :")
    m.server = m.site.serve("imap")
    c = m.server.connect()
    said = []
    while (line := c.line()) is not None and b"BYE" not in line and b"NO" not in line:
        said.append(line)
        if line.startswith(b"* OK"):
            c.send(f"a LOGIN {m.site.user} {m.site.password}\r\n")
    if line is None:
        raise Failure(f"closed without a reason after {said!r}; log: {m.site.log()[-500:]}")
    c.close()
    m.site.stop()
    m.site.sh(f"umount {m.site.state}")


@tap.test
def no_permission():
    tap.need("setpriv")
    m = Mail(["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.getuid() == 0 else [])
    for d in ("cur", "new", "tmp"):
        os.chmod(os.path.join(m.site.root, "Archive", d), 0o500)
    refused(append(m.c, remuch.crlf(remuch.simple_message(9)), False, "Archive"), b"NOPERM")
    refused(m.c.imap("COPY 1 Archive", False), b"NOPERM")
    refused(m.c.imap("MOVE 1 Archive", False), b"NOPERM")
    m.site.put(remuch.simple_message(8), "Archive")
    os.chmod(os.path.join(m.site.root, "Archive", "cur"), 0)
    refused(m.c.imap("EXAMINE Archive", False), b"NOPERM")
    for d in ("cur", "new", "tmp"):
        os.chmod(os.path.join(m.site.root, "Archive", d), 0o700)
    m.c.imap("SELECT INBOX")
    m.c.imap("MOVE 1 Archive")
    # A message that cannot be read is left out of FETCH and does not stop it.
    for f in m.site.listing():
        if ".M2." in f:
            os.chmod(os.path.join(m.site.root, "INBOX", f), 0)
    got = m.c.imap("UID FETCH 1:* BODY.PEEK[TEXT]", False)[0]
    equal(sum(b"This is message" in r for r in got), 2)
    m.c.imap("NOOP")


@tap.test
def a_vanished_folder():
    m = Mail()
    m.c.imap("SELECT Archive")
    shutil.rmtree(os.path.join(m.site.root, "Archive"))
    m.c.send("a NOOP\r\n")
    seen = []
    while (line := m.c.line()) is not None:
        seen.append(line)
        if line.startswith(b"a "):
            break
    if not seen or not (seen[-1].startswith((b"* BYE", b"a "))):
        raise Failure(f"{seen!r}")
    equal(len(m.inbox()[0]), 4)


def broken_state(break_it):
    m = Mail()
    m.c.imap("STORE 2 +FLAGS (\\Flagged todo)")
    m.c.imap("UID STORE 1 +FLAGS (\\Deleted)")
    m.c.imap("EXPUNGE")
    remuch.wait_for("the journal is drained", lambda: ledger.dump(m.site).get("2") == {"inbox", "unread", "flagged", "todo"})
    before, validity = m.inbox()
    m.c.imap("LOGOUT")
    m.site.stop()
    time.sleep(1)                               # UIDVALIDITY is made of the time
    break_it(m.site.path("state", "remuch", "state.mdb"))
    m.server = m.site.serve("imap")
    after, new_validity = m.inbox()
    equal(sorted(after.values()), sorted(before.values()))
    if new_validity == validity and after != before:
        raise Failure(f"UIDVALIDITY {validity} before and after, with {before} and {after}")
    m.c = m.connect()
    m.c.imap("STORE 1 +FLAGS (\\Answered)")
    return new_validity > validity


@tap.test
def a_state_of_garbage():
    def garbage(path):
        with open(path, "r+b") as f:
            f.write(os.urandom(os.path.getsize(path)))
    if not broken_state(garbage):
        raise Failure("UIDVALIDITY did not grow")


@tap.test
def a_truncated_state():
    broken_state(lambda path: os.truncate(path, os.path.getsize(path) // 2))


@tap.test
def an_empty_state():
    if not broken_state(lambda path: os.truncate(path, 0)):
        raise Failure("UIDVALIDITY did not grow")


@tap.test
def a_deleted_state():
    if not broken_state(os.unlink):
        raise Failure("UIDVALIDITY did not grow")


@tap.test
def a_state_deleted_under_a_session():
    m = Mail()
    m.c.imap("NOOP")
    shutil.rmtree(m.site.path("state", "remuch"))
    m.c.send("a STORE 2 +FLAGS (\\Flagged)\r\n")
    said = []
    while (line := m.c.line()) is not None and not line.startswith(b"a "):
        said.append(line)
    if line and line.startswith(b"a OK"):
        remuch.wait_for("what was acknowledged is in notmuch", lambda: "flagged" in ledger.dump(m.site).get("2", ()))
    c = m.connect()
    c.imap("STORE 3 +FLAGS (\\Flagged)")
    remuch.wait_for("the next connection's change is in notmuch", lambda: "flagged" in ledger.dump(m.site).get("3", ()))


@tap.test
def a_corrupt_index():
    m = Mail()
    m.c.imap("STORE 2 +FLAGS (\\Flagged)")
    remuch.wait_for("drained", lambda: "flagged" in ledger.dump(m.site).get("2", ()))
    before = m.inbox()
    for f in os.scandir(os.path.join(m.site.root, ".notmuch", "xapian")):
        if f.name.endswith(".glass") or f.name == "iamglass":
            with open(f, "r+b") as f:
                f.write(b"garbage" * 1000)
    equal(m.inbox(), before)
    c = m.connect()
    c.imap("FETCH 1:* (FLAGS BODY.PEEK[])")
    c.imap("STORE 1 +FLAGS (\\Answered)")
    append(c, remuch.crlf(remuch.simple_message(9)))
    c.imap("SEARCH TEXT message", ok=False)
    c.close()
    shutil.rmtree(os.path.join(m.site.root, ".notmuch"))
    m.site.notmuch("new --quiet")
    mails, validity = m.inbox()
    equal((sorted(mails), validity), ([1, 2, 3, 4, 5], before[1]))


@tap.test
def a_rebuilt_index_keeps_uids():
    m = Mail()
    m.c.imap("STORE 2 +FLAGS (\\Flagged todo)")
    m.c.imap("STORE 1 +FLAGS (\\Deleted)")
    m.c.imap("EXPUNGE")
    remuch.wait_for("drained", lambda: {"flagged", "todo"} <= ledger.dump(m.site).get("2", set()))
    before, validity = m.inbox()
    shutil.rmtree(os.path.join(m.site.root, ".notmuch"))
    equal(m.inbox(), (before, validity))        # served without one
    m.site.notmuch("new --quiet")
    m.site.notmuch("tag +again -- id:3@example.org")
    after, same = m.inbox()
    equal((sorted(after), same), ([2, 3, 4], validity))
    now = ledger.dump(m.site)
    for uid, (ident, flags) in after.items():
        equal((uid, ledger.tags(flags)), (uid, now[ident]))
    equal(m.c.imap("UID FETCH 3 FLAGS")[0][0].count(b"again"), 1)


@tap.test
def a_compacted_index_keeps_uids():
    m = Mail()
    before = m.inbox()
    m.site.notmuch("compact --quiet")
    m.site.notmuch("tag +more -- id:2@example.org")
    mails, validity = m.inbox()
    equal((sorted(mails), validity), (sorted(before[0]), before[1]))
    equal(mails[2], ("2", before[0][2][1] | {"more"}))
    m.c.imap("STORE 3 +FLAGS (\\Flagged)")
    remuch.wait_for("a change reaches the new database", lambda: "flagged" in ledger.dump(m.site)["3"])


@tap.test
def an_index_that_someone_holds():
    m = Mail()
    remuch.wait_for("drained", lambda: len(ledger.dump(m.site)) == 4)
    slowest = 0
    with open(os.path.join(m.site.root, ".notmuch", "xapian", "flintlock"), "r+b") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        for command in ("STORE 1:2 +FLAGS (\\Flagged held)", "COPY 1 Archive", "MOVE 3 Archive", "STORE 3 +FLAGS (\\Deleted)", "EXPUNGE",
                        "CREATE Made", "RENAME Archive Kept", "NOOP", "FETCH 1:* (FLAGS BODY.PEEK[])", "SEARCH KEYWORD held"):
            start = time.monotonic()
            m.c.imap(command)
            slowest = max(slowest, time.monotonic() - start)
        append(m.c, remuch.crlf(remuch.simple_message(9)))
        other = m.connect()
        equal(b"held" in other.imap("FETCH 1 FLAGS")[0][0], True)
        equal(m.site.notmuch("count tag:flagged").strip(), "0")
    print(f"# slowest command while the index was held: {slowest * 1000:.1f} ms")
    want = {"1": {"flagged", "held", "inbox", "unread"}, "2": {"flagged", "held", "inbox", "unread"}, "3": {"inbox", "unread"},
            "9": {"inbox", "unread"}}
    remuch.wait_for("notmuch has it all", lambda: ledger.dump(m.site) == want)
    files = m.site.notmuch("search --output=files '*'").split()
    equal(sorted(f for f in files if not os.path.exists(f)), [])
    equal(len(files), 5)


tap.main()
