# Mailbox names: modified UTF-7 (RFC 9051 appendix A.1) until ENABLE IMAP4rev2, UTF-8 after it.
folder: Ärger & Co
folder: 受信
C: a LIST "" *
S+: * LIST (\HasNoChildren) "/" "&AMQ-rger &- Co"
S: * LIST (\HasNoChildren) "/" &U9dP4Q-
S: a OK LIST done
C: b STATUS "&AMQ-rger &- Co" (MESSAGES)
S: * STATUS "&AMQ-rger &- Co" (MESSAGES 0)
S: b OK STATUS done
# superfluous shifts, encoded ASCII
C: c STATUS "&U9c-&T,o-" (MESSAGES)
S: c NO [CANNOT] ...
C: d STATUS "&AGE-" (MESSAGES)
S: d NO [CANNOT] ...
C: e ENABLE IMAP4rev2
S+: e OK ENABLE done
C: f STATUS "Ärger & Co" (MESSAGES)
S: * STATUS "Ärger & Co" (MESSAGES 0)
S: f OK STATUS done
C: g STATUS {6+}
C: 受信 (MESSAGES)
S: * STATUS "受信" (MESSAGES 0)
S: g OK STATUS done
# a name that is not composed (NFC) is, and the client is told (section 6.3.9.7)
C: i CREATE $hex(22416cc3a922)
S: * LIST (\HasNoChildren) "/" $hex(22416cc3a922)
S: i OK [MAILBOXID ($any)] CREATE done
C: j CREATE $hex(2265cc8122)
S: * LIST (\HasNoChildren) "/" $hex(22c3a922) ("OLDNAME" ($hex(2265cc8122)))
S: j OK [MAILBOXID ($any)] CREATE done
C: k SELECT $hex(2265cc8122)
S+: * LIST (\HasNoChildren) "/" $hex(22c3a922) ("OLDNAME" ($hex(2265cc8122)))
S: k OK [READ-WRITE] SELECT done
C: h STATUS {2+}
C: $hex(c328) (MESSAGES)
S: h NO [CANNOT] ...
