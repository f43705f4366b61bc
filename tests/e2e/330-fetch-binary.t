# 330-fetch-binary.t   RFC 9051 section 6.4.5, RFC 3516: decoded parts
mail: nested.eml
mail: plain.eml
select: INBOX
C: a FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1] BINARY.SIZE[2])
S: * 1 FETCH (BINARY.SIZE[1] 22 BINARY[1] {22}
S: The first part, café. BINARY.SIZE[2] 6)
S: a OK ...
# NUL needs a literal8
C: b FETCH 1 BINARY.PEEK[2]
S: * 1 FETCH (BINARY[2] ~{6}
S: $hex(000102030405))
S: b OK ...
C: c FETCH 1 (BINARY.PEEK[1]<4.5> BINARY.PEEK[1]<9.5>)
S: * 1 FETCH (BINARY[1]<4> {5}
S: first BINARY[1]<9> {5}
S:  part)
S: c OK ...
# An encoding that nobody knows; the other message is given
C: d FETCH 1:2 (BINARY.SIZE[4])
S: * 2 FETCH (BINARY.SIZE[4] 0)
S: d NO [UNKNOWN-CTE] ...
C: e FETCH 1 BINARY.PEEK[4]
S: e NO [UNKNOWN-CTE] ...
# What was marked all the same is told
C: e1 FETCH 1 BINARY[4]
S: * 1 FETCH (UID 1 FLAGS (\Recent \Seen ...
S: e1 NO [UNKNOWN-CTE] ...
C: f FETCH 2 BINARY[]
S: * 2 FETCH (BINARY[] {$size(plain.eml)}
S@: plain.eml
S:  FLAGS (\Recent \Seen inbox))
S: f OK ...
C: g FETCH 1 BINARY[1.MIME]
S: g BAD ...
