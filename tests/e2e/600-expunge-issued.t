# 600-expunge-issued.t   RFC 9051 5.5, 7.5.1: no EXPUNGE while sequence numbers are in use; RFC 5530: EXPUNGEISSUED
connections: 2
messages: 4
select: INBOX
1 C: a STORE 2 +FLAGS.SILENT (\Deleted)
1 S: a OK ...
1 C: b EXPUNGE
1 S: * 2 EXPUNGE
1 S: b OK ...
# Connection 2 still counts four.
2 C: c FETCH 1:4 (UID)
2 S: * 1 FETCH (UID 1)
2 S=: * 3 FETCH (UID 3)
2 S=: * 4 FETCH (UID 4)
2 S: c OK [EXPUNGEISSUED] ...
2 C: d STORE 3 +FLAGS (\Flagged)
2 S: * 3 FETCH (UID 3 FLAGS (\Flagged inbox))
2 S: d OK ...
2 C: e SEARCH ALL
2 S: * SEARCH 1 3 4
2 S: e OK ...
2 C: f NOOP
2 S: * 2 EXPUNGE
2 S: f OK ...
2 C: g FETCH 2 (UID FLAGS)
2 S: * 2 FETCH (UID 3 FLAGS (\Flagged inbox))
2 S: g OK ...
1 C: h NOOP
1 S: * 2 FETCH (UID 3 FLAGS (\Recent \Flagged inbox))
1 S: h OK ...
