# All mail, each message once, and the flagged (RFC 6154)
messages: 3
folder: Work
config: [mail] all = All
config: [mail] flagged = Flagged
! cp INBOX/cur/*.M2.* Work/cur/2000000000.again.test:2,
! cp $DATA/plain.eml Work/cur/2000000001.plain.test:2,F
! notmuch new --quiet
C: a LIST "" "*" RETURN (SPECIAL-USE)
S: * LIST (\HasNoChildren) "/" INBOX
S: * LIST (\HasNoChildren \All) "/" All
S: * LIST (\HasNoChildren \Flagged) "/" Flagged
S: * LIST (\HasNoChildren) "/" Work
S: a OK ...
C: b SELECT All
S+: * 4 EXISTS
S+: b OK ...
C: c STATUS Flagged (MESSAGES)
S: * STATUS Flagged (MESSAGES 1)
S: c OK ...
# one file of two goes
! rm INBOX/cur/*.M2.*
C: d NOOP
S: d OK ...
C: e FETCH 2 BODY.PEEK[HEADER.FIELDS (SUBJECT)]
S: * 2 FETCH (BODY[HEADER.FIELDS (SUBJECT)] {22}
S: Subject: Message 2
S: 
S: )
S: e OK ...
! rm Work/cur/*.again.*
C: f NOOP
S: * 2 EXPUNGE
S: f OK ...
# a folder that vanishes takes its messages along
! rm -r Work
C: g NOOP
S: * 3 EXPUNGE
S: g OK ...
C: h STATUS Flagged (MESSAGES UIDNEXT)
S: * STATUS Flagged (MESSAGES 0 UIDNEXT 1)
S: h OK ...
# what is expunged here has the tag deleted and is in none of them
C: i STORE 1 +FLAGS.SILENT (\Flagged \Deleted)
S: i OK ...
C: j EXPUNGE
S: * 1 EXPUNGE
S: j OK ...
!~ notmuch search --exclude=false --output=messages tag:deleted
> id:1@example.org
C: k STATUS INBOX (MESSAGES)
S: * STATUS INBOX (MESSAGES 2)
S: k OK ...
C: l SELECT Flagged
S+: * 1 EXISTS
S+: l OK ...
C: m STORE 1 -FLAGS.SILENT (\Flagged)
S: m OK ...
C: mm NOOP
S: * 1 EXPUNGE
S: mm OK ...
C: n DELETE Flagged
S: n NO [CANNOT] ...
# without the tag it is back, as a new message
! notmuch tag -deleted -- tag:deleted
C: o SELECT All
S+: * 2 EXISTS
S+: o OK ...
C: p UID FETCH 1:* UID
S: * 1 FETCH (UID 3)
S: * 2 FETCH (UID 5)
S: p OK ...
