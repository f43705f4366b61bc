# 623-notmuch-late.t   A mail that our drainer cannot give to notmuch: what a client does to it stays when notmuch new indexes it later
connections: 2
folder: Archive
! printf 'Message-ID: <late@example.org>\n\nNo mail to notmuch\n' >INBOX/cur/1900000000.a.test:2,
1 C: a SELECT INBOX
1 S+: a OK ...
1 C: b STORE 1 +FLAGS.SILENT (\Flagged \Seen keep)
1 S: b OK ...
1 C: c STORE 1 -FLAGS.SILENT (inbox)
1 S: c OK ...
! $BUILD/imapd --config=$SITE/remuch.conf --drain 2>/dev/null; notmuch count '*'
> 0
! sed -i '1iSubject: late' INBOX/cur/1900000000.a.test:2,; notmuch new --quiet; notmuch tag +theirs -- id:late@example.org
2 C: d EXAMINE INBOX
2 S+: d OK ...
2 C: e FETCH 1 FLAGS
2 S: * 1 FETCH (FLAGS (\Seen \Flagged keep theirs))
2 S: e OK ...
!~ notmuch search --output=tags id:late@example.org
> flagged
> keep
> theirs
1 C: f FETCH 1 FLAGS
1 S+: f OK ...
