# RFC 9051 section 6.4.6
messages: 4
select: INBOX
C: A003 STORE 2:4 +FLAGS (\Deleted)
S: * 2 FETCH (UID 2 FLAGS (\Recent \Deleted inbox))
S: * 3 FETCH (UID 3 FLAGS (\Recent \Deleted inbox))
S: * 4 FETCH (UID 4 FLAGS (\Recent \Deleted inbox))
S: A003 OK STORE done
C: b STORE 2 -FLAGS \Deleted inbox
S: * 2 FETCH (UID 2 FLAGS (\Recent))
S: b OK STORE done
C: c STORE 1 FLAGS (\Answered $Forwarded Work)
S: * 1 FETCH (UID 1 FLAGS (\Recent \Answered $Forwarded Work))
S: c OK STORE done
C: d UID STORE 1 FLAGS ()
S: * 1 FETCH (UID 1 FLAGS (\Recent))
S: d OK UID STORE done
C: e STORE 1:* +FLAGS.SILENT (\Seen)
S: e OK STORE done
C: f UID STORE 1:4 -FLAGS.SILENT \Deleted
S: f OK UID STORE done
C: g FETCH 3:4 FLAGS
S: * 3 FETCH (FLAGS (\Recent \Seen inbox))
S: * 4 FETCH (FLAGS (\Recent \Seen inbox))
S: g OK FETCH done
# what is so already is told all the same
C: h STORE 1 +FLAGS (\Seen)
S: * 1 FETCH (UID 1 FLAGS (\Recent \Seen))
S: h OK STORE done
C: i UID STORE 99 +FLAGS (\Seen)
S: i OK UID STORE done
# errors
C: j STORE 5 +FLAGS (\Seen)
S: j BAD ...
C: k STORE 1 +FLAGS (\Recent)
S: k BAD ...
C: l STORE 1 +FLAGS (\Foo)
S: l BAD ...
C: m STORE 1 +FLAGS
S: m BAD ...
C: n STORE 1 FLAG (\Seen)
S: n BAD ...
C: o STORE 1 +FLAGS (\Seen
S: o BAD ...
C: p STORE 1 (CHANGEDSINCE 1) +FLAGS (\Seen)
S: p BAD ...
C: q STORE 0 +FLAGS (\Seen)
S: q BAD ...
!~notmuch count tag:unread
> 0
