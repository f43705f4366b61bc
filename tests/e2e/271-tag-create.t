# CREATE, RENAME and DELETE of mailboxes that are tags: RFC 9051 6.3.4 to 6.3.6
connections: 2
messages: 3
config: [mail] tags = Tags
config: [mail] queries = Queries
config: [mail] all = All
config: [mail] flagged = Flagged
C: a CREATE Tags/empty
S: a OK [MAILBOXID ($any)] CREATE done
C: b CREATE Tags/empty
S: b NO [ALREADYEXISTS] ...
C: c LIST "" Tags/*
S: * LIST (\HasNoChildren) "/" Tags/empty
S: * LIST (\HasNoChildren) "/" Tags/inbox
S: c OK ...
# also for those who come later
2 C: a LIST "" Tags/e*
2 S: * LIST (\HasNoChildren) "/" Tags/empty
2 S: a OK ...
C: d SELECT Tags/empty
S+: * 0 EXISTS
S+: d OK [READ-WRITE] ...
C: e UNSELECT
S: e OK ...
# not these
C: f CREATE Queries/new
S: f NO [CANNOT] ...
C: g CREATE All
S: g NO [ALREADYEXISTS] ...
C: h CREATE Tags/unread
S: h NO [CANNOT] ...
C: i DELETE All
S: i NO [CANNOT] ...
C: j DELETE Flagged
S: j NO [CANNOT] ...
C: k DELETE Tags/none
S: k NO [NONEXISTENT] ...
C: l RENAME All Tags/x
S: l NO [CANNOT] ...
C: m RENAME Tags/none Tags/x
S: m NO [NONEXISTENT] ...
C: n RENAME Tags/empty Folder
S: n NO [CANNOT] ...
C: o RENAME INBOX Tags/x
S: o NO [CANNOT] ...
C: p RENAME Tags/empty Tags/inbox
S: p NO [ALREADYEXISTS] ...
# with all below it, one step; UIDs and UIDVALIDITY stay
! notmuch tag +work +work/x -- id:1@example.org
! notmuch tag +work/x +working -- id:2@example.org
C: q STATUS Tags/work/x (MESSAGES UIDNEXT UIDVALIDITY)
S: * STATUS Tags/work/x (MESSAGES 2 UIDNEXT 3 UIDVALIDITY $x)
S: q OK ...
2 C: b SELECT Tags/work
2 S+: b OK ...
C: r RENAME Tags/work Tags/job
S: r OK RENAME done
C: s LIST "" Tags/*
S: * LIST (\HasNoChildren) "/" Tags/empty
S: * LIST (\HasNoChildren) "/" Tags/inbox
S: * LIST (\HasChildren) "/" Tags/job
S: * LIST (\HasNoChildren) "/" Tags/job/x
S: * LIST (\HasNoChildren) "/" Tags/working
S: s OK ...
C: t STATUS Tags/job/x (MESSAGES UIDNEXT UIDVALIDITY)
S: * STATUS Tags/job/x (MESSAGES 2 UIDNEXT 3 UIDVALIDITY $x)
S: t OK ...
!~ notmuch dump --format=batch-tag | grep -v '^#' | sort
> +inbox +job +job%2fx +unread -- id:1@example.org
> +inbox +job%2fx +unread +working -- id:2@example.org
> +inbox +unread -- id:3@example.org
# whoever had it open has it no more
2 C: c NOOP
2 S: * BYE ...
2 S: c OK ...
2 S: <closed>
2 C: <open>
# below itself it goes too, since levels are only names here
C: u RENAME Tags/job Tags/job/old
S: u OK ...
C: v LIST "" Tags/j*
S: * LIST (\Noselect \HasChildren) "/" Tags/job
S: * LIST (\HasChildren) "/" Tags/job/old
S: * LIST (\HasNoChildren) "/" Tags/job/old/x
S: v OK ...
# DELETE takes the tag from all, and no message or other tag; what is below stays
C: w DELETE Tags/job/old
S: w OK DELETE done
C: x LIST "" Tags/j*
S: * LIST (\Noselect \HasChildren) "/" Tags/job
S: * LIST (\Noselect \HasChildren) "/" Tags/job/old
S: * LIST (\HasNoChildren) "/" Tags/job/old/x
S: x OK ...
C: y DELETE Tags/empty
S: y OK ...
!~ notmuch dump --format=batch-tag | grep -v '^#' | sort
> +inbox +job%2fold%2fx +unread +working -- id:2@example.org
> +inbox +job%2fold%2fx +unread -- id:1@example.org
> +inbox +unread -- id:3@example.org
C: z STATUS INBOX (MESSAGES)
S: * STATUS INBOX (MESSAGES 3)
S: z OK ...
# empty, made again: a new mailbox
C: A CREATE Tags/job/old
S: A OK ...
C: B RENAME Tags/job Tags/none
S: B OK ...
2 C: d LIST "" Tags/n*
2 S: * LIST (\Noselect \HasChildren) "/" Tags/none
2 S: * LIST (\HasChildren) "/" Tags/none/old
2 S: * LIST (\HasNoChildren) "/" Tags/none/old/x
2 S: d OK ...
