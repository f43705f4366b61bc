# The selected mailbox renamed or deleted by its own client: it goes on with the one, and leaves the other.
messages: 2
folder: foo
folder: foo/bar
select: foo/bar
C: a APPEND foo/bar {4+}
C: a: b
S: * 1 EXISTS
S: * 1 RECENT
S: a OK ...
C: b RENAME foo zap
S: b OK RENAME done
C: c UID FETCH 1 (UID)
S: * 1 FETCH (UID 1)
S: c OK UID FETCH done
C: d RENAME zap/bar zip
S: d OK RENAME done
C: e APPEND zip {4+}
C: c: d
S: * 2 EXISTS
S: * $any RECENT
S: e OK ...
C: f DELETE zip
S: * OK [CLOSED] ...
S: f OK DELETE done
C: g CHECK
S: g BAD No mailbox is selected
# INBOX is emptied, not renamed
C: h SELECT INBOX
S+: h OK [READ-WRITE] SELECT done
C: i RENAME INBOX old
S: * 1 EXPUNGE
S: * 1 EXPUNGE
S: i OK RENAME done
C: j CHECK
S: j OK CHECK done
