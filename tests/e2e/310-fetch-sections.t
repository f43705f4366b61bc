# 310-fetch-sections.t   RFC 9051 section 6.4.5.1: parts of a message in a message in a multipart
mail: nested.eml
select: INBOX
C: a FETCH 1 BODYSTRUCTURE
S: * 1 FETCH (BODYSTRUCTURE (("text" "plain" ("charset" "utf-8") NIL NIL "quoted-printable" 26 0 NIL NIL NIL NIL)("application" "octet-stream" ("name" "data.bin") NIL NIL "base64" 8 NIL ("attachment" ("filename" "data.bin")) NIL NIL)("message" "rfc822" NIL NIL "a message" "7BIT" 222 ("Wed, 31 Dec 2025 23:00:00 -0500" "Inside" ((NIL NIL "carl" "example.org")) ((NIL NIL "carl" "example.org")) ((NIL NIL "carl" "example.org")) NIL NIL NIL NIL NIL) (("text" "plain" NIL NIL NIL "7BIT" 13 0 NIL NIL NIL NIL)("text" "html" NIL NIL NIL "7BIT" 14 0 NIL NIL NIL NIL) "alternative" ("boundary" "inner") NIL NIL NIL) 12 NIL NIL NIL NIL)("image" "gif" NIL "<gif@example.org>" NIL "x-unknown" 6 NIL NIL NIL NIL) "mixed" ("boundary" "outer") NIL NIL NIL))
S: a OK ...
C: b FETCH 1 ENVELOPE
S: * 1 FETCH (ENVELOPE ("Thu, 01 Jan 2026 13:00:00 +0100" "A complex message" (("Ann Example" NIL "ann" "example.org")) (("Ann Example" NIL "ann" "example.org")) (("Ann Example" NIL "ann" "example.org")) (("Bob, the Builder" NIL "bob" "example.org")(NIL NIL "List" NIL)(NIL NIL "carl" "example.org")(NIL NIL "dora" "example.org")(NIL NIL NIL NIL)) NIL NIL NIL "<nested@example.org>"))
S: b OK ...
C: c FETCH 1 (BODY.PEEK[1] BODY.PEEK[1.MIME])
S: * 1 FETCH (BODY[1] {26}
S: The first part, caf=C3=A9. BODY[1.MIME] {88}
S: Content-Type: text/plain; charset=utf-8
S: Content-Transfer-Encoding: quoted-printable
S: 
S: )
S: c OK ...
C: d FETCH 1 (BODY.PEEK[3.HEADER] BODY.PEEK[3.1] BODY.PEEK[3.2.MIME] BODY.PEEK[4])
S: * 1 FETCH (BODY[3.HEADER] {135}
S: From: carl@example.org
S: Subject: Inside
S: Date: Wed, 31 Dec 2025 23:00:00 -0500
S: Content-Type: multipart/alternative; boundary=inner
S: 
S:  BODY[3.1] {13}
S: Plain inside. BODY[3.2.MIME] {27}
S: Content-Type: text/html
S: 
S:  BODY[4] {6}
S: GIF89a)
S: d OK ...
C: e FETCH 1 (BODY.PEEK[HEADER.FIELDS (subject X-None MESSAGE-ID)])
S: * 1 FETCH (BODY[HEADER.FIELDS (subject X-None MESSAGE-ID)] {64}
S: Subject: A complex message
S: Message-ID: <nested@example.org>
S: 
S: )
S: e OK ...
C: f FETCH 1 (BODY.PEEK[HEADER.FIELDS.NOT (From To Date Mime-Version Content-Type Message-ID)])
S: * 1 FETCH (BODY[HEADER.FIELDS.NOT (From To Date Mime-Version Content-Type Message-ID)] {30}
S: Subject: A complex message
S: 
S: )
S: f OK ...
C: g FETCH 1 BODY.PEEK[3.HEADER.FIELDS (Subject)]
S: * 1 FETCH (BODY[3.HEADER.FIELDS (Subject)] {19}
S: Subject: Inside
S: 
S: )
S: g OK ...
# What is not there is NIL
C: h FETCH 1 (BODY.PEEK[5] BODY.PEEK[1.1] BODY.PEEK[1.HEADER] BODY.PEEK[3.3] BINARY.PEEK[9])
S: * 1 FETCH (BODY[5] NIL BODY[1.1] NIL BODY[1.HEADER] NIL BODY[3.3] NIL BINARY[9] NIL)
S: h OK ...
C: i FETCH 1 BODY.PEEK[]
S: * 1 FETCH (BODY[] {$size(nested.eml)}
S@: nested.eml
S: )
S: i OK ...
