# RFC 9051 section 6.3.2: LIST is told, RECENT and UNSEEN are not
messages: 2
C: a ENABLE IMAP4rev2
S+: a OK ENABLE done
C: b SELECT INBOX
S: * FLAGS (...
S: * OK [PERMANENTFLAGS (...
S: * 2 EXISTS
S: * OK [UIDVALIDITY $any] ...
S: * OK [UIDNEXT 3] ...
S: * OK [MAILBOXID ($any)] ...
S: * LIST (\Subscribed \HasNoChildren) "/" INBOX
S: b OK [READ-WRITE] SELECT done
C: c FETCH 1:2 FLAGS
S: * 1 FETCH (FLAGS (inbox))
S: * 2 FETCH (FLAGS (inbox))
S: c OK FETCH done
