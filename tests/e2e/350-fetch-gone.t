# 350-fetch-gone.t   A file that vanished: its message is left out, and the client is told, with NO if nothing is left
connections: 2
messages: 3
select: INBOX
1 C: a FETCH 1:3 FLAGS
1 S+: a OK ...
! rm INBOX/cur/*.M2.*
2 C: b NOOP
2 S: * 2 EXPUNGE
2 S: b OK ...
1 C: c FETCH 1:3 BODY.PEEK[HEADER.FIELDS (X-None)]
1 S: * 1 FETCH (BODY[HEADER.FIELDS (X-None)] {2}
1 S: 
1 S: )
1 S: * 3 FETCH (BODY[HEADER.FIELDS (X-None)] {2}
1 S: 
1 S: )
1 S: c OK [EXPUNGEISSUED] ...
1 C: c2 FETCH 2 BODY.PEEK[]
1 S: c2 NO [EXPUNGEISSUED] ...
1 C: d UID FETCH 1:3 UID
1 S: * 1 FETCH (UID 1)
1 S: * 3 FETCH (UID 3)
1 S: * 2 EXPUNGE
1 S: d OK ...
