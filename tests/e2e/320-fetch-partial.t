# 320-fetch-partial.t   RFC 9051 section 6.4.5: <first octet.count>
mail: nodate.eml
select: INBOX
C: a FETCH 1 BODY.PEEK[]<0.10>
S: * 1 FETCH (BODY[]<0> {10}
S: From: nobo)
S: a OK ...
C: b FETCH 1 BODY.PEEK[]<10.10>
S: * 1 FETCH (BODY[]<10> {10}
S: dy@example)
S: b OK ...
# "BODY[]<0.2048> of a 1500-octet message will return BODY[]<0> with a literal of size 1500, not BODY[]"
C: c FETCH 1 BODY.PEEK[]<0.2048>
S: * 1 FETCH (BODY[]<0> {$size(nodate.eml)}
S@: nodate.eml
S: )
S: c OK ...
# "If the starting octet is beyond the end of the text, an empty string is returned."
C: d FETCH 1 (BODY.PEEK[]<101.1> BODY.PEEK[]<4711.1>)
S: * 1 FETCH (BODY[]<101> {0}
S:  BODY[]<4711> {0}
S: )
S: d OK ...
# CRLF is two octets, also when it is cut
C: e FETCH 1 (BODY.PEEK[TEXT]<22.3> BODY.PEEK[TEXT]<25.2> BODY.PEEK[1]<26.1>)
S: * 1 FETCH (BODY[TEXT]<22> {3}
S: ct. BODY[TEXT]<25> {2}
S: 
S:  BODY[1]<26> {1}
S: $hex(0a))
S: e OK ...
# "calculated after subsetting the header"
C: g FETCH 1 BODY.PEEK[HEADER.FIELDS (Cc)]<4.3>
S: * 1 FETCH (BODY[HEADER.FIELDS (Cc)]<4> {3}
S: bob)
S: g OK ...
C: h FETCH 1 BODY.PEEK[]<0.0>
S: h BAD ...
C: i FETCH 1 BODY.PEEK[]<9223372036854775807.9223372036854775807>
S: * 1 FETCH (BODY[]<9223372036854775807> {0}
S: )
S: i OK ...
