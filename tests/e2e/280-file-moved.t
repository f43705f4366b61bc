# A file that another program moves to another folder: the message stays where it is by its tags, and keeps them
connections: 2
messages: 3
folder: Archive
config: [mail] tags = Tags
config: [mail] queries = Queries
config: [mail] all = All
! notmuch config set --database query.q tag:t
C: a SELECT All
S+: a OK ...
2 C: a SELECT INBOX
2 S+: a OK ...
2 C: b STORE 1:3 +FLAGS.SILENT (t)
2 S: b OK ...
C: b STATUS Tags/t (MESSAGES UIDNEXT)
S: * STATUS Tags/t (MESSAGES 3 UIDNEXT 4)
S+: b OK ...
!~ notmuch count tag:t
> 3
C: c STATUS Queries/q (MESSAGES UIDNEXT)
S: * STATUS Queries/q (MESSAGES 3 UIDNEXT 4)
S: c OK ...
! mv INBOX/cur/*.M1.* Archive/cur/
# whoever looks first
2 C: c NOOP
2 S: * 1 EXPUNGE
2 S: c OK ...
C: d NOOP
S: d OK ...
! mv Archive/cur/*.M1.* INBOX/cur/*.M2.* INBOX/new/
C: e NOOP
S: e OK ...
C: f STATUS Tags/t (MESSAGES UIDNEXT)
S: * STATUS Tags/t (MESSAGES 3 UIDNEXT 4)
S: f OK ...
C: g STATUS Queries/q (MESSAGES UIDNEXT)
S: * STATUS Queries/q (MESSAGES 3 UIDNEXT 4)
S: g OK ...
C: h UID FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT)]
S: * 1 FETCH (UID 1 BODY[HEADER.FIELDS (SUBJECT)] {22}
S: Subject: Message 1
S: 
S: )
S+: * 3 FETCH (UID 3 ...
S+: h OK ...
