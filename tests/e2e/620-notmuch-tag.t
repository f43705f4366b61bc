# 620-notmuch-tag.t   notmuch tag while clients are connected: the next command tells, idling clients are told at once
connections: 2
messages: 3
select: INBOX
1 C: z NOOP
1 S: z OK ...
! notmuch tag +todo -unread -- id:1@example.org
1 C: a NOOP
1 S: * 1 FETCH (UID 1 FLAGS (\Recent \Seen inbox todo))
1 S: a OK ...
2 C: b IDLE
2 S: + ...
2 S: * 1 FETCH (UID 1 FLAGS (\Seen inbox todo))
! notmuch tag +flagged -- id:2@example.org id:3@example.org
2 S=: * 2 FETCH (UID 2 FLAGS (\Flagged inbox))
2 S=: * 3 FETCH (UID 3 FLAGS (\Flagged inbox))
! deliver plain.eml
2 S: * 4 EXISTS
2 S: * 1 RECENT
! rm INBOX/cur/*.M1.*
2 S: * 1 EXPUNGE
1 C: c STORE 2 +FLAGS.SILENT (\Answered)
1 S+: c OK ...
2 S+: * 1 FETCH (UID 2 FLAGS (\Flagged \Answered inbox))
2 C: DONE
2 S+: b OK ...
