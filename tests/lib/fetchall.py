"""Fetch everything there is to fetch of a mailbox, under imapgrammar, and check that the answers agree with each other and
with the files."""

import base64
import collections
import re

import imapgrammar
import remuch
from remuch import Failure

PARTS_MAX = 40                          # of one message
HEADER_MAX = 1 << 20                    # MIME_HEADER_MAX: fields behind that count as none
FIELDS = b"Date Subject From To Cc Message-ID References Content-Type"


def covered(octets):
    """As a literal shows them: no NUL."""
    return octets.replace(b"\0", b"\x80")


def fetch(client, what, uid=None, ok=True):
    """{uid: items} of UID FETCH, and the tagged response; what: octets."""
    untagged, tagged = client.imap(b"UID FETCH " + (uid if isinstance(uid, bytes) else b"%d" % uid) + b" (" + what + b")", ok)
    kind, value = imapgrammar.tagged(tagged)
    out = {}
    for line in untagged:
        name, got = imapgrammar.response(line)
        if name == "FETCH":
            out.setdefault(got[1]["UID"], {}).update(got[1])
    return out, (kind, value)


def one(client, what, uid, ok=True):
    return fetch(client, what, uid, ok)[0].get(uid, {})


def same(what, got, want):
    if got != want:
        at = next((i for i in range(min(len(got or b""), len(want or b""))) if got[i] != want[i]), -1) if isinstance(got, bytes) else ""
        raise Failure(f"{what}: got {str(got)[:300]}, want {str(want)[:300]} (differ at {at})")


def parts(structure, prefix=b"", inside=False):
    """(number, part) of a BODYSTRUCTURE; a message's own structure goes on behind its number."""
    if "parts" in structure:
        for i, p in enumerate(structure["parts"], 1):
            yield from numbered(p, prefix + b"%d" % i)
    else:
        yield from numbered(structure, prefix + b"1")


def numbered(p, number):
    yield number, p
    if "parts" in p:
        yield from parts(p, number + b".")
    elif "message" in p:
        yield from parts(p["message"], number + b".")


def partials(client, label, uid, whole):
    for first, count in ((0, 1), (1, 10), (max(len(whole) - 3, 0), 100), (len(whole), 5), (len(whole) + 7, 5)):
        got = one(client, label.replace(b"[", b".PEEK[", 1) + b"<%d.%d>" % (first, count), uid)
        same(f"{label} <{first}.{count}>", got[f"{label.decode()}<{first}>"], whole[first:first + count])


def check_part(client, uid, number, p):
    n = number.decode()
    what = b"BODY.PEEK[%s] BODY.PEEK[%s.MIME]" % (number, number)
    leaf = "parts" not in p and "message" not in p
    got = one(client, what, uid)
    body = got[f"BODY[{n}]"]
    if body is None or got[f"BODY[{n}.MIME]"] is None:
        raise Failure(f"part {n} is in the BODYSTRUCTURE, but NIL")
    if "octets" in p:
        same(f"octets of {n}", len(body), p["octets"])
    if "lines" in p:
        same(f"lines of {n}", body.count(b"\n"), p["lines"])
    if "message" in p:
        got = one(client, b"BODY.PEEK[%s.HEADER] BODY.PEEK[%s.TEXT] BODY.PEEK[%s.HEADER.FIELDS (Subject)]" % (number, number, number), uid)
        same(f"{n}.HEADER and {n}.TEXT", got[f"BODY[{n}.HEADER]"] + got[f"BODY[{n}.TEXT]"], body)
    if leaf:
        check_binary(client, uid, n, p, body)


def check_binary(client, uid, n, p, body):
    out, (kind, (code, _)) = fetch(client, f"BINARY.SIZE[{n}] BINARY.PEEK[{n}]".encode(), uid, ok=False)
    if kind != "OK":
        same(f"refusal of BINARY[{n}]", code, b"UNKNOWN-CTE")
        return
    data = out[uid][f"BINARY[{n}]"]
    same(f"BINARY.SIZE[{n}]", out[uid][f"BINARY.SIZE[{n}]"], len(data))
    encoding = p["encoding"].lower()
    if encoding in (b"7bit", b"8bit"):
        same(f"BINARY[{n}]", covered(data), body)
    if encoding == b"base64" and re.fullmatch(rb"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", body.replace(b"\r\n", b"")):
        same(f"BINARY[{n}]", data, base64.b64decode(body))
    if b"\0" not in data:
        partials(client, f"BINARY[{n}]".encode(), uid, data)


def check_header(client, uid, got):
    fields = one(client, b"BODY.PEEK[HEADER.FIELDS (" + FIELDS + b")] BODY.PEEK[HEADER.FIELDS.NOT (" + FIELDS + b")]", uid)
    wanted, other = (fields[f"BODY[HEADER.FIELDS{no} ({FIELDS.decode()})]"] for no in ("", ".NOT"))
    header = got["BODY[HEADER]"]
    ends = header.endswith(b"\r\n\r\n") or header == b"\r\n"
    same("HEADER.FIELDS and .NOT", len(wanted) + len(other), len(header) + (2 if ends else 0))
    if len(header) > HEADER_MAX:
        return
    for name in FIELDS.split():
        if re.search(rb"^" + name + rb"[ \t]*:", other, re.M | re.I) or (
                re.match(rb"^" + name + rb"[ \t]*:", header, re.I) and not re.search(rb"^" + name + rb"[ \t]*:", wanted, re.M | re.I)):
            raise Failure(f"{name} is on the wrong side of HEADER.FIELDS: {wanted!r}")


def check_message(client, uid, item):
    got = one(client, b"BODY.PEEK[] BODY.PEEK[HEADER] BODY.PEEK[TEXT] RFC822.SIZE RFC822.HEADER BODY ENVELOPE INTERNALDATE FLAGS", uid)
    whole = got["BODY[]"]
    same("RFC822.SIZE", got["RFC822.SIZE"], len(whole))
    same("HEADER and TEXT", got["BODY[HEADER]"] + got["BODY[TEXT]"], whole)
    same("RFC822.HEADER", got["RFC822.HEADER"], got["BODY[HEADER]"])
    same("ENVELOPE, again", got["ENVELOPE"], item["ENVELOPE"])
    partials(client, b"BODY[]", uid, whole)
    partials(client, b"BODY[TEXT]", uid, got["BODY[TEXT]"])
    check_header(client, uid, got)
    for i, (number, p) in enumerate(parts(item["BODYSTRUCTURE"])):
        if i == PARTS_MAX:
            break
        check_part(client, uid, number, p)
    same("a part that is not there", one(client, b"BODY.PEEK[999]", uid)["BODY[999]"], None)
    return whole


def check_ids(client, uids):
    """RFC 8474: one content a file, and Gmail's numbers say the same."""
    for _ in range(2):                  # again from the cache
        got, _ = fetch(client, b"FLAGS EMAILID THREADID X-GM-MSGID X-GM-THRID X-GM-LABELS", b"1:*")
        same("UIDs", sorted(got), sorted(uids))
        same("EMAILIDs", len({m["EMAILID"] for m in got.values()}), len(got))
        same("X-GM-MSGIDs", [b"M%016x" % m["X-GM-MSGID"] for m in got.values()], [m["EMAILID"] for m in got.values()])
        same("X-GM-THRIDs", [b"T%016x" % m["X-GM-THRID"] for m in got.values() if m["THREADID"]],
             [m["THREADID"] for m in got.values() if m["THREADID"]])
        for m in got.values():          # of tags that are atoms
            same("labels", {t.replace(b"\\Inbox", b"inbox") for t in m["X-GM-LABELS"]} - {b"\\Starred", b"\\Draft"},
                 {t.replace(b"$HasAttachment", b"attachment") for t in m["FLAGS"] if not t.startswith(b"\\")})


def check_mailbox(client, box, files):
    """Everything of all messages; files: the octets of each file. Returns how many there were."""
    client.imap(f'EXAMINE "{box}"')
    items, _ = fetch(client, b"UID FLAGS ENVELOPE BODYSTRUCTURE", b"1:*")
    check_ids(client, items)
    wanted = collections.Counter(covered(remuch.crlf(f)) for f in files)
    for uid, item in sorted(items.items()):
        try:
            whole = check_message(client, uid, item)
        except (Failure, imapgrammar.GrammarError, KeyError) as e:
            raise Failure(f"UID {uid}: {type(e).__name__}: {e}") from e
        wanted[whole] -= 1
        if wanted[whole] < 0:
            raise Failure(f"UID {uid} is not what any file holds: {whole[:300]!r}")
    if sum(wanted.values()):
        raise Failure(f"{sum(wanted.values())} files were not served")
    return len(items)
