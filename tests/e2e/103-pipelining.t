# RFC 9051 section 5.5: commands sent without waiting are answered in their order.
messages: 2
C: a NOOP$hex(0d0a)b SELECT INBOX$hex(0d0a)c UID FETCH 1 (UID)$hex(0d0a)d CLOSE$hex(0d0a)e LOGOUT
S: a OK NOOP done
S+: b OK [READ-WRITE] SELECT done
S: * 1 FETCH (UID 1)
S: c OK UID FETCH done
S: d OK CLOSE done
S: * BYE Goodbye
S: e OK LOGOUT done
S: <closed>
