# 602-same-message-id.t   Files with one Message-ID: each a message with its own UID and \Deleted; the tags are shared
connections: 2
mail: plain.eml INBOX S
mail: plain.eml INBOX S
mail: plain.eml Archive S
select: INBOX
1 C: a UID STORE 1 +FLAGS.SILENT (\Flagged \Deleted)
1 S: * 2 FETCH (UID 2 FLAGS (\Recent \Seen \Flagged inbox))
1 S: a OK ...
2 C: b SELECT Archive
2 S+: b OK ...
2 C: c FETCH 1 (UID FLAGS)
2 S: * 1 FETCH (UID 1 FLAGS (\Recent \Seen \Flagged inbox))
2 S: c OK ...
2 C: d STORE 1 -FLAGS (\Flagged)
2 S: * 1 FETCH (UID 1 FLAGS (\Recent \Seen inbox))
2 S: d OK ...
1 C: e NOOP
1 S=: * 1 FETCH (UID 1 FLAGS (\Recent \Seen \Deleted inbox))
1 S=: * 2 FETCH (UID 2 FLAGS (\Recent \Seen inbox))
1 S: e OK ...
1 C: f EXPUNGE
1 S: * 1 EXPUNGE
1 S: f OK ...
!~ notmuch count --output=files '*'
> 2
!~ notmuch count '*'
> 1
2 C: g STORE 1 +FLAGS.SILENT (\Deleted)
2 S: g OK ...
2 C: h CLOSE
2 S: h OK ...
!~ notmuch search --output=files '*' | wc -l
> 1
1 C: i FETCH 1 (UID FLAGS)
1 S: * 1 FETCH (UID 2 FLAGS (\Recent \Seen inbox))
1 S: i OK ...
