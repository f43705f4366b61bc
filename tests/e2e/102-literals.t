# RFC 9051 section 4.3, RFC 7888: synchronising and non-synchronising literals, and those over a limit.
folder: Archive
C: a STATUS {7}
S: + OK
C: Archive (MESSAGES)
S: * STATUS Archive (MESSAGES 0)
S: a OK STATUS done
C: b STATUS {7+}
C: Archive (MESSAGES)
S: * STATUS Archive (MESSAGES 0)
S: b OK STATUS done
# in pieces
C-: c STATUS {7+
C-: }$hex(0d)
C-: $hex(0a)Arch
C-: ive (MESS
C: AGES)
S: * STATUS Archive (MESSAGES 0)
S: c OK STATUS done
# a literal that is too long is not asked for
C: d STATUS {300000}
S: d BAD [LIMIT] ...
# one that comes unasked is dropped, and the command behind it is found
C: e STATUS {300000+}
C: $repeat(300000,x) (MESSAGES)
S: e BAD [LIMIT] ...
# a line that is too long
C: f STATUS $repeat(70000,x)
S: * BAD ...
# NUL is in no literal but literal8
C: g STATUS {3+}
C: a$hex(00)b (MESSAGES)
S: g BAD ...
# not a literal header
C: h STATUS {7
S: h BAD ...
C: i STATUS {-7}
S: i BAD ...
C: j NOOP
S: j OK NOOP done
# more than can be dropped
C: k STATUS {99999999999+}
S: * BYE [LIMIT] ...
S: <closed>
