# RFC 9051 sections 6.4.3 (its example), 6.4.9, 6.4.1
connections: 2
messages: 12
select: INBOX
C: a STORE 3,4,7,11 +FLAGS.SILENT (\Deleted)
S: a OK STORE done
C: A202 EXPUNGE
S: * 3 EXPUNGE
S: * 3 EXPUNGE
S: * 5 EXPUNGE
S: * 8 EXPUNGE
S: A202 OK EXPUNGE done
C: b EXPUNGE
S: b OK EXPUNGE done
# the other connection keeps its numbers until it may be told
2 C: a FETCH 12 (UID)
2 S: * 12 FETCH (UID 12)
2 S: a OK FETCH done
2 C: b NOOP
2 S: * 3 EXPUNGE
2 S: * 3 EXPUNGE
2 S: * 5 EXPUNGE
2 S: * 8 EXPUNGE
2 S: b OK NOOP done
2 C: c FETCH 8 (UID)
2 S: * 8 FETCH (UID 12)
2 S: c OK FETCH done
# UID EXPUNGE: those of the set, if they are \Deleted
C: c UID STORE 1,2,5 +FLAGS.SILENT (\Deleted)
S: c OK UID STORE done
C: d UID EXPUNGE 2:6,99
S: * 2 EXPUNGE
S: * 2 EXPUNGE
S: d OK UID EXPUNGE done
C: e UID EXPUNGE 50:60
S: e OK UID EXPUNGE done
C: f EXPUNGE 1
S: f BAD ...
C: g UID EXPUNGE
S: g BAD ...
# CLOSE takes the rest without a word
C: h CLOSE
S: h OK CLOSE done
C: i STATUS INBOX (MESSAGES)
S: * STATUS INBOX (MESSAGES 5)
S: i OK STATUS done
C: j EXPUNGE
S: j BAD No mailbox is selected
