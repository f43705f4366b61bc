# EXAMINE: nothing changes (RFC 9051 section 6.3.3)
messages: 2
folder: Archive
C: a EXAMINE INBOX
S+: a OK [READ-ONLY] EXAMINE done
C: b STORE 1 +FLAGS (\Deleted)
S: b NO [NOPERM] ...
C: c EXPUNGE
S: c NO [NOPERM] ...
C: d MOVE 1 Archive
S: d NO [NOPERM] ...
C: e UID EXPUNGE 1
S: e NO [NOPERM] ...
C: f COPY 1 Archive
S: f OK [COPYUID $any 1 1] COPY done
C: g CLOSE
S: g OK CLOSE done
C: h STATUS INBOX (MESSAGES)
S: * STATUS INBOX (MESSAGES 2)
S: h OK STATUS done
