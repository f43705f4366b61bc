# What leaves a tag mailbox loses the tag and never its file; MOVE is COPY and then that. To the Trash goes the file.
connections: 2
messages: 9
folder: Work
folder: Trash
folder: Junk
config: [mail] tags = Tags
config: [mail] queries = Queries
config: [mail] all = All
! notmuch tag +t -- '*'
! cp INBOX/cur/*.M8.* Work/cur/2000000000.again.test:2,
! notmuch new --quiet
! notmuch config set --database query.q from:ann
2 C: a SELECT Queries/q
2 S+: a OK ...
C: a SELECT Tags/t
S+: a OK ...
C: b STORE 1:3 +FLAGS.SILENT (\Deleted)
S: b OK ...
C: c UID EXPUNGE 2:9
S: * 2 EXPUNGE
S: * 2 EXPUNGE
S: c OK ...
C: d EXPUNGE
S: * 1 EXPUNGE
S: d OK ...
# CLOSE does so without a word; with UNSELECT the mark stays and goes with the message when it leaves otherwise
C: e STORE 1 +FLAGS.SILENT (\Deleted)
S: e OK ...
C: f CLOSE
S: f OK ...
!~ notmuch search --output=messages tag:t
> id:9@example.org
> id:8@example.org
> id:7@example.org
> id:6@example.org
> id:5@example.org
C: g SELECT Tags/t
S+: g OK ...
# tag to tag
C: h0 CREATE Tags/u
S: h0 OK ...
C: h MOVE 1 Tags/u
S: * OK [COPYUID $u 5 1] Moved
S: * 1 EXPUNGE
S: h OK ...
# onto itself: nothing
C: i MOVE 1 Tags/t
S: * OK [COPYUID $t 6 6] Moved
S: i OK ...
# to a folder: a copy of the file there, the tag gone
C: j UID MOVE 6 Work
S: * OK [COPYUID $w 6 2] Moved
S: * 1 EXPUNGE
S: j OK ...
# to the Trash: the file itself
C: k UID MOVE 7 Trash
S: * OK [COPYUID $tr 7 1] Moved
S: * 1 EXPUNGE
S: k OK ...
# all its files, and COPYUID has the message once
C: l UID MOVE 8 Trash
S: * OK [COPYUID $tr 8 2] Moved
S: * 1 EXPUNGE
S: l OK ...
! ls-mail INBOX
> cur M1:2,
> cur M2:2,
> cur M3:2,
> cur M4:2,
> cur M5:2,
> cur M6:2,
> cur M9:2,
C: m STATUS Trash (MESSAGES)
S: * STATUS Trash (MESSAGES 3)
S: m OK ...
C: n STATUS Work (MESSAGES)
S: * STATUS Work (MESSAGES 1)
S: n OK ...
!~ notmuch dump --format=batch-tag id:5@example.org or id:6@example.org or id:7@example.org or id:8@example.org | grep -v '^#' | sort
> +inbox +u +unread -- id:5@example.org
> +inbox +unread -- id:6@example.org
> +inbox +unread -- id:7@example.org
> +inbox +unread -- id:8@example.org
# query to Junk: the file; its own way out is the tag for what is deleted
2 C: b UID MOVE 9 Junk
2 S: * OK [COPYUID $j 9 1] Moved
2 S+: * 9 EXPUNGE
2 S+: b OK ...
C: o NOOP
S+: o OK ...
!~ notmuch search --exclude=false --output=files id:9@example.org | sed 's,.*/mail/,,; s,[^/]*:,:,'
> Junk/cur/:2,
2 C: c STORE 1 +FLAGS.SILENT (\Deleted)
2 S: c OK ...
2 C: d EXPUNGE
2 S: * 1 EXPUNGE
2 S: d OK ...
!~ notmuch search --exclude=false --output=messages tag:deleted
> id:9@example.org
> id:1@example.org
2 C: e0 CREATE Tags/v
2 S: e0 OK ...
2 C: e MOVE 1 Tags/v
2 S: * OK [COPYUID $v 2 1] Moved
2 S: * 1 EXPUNGE
2 S: e OK ...
# into a query or All, and from a folder into a tag, not
2 C: f MOVE 1 Queries/q
2 S: f NO [CANNOT] ...
2 C: g MOVE 1 All
2 S: g NO [CANNOT] ...
2 C: h SELECT INBOX
2 S+: h OK ...
2 C: i MOVE 1 All
2 S: i NO [CANNOT] ...
