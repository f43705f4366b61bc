"""A strict reader of IMAP server responses: RFC 9051 section 9, and what IMAP4rev1 (RFC 3501) has besides.

    kind, value = imapgrammar.response(octets)     # one response without its last CRLF, literals in it

Anything the grammar does not allow raises GrammarError: a space too many, NIL where none may be, a NUL in a literal, 8-bit
octets in a quoted string (but for utf8=True, as after ENABLE IMAP4rev2).

    ("FETCH", (seq, {"FLAGS": [...], "ENVELOPE": (...), "BODY[1]<0>": b"...", ...}))
    ("EXISTS", 3) ("EXPUNGE", 2) ("RECENT", 0) ("SEARCH", [1, 2]) ("ESEARCH", {"TAG": b"a", "UID": True, "ALL": "1:3"})
    ("VANISHED", (False, b"3:5,9")) ("FLAGS", [...]) ("LIST", (flags, delimiter, name, extended)) ("STATUS", (name, {...}))
    ("OK"/"NO"/"BAD"/"BYE"/"PREAUTH", (code or None, text)) ("CAPABILITY", [...]) ("ENABLED", [...]) ...
"""

import re

from imaptokens import GrammarError, NUMBER, NZ_NUMBER, SET, Tokens  # GrammarError is for callers

DATE_TIME = re.compile(rb'"( \d|\d\d)-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{4} \d\d:\d\d:\d\d [+-]\d{4}"')
OBJECTID = re.compile(rb"[A-Za-z0-9_-]{1,255}")
SECTION_TEXT = re.compile(rb"HEADER\.FIELDS(?:\.NOT)? |HEADER|TEXT|MIME")


class Reader(Tokens):
    def objectid(self):
        """ "(" objectid ")", RFC 8474 section 7"""
        self.take(b"(")
        n = self.match(OBJECTID, "an object identifier")
        self.take(b")")
        return n

    def modseq(self):
        """mod-sequence-value, RFC 7162 section 7"""
        n = self.number(63)
        if n == 0:
            self.fail("a mod-sequence, from 1 on")
        return n

    def modseq_in(self):
        """fetch-mod-resp, behind the word"""
        self.take(b"(")
        n = self.modseq()
        self.take(b")")
        return n

    # ENVELOPE

    def address(self):
        self.take(b"(")
        out = []
        for i in range(4):
            if i:
                self.sp()
            out.append(self.nstring())
        self.take(b")")
        return tuple(out)

    def addresses(self):
        if self.word(b"NIL"):
            return None
        self.take(b"(")
        out = [self.address()]
        while not self.maybe(b")"):
            out.append(self.address())
        return out

    def envelope(self):
        self.take(b"(")
        out = []
        for i, read in enumerate([self.nstring] * 2 + [self.addresses] * 6 + [self.nstring] * 2):
            if i:
                self.sp()
            out.append(read())
        self.take(b")")
        return tuple(out)

    # BODY, BODYSTRUCTURE

    def params(self):
        if self.word(b"NIL"):
            return None
        flat = self.list_of(self.string, empty=False)
        if len(flat) % 2:
            self.fail("a value for each parameter")
        return list(zip(flat[::2], flat[1::2]))

    def disposition(self):
        if self.word(b"NIL"):
            return None
        self.take(b"(")
        kind = self.string()
        self.sp()
        params = self.params()
        self.take(b")")
        return kind, params

    def language(self):
        return self.list_of(self.string, empty=False) if self.peek(b"(") else self.nstring()

    def extension(self, first, extended):
        """body-ext-1part, body-ext-mpart: all of it, as this server sends it."""
        out = []
        if not extended:
            return out
        for read in (first, self.disposition, self.language, self.nstring):
            self.sp()
            out.append(read())
        return out

    def body(self, extended, depth=0):
        if depth > 200:
            self.fail("less nesting")
        self.take(b"(")
        p = self.multipart(extended, depth) if self.peek(b"(") else self.single(extended, depth)
        self.take(b")")
        return p

    def multipart(self, extended, depth):
        parts = []
        while self.peek(b"("):
            parts.append(self.body(extended, depth + 1))
        self.sp()
        p = {"type": b"multipart", "subtype": self.string(), "parts": parts}
        p["extension"] = self.extension(self.params, extended)
        return p

    def single(self, extended, depth):
        p = {"type": self.string()}
        self.sp()
        p["subtype"] = self.string()
        for name, read in (("params", self.params), ("id", self.nstring), ("description", self.nstring), ("encoding", self.string),
                           ("octets", self.number)):
            self.sp()
            p[name] = read()
        kind = p["type"].lower()
        if kind == b"message" and p["subtype"].lower() in (b"rfc822", b"global"):
            self.sp()
            p["envelope"] = self.envelope()
            self.sp()
            p["message"] = self.body(extended, depth + 1)
        if kind == b"text" or "message" in p:
            self.sp()
            p["lines"] = self.number(63)
        p["extension"] = self.extension(self.nstring, extended)
        return p

    # FETCH

    def section(self):
        start = self.at
        self.take(b"[")
        if not self.maybe(b"]"):
            numbers = 0
            while NZ_NUMBER.match(self.s, self.at):
                self.nz_number()
                numbers += 1
                if self.maybe(b"]"):
                    return self.s[start:self.at]
                self.take(b".")
            text = self.match(SECTION_TEXT, "a section")
            if text == b"MIME" and not numbers:
                self.fail("a part for MIME")
            if text.endswith(b" "):
                self.list_of(self.astring, empty=False)
            self.take(b"]")
        return self.s[start:self.at]

    def fetch_item(self):
        name = self.word(b"BINARY.SIZE", b"BINARY", b"BODYSTRUCTURE", b"BODY", b"ENVELOPE", b"FLAGS", b"INTERNALDATE", b"RFC822.SIZE",
                         b"RFC822.HEADER", b"RFC822.TEXT", b"RFC822", b"UID", b"EMAILID", b"THREADID", b"X-GM-MSGID", b"X-GM-THRID", b"X-GM-LABELS", b"MODSEQ")
        if not name:
            self.fail("an item of FETCH")
        if name in (b"BODY", b"BINARY", b"BINARY.SIZE") and self.peek(b"["):
            section = self.section()
            if name != b"BODY" and not re.fullmatch(rb"\[[\d.]*\]", section):
                self.fail("part numbers alone")
            label = name + section
            if name != b"BINARY.SIZE" and self.maybe(b"<"):
                label += b"<%d>" % self.number(63)
                self.take(b">")
            self.sp()
            if name == b"BINARY.SIZE":
                return label, self.number()
            return label, self.literal(True) if name == b"BINARY" and self.peek(b"~") else self.nstring()
        self.sp()
        read = {b"BODY": lambda: self.body(False), b"BODYSTRUCTURE": lambda: self.body(True), b"ENVELOPE": self.envelope,
                b"FLAGS": lambda: self.list_of(self.flag), b"INTERNALDATE": lambda: self.match(DATE_TIME, "a date"),
                b"RFC822.SIZE": lambda: self.number(63), b"UID": self.nz_number, b"EMAILID": self.objectid,
                b"THREADID": lambda: None if self.word(b"NIL") else self.objectid(), b"X-GM-MSGID": lambda: self.number(64),
                b"X-GM-THRID": lambda: self.number(64), b"X-GM-LABELS": lambda: self.list_of(self.astring), b"MODSEQ": self.modseq_in}.get(name, self.nstring)
        return name, read()

    def fetch(self, seq):
        out = {}
        for name, value in self.list_of(self.fetch_item, empty=False):
            out[name.decode("latin-1")] = value
        return "FETCH", (seq, out)

    # The others

    def code(self):
        """resp-text-code, as text; the well-known ones are checked."""
        start = self.at
        name = self.atom().upper()
        if name in (b"UIDNEXT", b"UIDVALIDITY", b"UNSEEN"):
            self.sp()
            self.nz_number()
        elif name == b"HIGHESTMODSEQ":
            self.sp()
            self.modseq()
        elif name == b"MODIFIED":
            self.sp()
            self.match(SET, "a set")
        elif name in (b"NOMODSEQ", b"CLOSED"):
            pass
        elif name == b"MAILBOXID":
            self.sp()
            self.objectid()
        elif name == b"PERMANENTFLAGS":
            self.sp()
            self.list_of(self.flag_perm)
        elif name == b"APPENDUID":
            self.sp()
            self.nz_number()
            self.sp()
            self.match(SET, "a set")
        elif name == b"COPYUID":
            self.sp()
            self.nz_number()
            self.sp()
            self.match(SET, "a set")
            self.sp()
            self.match(SET, "a set")
        elif name == b"BADCHARSET" and self.maybe(b" "):
            self.list_of(self.astring, empty=False)
        elif name == b"METADATA":
            self.sp()
            if self.word(b"LONGENTRIES", b"MAXSIZE"):
                self.sp()
                self.number()
            elif not self.word(b"TOOMANY", b"NOPRIVATE"):
                self.fail("a code of METADATA")
        elif name == b"CAPABILITY":
            while self.maybe(b" "):
                self.atom()
        elif self.maybe(b" "):
            self.match(re.compile(rb"[^\x00\r\n\]]+"), "the text of a code")
        return self.s[start:self.at]

    def condition(self, kind):
        code = None
        self.sp()
        if self.maybe(b"["):
            code = self.code()
            self.take(b"]")
            self.sp()
        text = self.match(re.compile(rb"[^\x00\r\n]+"), "text")
        if not self.utf8 and any(c >= 0x80 for c in text):
            self.fail("7-bit text")
        return kind, (code, text)

    def correlators(self):
        """search-correlator, RFC 7377: TAG alone, or all three, each once."""
        out = {}
        self.take(b"(")
        while True:
            name = self.word(b"TAG", b"MAILBOX", b"UIDVALIDITY")
            if not name or name.decode() in out:
                self.fail("a correlator, each once")
            self.sp()
            out[name.decode()] = self.nz_number() if name == b"UIDVALIDITY" else self.astring()
            if self.maybe(b")"):
                break
            self.sp()
        if len(out) == 2 or "TAG" not in out:
            self.fail("TAG, or all correlators")
        return out

    def score(self):
        n = self.nz_number()
        if n > 100:
            self.fail("a score up to 100")
        return n

    def esearch(self):
        out = {}
        if self.maybe(b" ("):
            self.at -= 1
            out = self.correlators()
        if self.maybe(b" UID"):
            out["UID"] = True
        elif "MAILBOX" in out:
            self.fail("UID")
        while self.maybe(b" "):
            name = self.word(b"MIN", b"MAX", b"COUNT", b"ALL", b"RELEVANCY", b"MODSEQ")
            if not name or name.decode() in out:
                self.fail("an item of ESEARCH, each once")
            self.sp()
            out[name.decode()] = (self.match(SET, "a set") if name == b"ALL" else self.number() if name == b"COUNT" else
                                  self.list_of(self.score) if name == b"RELEVANCY" else self.modseq() if name == b"MODSEQ" else
                                  self.nz_number())
        return "ESEARCH", out

    def threads(self):
        """What follows "THREAD", RFC 5256 section 5: nested lists."""
        return self.thread_lists() if self.maybe(b" ") else []

    def thread_lists(self):
        out = []
        while self.maybe(b"(") or not out:
            members = []
            while self.s[self.at:self.at + 1] != b"(":
                members.append(self.nz_number())
                if self.maybe(b")"):
                    break
                self.sp()
            else:
                nested = self.thread_lists()
                if len(nested) < 2:
                    self.fail("two threads at least")
                self.take(b")")
                members += nested
            out.append(members)
        return out

    def found(self):
        """What follows SEARCH and SORT: the numbers; the mod-sequence, which needs one at least, is read and not given."""
        out = []
        while self.maybe(b" "):
            if out and self.maybe(b"(MODSEQ "):
                self.modseq()
                self.take(b")")
                break
            out.append(self.nz_number())
        return out

    def atoms(self):
        out = []
        while self.maybe(b" "):
            out.append(self.atom())
        return out

    def list_flag(self):
        return self.match(re.compile(rb'\\[^\x00-\x20\x7f-\xff(){%*"\\\]]+'), "a mailbox attribute")

    def extended(self):
        name = self.astring()
        self.sp()
        return name, self.value()

    def value(self):
        """tagged-ext-val and what is like it"""
        return self.list_of(self.value) if self.peek(b"(") else self.astring()

    def mailbox_list(self, kind):
        self.sp()
        flags = self.list_of(self.list_flag)
        self.sp()
        delimiter = self.nstring()
        if delimiter is not None and len(delimiter) != 1:
            self.fail("a delimiter of one character")
        self.sp()
        name = self.astring()
        extended = self.list_of(self.extended) if self.maybe(b" ") else None
        return kind, (flags, delimiter, name, extended)

    def status(self):
        self.sp()
        name = self.astring()
        self.sp()
        return "STATUS", (name, dict(self.list_of(self.status_item)))

    def status_item(self):
        name = self.match(re.compile(rb"[A-Z]+"), "an item of STATUS").decode()
        self.sp()
        return name, self.objectid() if name == "MAILBOXID" else self.number(63)

    def entry(self):
        """RFC 5464 section 3.2"""
        name = self.astring()
        if not re.fullmatch(rb"/(private|shared)(/[\x20-\x24\x26-\x29\x2b-\x2e\x30-\x7e]+)+", name, re.I):
            self.fail("the name of an entry")
        return name

    def entry_value(self):
        name = self.entry()
        self.sp()
        return name, self.literal(True) if self.peek(b"~") else self.nstring()

    def metadata(self):
        self.sp()
        box = self.astring()
        self.sp()
        if self.peek(b"("):
            return "METADATA", (box, dict(self.list_of(self.entry_value, empty=False)))
        names = [self.entry()]
        while self.maybe(b" "):
            names.append(self.entry())
        return "METADATA", (box, names)

    def namespaces(self):
        out = []
        for _ in range(3):
            self.sp()
            if self.word(b"NIL"):
                out.append(None)
                continue
            self.take(b"(")
            entries = []
            while not self.maybe(b")"):
                self.take(b"(")
                prefix = self.string()
                self.sp()
                entries.append((prefix, self.nstring()))
                self.take(b")")
            out.append(entries)
        return "NAMESPACE", out

    def identity(self):
        self.sp()
        return "ID", None if self.word(b"NIL") else self.list_of(self.nstring)

    def vanished(self):
        """expunged-resp, RFC 7162 section 7, behind the word: (is it EARLIER, the set)"""
        earlier = self.maybe(b" (EARLIER)")
        self.sp()
        return earlier, self.match(SET, "a set")

    def untagged(self):
        if NUMBER.match(self.s, self.at):
            n = self.number()
            self.sp()
            kind = self.word(b"EXISTS", b"RECENT", b"EXPUNGE", b"FETCH")
            if not kind or (n == 0 and kind in (b"EXPUNGE", b"FETCH")):
                self.fail("a response about messages")
            if kind == b"FETCH":
                self.sp()
                return self.fetch(n)
            return kind.decode(), n
        kind = self.match(re.compile(rb"[A-Z]+"), "a response").decode()
        if kind in ("OK", "NO", "BAD", "BYE", "PREAUTH"):
            return self.condition(kind)
        if kind == "VANISHED":
            return kind, self.vanished()
        read = {"CAPABILITY": lambda: (kind, self.atoms()), "ENABLED": lambda: (kind, self.atoms()), "SEARCH": lambda: (kind, self.found()),
                "SORT": lambda: (kind, self.found()), "THREAD": lambda: (kind, self.threads()),
                "ESEARCH": self.esearch, "LIST": lambda: self.mailbox_list(kind), "LSUB": lambda: self.mailbox_list(kind),
                "STATUS": self.status, "METADATA": self.metadata, "NAMESPACE": self.namespaces, "ID": self.identity,
                "FLAGS": lambda: (self.sp(), (kind, self.list_of(self.flag)))[1]}.get(kind)
        if not read:
            self.fail("a known response")
        return read()


def response(octets, utf8=False):
    """One untagged response ("* ..."), its last CRLF taken off: (kind, value)."""
    r = Reader(octets, utf8)
    r.take(b"* ")
    out = r.untagged()
    r.end()
    return out


def tagged(octets, utf8=False):
    """A tagged response without its tag, as remuch.Client.imap gives it: (kind, (code, text))."""
    r = Reader(octets, utf8)
    kind = r.word(b"OK", b"NO", b"BAD")
    if not kind:
        r.fail("OK, NO or BAD")
    out = r.condition(kind.decode())
    r.end()
    return out
