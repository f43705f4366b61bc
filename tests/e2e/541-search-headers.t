# 541-search-headers.t   TEXT finds words in any header field, of parts and of messages in it too, though the index has them not
mail: nested.eml
mail: eightbit.eml
messages: 1
login: yes
C: a0 SELECT INBOX
S+: a0 OK ...
C: a SEARCH TEXT "preamble"
S: * SEARCH
S: a OK ...
# From, To and Subject are in the index
C: b SEARCH TEXT "builder"
S: * SEARCH 2
S: b OK ...
C: c SEARCH TEXT "boundary=outer"
S: * SEARCH 2
S: c OK ...
C: d SEARCH TEXT "a MESSage"
S: * SEARCH 2
S: d OK ...
C: e SEARCH TEXT "x-unknown"
S: * SEARCH 2
S: e OK ...
C: f SEARCH TEXT "23:00:00"
S: * SEARCH 2
S: f OK ...
C: g SEARCH NOT TEXT "multipart/alternative"
S: * SEARCH 1 3
S: g OK ...
C: h SEARCH BODY "x-unknown"
S: * SEARCH
S: h OK ...
C: i SEARCH TEXT "x-odd"
S: * SEARCH 3
S: i OK ...
# Again, and by a session that starts with what the first one kept
C: <close>
C: <open>
C: j SELECT INBOX
S+: j OK ...
C: k SEARCH OR TEXT "x-unknown" TEXT "x-odd"
S: * SEARCH 2 3
S: k OK ...
