"""Runs conversation files. Their format is in tests/README.md."""

import os
import re
import time

import remuch
from remuch import Failure

HEADERS = {"protocol", "connections", "messages", "mail", "new", "folder", "config", "login", "select", "start", "tls", "notmuch",
           "known-broken", "timeout"}
STEP = re.compile(r"(?:(\d+) )?([CS])(-|\+|=|@)?:(?: (.*))?$")


class Conversation:
    def __init__(self, path):
        self.path, self.head, self.steps = path, {}, []
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                line = line.rstrip("\n")
                header = re.match(r"([a-z-]+):(?: (.*))?$", line)
                if not line.strip() or line.startswith("#"):
                    continue
                if header and not self.steps:
                    if header[1] not in HEADERS:
                        raise Failure(f"{path}:{number}: no such header: {header[1]}")
                    self.head.setdefault(header[1], []).append(header[2] or "")
                elif STEP.match(line) or line.startswith(("!", ">", "wait ")):
                    self.steps.append((number, line))
                else:
                    raise Failure(f"{path}:{number}: not a step: {line}")

    def get(self, key, default):
        return self.head.get(key, [default])[-1]


class Runner:
    def __init__(self, talk):
        self.talk, self.vars, self.clients, self.server = talk, {}, {}, None
        self.protocol = talk.get("protocol", "imap")
        self.site = remuch.Site(talk.head.get("config", ()))
        self.heard = []

    def run(self):
        t = self.talk
        for name in t.head.get("folder", ()):
            self.site.folder(name)
        if t.get("messages", "0") != "0":
            self.site.messages(int(t.get("messages", "0")))
        for what in t.head.get("mail", ()):
            self.site.mail(*what.split())
        for name in t.head.get("new", ()):
            self.site.put(remuch.data(name), new=True)
        if t.get("notmuch", "yes") == "yes":
            self.site.notmuch("new --quiet")
        steps, i = t.steps, 0
        while i < len(steps):
            number, line = steps[i]
            i += 1
            try:
                if line.startswith("!"):
                    want = []
                    while i < len(steps) and steps[i][1].startswith(">"):
                        want.append(steps[i][1][2:])
                        i += 1
                    self.shell(line[1:].strip(), want)
                elif line.startswith("wait "):
                    time.sleep(float(line[5:]))
                else:
                    who, side, how, text = STEP.match(line).groups()
                    if how == "=":
                        group = [text]
                        while i < len(steps) and STEP.match(steps[i][1]) and STEP.match(steps[i][1]).group(1, 3) == (who, "="):
                            group.append(STEP.match(steps[i][1])[4])
                            i += 1
                        self.any_order(self.client(who), group)
                    else:
                        (self.say if side == "C" else self.hear)(self.client(who), who or "1", how, text or "")
            except Failure as e:
                raise Failure(f"{t.path}:{number}: {line}\n{e}") from None
            except (OSError, ValueError) as e:
                raise Failure(f"{t.path}:{number}: {line}\n{type(e).__name__}: {e}") from None

    def client(self, who):
        """Connections open all together, before the first step that needs one."""
        t = self.talk
        if self.server is None:
            self.server = self.site.serve(self.protocol, t.get("start", "fork"), t.get("tls", "no"))
            for n in range(int(t.get("connections", "1"))):
                self.open(str(n + 1))
        who = who or "1"
        if who not in self.clients:
            raise Failure(f"there is no connection {who}")
        return self.clients[who]

    def open(self, who):
        t = self.talk
        c = self.clients[who] = self.server.connect()
        if t.get("login", "yes") != "yes":
            return
        if self.protocol == "pop3":
            c.pop3_login(self.site)
        else:
            c.imap_login(self.site)
            if t.get("select", ""):
                c.imap(f'SELECT "{t.get("select", "")}"')

    def say(self, c, who, how, text):
        if text == "<close>":
            return c.close()
        if text == "<open>":
            return self.open(who)
        if text == "<tls>":
            self.site.certificate()
            return c.tls()
        if how == "@":
            return c.send(remuch.crlf(remuch.data(text)))
        try:
            c.send(self.fill(text) + (b"" if how == "-" else b"\r\n"))
        except (BrokenPipeError, ConnectionResetError):
            pass                            # the answers, or <closed>, tell

    def hear(self, c, who, how, text):
        if how == "@":
            want = remuch.crlf(remuch.data(text))
            got = c.octets(len(want))
            if got != want:
                raise Failure(f"got instead:\n  {got!r}")
        elif how == "-":
            if not c.quiet(float(text or 0.3)):
                raise Failure(f"this came: {c.buf!r}")
        elif text == "<closed>":
            got = c.line()
            if got is not None:
                raise Failure(f"still open, and said {got!r}")
        elif how == "+":
            passed = []
            while True:
                got = c.response()
                if got is None:
                    raise Failure("the connection ended; passed over:\n  " + "\n  ".join(map(repr, passed)))
                if self.match(text, got):
                    return
                passed.append(got)
                if len(passed) > 100000:
                    raise Failure("too many lines passed over")
        else:
            got = c.line()
            if got is None or not self.match(text, got):
                raise self.unexpected(got)

    def any_order(self, c, wanted):
        while wanted:
            got = c.line()
            hit = next((w for w in wanted if got is not None and self.match(w, got)), None)
            if hit is None:
                raise Failure(f"{self.unexpected(got)}\nstill wanted:\n  " + "\n  ".join(wanted))
            wanted.remove(hit)

    def unexpected(self, got):
        known = " ".join(f"${k}={v.decode(errors='replace')}" for k, v in self.vars.items())
        return Failure("got instead:\n  " + ("<closed>" if got is None else got.decode("utf-8", "backslashreplace")) + (f"\nwhere {known}" if known else ""))

    def special(self, name, arg):
        if name == "hex":
            return bytes.fromhex(arg)
        if name == "size":
            return b"%d" % len(remuch.crlf(remuch.data(arg)))
        if name == "repeat":
            count, text = arg.split(",", 1)
            return text.encode() * int(count)
        return None

    TOKEN = re.compile(r"\$(hex|size|repeat)\(([^)]*)\)|\$([a-z][a-z0-9_]*)|(\.\.\.$)")

    def known(self, name):
        return {"user": self.site.user.encode(), "password": self.site.password.encode()}.get(name, self.vars.get(name))

    def fill(self, text):
        """Octets to send: variables and specials filled in."""
        out, at = b"", 0
        for m in self.TOKEN.finditer(text):
            out += text[at:m.start()].encode()
            at = m.end()
            if m[4]:
                out += b"..."
            elif m[3]:
                if self.known(m[3]) is None:
                    raise Failure(f"${m[3]} has no value yet")
                out += self.known(m[3])
            else:
                out += self.special(m[1], m[2])
        return out + text[at:].encode()

    def match(self, text, got):
        pattern, at, new = b"", 0, []
        for m in self.TOKEN.finditer(text):
            pattern += re.escape(text[at:m.start()].encode())
            at = m.end()
            if m[4]:
                pattern += b".*"
            elif m[3] == "any":
                pattern += rb'(?:"(?:[^"\\]|\\.)*"|[^\s()\[\]<>{}"]+)'
            elif m[3] and self.known(m[3]) is not None:
                pattern += re.escape(self.known(m[3]))
            elif m[3] in new:
                pattern += b"(?P=" + m[3].encode() + b")"
            elif m[3]:
                pattern += b"(?P<" + m[3].encode() + rb'>"(?:[^"\\]|\\.)*"|[^\s()\[\]<>{}"]+)'
                new.append(m[3])
            else:
                pattern += re.escape(self.special(m[1], m[2]))
        hit = re.fullmatch(pattern + re.escape(text[at:].encode()), got, re.DOTALL)
        if hit:
            self.vars.update({name: hit[name] for name in new})
        return hit is not None

    def shell(self, command, want):
        """"!cmd" must succeed and print what is wanted; "!~cmd" may take its time until it does."""
        patient = command.startswith("~")
        command = command.lstrip("~ ")
        command = re.sub(r"\$([a-z][a-z0-9_]*)", lambda m: (self.vars.get(m[1]) or m[0].encode()).decode(), command)

        def good():
            try:
                out = self.site.sh(command).splitlines()
            except Failure as e:
                self.heard = str(e).splitlines()
                return False
            self.heard = out
            return not want or (len(out) == len(want) and all(self.match(w, o.encode()) for w, o in zip(want, out)))
        if not good():
            if patient:
                try:
                    return remuch.wait_for("", good)
                except Failure:
                    pass
            raise Failure("it printed:\n  " + "\n  ".join(self.heard))


def run_file(path):
    """Run one conversation; (passed, text)."""
    talk = Conversation(path)
    broken = talk.get("known-broken", None)
    runner = Runner(talk)
    problem = None
    try:
        runner.run()
    except Failure as e:
        problem = f"{e}\n--- log of the server\n{runner.site.log()[-4000:]}"
    finally:
        for c in runner.clients.values():
            c.close()
        runner.site.stop()
    if problem is None and runner.site.complaints():
        problem = f"the sanitizer spoke:\n{runner.site.complaints()}"
    if broken is not None:
        return (True, f"known to be broken: {broken}") if problem else (False, "passes, though it says known-broken")
    return problem is None, problem or ""
