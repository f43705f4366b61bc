# 611-mutt-renames.t   Files renamed from outside: the same messages with other flags, in state and in notmuch
connections: 2
messages: 2
new: plain.eml
select: INBOX
1 C: z NOOP
1 S: z OK ...
! mv INBOX/new/*.test "$(ls INBOX/new/*.test | sed s,new,cur,):2,S"
1 C: a NOOP
1 S: * 3 FETCH (UID 3 FLAGS (\Recent \Seen inbox))
1 S: a OK ...
2 C: b FETCH 3 (UID FLAGS)
2 S: * 3 FETCH (UID 3 FLAGS (\Seen inbox))
2 S+: b OK ...
!~ notmuch count tag:unread
> 2
! for f in INBOX/cur/*.M[12].*; do mv "$f" "${f}RF"; done
2 C: c NOOP
2 S: * 1 FETCH (UID 1 FLAGS (\Flagged \Answered inbox))
2 S: * 2 FETCH (UID 2 FLAGS (\Flagged \Answered inbox))
2 S: c OK ...
1 C: d NOOP
1 S: * 1 FETCH (UID 1 FLAGS (\Recent \Flagged \Answered inbox))
1 S: * 2 FETCH (UID 2 FLAGS (\Recent \Flagged \Answered inbox))
1 S: d OK ...
!~ notmuch count tag:replied and tag:flagged
> 2
# A letter taken away is a flag taken away.
! for f in INBOX/cur/*.M1.*; do mv "$f" "${f%%:*}:2,"; done
1 C: e NOOP
1 S: * 1 FETCH (UID 1 FLAGS (\Recent inbox))
1 S: e OK ...
!~ notmuch count tag:replied
> 1
