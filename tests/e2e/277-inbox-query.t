# inbox = QUERY: INBOX is what it finds. One tag is that tag's mailbox: what is moved out of INBOX is not in the inbox any more, and no more than that.
messages: 5
folder: Trash
config: [mail] inbox = tag:inbox
config: [mail] tags = Tags
config: [mail] all = All
! notmuch tag -inbox -- id:2@example.org
C: a SELECT INBOX
S+: * 4 EXISTS
S+: a OK ...
C: b DELETE INBOX
S: b NO [CANNOT] ...
C: c RENAME INBOX Tags/x
S: c NO [CANNOT] ...
C: d LIST "" "*" RETURN (SPECIAL-USE)
S: * LIST (\HasNoChildren) "/" INBOX
S: * LIST (\HasNoChildren \All) "/" All
S: * LIST (\HasNoChildren) "/" Maildir
S+: * LIST (\HasNoChildren \Trash) "/" Trash
S: d OK ...
! notmuch tag +inbox -- id:2@example.org
C: e NOOP
S: * 5 EXISTS
S: * 5 RECENT
S: e OK ...
C: f0 CREATE Tags/work
S: f0 OK ...
C: f MOVE 1 Tags/work
S: * OK [COPYUID $work 1 1] Moved
S: * 1 EXPUNGE
S+: f OK ...
C: g MOVE 1 Trash
S: * OK [COPYUID $trash 2 1] Moved
S: * 1 EXPUNGE
S+: g OK ...
C: h STATUS All (MESSAGES)
S: * STATUS All (MESSAGES 5)
S: h OK ...
!~ notmuch dump --format=batch-tag id:1@example.org or id:3@example.org | grep -v '^#' | sort
> +unread +work -- id:1@example.org
> +unread -- id:3@example.org
# back from the Trash: the file lies where new mail does
C: i SELECT Trash
S+: i OK ...
C: j MOVE 1 INBOX
S: * OK [COPYUID $inbox 1 6] Moved
S: * 1 EXPUNGE
S: j OK ...
! ls-mail INBOX | wc -l
> 5
# what is appended has the tag, and lies there too
C: k APPEND INBOX {113+}
C: From: Ann Example <ann@example.org>
C: Subject: Appended
C: Message-ID: <appended@example.org>
C: 
C: This is appended.
C: 
S: k OK [APPENDUID $inbox 7] APPEND done
! ls-mail INBOX | wc -l
> 6
C: l STATUS INBOX (MESSAGES)
S: * STATUS INBOX (MESSAGES 5)
S: l OK ...
C: m0 CREATE Tags/new
S: m0 OK ...
C: m APPEND Tags/new {113+}
C: From: Ann Example <ann@example.org>
C: Subject: Appended
C: Message-ID: <appende2@example.org>
C: 
C: This is appended.
C: 
S: m OK [APPENDUID $any 1] APPEND done
! ls-mail INBOX | wc -l
> 7
