# RFC 9051 sections 6.4.7 and 6.4.8, RFC 4315, RFC 6851
connections: 2
messages: 5
folder: Archive
select: INBOX
C: a STORE 2 FLAGS.SILENT (\Seen Work)
S: a OK STORE done
C: b COPY 2:3 Archive
S: b OK [COPYUID $validity 2:3 1:2] COPY done
C: c UID COPY 5,1 Archive
S: c OK [COPYUID $validity 1,5 3:4] COPY done
C: d UID COPY 50:60 Archive
S: d OK No matching messages, nothing done
C: e COPY 1 Nowhere
S: e NO [TRYCREATE] ...
C: f MOVE 1 Nowhere
S: f NO [TRYCREATE] ...
C: g COPY 9 Archive
S: g BAD ...
C: h COPY 1
S: h BAD ...
C: i MOVE 1 Archive x
S: i BAD ...
# COPYUID, then EXPUNGE, then the OK
C: j MOVE 1:2 Archive
S: * OK [COPYUID $validity 1:2 5:6] Moved
S: * 1 EXPUNGE
S: * 1 EXPUNGE
S: j OK MOVE done
C: k UID MOVE 4 Archive
S: * OK [COPYUID $validity 4 7] Moved
S: * 2 EXPUNGE
S: k OK UID MOVE done
2 C: a NOOP
2 S: * 1 EXPUNGE
2 S: * 1 EXPUNGE
2 S: * 2 EXPUNGE
2 S: a OK NOOP done
# flags and date go along
C: l SELECT Archive
S+: l OK [READ-WRITE] SELECT done
C: m FETCH 6 (UID FLAGS)
S: * 6 FETCH (UID 6 FLAGS (\Recent \Seen Work))
S: m OK FETCH done
# into itself
C: n COPY 7 Archive
S: * 8 EXISTS
S: * 8 RECENT
S: n OK [COPYUID $validity 7 8] COPY done
C: o MOVE 8 Archive
S: * OK [COPYUID $validity 8 9] Moved
S: * 8 EXPUNGE
S: * 8 EXISTS
S: * 8 RECENT
S: o OK MOVE done
