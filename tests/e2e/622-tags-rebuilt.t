# Mailboxes of tags, queries and All beside notmuch compact, reindex, dump, restore, a database made anew, and one that is locked: UIDs stay
connections: 3
messages: 6
folder: Archive
config: [mail] tags = Tags
config: [mail] queries = Queries
config: [mail] all = All
! notmuch config set query.q 'tag:t and not tag:u'
! notmuch tag +t -- id:1@example.org id:2@example.org id:3@example.org
! notmuch tag +u -- id:2@example.org
1 C: a SELECT Tags/t
1 S+: * 3 EXISTS
1 S+: a OK ...
2 C: a SELECT Queries/q
2 S+: * 2 EXISTS
2 S+: a OK ...
3 C: a SELECT All
3 S+: * 6 EXISTS
3 S+: a OK ...
! notmuch compact --quiet
1 C: b NOOP
1 S: b OK ...
2 C: b NOOP
2 S: b OK ...
! notmuch reindex '*'
1 C: c NOOP
1 S: c OK ...
2 C: c NOOP
2 S: c OK ...
3 C: c NOOP
3 S: c OK ...
# a tag changed after a compaction is followed
! notmuch tag +t -- id:4@example.org
1 C: d NOOP
1 S: * 4 EXISTS
1 S: * 4 RECENT
1 S: d OK ...
2 C: d NOOP
2 S: * 3 EXISTS
2 S: * 3 RECENT
2 S: d OK ...
3 C: d NOOP
3 S: * 4 FETCH (UID 4 FLAGS (\Recent inbox t))
3 S: d OK ...
# deleted, and made anew from a dump
! notmuch dump --output=$SITE/dump
! rm -r .notmuch
1 C: e NOOP
1 S: e OK ...
1 C: f FETCH 1:* UID
1 S: * 1 FETCH (UID 1)
1 S: * 2 FETCH (UID 2)
1 S: * 3 FETCH (UID 3)
1 S: * 4 FETCH (UID 4)
1 S: f OK ...
! notmuch new --quiet && notmuch restore --input=$SITE/dump
1 C: g NOOP
1 S: g OK ...
2 C: g NOOP
2 S: g OK ...
3 C: g NOOP
3 S: g OK ...
! notmuch tag -t -- id:3@example.org
1 C: h NOOP
1 S: * 3 EXPUNGE
1 S: h OK ...
2 C: h NOOP
2 S: * 2 EXPUNGE
2 S: h OK ...
3 C: h NOOP
3 S: * 3 FETCH (UID 3 FLAGS (\Recent inbox))
3 S: h OK ...
# somebody holds the database: nobody waits, all goes on, notmuch learns of it later
! mkfifo $SITE/hold $SITE/go; (notmuch tag --batch <$SITE/hold) >/dev/null 2>&1 & (cat $SITE/go >$SITE/hold) >/dev/null 2>&1 &
!~ grep -q ":$(stat -c %i .notmuch/xapian/flintlock) " /proc/locks
1 C: i STORE 1 +FLAGS (w)
1 S: * 1 FETCH (UID 1 FLAGS (\Recent inbox t w))
1 S: i OK ...
1 C: j0 CREATE Tags/new
1 S: j0 OK ...
1 C: j COPY 1:2 Tags/new
1 S+: j OK [COPYUID $any 1:2 1:2] ...
1 C: k MOVE 2 Tags/w
1 S: * OK [COPYUID $any 2 2] ...
1 S: * 2 EXPUNGE
1 S: k OK ...
1 C: l LIST "" "Tags/*" RETURN (STATUS (MESSAGES))
1 S: * LIST (\HasNoChildren) "/" Tags/inbox
1 S: * STATUS Tags/inbox (MESSAGES 6)
1 S: * LIST (\HasNoChildren) "/" Tags/new
1 S: * STATUS Tags/new (MESSAGES 2)
1 S: * LIST (\HasNoChildren) "/" Tags/t
1 S: * STATUS Tags/t (MESSAGES 2)
1 S: * LIST (\HasNoChildren) "/" Tags/u
1 S: * STATUS Tags/u (MESSAGES 1)
1 S: * LIST (\HasNoChildren) "/" Tags/w
1 S: * STATUS Tags/w (MESSAGES 2)
1 S: l OK ...
1 C: m RENAME Tags/new Tags/newer
1 S+: m OK ...
1 C: n SELECT Tags/newer
1 S+: * 2 EXISTS
1 S+: n OK ...
! notmuch count tag:w
> 0
! echo >$SITE/go
!~ notmuch count tag:w and tag:newer
> 2
!~ notmuch search --output=tags '*'
> inbox
> newer
> t
> u
> unread
> w
