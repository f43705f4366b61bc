#!/usr/bin/env python3
# neomutt over TLS, driven by its own keys on a terminal: list, read, flag, search, move, delete, compose to Sent, other folders.
# What it did is looked up in the Maildir.
# timeout: 240
import os
import pty
import select
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

sites = []


def site():
    tap.need("neomutt", "systemd-socket-activate")
    if not sites:
        s = remuch.Site(["[mail] tags = Tags", "[mail] queries = Queries", "[mail] all = All"])
        s.messages(6)
        s.mail("plain.eml", "Archive")
        s.folder("Sent")
        s.folder("Über")
        s.notmuch("new --quiet")
        s.port = s.serve("imap", "activate", "implicit").port
        s.write("muttrc", f"""set imap_user="{s.user}" imap_pass="{s.password}" certificate_file="{s.path('cert.pem')}"
set folder="imaps://localhost:{s.port}/" spoolfile="+INBOX" record="+Sent" postponed="+Sent" mbox_type=Maildir
set from="bob@example.org" realname="Bob" editor="true" sendmail="/bin/true" abort_nosubject=no abort_unmodified=no fast_reply=yes
set confirmappend=no confirmcreate=no delete=yes move=no quit=yes wait_key=no header_cache="" sort=date mark_old=no
set pager_stop=yes imap_check_subscribed=no copy=yes edit_headers=no timeout=5
set pipe_decode=no print_decode=no
""")
        sites.append(s)
    return sites[0]


def mutt(keys, folder="INBOX", seconds=40, options="set imap_check_subscribed=no"):
    """Run neomutt on a terminal of its own with these keys pushed, until it ends; what it painted."""
    s = site()
    pid, tty = pty.fork()
    if pid == 0:
        os.chdir(s.home)
        os.execvpe("neomutt", ["neomutt", "-n", "-F", s.path("muttrc"), "-f", f"imaps://localhost:{s.port}/{folder}",
                               "-e", options, "-e", f'push "{keys}"'], dict(s.env, TERM="xterm", LINES="40", COLUMNS="120"))
    painted, end, status = b"", time.monotonic() + seconds, None
    while status is None and time.monotonic() < end:
        if select.select([tty], [], [], 0.2)[0]:
            try:
                painted += os.read(tty, 65536)
            except OSError:
                pass
        done, how = os.waitpid(pid, os.WNOHANG)
        status = how if done else None
    if status is None:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    os.close(tty)
    text = painted.decode("utf-8", "replace")
    if status != 0:
        raise remuch.Failure(f"neomutt ended with {status}; it painted:\n{text[-3000:]}")
    return text


def names(folder="INBOX"):
    return [f.split(".", 1)[1].replace(".test:2,", " ").strip() for f in site().listing(folder)]


def until(what, check):
    remuch.wait_for(what, check)


@tap.test
def lists_the_messages():
    text = mutt("<exit>")
    for n in range(1, 7):
        assert f"Message {n}" in text, text


@tap.test
def reads_a_message():
    got = site().path("piped")
    mutt(f"2<enter><display-message><pipe-message>cat > {got}<enter><exit><quit>")
    with open(got) as f:
        assert "This is message 2." in f.read()
    until("it is seen", lambda: "M2 S" in names())
    until("the tag follows", lambda: site().notmuch("count tag:unread and id:2@example.org").strip() == "0")


@tap.test
def flags_a_message():
    mutt("3<enter><flag-message><sync-mailbox><quit>")
    until("it is flagged", lambda: "M3 F" in names() or "M3 FS" in names())


@tap.test
def searches_on_the_server():
    # =b is a search by the server; what it finds is tagged, flagged, and so told apart
    mutt("<limit>=b 'message 5'<enter><tag-pattern>~A<enter><tag-prefix><flag-message><limit>~A<enter><sync-mailbox><quit>")
    until("the one that matches is flagged", lambda: sum("F" in n.partition(" ")[2] for n in names()) == 2)
    assert any(n.startswith("M5 F") for n in names()), names()


@tap.test
def moves_a_message():
    mutt("4<enter><save-message><kill-line>=Über<enter><sync-mailbox><quit>")
    until("it is there", lambda: len(names("Über")) == 1)
    until("it has left", lambda: len(names()) == 5)
    until("the index follows", lambda: "Über" in site().notmuch("search --output=files id:4@example.org"))


@tap.test
def copies_and_deletes():
    mutt("1<enter><copy-message><kill-line>=Archive<enter>5<enter><delete-message><sync-mailbox><quit>")
    until("the copy is there", lambda: len(names("Archive")) == 2)
    until("the deleted one is gone", lambda: len(names()) == 4 and not any(n.startswith("M6") for n in names()))


@tap.test
def keeps_what_it_sends():
    mutt("<mail>ann@example.org<enter>From neomutt<enter><send-message><quit>")
    until("it is in Sent", lambda: len(names("Sent")) == 1)
    until("and seen", lambda: site().listing("Sent")[0].endswith("S"))
    until("and indexed", lambda: site().notmuch("count folder:Sent and from:bob").strip() == "1")


@tap.test
def opens_another_folder():
    text = mutt("<change-folder><kill-line>=Archive<enter><exit>")
    assert "A plain message" in text, text


@tap.test
def learns_what_has_changed_since():
    """With what it keeps of headers, flags and mod-sequences: CHANGEDSINCE tells the rest."""
    options = f"set imap_condstore=yes header_cache={site().make('headers')}/"
    mutt("<exit>", options=options)
    before = set(found("folder:INBOX and tag:flagged"))
    some, = found("id:2@example.org")
    site().notmuch(f"tag +flagged {some}")
    mutt("<limit>~F<enter><tag-pattern>~A<enter><tag-prefix><set-flag>r<sync-mailbox><quit>", options=options)
    until("the flagged ones are replied to", lambda: set(found("folder:INBOX and tag:replied")) == before | {some})


@tap.test
def catches_up_by_qresync():
    """What has gone is told by its UID, and the rest as above, in one SELECT."""
    options = f"set imap_condstore=yes imap_qresync=yes header_cache={site().make('headers2')}/"
    assert "Message 5" in mutt("<exit>", options=options)
    before = set(found("folder:INBOX and tag:replied"))
    site().notmuch("tag +flagged id:1@example.org")
    site().sh("rm INBOX/*/*M5.*")
    text = mutt("<limit>~F<enter><tag-pattern>~A<enter><tag-prefix><set-flag>r<limit>all<enter><sync-mailbox><quit>", options=options)
    assert "Message 5" not in text and "Message 1" in text, text
    until("the new one is replied to", lambda: set(found("folder:INBOX and tag:replied")) == before | {"id:1@example.org"})


def found(query):
    return sorted(site().notmuch(f"search --exclude=false --output=messages '{query}'").split())


@tap.test
def works_in_the_mailbox_of_a_tag():
    site().notmuch("tag +todo -- id:1@example.org or id:2@example.org or id:3@example.org")
    files = sum(len(site().listing(f)) for f in ("INBOX", "Archive", "Über"))
    text = mutt("<exit>", "Tags/todo")
    assert all(f"Message {n}" in text for n in (1, 2, 3)), text
    mutt("1<enter><delete-message>2<enter><save-message><kill-line>=Tags/done<enter>3<enter><flag-message><sync-mailbox><quit>", "Tags/todo")
    until("the tag is gone from two", lambda: found("tag:todo") == ["id:3@example.org"])
    until("one has the other tag", lambda: found("tag:done") == ["id:2@example.org"])
    until("and the flag of the third is off again", lambda: "id:3@example.org" not in found("tag:flagged"))
    assert sum(len(site().listing(f)) for f in ("INBOX", "Archive", "Über")) == files


@tap.test
def works_in_a_query_and_in_all():
    site().notmuch("config set --database query.boss subject:Message")
    text = mutt("1<enter><copy-message><kill-line>=Tags/seen<enter><sync-mailbox><quit>", "Queries/boss")
    assert "Message 1" in text, text
    until("the copy is tagged", lambda: len(found("tag:seen")) == 1)
    text = mutt("<change-folder><kill-line>=All<enter><exit>")
    assert "A plain message" in text and "Message 3" in text, text


tap.main()
