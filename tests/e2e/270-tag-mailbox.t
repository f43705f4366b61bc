# A tag is a mailbox: who has the tag is in it, whoever gave it. UIDs stay while a message stays; one that comes back is new.
connections: 2
messages: 4
config: [mail] tags = Tags
! notmuch tag +todo -- id:1@example.org or id:3@example.org
C: a SELECT Tags/todo
S: * FLAGS ...
S: * OK [PERMANENTFLAGS ...
S: * 2 EXISTS
S: * 2 RECENT
S: * OK [UNSEEN 1] ...
S: * OK [UIDVALIDITY $validity] ...
S: * OK [UIDNEXT 3] ...
S: a OK [READ-WRITE] SELECT done
C: b UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])
S: * 1 FETCH (UID 1 FLAGS (\Recent inbox todo) BODY[HEADER.FIELDS (SUBJECT)] {22}
S: Subject: Message 1
S: 
S: )
S: * 2 FETCH (UID 2 FLAGS (\Recent inbox todo) BODY[HEADER.FIELDS (SUBJECT)] {22}
S: Subject: Message 3
S: 
S: )
S: b OK ...
C: c SEARCH SUBJECT 3
S: * SEARCH 2
S: c OK ...
# a flag given here is the message's in its folder, and \Deleted is not
C: d STORE 2 +FLAGS (\Flagged \Deleted Late)
S: * 2 FETCH (UID 2 FLAGS (\Recent \Flagged \Deleted Late inbox todo))
S: d OK ...
2 C: a EXAMINE INBOX
2 S+: a OK [READ-ONLY] ...
2 C: b FETCH 3 FLAGS
2 S: * 3 FETCH (FLAGS (\Recent \Flagged Late inbox todo))
2 S: b OK ...
!~ notmuch search --output=messages tag:flagged and tag:Late
> id:3@example.org
# leaves: expunged; comes back: new
! notmuch tag -todo -- id:1@example.org
C: e NOOP
S: * 1 EXPUNGE
S: e OK ...
! notmuch tag +todo -- id:1@example.org
C: f NOOP
S: * 2 EXISTS
S: * 2 RECENT
S: f OK ...
C: g FETCH 1:* UID
S: * 1 FETCH (UID 2)
S: * 2 FETCH (UID 3)
S: g OK ...
2 C: c STATUS Tags/todo (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)
2 S: * STATUS Tags/todo (MESSAGES 2 UIDNEXT 4 UIDVALIDITY $validity UNSEEN 2)
2 S+: c OK ...
# told while it waits, whoever did it
C: h IDLE
S: + ...
! notmuch tag +todo -- id:2@example.org
S: * 3 EXISTS
S: * 3 RECENT
2 C: d SELECT INBOX
2 S+: d OK ...
2 C: e STORE 4 +FLAGS (todo)
2 S: * 4 FETCH ...
2 S: e OK ...
S: * 4 EXISTS
S: * 4 RECENT
2 C: f STORE 3 -FLAGS (todo)
2 S: * 3 FETCH ...
2 S: f OK ...
S: * 1 EXPUNGE
C: DONE
S: h OK ...
# a removed file
! rm INBOX/cur/*.M1.*
C: i NOOP
S: * 1 EXPUNGE
S: i OK ...
# taking its own tag off with STORE takes the message out
C: j STORE 1 -FLAGS (todo)
S: j OK ...
C: jj UID STORE 4 +FLAGS (\Flagged)
S: * 1 EXPUNGE
S: jj OK ...
C: k EXAMINE Tags/todo
S+: k OK [READ-ONLY] ...
C: l STORE 1 +FLAGS (\Seen)
S: l NO ...
C: m EXPUNGE
S: m NO ...
C: n FETCH 1 (UID FLAGS)
S: * 1 FETCH (UID 5 FLAGS (inbox todo))
S: n OK ...
