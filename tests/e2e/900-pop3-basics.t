# 900-pop3-basics.t   RFC 1939: STAT, LIST, RETR, dots, sizes exact to the octet
protocol: pop3
mail: plain.eml
mail: crlf.eml
mail: no-newline.eml
C: STAT
S: +OK 3 $total
C: LIST
S: +OK 3 messages ($total octets)
S: 1 $size(plain.eml)
S: 2 $size(crlf.eml)
S: 3 $three
S: .
C: list 1
S: +OK 1 $size(plain.eml)
C: LIST 4
S: -ERR ...
C: LIST 0
S: -ERR ...
C: LIST x
S: -ERR ...
C: LIST 1 2
S: -ERR ...
C: RETR
S: -ERR ...
C: RETR 1
S: +OK $size(plain.eml) octets
S: From: Ann Example <ann@example.org>
S: To: Bob Example <bob@example.org>
S: Subject: A plain message
S: Date: Fri, 02 Jan 2026 10:00:00 +0100
S: Message-ID: <plain@example.org>
S: MIME-Version: 1.0
S: Content-Type: text/plain; charset=us-ascii
S:
S: First line.
S: ..A line with a dot in front.
S: ...Two dots.
S: ..
S: Last line.
S: .
C: RETR 2
S: +OK $size(crlf.eml) octets
S@: crlf.eml
S: .
C: RETR 3
S: +OK $three octets
S@: no-newline.eml
S:
S: .
C: NOOP
S: +OK ...
C: QUIT
S: +OK ...
S: <closed>
! ls-mail
> cur crlf:2,
> cur no-newline:2,
> cur plain:2,
# the file, 99 octets with CRLFs, lacks the last one; RETR adds it, and LIST counts it
! test $three = 101
