#!/usr/bin/env python3
# mbsync (isync) both ways over TLS: new mail, flags, moves, deletes; a second run has nothing to do.
# timeout: 240
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap


class Mbsync:
    def __init__(self):
        tap.need("mbsync", "systemd-socket-activate")
        self.site = site = remuch.Site()
        site.messages(20)
        site.mail("plain.eml", "Archive", "S")
        site.mail("crlf.eml", "Archive")
        site.mail("no-newline.eml", "Lists/remuch \u00fcber")
        site.notmuch("new --quiet")
        server = site.serve("imap", "activate", "implicit")
        self.copy = site.make("copy")
        self.rc = site.write("mbsyncrc", f"""IMAPAccount remuch
Host localhost
Port {server.port}
SSLType IMAPS
User {site.user}
Pass {site.password}
CertificateFile {site.path("cert.pem")}

IMAPStore far
Account remuch

MaildirStore near
Path {self.copy}/
Inbox {self.copy}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Expunge Both
SyncState *
CopyArrivalDate yes
""", 0o600)

    def sync(self):
        """(changes far, changes near), each as (added, flagged, trashed), read from the counts mbsync shows on a terminal."""
        out = self.site.sh(f"script -qec 'mbsync -c {self.rc} -a' /dev/null 2>&1")
        m = re.findall(r"F: \+(\d+)/\d+ \*(\d+)/\d+ #(\d+)/\d+ +N: \+(\d+)/\d+ \*(\d+)/\d+ #(\d+)/\d+", out)
        if not m:
            raise remuch.Failure(f"mbsync said:\n{out}")
        n = tuple(map(int, m[-1]))
        return n[:3], n[3:]

    def settled(self):
        """A run that changes nothing, on either side."""
        before = self.near("INBOX"), self.site.listing()
        assert self.sync() == ((0, 0, 0), (0, 0, 0))
        assert before == (self.near("INBOX"), self.site.listing())

    def near(self, folder):
        return sorted(d + "/" + f for d in ("cur", "new") for f in os.listdir(os.path.join(self.copy, folder, d)))

    def near_file(self, folder, text):
        for f in self.near(folder):
            path = os.path.join(self.copy, folder, f)
            with open(path) as h:
                if text in h.read():
                    return path
        raise remuch.Failure(f"no message with {text!r} in the copy of {folder}")

    def reflag(self, folder, text, flags):
        path = self.near_file(folder, text)
        os.rename(path, os.path.join(self.copy, folder, "cur", os.path.basename(path).split(":")[0] + ":2," + flags))

    def far(self, folder="INBOX", part=""):
        return [f for f in self.site.listing(folder) if part in f]


def until(what, check):
    remuch.wait_for(what, check)


state = []


def m():
    if not state:
        state.append(Mbsync())
    return state[0]


@tap.test
def all_mail_comes_down_once():
    assert m().sync() == ((0, 0, 0), (23, 0, 0))
    assert len(m().near("INBOX")) == 20 and len(m().near("Archive")) == 2
    assert len(m().near("Lists/remuch &APw-ber")) == 1          # mbsync keeps the names of IMAP4rev1
    m().settled()


@tap.test
def octets_are_the_same():
    with open(m().near_file("Archive", "plain@example.org"), "rb") as f:
        got = re.sub(rb"X-TUID: .*\r?\n", b"", f.read())
    assert got == remuch.data("plain.eml"), got


@tap.test
def new_mail_goes_both_ways():
    m().site.mail("plain.eml")
    with open(os.path.join(m().copy, "INBOX", "new", "1.up.test"), "wb") as f:
        f.write(remuch.simple_message(901))
    assert m().sync() == ((1, 0, 0), (1, 0, 0))
    assert len(m().far()) == 22 and len(m().near("INBOX")) == 22
    until("the new message is indexed", lambda: m().site.notmuch("count id:901@example.org").strip() == "1")
    m().settled()


@tap.test
def flags_go_both_ways():
    m().reflag("INBOX", "<1@example.org>", "FS")
    m().reflag("INBOX", "<2@example.org>", "RS")
    m().site.notmuch("tag +flagged -unread -- id:3@example.org")
    assert m().sync() == ((0, 2, 0), (0, 1, 0))
    until("tags follow", lambda: m().site.notmuch("search --output=messages tag:flagged and not tag:unread").split()
          and sorted(m().site.notmuch("search --output=messages tag:flagged").split()) == ["id:1@example.org", "id:3@example.org"])
    until("replied follows", lambda: m().site.notmuch("search --output=messages tag:replied").split() == ["id:2@example.org"])
    assert ":2,FS" in m().near_file("INBOX", "<3@example.org>")
    until("file names follow", lambda: len(m().far(part=":2,FS")) == 2 and len(m().far(part=":2,RS")) == 1)
    m().settled()


@tap.test
def deletes_go_both_ways():
    m().reflag("INBOX", "<4@example.org>", "ST")
    os.unlink(m().near_file("INBOX", "<5@example.org>"))
    m().site.sh("rm INBOX/cur/*.M6.*")
    m().sync()
    assert len(m().near("INBOX")) == 19, m().near("INBOX")
    assert len(m().far()) == 19, m().far()
    until("notmuch forgets them", lambda: m().site.notmuch("count id:4@example.org or id:5@example.org").strip() == "0")
    m().settled()


@tap.test
def moves_go_both_ways():
    path = m().near_file("INBOX", "<7@example.org>")
    os.rename(path, os.path.join(m().copy, "Archive", "cur", "7.moved:2,S"))
    m().site.sh("mv INBOX/cur/*.M8.* Archive/cur/")
    m().sync()
    for folder, n in (("INBOX", 17), ("Archive", 4)):
        assert len(m().near(folder)) == n, (folder, m().near(folder))
        assert len(m().far(folder)) == n, (folder, m().far(folder))
    m().near_file("Archive", "<8@example.org>")
    m().settled()


@tap.test
def folders_go_both_ways():
    for d in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(m().copy, "Made here", d))
    with open(os.path.join(m().copy, "Made here", "cur", "1.x:2,S"), "wb") as f:
        f.write(remuch.simple_message(902))
    m().site.put(remuch.simple_message(903), "Made/there")
    m().sync()
    assert len(m().far("Made here")) == 1 and len(m().near("Made/there")) == 1
    m().settled()


tap.main()
