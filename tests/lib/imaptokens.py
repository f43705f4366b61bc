"""The tokens of IMAP responses, read strictly: RFC 9051 section 9. What is made of them is in imapgrammar.py."""

import re


class GrammarError(Exception):
    pass


ATOM = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\\]]+')
ASTRING = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\]+')
NUMBER = re.compile(rb"\d+")
NZ_NUMBER = re.compile(rb"[1-9]\d*")
SET = re.compile(rb"[1-9]\d*(:[1-9]\d*)?(,[1-9]\d*(:[1-9]\d*)?)*")
FLAG = re.compile(rb'\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]+')
SYSTEM_FLAGS = {b"\\answered", b"\\flagged", b"\\deleted", b"\\seen", b"\\draft", b"\\recent"}


class Tokens:
    def __init__(self, octets, utf8=False):
        self.s, self.at, self.utf8 = octets, 0, utf8

    def fail(self, wanted):
        raise GrammarError(f"expected {wanted} at octet {self.at}: {self.s[max(0, self.at - 60):self.at]!r} >>> {self.s[self.at:self.at + 60]!r}")

    def peek(self, octets):
        return self.s.startswith(octets, self.at)

    def take(self, octets):
        if not self.peek(octets):
            self.fail(repr(octets))
        self.at += len(octets)

    def maybe(self, octets):
        if self.peek(octets):
            self.at += len(octets)
            return True
        return False

    def word(self, *words):
        """One of these words, any case; None when none is here. Longest first."""
        for w in words:
            if self.s[self.at:self.at + len(w)].upper() == w:
                self.at += len(w)
                return w
        return None

    def match(self, pattern, wanted):
        m = pattern.match(self.s, self.at)
        if not m:
            self.fail(wanted)
        self.at = m.end()
        return m[0]

    def end(self):
        if self.at != len(self.s):
            self.fail("the end")

    def sp(self):
        self.take(b" ")

    def number(self, bits=32):
        n = self.match(NUMBER, "a number")
        if int(n) >= 1 << bits or (len(n) > 1 and n.startswith(b"0")):
            self.fail(f"a number of {bits} bits")
        return int(n)

    def nz_number(self):
        n = int(self.match(NZ_NUMBER, "a number that is not 0"))
        if n >= 1 << 32:
            self.fail("a number of 32 bits")
        return n

    def atom(self):
        return self.match(ATOM, "an atom")

    def quoted(self):
        self.take(b'"')
        out = b""
        while not self.maybe(b'"'):
            c = self.s[self.at:self.at + 1]
            if c == b"\\":
                c = self.s[self.at + 1:self.at + 2]
                if c not in (b'"', b"\\"):
                    self.fail("a quoted character")
                self.at += 1
            elif c in (b"", b"\0", b"\r", b"\n") or (c >= b"\x80" and not self.utf8):
                self.fail("a character of a quoted string")
            out += c
            self.at += 1
        if self.utf8:
            try:
                out.decode()
            except UnicodeDecodeError:
                self.fail("UTF-8 in a quoted string")
        return out

    def literal(self, binary=False):
        if binary:
            self.take(b"~")
        self.take(b"{")
        n = self.number(63)
        self.take(b"}\r\n")
        out = self.s[self.at:self.at + n]
        if len(out) != n:
            self.fail(f"{n} octets of a literal")
        if not binary and b"\0" in out:
            self.fail("a literal without NUL")
        self.at += n
        return out

    def string(self):
        return self.literal() if self.peek(b"{") else self.quoted()

    def nstring(self):
        return None if self.word(b"NIL") else self.string()

    def astring(self):
        return self.string() if self.peek(b"{") or self.peek(b'"') else self.match(ASTRING, "an astring")

    def list_of(self, item, empty=True):
        """ "(" item *(SP item) ")" """
        out = []
        self.take(b"(")
        if empty and self.maybe(b")"):
            return out
        while True:
            out.append(item())
            if self.maybe(b")"):
                return out
            self.sp()

    def flag(self):
        f = self.match(FLAG, "a flag")
        if f.startswith(b"\\") and f.lower() not in SYSTEM_FLAGS:
            self.fail("a flag that may be sent")
        return f

    def flag_perm(self):
        return b"\\*" if self.maybe(b"\\*") else self.flag()
