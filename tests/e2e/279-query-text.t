# A query that is given another text, that speaks of dates or of other queries, or that is none any more
connections: 2
messages: 4
config: [mail] queries = Queries
! notmuch config set --database query.inner id:1@example.org
! notmuch config set --database query.outer 'query:inner or id:2@example.org'
! notmuch config set --database query.old 'date:2026-01-01..2026-01-01'
C: a SELECT Queries/outer
S+: * 2 EXISTS
S+: a OK ...
! notmuch config set --database query.inner 'id:3@example.org or id:4@example.org'
C: b NOOP
S: * 1 EXPUNGE
S: * 3 EXISTS
S: * 3 RECENT
S: b OK ...
2 C: a SELECT Queries/old
2 S+: * 4 EXISTS
2 S+: a OK ...
! deliver plain.eml
! notmuch new --quiet
2 C: b NOOP
2 S: b OK ...
# a file that goes and comes back, of which notmuch never hears
! mv INBOX/cur/*.M4.* $SITE/
2 C: c NOOP
2 S: * 4 EXPUNGE
2 S: c OK ...
! mv $SITE/*.M4.* INBOX/cur/
2 C: d NOOP
2 S: * 4 EXISTS
2 S: * 4 RECENT
2 S: d OK ...
# it is broken while somebody has it open: what was in it stays there
! notmuch config set --database query.outer 'date:x..y'
C: c NOOP
S: * 3 EXPUNGE
S: * 3 EXISTS
S: * 3 RECENT
S: c OK ...
C: d FETCH 1:* UID
S: * 1 FETCH (UID 2)
S: * 2 FETCH (UID 3)
S: * 3 FETCH (UID $four)
S: d OK ...
2 C: e STORE 2 +FLAGS.SILENT (later)
2 S: e OK ...
C: dd NOOP
S: * 1 FETCH (UID 2 FLAGS (\Recent inbox later))
S: dd OK ...
C: e STATUS Queries/outer (MESSAGES)
S: e NO [CANNOT] notmuch does not understand the query: ...
# repaired
! notmuch config set --database query.outer 'id:2@example.org or id:1@example.org'
C: f NOOP
S: * 2 EXPUNGE
S: * 2 EXPUNGE
S: * 2 EXISTS
S: * 2 RECENT
S: f OK ...
C: g FETCH 1:* UID
S: * 1 FETCH (UID 2)
S: * 2 FETCH (UID $any)
S: g OK ...
# gone: so is the mailbox
! notmuch config set --database query.outer
C: h NOOP
S: * BYE ...
S: h OK ...
S: <closed>
