# 612-mbsync-moves.t   A file moved to another folder from outside: gone here, new there, its tags kept, also those not drained yet
connections: 2
messages: 2
folder: Archive
1 C: a SELECT INBOX
1 S+: a OK ...
2 C: b SELECT Archive
2 S+: b OK ...
1 C: c STORE 2 +FLAGS.SILENT (\Flagged todo)
1 S: c OK ...
!~ mv INBOX/cur/*.M2.* Archive/cur/1900000000.y.test,U=7:2,
1 C: d NOOP
1 S: * 2 EXPUNGE
1 S: d OK ...
2 C: e NOOP
2 S: * 1 EXISTS
2 S: * 1 RECENT
2 S: e OK ...
2 C: f FETCH 1 (UID FLAGS BODY.PEEK[HEADER.FIELDS (Subject)])
2 S: * 1 FETCH (UID 1 FLAGS (\Recent \Flagged inbox todo) BODY[HEADER.FIELDS (Subject)] {22}
2 S: Subject: Message 2
2 S: 
2 S: )
2 S: f OK ...
!~ notmuch search --output=tags id:2@example.org
> flagged
> inbox
> todo
> unread
!~ notmuch search --output=files id:2@example.org | sed s,.*/mail/,,
> Archive/cur/1900000000.y.test,U=7:2,F
2 C: g NOOP
2 S: g OK ...
