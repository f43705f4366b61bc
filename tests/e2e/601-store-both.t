# 601-store-both.t   Two connections change flags of the same messages; each hears of the other's
connections: 2
messages: 2
select: INBOX
1 C: a STORE 1:2 +FLAGS.SILENT (\Seen one)
1 S: a OK ...
2 C: b STORE 2:1 +FLAGS.SILENT (\Answered two)
# SILENT is about its own change: the other connection's is told (RFC 9051 6.4.6).
2 S: * 1 FETCH (UID 1 FLAGS (\Seen inbox one))
2 S: * 2 FETCH (UID 2 FLAGS (\Seen inbox one))
2 S: b OK ...
1 C: c UID STORE 2 -FLAGS (one)
1 S: * 1 FETCH (UID 1 FLAGS (\Recent \Seen \Answered inbox one two))
1 S+: * 2 FETCH (UID 2 FLAGS (\Recent \Seen \Answered inbox two))
1 S: c OK ...
2 C: d NOOP
2 S: * 2 FETCH (UID 2 FLAGS (\Seen \Answered inbox two))
2 S: d OK ...
!~ notmuch search --output=tags id:2@example.org
> inbox
> replied
> two
!~ ls-mail INBOX
> cur M1:2,RS
> cur M2:2,RS
