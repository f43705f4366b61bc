# 610-deliver.t   What an MDA puts into new/ and cur/ comes at the next command, and notmuch learns of it
connections: 2
messages: 1
select: INBOX
1 C: z NOOP
1 S: z OK ...
! deliver plain.eml
1 C: a NOOP
1 S: * 2 EXISTS
1 S: * 2 RECENT
1 S: a OK ...
1 C: b FETCH 2 (UID FLAGS)
1 S: * 2 FETCH (UID 2 FLAGS (\Recent inbox))
1 S: b OK ...
! cp $DATA/crlf.eml INBOX/tmp/1900000000.x.test && mv INBOX/tmp/1900000000.x.test 'INBOX/cur/1900000000.x.test:2,FS'
2 C: c NOOP
2 S: * 3 EXISTS
2 S: * 1 RECENT
2 S: c OK ...
2 C: d FETCH 3 (UID FLAGS)
2 S: * 3 FETCH (UID 3 FLAGS (\Recent \Seen \Flagged inbox))
2 S: d OK ...
1 C: e UID FETCH 1:2 (UID)
1 S: * 1 FETCH (UID 1)
1 S: * 2 FETCH (UID 2)
1 S: * 3 EXISTS
1 S: * 2 RECENT
1 S: e OK ...
!~ notmuch count '*'
> 3
!~ notmuch count tag:flagged and not tag:unread
> 1
# What notmuch new does afterwards is nothing new.
! notmuch new --quiet
1 C: f NOOP
1 S: f OK ...
