# notmuch's named queries are mailboxes: what they find is in them
connections: 2
messages: 5
config: [mail] queries = Queries
! notmuch config set --database query.q 'subject:1 or subject:3'
! notmuch config set --database 'query.a b' '*'
! notmuch config set --database query.broken 'date:x..y'
C: a LIST "" Queries/*
S: * LIST (\HasNoChildren) "/" "Queries/a b"
S: * LIST (\HasNoChildren) "/" Queries/broken
S: * LIST (\HasNoChildren) "/" Queries/q
S: a OK ...
C: b SELECT Queries/q
S+: * 2 EXISTS
S+: b OK [READ-WRITE] ...
C: c SELECT Queries/none
S: * OK [CLOSED] ...
S: c NO [NONEXISTENT] ...
C: d SELECT Queries/q
S+: * 2 EXISTS
S+: * OK [UIDVALIDITY $v] ...
S+: d OK [READ-WRITE] ...
2 C: a SELECT Queries/q
2 S+: a OK ...
# new mail that matches comes in when the index has it
! deliver plain.eml
! notmuch config set --database query.q 'subject:1 or subject:3 or subject:2'
C: e NOOP
S: * 3 EXISTS
S: * 1 RECENT
S: e OK ...
2 C: b NOOP
2 S: * 3 EXISTS
2 S: * 0 RECENT
2 S: b OK ...
C: f UID FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT)]
S: * 1 FETCH (UID 1 BODY[HEADER.FIELDS (SUBJECT)] {22}
S: Subject: Message 1
S: 
S: )
S: * 2 FETCH (UID 2 BODY[HEADER.FIELDS (SUBJECT)] {22}
S: Subject: Message 3
S: 
S: )
S: * 3 FETCH (UID 3 BODY[HEADER.FIELDS (SUBJECT)] {22}
S: Subject: Message 2
S: 
S: )
S: f OK ...
# over tags: what a STORE elsewhere makes match comes when the index has learnt of it
! notmuch config set --database query.q tag:x
C: g NOOP
S: * 1 EXPUNGE
S: * 1 EXPUNGE
S: * 1 EXPUNGE
S: g OK ...
2 C: c SELECT INBOX
2 S+: c OK ...
C: h IDLE
S: + ...
2 C: d STORE 4 +FLAGS (x)
2 S: * 4 FETCH ...
2 S: d OK ...
S: * 1 EXISTS
S: * 1 RECENT
2 C: e STORE 4 -FLAGS (x)
2 S: * 4 FETCH ...
2 S: e OK ...
S+: * 1 EXPUNGE
C: DONE
S: h OK ...
# the mailbox is the same whatever it finds
C: i STATUS Queries/q (UIDVALIDITY UIDNEXT)
S: * STATUS Queries/q (UIDNEXT 5 UIDVALIDITY $v)
S: i OK ...
C: j SELECT Queries/broken
S: * OK [CLOSED] ...
S: j NO [CANNOT] ...
C: k STATUS Queries/broken (MESSAGES)
S: k NO ...
