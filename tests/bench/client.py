"""A raw IMAP and POP3 client that costs as little as a Python program can: an answer is read in large pieces, and only its end is
looked at. What is left of its cost is the same for both servers, and makes ratios smaller, never larger."""

import socket
import ssl

PATIENCE = 1200
ROOM = 1 << 20


class Refused(Exception):
    """The server said NO, BAD or -ERR: it does not have this."""


def context(cert):
    c = ssl.create_default_context(cafile=cert)
    c.minimum_version = ssl.TLSVersion.TLSv1_3
    return c


class Client:
    def __init__(self, port, tls=None, session=None):
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.sock = tls.wrap_socket(self.sock, server_hostname="localhost", session=session)
        self.room = bytearray(ROOM)
        self.tags = self.octets = 0

    def until(self, over, keep=True):
        """Octets until over(the last of them) is true; the last 4 KiB only, when not to be kept."""
        kept, last = [], b""
        while True:
            n = self.sock.recv_into(self.room)
            if n == 0:
                raise ConnectionError("closed by the server after " + repr(last[-200:]))
            self.octets += n
            piece = bytes(memoryview(self.room)[:n]) if keep or n < 4096 else bytes(memoryview(self.room)[n - 4096:n])
            last = (last + piece)[-4096:]
            if keep:
                kept.append(piece)
            if over(last):
                return b"".join(kept) if keep else last

    def closed(self):
        while self.sock.recv_into(self.room):
            pass
        self.sock.close()

    def close(self):
        self.sock.close()


class Imap(Client):
    def __init__(self, login, *where, **how):
        super().__init__(*where, **how)
        self.until(lambda last: last.endswith(b"\r\n"))
        self.cmd(b"LOGIN %s %s" % login)

    def send(self, line):
        self.tags += 1
        self.tag = b"q8zk17x%d " % self.tags
        self.sock.sendall(self.tag + line + b"\r\n")

    def answer(self, keep=True):
        tag = self.tag

        def over(last):
            return last.endswith(b"\r\n") and last[last.rfind(b"\n", 0, -2) + 1:].startswith(tag)
        self.octets = 0
        got = self.until(over, keep)
        line = got[got.rfind(b"\n", 0, -2) + 1:]
        if not line.startswith(tag + b"OK"):
            raise Refused(line.decode("ascii", "replace").strip())
        return got

    def cmd(self, line, keep=True):
        self.send(line)
        return self.answer(keep)

    def append(self, box, octets):
        self.send(b"APPEND %s {%d}" % (box, len(octets)))
        self.until(lambda last: last.endswith(b"\r\n"))
        self.sock.sendall(octets + b"\r\n")
        self.answer()

    def idle(self):
        self.send(b"IDLE")
        self.until(lambda last: b"\r\n" in last and last.startswith(b"+"))

    def done(self):
        self.sock.sendall(b"DONE\r\n")
        self.answer()

    def logout(self):
        self.sock.sendall(b"bye LOGOUT\r\n")
        self.closed()


class Pop3(Client):
    def __init__(self, login, *where, **how):
        super().__init__(*where, **how)
        self.line()
        self.say(b"USER " + login[0])
        self.say(b"PASS " + login[1])

    def line(self):
        got = self.until(lambda last: last.endswith(b"\r\n"))
        if not got.startswith(b"+OK"):
            raise Refused(got.decode("ascii", "replace").strip())
        return got

    def say(self, line):
        self.sock.sendall(line + b"\r\n")
        return self.line()

    def lines(self, line, keep=False):
        self.sock.sendall(line + b"\r\n")
        got = self.until(lambda last: last.endswith(b"\r\n.\r\n"), keep)
        return got

    def quit(self):
        self.sock.sendall(b"QUIT\r\n")
        self.closed()
