#!/usr/bin/env python3
# imapflow, the library behind many web mailers and scripts: the cases are in imapflow.mjs.
import os
import shlex
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import remuch
import tap

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    try:
        tap.need("node", "systemd-socket-activate")
        if not os.path.isdir(os.path.join(HERE, "node_modules", "imapflow")):
            raise tap.Skip("imapflow is not installed (make deps does)")
    except tap.Skip as e:
        print(f"1..0 # SKIP {e}")
        return 0
    site = remuch.Site(["[mail] gmail_extension = advertise", "[mail] tags = Tags", "[mail] queries = Queries", "[mail] all = All"])
    site.messages(5)
    site.mail("plain.eml", "Archive", "S")
    site.mail("crlf.eml", "Archive")
    site.mail("no-newline.eml", "Über/Tief")
    site.folder("Sent")
    site.notmuch("new --quiet")
    site.notmuch("config set --database query.boss from:ann")
    server = site.serve("imap", "activate", "implicit")
    inject = "cd {0} && printf 'Subject: x\\nMessage-ID: <idle@x>\\n\\nx\\n' > tmp/1.x && mv tmp/1.x new/1.x".format(shlex.quote(os.path.join(site.root, "INBOX")))
    r = subprocess.run(["node", os.path.join(HERE, "imapflow.mjs")], stdin=subprocess.DEVNULL, env=dict(
        site.env, PORT=str(server.port), LOGIN=site.user, PASSWORD=site.password, CERT=site.path("cert.pem"), INJECT=inject))
    if r.returncode != 0:
        print("".join(f"# {line}\n" for line in site.log().splitlines()[-40:]))
    return r.returncode


sys.exit(main())
