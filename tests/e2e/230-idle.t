# RFC 9051 section 6.3.13, RFC 2177
connections: 2
messages: 2
select: INBOX
C: a IDLE
S: + idling
S-: 0.3
2 C: a STORE 1 +FLAGS.SILENT (\Flagged)
2 S: a OK STORE done
S: * 1 FETCH (UID 1 FLAGS (\Recent \Flagged inbox))
2 C: b APPEND INBOX {5+}
2 C: a: b
2 S: * 3 EXISTS
2 S: ...
2 S: b OK ...
S: * 3 EXISTS
S: ...
2 C: c STORE 1 +FLAGS.SILENT (\Deleted)
2 S: c OK STORE done
S: * 1 FETCH (UID 1 FLAGS (\Recent \Flagged \Deleted inbox))
2 C: d EXPUNGE
2 S: * 1 EXPUNGE
2 S: d OK EXPUNGE done
S: * 1 EXPUNGE
# from outside: another program's tags, and a delivery
!notmuch tag +urgent id:2@example.org
S: * 1 FETCH (UID 2 FLAGS (\Recent inbox urgent))
C: done
S: a OK IDLE done
C: b IDLE
S: + idling
C: NOOP
S: b BAD Expected DONE
C: c NOOP
S: c OK NOOP done
C: d IDLE x
S: d BAD ...
# without a selected mailbox there is nothing to tell
C: e UNSELECT
S: e OK UNSELECT done
C: f IDLE
S: + idling
C: DONE
S: f OK IDLE done
