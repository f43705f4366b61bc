# 903-pop3-top.t   RFC 1939 section 7: TOP n 0 is the header and the empty line behind it
protocol: pop3
mail: plain.eml
mail: crlf.eml
C: TOP 2 0
S: +OK ...
S: From: ann@example.org
S: Subject: CRLF
S: Message-ID: <crlf@example.org>
S:
S: .
C: TOP 2 1000000
S: +OK ...
S@: crlf.eml
S: .
C: TOP 1 2
S: +OK ...
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
S: .
C: TOP 1
S: -ERR ...
C: TOP 1 -1
S: -ERR ...
C: TOP 9 1
S: -ERR ...
C: TOP 1 1 1
S: -ERR ...
