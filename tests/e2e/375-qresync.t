# RFC 7162 section 3.2: VANISHED in place of EXPUNGE, and resynchronising in one SELECT
connections: 4
messages: 12
folder: Archive
# not enabled: BAD, and what is selected stays so (sections 3.2.3, 3.2.5, 3.2.6)
C: a SELECT INBOX
S+: * OK [UIDVALIDITY $v] ...
S+: a OK [READ-WRITE] SELECT done
C: b SELECT INBOX (QRESYNC ($v 1))
S: b BAD QRESYNC was not enabled
C: c UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)
S: c BAD QRESYNC was not enabled
C: d CLOSE
S: d OK CLOSE done
C: e ENABLE CONDSTORE QRESYNC
S: * ENABLED CONDSTORE QRESYNC
S: e OK ENABLE done
C: f ENABLE QRESYNC
S: * ENABLED
S: f OK ENABLE done
C: g SELECT INBOX
S+: * OK [HIGHESTMODSEQ $h0] ...
S+: g OK [READ-WRITE] SELECT done
2 C: a ENABLE QRESYNC
2 S: * ENABLED QRESYNC
2 S: a OK ENABLE done
2 C: b SELECT INBOX
2 S+: b OK [READ-WRITE] SELECT done
# section 3.2.7: EXPUNGE, HIGHESTMODSEQ in the tagged OK; both sessions are told of UIDs
C: h STORE 3:4,7,11 +FLAGS.SILENT (\Deleted)
S: * 3 FETCH (UID 3 MODSEQ ($d))
S: * 4 FETCH (UID 4 MODSEQ ($d))
S: * 7 FETCH (UID 7 MODSEQ ($d))
S: * 11 FETCH (UID 11 MODSEQ ($d))
S: h OK STORE done
C: i EXPUNGE
S: * VANISHED 3:4,7,11
S: i OK [HIGHESTMODSEQ $h1] Expunged
! test $h1 -gt $d
2 C: c NOOP
2 S: * VANISHED 3:4,7,11
2 S: * OK [HIGHESTMODSEQ $h1] ...
2 S: c OK NOOP done
# nothing to expunge: nothing said
C: j EXPUNGE
S: j OK EXPUNGE done
# section 3.2.9, and IDLE
2 C: d IDLE
2 S: + idling
C: k UID STORE 1,12 +FLAGS.SILENT (\Deleted)
S: * 1 FETCH (UID 1 MODSEQ ($d2))
S: * 8 FETCH (UID 12 MODSEQ ($d2))
S: k OK UID STORE done
C: l UID EXPUNGE 12
S: * VANISHED 12
S: l OK [HIGHESTMODSEQ $h2] Expunged
2 S+: * VANISHED 12
2 S+: * OK [HIGHESTMODSEQ $h2] ...
2 C: DONE
2 S: d OK IDLE done
# MOVE: RFC 6851 section 4.4
C: m UID MOVE 2,5 Archive
S: * OK [COPYUID $any 2,5 1:2] ...
S: * VANISHED 2,5
S: * OK [HIGHESTMODSEQ $h3] ...
S: m OK UID MOVE done
! test $h3 -gt $h2
# section 3.2.10.2: not during FETCH, STORE, SEARCH, nor a UID SEARCH by numbers. A mod-sequence above that of the expunge that waits is
# not to be gone by (sections 3.2, 6)
C: n UID STORE 8 +FLAGS.SILENT (\Flagged)
S: * 3 FETCH (UID 8 MODSEQ ($f8))
S: n OK UID STORE done
2 C: e FETCH 1 (FLAGS)
2 S: * 1 FETCH (FLAGS (\Deleted inbox))
2 S: * 5 FETCH (UID 8 MODSEQ ($f8) FLAGS (\Flagged inbox))
2 S: * OK [HIGHESTMODSEQ $w1] ...
2 S: e OK FETCH done
! test $w1 -lt $h3 && test $w1 -ge $h2
2 C: f STORE 1 +FLAGS.SILENT (\Seen)
2 S: * OK [HIGHESTMODSEQ $w1] ...
2 S: * 1 FETCH (UID 1 MODSEQ ($s1))
2 S: * OK [HIGHESTMODSEQ $w1] ...
2 S: f OK STORE done
2 C: g UID SEARCH 1:3
2 S: * SEARCH 1
2 S: * OK [HIGHESTMODSEQ $w1] ...
2 S: g OK UID SEARCH done
2 C: h UID SEARCH FLAGGED
2 S: * SEARCH 8
2 S: * VANISHED 2,5
2 S: * OK [HIGHESTMODSEQ $s1] ...
2 S: h OK UID SEARCH done
2 C: i NOOP
2 S: i OK NOOP done
# section 3.2.8: CLOSE tells nothing, and is remembered
2 C: j CLOSE
2 S: j OK CLOSE done
# here is what is left: 6 8 9 10. Section 3.2.6: UID FETCH (CHANGEDSINCE n VANISHED)
3 C: a ENABLE QRESYNC
3 S: * ENABLED QRESYNC
3 S: a OK ENABLE done
3 C: b SELECT INBOX
3 S+: * OK [HIGHESTMODSEQ $h4] ...
3 S+: b OK [READ-WRITE] SELECT done
3 C: c UID FETCH 1:* (FLAGS) (CHANGEDSINCE $h0 VANISHED)
3 S: * VANISHED (EARLIER) 1:5,7,11:12
3 S: * 2 FETCH (UID 8 FLAGS (\Flagged inbox) MODSEQ ($f8))
3 S: c OK UID FETCH done
3 C: d UID FETCH 2:3,6:9 (UID) (CHANGEDSINCE $h1 VANISHED)
3 S: * VANISHED (EARLIER) 2
3 S: * 2 FETCH (UID 8 MODSEQ ($f8))
3 S: d OK UID FETCH done
3 C: e UID FETCH 1:* (FLAGS) (CHANGEDSINCE $h4 VANISHED)
3 S: e OK UID FETCH done
3 C: f FETCH 1:* (FLAGS) (CHANGEDSINCE $h0 VANISHED)
3 S: f BAD ...
3 C: g UID FETCH 1:* (FLAGS) (VANISHED)
3 S: g BAD ...
# what vanishes meanwhile is told without EARLIER
C: o NOOP
S+: o OK NOOP done
C: p UID STORE 6 +FLAGS.SILENT (\Deleted)
S+: p OK UID STORE done
C: q UID EXPUNGE 6
S: * VANISHED 6
S: q OK [HIGHESTMODSEQ $h5] Expunged
3 C: h UID FETCH 1:10 (FLAGS) (CHANGEDSINCE $h2 VANISHED)
3 S: * VANISHED (EARLIER) 1:2,5
3 S: * 2 FETCH (UID 8 FLAGS (\Flagged inbox) MODSEQ ($f8))
3 S: * VANISHED 6
3 S: * OK [HIGHESTMODSEQ $h5] ...
3 S: h OK UID FETCH done
# section 3.2.5: the same by SELECT, behind all that SELECT tells; CLOSED before it (section 3.2.11)
4 C: a ENABLE QRESYNC
4 S: * ENABLED QRESYNC
4 S: a OK ENABLE done
4 C: b SELECT Archive
4 S+: b OK [READ-WRITE] SELECT done
4 C: c SELECT INBOX (QRESYNC ($v $h1))
4 S: * OK [CLOSED] ...
4 S+: * 3 EXISTS
4 S+: * OK [HIGHESTMODSEQ $h5] ...
4 S: * OK [MAILBOXID ($any)] ...
4 S: * VANISHED (EARLIER) 1:2,5:6,12
4 S: * 1 FETCH (UID 8 MODSEQ ($f8) FLAGS (\Flagged inbox))
4 S: c OK [READ-WRITE] SELECT done
4 C: d EXAMINE INBOX (QRESYNC ($v $h0 1:4,9:11) CONDSTORE)
4 S+: * OK [HIGHESTMODSEQ $h5] ...
4 S: * OK [MAILBOXID ($any)] ...
4 S: * VANISHED (EARLIER) 1:4,11
4 S: d OK [READ-ONLY] EXAMINE done
# sequence match data is not needed where all is known: it changes nothing
4 C: e EXAMINE INBOX (QRESYNC ($v $h1 1:12 (1,3 8,10)))
4 S+: * VANISHED (EARLIER) 1:2,5:6,12
4 S: * 1 FETCH (UID 8 MODSEQ ($f8) FLAGS (\Flagged inbox))
4 S: e OK [READ-ONLY] EXAMINE done
4 C: f SELECT INBOX (QRESYNC ($v $h5))
4 S+: * OK [MAILBOXID ($any)] ...
4 S: f OK [READ-WRITE] SELECT done
# another UIDVALIDITY: as if nothing had been asked
4 C: g SELECT INBOX (QRESYNC (67890007 $h0 41,43:211,214:541))
4 S+: * OK [MAILBOXID ($any)] ...
4 S: g OK [READ-WRITE] SELECT done
# bad ones: the mailbox stays selected
4 C: h SELECT INBOX (QRESYNC ($v $h0 1:*))
4 S: h BAD ...
4 C: i SELECT INBOX (QRESYNC ($v 0))
4 S: i BAD ...
4 C: j SELECT INBOX (QRESYNC ($v $h0 1:3 (1:2 1)))
4 S: j BAD ...
4 C: k NOOP
4 S: k OK NOOP done
# section 3.2: annotations count for the mailbox
4 C: l SETMETADATA INBOX (/private/comment "x")
4 S+: l OK SETMETADATA done
4 C: m STATUS INBOX (HIGHESTMODSEQ)
4 S: * STATUS INBOX (HIGHESTMODSEQ $h6)
4 S: m OK STATUS done
! test $h6 -gt $h5
4 C: n SETMETADATA INBOX (/private/comment "x")
4 S: n OK SETMETADATA done
4 C: o STATUS INBOX (HIGHESTMODSEQ)
4 S: * STATUS INBOX (HIGHESTMODSEQ $h6)
4 S: o OK STATUS done
