# 300-fetch-items.t   RFC 9051 section 6.4.5: the macros and the items that are not sections
mail: plain.eml INBOX FS
messages: 1
select: INBOX
C: a FETCH 1 FAST
S: * 1 FETCH (FLAGS (\Recent inbox) INTERNALDATE " 1-Jan-2026 12:00:01 +0000" RFC822.SIZE $any)
S: a OK ...
C: b FETCH 2 ALL
S: * 2 FETCH (FLAGS (\Recent \Seen \Flagged inbox) INTERNALDATE " 1-Jan-2026 12:00:02 +0000" RFC822.SIZE $size(plain.eml) ENVELOPE ("Fri, 02 Jan 2026 10:00:00 +0100" "A plain message" (("Ann Example" NIL "ann" "example.org")) (("Ann Example" NIL "ann" "example.org")) (("Ann Example" NIL "ann" "example.org")) (("Bob Example" NIL "bob" "example.org")) NIL NIL NIL "<plain@example.org>"))
S: b OK ...
C: c FETCH 2 (UID BODY)
S: * 2 FETCH (UID 2 BODY ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" $any 5))
S: c OK ...
C: d UID FETCH 2 BODYSTRUCTURE
S: * 2 FETCH (UID 2 BODYSTRUCTURE ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" $any 5 NIL NIL NIL NIL))
S: d OK ...
# Once kept, the same
C: e UID FETCH 1:* (ENVELOPE)
S: * 1 FETCH (UID 1 ENVELOPE ("Thu, 01 Jan 2026 12:00:01 +0000" "Message 1" (("Ann Example" NIL "ann" "example.org")) (("Ann Example" NIL "ann" "example.org")) (("Ann Example" NIL "ann" "example.org")) ((NIL NIL "bob" "example.org")) NIL NIL NIL "<1@example.org>"))
S: * 2 FETCH (UID 2 ENVELOPE ("Fri, 02 Jan 2026 10:00:00 +0100" "A plain message" (("Ann Example" NIL "ann" "example.org")) (("Ann Example" NIL "ann" "example.org")) (("Ann Example" NIL "ann" "example.org")) (("Bob Example" NIL "bob" "example.org")) NIL NIL NIL "<plain@example.org>"))
S: e OK ...
# UIDs that are not there are passed over; sequence numbers that are not there are not
C: f UID FETCH 7:9 FLAGS
S: f OK ...
C: g FETCH 3 FLAGS
S: g BAD ...
C: h FETCH 1 NONSENSE
S: h BAD ...
C: i FETCH 1 (FLAGS
S: i BAD ...
# The second session finds nothing recent
C: <open>
C: j SELECT INBOX
S+: j OK ...
C: k FETCH 2 FLAGS
S: * 2 FETCH (FLAGS (\Seen \Flagged inbox))
S: k OK ...
