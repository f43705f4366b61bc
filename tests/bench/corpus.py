"""The mail to measure with: made from a seed, so that each run and each machine has the same.

Spread as in the mail of one person over some years: most messages are small plain texts, a third is text and HTML, one in
nine has attachments, four in five are in threads, one in six is not in English and in another charset or encoding. "Small"
mail has the same headers and threads, and one line of text, so that a million can be made and indexed in half an hour."""

import base64
import bisect
import os
import random
import time

EPOCH = 1500000000
COMMIT = 100000                         # changes of small mail that notmuch keeps in memory, some 5 KB each, before it writes them
VERSION, SMALL_VERSION = "1", "2"       # of what is made here; another one makes old corpora unused
RARE, COMMON = "quinzilla", "meridian"  # words of bodies: in 1 of 2,000 messages; in one of four
RARE_SUBJECT, COMMON_SUBJECT = "zephyrite", "report"
RARE_FROM, COMMON_FROM = "rosalind", "anna"

SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bran cher dort flin grem plo stra thun".split()
NAMES = "Anna Bert Chloe Dieter Émile Fatima Georg Håkon Inès Jürgen Karel Łucja Marie Nils Olga Paweł Quentin Rosa".split()
FOREIGN = ("Grüße aus Köln, schöne Straßen und müde Füße ", "Voilà l'été, déjà la rentrée à Besançon ", "Zażółć gęślą jaźń ",
           "Съешь же ещё этих мягких французских булок ", "日本語の文章をここに書きます。", "Ένα μικρό κείμενο στα ελληνικά ")
CHARSETS = ("utf-8", "utf-8", "utf-8", "koi8-r", "iso-2022-jp", "iso-8859-7")


class Words:
    def __init__(self, rng):
        self.words = sorted({"".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4))) for _ in range(12000)})
        rng.shuffle(self.words)
        total, self.sums = 0.0, []
        for i in range(len(self.words)):        # as Zipf has it
            total += 1.0 / (i + 3)
            self.sums.append(total)

    def take(self, rng, n):
        top, sums, words = self.sums[-1], self.sums, self.words
        return [words[bisect.bisect(sums, rng.random() * top)] for _ in range(n)]


def wrapped(words):
    lines, line = [], ""
    for w in words:
        if len(line) + len(w) > 70:
            lines.append(line)
            line = w
        else:
            line = f"{line} {w}" if line else w
    return "\n".join(lines + [line]) + "\n"


def lines_of(b64):
    return b"\n".join(b64[i:i + 76] for i in range(0, len(b64), 76)) + b"\n"


class Maker:
    def __init__(self, seed, small=False):
        self.rng = random.Random(seed)
        self.words = Words(self.rng)
        self.texts = [self.words.take(self.rng, 4000) for _ in range(40)]       # paragraphs are cut from these
        self.blob = lines_of(base64.b64encode(self.rng.randbytes(6 * 1024 * 1024)))
        self.small = small
        self.people = [(f"{self.rng.choice(NAMES)} {w.capitalize()}", f"{w}{i}@example.{('org', 'com', 'net')[i % 3]}")
                       for i, w in enumerate(self.words.take(self.rng, 600))]
        self.open = []                          # threads: [subject, ids]

    def person(self, n):
        if n % 1000 == 7:
            return "Rosalind Example", f"{RARE_FROM}@example.org"
        if self.rng.random() < 0.05:
            return "Anna Example", f"{COMMON_FROM}@example.org"
        return self.people[min(int(self.rng.expovariate(1 / 80)), len(self.people) - 1)]

    def address(self, who):
        name, addr = who
        if name.isascii():
            return f"{name} <{addr}>"
        return f"=?utf-8?B?{base64.b64encode(name.encode()).decode()}?= <{addr}>"

    def text(self, n, median):
        count = 8 if self.small else int(min(max(self.rng.lognormvariate(0, 0.9) * median / 6, 8), 8000))
        out = []
        while count > 0:
            t = self.rng.choice(self.texts)
            at = self.rng.randrange(len(t))
            out += t[at:at + min(count, 120)] + ["\n\n"]
            count -= 120
        if n % 2000 == 11:
            out.insert(len(out) // 2, RARE)
        if n % 4 == 1:
            out.insert(len(out) // 2, COMMON)
        return wrapped(out)

    def thread(self, n):
        """(subject, ids of the messages before, nearest last)"""
        r = self.rng
        if self.open and r.random() < 0.6:
            t = r.choice(self.open[-60:])
            return "Re: " + t[0], t
        subject = " ".join(self.words.take(r, r.randint(2, 7))).capitalize()
        if n % 1000 == 13:
            subject += " " + RARE_SUBJECT
        if r.random() < 0.06:
            subject = "Weekly " + COMMON_SUBJECT + " " + subject
        t = [subject, []]
        self.open.append(t)
        del self.open[:-200]
        return subject, t

    def body(self, n):
        """(headers, octets)"""
        r = self.rng
        kind = r.random()
        if kind < 0.17 and not self.small:
            k = r.randrange(len(FOREIGN))
            text = self.text(n, 900) + FOREIGN[k] * r.randint(1, 12) + "\n"
            charset = CHARSETS[k]
            raw = base64.b64encode(text.encode(charset, "replace"))
            return (f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n", lines_of(raw))
        text = self.text(n, 1600).encode()
        plain = b"Content-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\n" + text
        if kind < 0.5 or self.small:
            return "Content-Type: text/plain; charset=us-ascii\n", text
        edge = f"=_{n:x}_{r.getrandbits(48):x}"
        e = b"\n--" + edge.encode()
        if kind < 0.85:
            html = b"".join(b"<p style=3D\"margin:0;font-family:sans-serif\">" + p + b"</p>\n" for p in text.split(b"\n"))
            html = b"<html><head><style>" + b"p.x { color: red }\n" * r.randint(5, 300) + b"</style></head><body>" + html + b"</body></html>\n"
            return (f"Content-Type: multipart/alternative; boundary=\"{edge}\"\n", b"This is MIME." + e + b"\n" + plain + e +
                    b"\nContent-Type: text/html; charset=us-ascii\nContent-Transfer-Encoding: quoted-printable\n\n" + html + e + b"--\n")
        if kind < 0.89:
            inner = f"From: {self.address(self.person(0))}\nSubject: inner {n}\nDate: Mon, 02 Jan 2017 10:00:00 +0000\n\n".encode() + text
            return (f"Content-Type: multipart/mixed; boundary=\"{edge}\"\n",
                    e + b"\n" + plain + e + b"\nContent-Type: message/rfc822\n\n" + inner + e + b"--\n")
        parts = [plain]
        for i in range(r.choice((1, 1, 1, 2, 3))):
            size = int(min(max(r.lognormvariate(0, 1.3) * 60000, 2000), 3000000)) // 77 * 77
            at = r.randrange((len(self.blob) - size) // 77) * 77
            kind = r.choice(("application/pdf", "image/jpeg", "image/png", "application/zip"))
            parts.append(f"Content-Type: {kind}; name=\"file{i}.bin\"\nContent-Disposition: attachment; filename=\"file{i}.bin\"\n"
                         "Content-Transfer-Encoding: base64\n\n".encode() + self.blob[at:at + size])
        return f"Content-Type: multipart/mixed; boundary=\"{edge}\"\n", b"".join(e + b"\n" + p for p in parts) + e + b"--\n"

    def message(self, n):
        r = self.rng
        who, (subject, t) = self.person(n), self.thread(n)
        mid = f"<{n}.{r.getrandbits(64):x}@{who[1].split('@')[1]}>"
        h = [f"Return-Path: <{who[1]}>\nReceived: from mx{n % 7}.example.net (mx{n % 7}.example.net [192.0.2.{n % 250}])\n"
             f"\tby mail.example.org (Postfix) with ESMTPS id {r.getrandbits(40):X}\n\tfor <bob@example.org>; {stamp(EPOCH + 3000 * n)}\n"
             f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=k1;\n\tbh={r.getrandbits(256):064x};\n"
             f"\tb={r.getrandbits(1024):0256x}\nFrom: {self.address(who)}\nTo: Bob Example <bob@example.org>"]
        if r.random() < 0.3:
            h.append("Cc: " + ",\n\t".join(self.address(self.person(0)) for _ in range(r.randint(1, 6))))
        h.append(f"Subject: {subject}\nDate: {stamp(EPOCH + 3000 * n)}\nMessage-ID: {mid}")
        if t[1]:
            h.append(f"In-Reply-To: {t[1][-1]}\nReferences: " + "\n\t".join(t[1][-12:]))
        if r.random() < 0.3:
            h.append(f"List-Id: <list{n % 9}.example.org>\nList-Unsubscribe: <mailto:leave-{n % 9}@example.org>")
        t[1].append(mid)
        more, body = self.body(n)
        return ("\n".join(h) + "\nMIME-Version: 1.0\n" + more + "\n").encode() + body


def stamp(t):
    return time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(t))


def folder(root, name):
    for d in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(root, name, d), 0o700)


def put(root, name, n, octets, flags):
    p = os.path.join(root, name, "cur", f"{EPOCH + 3000 * n}.M{n}.bench:2,{flags}")
    with open(p, "wb") as f:
        f.write(octets)
    os.utime(p, (EPOCH + 3000 * n,) * 2)


def mark(where, small):
    """The file that says that a corpus is complete."""
    return os.path.join(where, "made-" + (SMALL_VERSION if small else VERSION))


def make(where, n, small, run):
    """A mail tree with its notmuch database in an empty folder, ready to be copied. run: how to start a command as its owner."""
    mail = os.path.join(where, "mail")
    maker = Maker(n, small)
    for name in ("INBOX", "Big", "Copies", "Moved", "Appended", "Watched"):
        folder(mail, name)
    for i in range(n):
        r = maker.rng
        flags = "".join(f for f, p in (("F", 0.03), ("R", 0.2), ("S", 0.9 if i < n * 0.98 else 0.3)) if r.random() < p)
        put(mail, "INBOX", i, maker.message(i), flags)
    if not small:
        big = b"From: a@example.org\nSubject: 100 MB\nMIME-Version: 1.0\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n"
        put(mail, "Big", n, big + (maker.blob * 13)[:100 * 1000 * 1000], "S")
    with open(os.path.join(where, "notmuch-config"), "w") as f:
        f.write(config(mail, f"autocommit={COMMIT}\n" if small else ""))
    run(["chown", "-R", "--reference=" + where, where], owner=False)
    index = ["notmuch", "--config=" + os.path.join(where, "notmuch-config"), "new", "--no-hooks", "--quiet"]
    run(["env", f"XAPIAN_FLUSH_THRESHOLD={COMMIT}", *index] if small else index)
    open(mark(where, small), "w").close()


def config(mail, more=""):
    return (f"[database]\npath={mail}\n{more}[user]\nname=Bob\nprimary_email=bob@example.org\n[new]\ntags=unread;inbox\n"
            "[search]\nexclude_tags=deleted;spam\n[maildir]\nsynchronize_flags=true\n")
