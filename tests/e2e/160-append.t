# RFC 9051 section 6.3.12, RFC 4315 (APPENDUID), RFC 3516 (literal8)
connections: 2
folder: Archive
2 C: a SELECT Archive
2 S+: a OK [READ-WRITE] SELECT done
C: a APPEND Archive (\Seen foo) " 7-Feb-1994 21:52:25 -0800" {29}
S: + OK
C: Subject: afternoon$hex(0d0a)
C-: Hello$hex(0d0a)
C: 
S: a OK [APPENDUID $validity 1] APPEND done
2 C: b NOOP
2 S: * 1 EXISTS
2 S: * 1 RECENT
2 S: b OK NOOP done
2 C: c UID FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[TEXT])
2 S: * 1 FETCH (UID 1 FLAGS (\Recent \Seen foo inbox) INTERNALDATE " 8-Feb-1994 05:52:25 +0000" RFC822.SIZE 29 BODY[TEXT] {7}
2 S: Hello
2 S: )
2 S: c OK UID FETCH done
# without waiting, into the selected mailbox: EXISTS comes before the OK
C: b SELECT Archive
S+: b OK [READ-WRITE] SELECT done
C: c APPEND Archive ~{7+}
C: a: b$hex(00)
C: 
S: * 2 EXISTS
S: * 1 RECENT
S: c OK [APPENDUID $validity 2] APPEND done
# no such mailbox: the literal is not asked for, or dropped
C: d APPEND Nowhere {28}
S: d NO [TRYCREATE] ...
C: e APPEND Nowhere {5+}
C: 12345
S: e NO [TRYCREATE] ...
C: f APPEND a//b {5+}
C: 12345
S: f NO ...
# a mailbox given as a literal
C: g APPEND {7}
S: + OK
C: Archive {5+}
C: 12345
S: * 3 EXISTS
S: * 2 RECENT
S: g OK [APPENDUID $validity 3] APPEND done
# errors; nothing is kept
C: h APPEND Archive (\Recent) {5+}
C: 12345
S: h BAD ...
C: i APPEND Archive "30-Feb-1994 21:52:25 -0800" {5+}
C: 12345
S: i BAD ...
C: j APPEND Archive {5+}
C: 12345 {3+}
C: abc
S: j BAD ...
C: k APPEND Archive
S: k BAD ...
C: l APPEND Archive "text"
S: l BAD ...
C: m APPEND Archive {0+}
C: 
S: m NO [CANNOT] ...
C: n APPEND Archive {268435457}
S: n NO [LIMIT] ...
C: o STATUS Archive (MESSAGES)
S: * STATUS Archive (MESSAGES 3)
S: o OK STATUS done
# the two that are no mail are served, but notmuch does not take them
!~notmuch count folder:Archive
> 1
