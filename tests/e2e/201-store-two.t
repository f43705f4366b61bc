# Two connections: what one changes the other is told; own changes are not told twice.
connections: 2
messages: 3
select: INBOX
C: a STORE 1 +FLAGS (\Flagged)
S: * 1 FETCH (UID 1 FLAGS (\Recent \Flagged inbox))
S: a OK STORE done
2 C: a NOOP
2 S: * 1 FETCH (UID 1 FLAGS (\Flagged inbox))
2 S: a OK NOOP done
2 C: b STORE 1 +FLAGS.SILENT (\Seen)
2 S: b OK STORE done
# RFC 9051 section 6.4.6, Note: a change from elsewhere is told, .SILENT or not
C: b STORE 1 +FLAGS.SILENT (\Answered)
S: * 1 FETCH (UID 1 FLAGS (\Recent \Seen \Flagged inbox))
S: b OK STORE done
C: c NOOP
S: c OK NOOP done
2 C: c NOOP
2 S: * 1 FETCH (UID 1 FLAGS (\Seen \Flagged \Answered inbox))
2 S: c OK NOOP done
# expunged elsewhere: not told during STORE, told during UID STORE
2 C: d STORE 2 +FLAGS.SILENT (\Deleted)
2 S: d OK STORE done
2 C: e EXPUNGE
2 S: * 2 EXPUNGE
2 S: e OK EXPUNGE done
C: d STORE 2:3 +FLAGS (\Draft)
S: * 3 FETCH (UID 3 FLAGS (\Recent \Draft inbox))
S: d NO [EXPUNGEISSUED] ...
C: e UID STORE 2:3 -FLAGS (\Draft)
S: * 3 FETCH (UID 3 FLAGS (\Recent inbox))
S: * 2 EXPUNGE
S: e OK UID STORE done
