# 621-notmuch-new.t   notmuch new indexes what it finds before us: no UID changes, tags as it gave them
connections: 1
messages: 2
notmuch: no
select: INBOX
1 C: a FETCH 1:2 (UID FLAGS)
1 S: * 1 FETCH (UID 1 FLAGS (\Recent inbox))
1 S: * 2 FETCH (UID 2 FLAGS (\Recent inbox))
1 S: a OK ...
# two that make the database at once would hinder each other
!~ notmuch count '*'
> 2
! notmuch new --quiet
1 C: b IDLE
1 S: + ...
! cp $DATA/plain.eml INBOX/tmp/z; mv INBOX/tmp/z INBOX/new/1900000000.z.test; notmuch new --quiet; notmuch tag +seenfirst -- 'path:INBOX/** and not id:1@example.org and not id:2@example.org'
1 S: * 3 EXISTS
1 S: * 3 RECENT
1 S+: * 3 FETCH (UID 3 FLAGS (\Recent inbox seenfirst))
1 C: DONE
1 S: b OK ...
1 C: c UID FETCH 1:* (UID)
1 S: * 1 FETCH (UID 1)
1 S: * 2 FETCH (UID 2)
1 S: * 3 FETCH (UID 3)
1 S: c OK ...
