# 180-metadata.t   RFC 5464: annotations of mailboxes and of the server
messages: 1
folder: Work
C: a1 GETMETADATA "" /shared/comment
S: * METADATA "" (/shared/comment NIL)
S: a1 OK GETMETADATA done
C: a2 SETMETADATA "" (/shared/comment "Shared comment")
S: a2 OK SETMETADATA done
C: a3 GETMETADATA "" /shared/comment
S: * METADATA "" (/shared/comment "Shared comment")
S: a3 OK GETMETADATA done
# section 4.3: a value of two lines
C: b1 SETMETADATA INBOX (/private/comment {33}
S: + OK
C: My new comment across
C-: two lines.
C: )
S: b1 OK SETMETADATA done
C: b2 SETMETADATA INBOX (/private/comment "My own comment" /shared/comment "Its sunny outside!")
S: b2 OK SETMETADATA done
C: b3 GETMETADATA "INBOX" (/shared/comment /private/comment)
S: * METADATA INBOX (/private/comment "My own comment" /shared/comment "Its sunny outside!")
S: b3 OK GETMETADATA done
# letters fold; what was spelled first stays
C: b4 SETMETADATA inbox (/PRIVATE/Comment "Mine")
S: b4 OK SETMETADATA done
C: b5 getmetadata INBOX /private/comMENT
S: * METADATA INBOX (/private/comment "Mine")
S: b5 OK GETMETADATA done
C: b6 SETMETADATA INBOX (/private/comment NIL /shared/comment NIL)
S: b6 OK SETMETADATA done
C: b7 GETMETADATA INBOX (/private/comment /shared/comment)
S: * METADATA INBOX (/private/comment NIL /shared/comment NIL)
S: b7 OK GETMETADATA done
# private and shared are two
C: c1 SETMETADATA Work (/private/vendor/kolab/color "0000ff" /private/vendor/kolab/name/de "Arbeit" /shared/vendor/kolab/color "")
S: c1 OK ...
# DEPTH, section 4.2.2, where the examples and where the grammar have it
C: c2 GETMETADATA Work (DEPTH 1) (/private/vendor/kolab)
S: * METADATA Work (/private/vendor/kolab/color "0000ff")
S: c2 OK ...
C: c3 GETMETADATA (DEPTH infinity) Work (/private /shared)
S: * METADATA Work (/private/vendor/kolab/color "0000ff" /private/vendor/kolab/name/de "Arbeit" /shared/vendor/kolab/color "")
S: c3 OK ...
C: c4 GETMETADATA (DEPTH 0) Work /private/vendor/kolab/color
S: * METADATA Work (/private/vendor/kolab/color "0000ff")
S: c4 OK ...
C: c5 GETMETADATA (depth 1) Work /private/vendor/other
S: c5 OK ...
# MAXSIZE, section 4.2.1
C: d1 SETMETADATA Work (/shared/comment "123456" /private/comment "1234567")
S: d1 OK ...
C: d2 GETMETADATA Work (MAXSIZE 5) (/shared/comment /private/comment)
S: d2 OK [METADATA LONGENTRIES 7] ...
C: d3 GETMETADATA (DEPTH 0 MAXSIZE 6) Work (/shared/comment /private/comment)
S: * METADATA Work (/shared/comment "123456")
S: d3 OK [METADATA LONGENTRIES 7] ...
C: d4 GETMETADATA (MAXSIZE 7) Work (/shared/comment)
S: * METADATA Work (/shared/comment "123456")
S: d4 OK GETMETADATA done
# any octets
C-: e1 SETMETADATA Work (/private/comment ~{4+}
C-: $hex(0d0a610062ff)
C: )
S: e1 OK ...
C: e2 GETMETADATA Work /private/comment
S: * METADATA Work (/private/comment ~{4}
S: $hex(610062ff))
S: e2 OK ...
C: e3 SETMETADATA Work (/private/comment {5+}
C: Süß)
S: e3 OK ...
C: e4 GETMETADATA Work /private/comment
S: * METADATA Work (/private/comment {5}
S: Süß)
S: e4 OK ...
# all or nothing
C: f1 SETMETADATA "" (/shared/comment "new" /shared/admin "mailto:root@example.org")
S: f1 NO [CANNOT] /shared/admin cannot be set
C: f2 GETMETADATA "" (/shared/comment /shared/admin)
S: * METADATA "" (/shared/comment "Shared comment" /shared/admin NIL)
S: f2 OK ...
C: f3 SETMETADATA "" (/private/comment "x" /shared/comment {65537+}
C: $repeat(65537,x))
S: f3 NO [METADATA MAXSIZE 65536] ...
C: f4 GETMETADATA "" /private/comment
S: * METADATA "" (/private/comment NIL)
S: f4 OK ...
C: f5 SETMETADATA None (/shared/comment "x")
S: f5 NO [NONEXISTENT] ...
C: f6 GETMETADATA None /shared/comment
S: f6 NO [NONEXISTENT] ...
# what is no entry's name
C: g1 SETMETADATA "" (/comment "x")
S: g1 BAD ...
C: g2 SETMETADATA "" (/shared "x")
S: g2 BAD ...
C: g3 SETMETADATA "" (/shared//comment "x")
S: g3 BAD ...
C: g4 SETMETADATA "" (/shared/comment/ "x")
S: g4 BAD ...
C: g5 SETMETADATA "" ("/shared/com*" "x")
S: g5 BAD ...
C: g6 SETMETADATA "" (/shared/vendor/kolab "x")
S: g6 BAD ...
C: g7 GETMETADATA "" "/shared/%"
S: g7 BAD ...
C: g8 GETMETADATA "" ()
S: g8 BAD ...
C: g9 SETMETADATA "" ()
S: g9 BAD ...
C: g10 SETMETADATA "" /shared/comment "x"
S: g10 BAD ...
C: g11 GETMETADATA (DEPTH 2) "" /shared/comment
S: g11 BAD ...
C: g12 GETMETADATA (WIDTH 2) "" /shared/comment
S: g12 BAD ...
C: g13 GETMETADATA ""
S: g13 BAD ...
C: g14 SETMETADATA "" (/shared/comment)
S: g14 BAD ...
C: g15 CAPABILITY
S: * CAPABILITY ...
S: g15 OK ...
