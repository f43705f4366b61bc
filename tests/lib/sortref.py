"""SORT and THREAD as RFC 5256 tells them, step by step and slowly, to compare with. A mail is a Mail, a thread a Node."""

import re
import unicodedata


def casemap(text):
    """i;unicode-casemap, RFC 5051: the octets that are compared."""
    def apart(c):
        d = unicodedata.decomposition(c).split()
        return "".join(apart(chr(int(x, 16))) for x in d if not x.startswith("<")) if d else c
    return "".join(apart(t if len(t := c.title()) == 1 else c) for c in text).encode()


BLOB = r"\[[^\[\]\0]*\] *"
REFWD = rf"(?:re|fwd?) *(?:{BLOB})?:"


def base_subject(s):
    """(base subject, whether the mail is a reply or forward); s is decoded. RFC 5256 section 2.1."""
    reply = False
    s = re.sub(" +", " ", re.sub("[\t\r\n]", " ", s))
    while True:
        while m := re.search(r"(\(fwd\)| )\Z", s, re.I):                                # (2)
            reply |= m[1] != " "
            s = s[:m.start()]
        while True:
            if m := re.match(rf"(?:{BLOB})*{REFWD}| ", s, re.I):                         # (3)
                reply |= m[0] != " "
                s = s[m.end():]
            elif (m := re.match(BLOB, s)) and s[m.end():]:                               # (4)
                s = s[m.end():]
            else:
                break
        m = re.fullmatch(r"\[fwd:(.*)\]", s, re.I | re.S)                                # (6)
        if not m:
            return s, reply
        s, reply = m[1], True


class Mail:
    """number; subject, sender, to, cc, display_from, display_to (texts); sent (or None), arrived; size; id (or None); references."""

    def __init__(self, **kw):
        self.__dict__.update(kw)
        base, self.reply = base_subject(self.subject)
        self.base = casemap(base)

    @property
    def date(self):
        return self.arrived if self.sent is None else self.sent


FIELDS = {
    "ARRIVAL": lambda m: m.arrived, "DATE": lambda m: m.date, "SIZE": lambda m: m.size, "SUBJECT": lambda m: m.base,
    "FROM": lambda m: casemap(m.sender), "TO": lambda m: casemap(m.to), "CC": lambda m: casemap(m.cc),
    "DISPLAYFROM": lambda m: casemap(m.display_from), "DISPLAYTO": lambda m: casemap(m.display_to),
}


def sort(mails, criteria):
    """criteria: "REVERSE DATE SUBJECT" ... The numbers in order."""
    words = criteria.split()
    mails = sorted(mails, key=lambda m: m.number)
    for i in range(len(words) - 1, -1, -1):
        if words[i] != "REVERSE":
            reverse = i > 0 and words[i - 1] == "REVERSE"
            mails.sort(key=FIELDS[words[i]], reverse=reverse)           # stable, in reverse too
    return [m.number for m in mails]


class Node:
    def __init__(self, mail=None):
        self.mail, self.parent, self.children = mail, None, []

    def adopt(self, child):
        if child.parent:
            child.parent.children.remove(child)
        child.parent = self
        self.children.append(child)

    def within(self, other):
        """Is this node `other` or below it?"""
        return self is other or (self.parent is not None and self.parent.within(other))

    def first(self):
        return self.mail or self.children[0].mail

    def key(self):
        return self.first().date, self.first().number

    def all(self):
        return ([self.mail] if self.mail else []) + [m for c in self.children for m in c.all()]

    def text(self):
        inner = [c.text() for c in self.children]
        own = [str(self.mail.number)] if self.mail else []
        return " ".join(own + ([inner[0]] if len(inner) == 1 else ["".join(f"({t})" for t in inner)] if inner else []))


def tree(root):
    return "".join(f"({c.text()})" for c in root.children)


def ordered_subject(mails):
    threads = {}
    for m in sorted(mails, key=lambda m: (m.base, m.date, m.number)):
        threads.setdefault(m.base, []).append(m)
    root = Node()
    for t in sorted(threads.values(), key=lambda t: (t[0].date, t[0].number)):
        top = Node(t[0])
        root.adopt(top)
        for m in t[1:]:
            top.adopt(Node(m))
    return tree(root)


def link(mails):
    """Steps 1 to 3: the root."""
    nodes, taken, loose = {}, {}, []
    for m in mails:
        if m.id is None or m.id in taken:
            loose.append(Node(m))
            taken[m.number] = loose[-1]
        else:
            nodes[m.id] = Node(m)
            taken[m.id] = taken[m.number] = nodes[m.id]
    for m in mails:
        node, before = taken[m.number], None
        for ref in m.references:
            ref = nodes.setdefault(ref, Node())
            if before and ref.parent is None and not before.within(ref):
                before.adopt(ref)
            before = ref
        if node.parent:
            node.parent.children.remove(node)
            node.parent = None
        if before and not before.within(node):
            before.adopt(node)
    root = Node()
    for n in list(nodes.values()) + loose:
        if n.parent is None:
            root.adopt(n)
    prune(root, True)
    return root


def prune(parent, at_root):
    for c in list(parent.children):
        prune(c, False)
        if c.mail is None and (not c.children or not at_root or len(c.children) == 1):
            for grandchild in list(c.children):
                parent.adopt(grandchild)
            parent.children.remove(c)


def sort_children(node):
    for c in node.children:
        sort_children(c)
    node.children.sort(key=Node.key)


def references(mails):
    root = link(mails)
    sort_children(root)                                                 # (4), and what (5) needs of dummies
    table = {}
    for n in root.children:                                             # (5.B)
        subject = n.first().base
        old = table.get(subject)
        if subject and (not old or (old.mail and (not n.mail or (old.mail.reply and not n.mail.reply)))):
            table[subject] = n
    for n in list(root.children):                                       # (5.C)
        subject = n.first().base if n.parent is root else b""
        old = table.get(subject)
        if not subject or old is n:
            continue
        if not old.mail and not n.mail:
            for c in list(n.children):
                old.adopt(c)
            root.children.remove(n)
        elif not old.mail or (n.mail.reply and not old.mail.reply):
            old.adopt(n)
        else:
            table[subject] = Node()
            root.adopt(table[subject])
            table[subject].adopt(old)
            table[subject].adopt(n)
    sort_children(root)                                                 # (6)
    return tree(root)


def refs(mails):
    root = link(mails)
    sort_children(root)
    root.children.sort(key=lambda n: (max(m.arrived for m in n.all()), n.key()))
    return tree(root)


ALGORITHMS = {"ORDEREDSUBJECT": ordered_subject, "REFERENCES": references, "REFS": refs}
