# RFC 7162: whoever has heard of a mod-sequence has heard of all changes up to it; NOOP, IDLE, expunges, a lost connection
connections: 3
messages: 5
C: a ENABLE CONDSTORE
S: * ENABLED CONDSTORE
S: a OK ENABLE done
C: b SELECT INBOX
S+: * OK [HIGHESTMODSEQ $h0] ...
S+: b OK [READ-WRITE] SELECT done
2 C: a SELECT INBOX
2 S+: a OK [READ-WRITE] SELECT done
# IDLE
C: c IDLE
S: + idling
2 C: b STORE 1 +FLAGS.SILENT (\Flagged)
2 S: b OK STORE done
S: * 1 FETCH (UID 1 MODSEQ ($m1) FLAGS (\Recent \Flagged inbox))
2 C: c STORE 2:3 +FLAGS.SILENT (work)
2 S: c OK STORE done
S: * 2 FETCH (UID 2 MODSEQ ($m2) FLAGS (\Recent inbox work))
S: * 3 FETCH (UID 3 MODSEQ ($m2) FLAGS (\Recent inbox work))
C: DONE
S: c OK IDLE done
! test $m1 -gt $h0 && test $m2 -gt $m1
# set and taken back: the message is as it was, its mod-sequence is not
2 C: d STORE 4 +FLAGS.SILENT (\Seen)
2 S: d OK STORE done
2 C: e STORE 4 -FLAGS.SILENT (\Seen)
2 S: e OK STORE done
C: d NOOP
S: * 4 FETCH (UID 4 MODSEQ ($m4) FLAGS (\Recent inbox))
S: d OK NOOP done
! test $m4 -gt $m2
# what others did before a STORE is told before its own MODSEQ ends the command
2 C: f STORE 5 +FLAGS.SILENT (\Draft)
2 S: f OK STORE done
C: e STORE 1 +FLAGS.SILENT (\Seen)
S: * 5 FETCH (UID 5 MODSEQ ($m5) FLAGS (\Recent \Draft inbox))
S: * 1 FETCH (UID 1 MODSEQ ($s1))
S: e OK STORE done
! test $s1 -gt $m5
# likewise FETCH and SEARCH, before their tagged OK
2 C: g STORE 5 -FLAGS.SILENT (\Draft)
2 S+: g OK STORE done
2 C: h STORE 3 -FLAGS.SILENT (work)
2 S: h OK STORE done
C: f FETCH 3 (MODSEQ)
S: * 3 FETCH (MODSEQ ($n3))
S: * 3 FETCH (UID 3 MODSEQ ($n3) FLAGS (\Recent inbox))
S: * 5 FETCH (UID 5 MODSEQ ($n5) FLAGS (\Recent inbox))
S: f OK FETCH done
! test $n5 -lt $n3
# a pipelined pair of STOREs: the second mod-sequence is higher
C-: g STORE 1 -FLAGS.SILENT (\Seen)$hex(0d0a)h STORE 2 +FLAGS.SILENT (\Seen)$hex(0d0a)
S: * 1 FETCH (UID 1 MODSEQ ($p1))
S: g OK STORE done
S: * 2 FETCH (UID 2 MODSEQ ($p2))
S: h OK STORE done
! test $p2 -gt $p1
# the client goes away here, with HIGHESTMODSEQ $p2: what it misses is in CHANGEDSINCE, and in UID SEARCH
C: <close>
2 C: i UID STORE 3 +FLAGS.SILENT (\Deleted)
2 S+: i OK UID STORE done
2 C: j UID EXPUNGE 3
2 S: * 3 EXPUNGE
2 S: j OK UID EXPUNGE done
2 C: k UID STORE 4 +FLAGS.SILENT (\Answered)
2 S: k OK UID STORE done
! deliver plain.eml INBOX
2 C: l NOOP
2 S: * 5 EXISTS
2 S: * 1 RECENT
2 S: l OK NOOP done
3 C: a SELECT INBOX (CONDSTORE)
3 S+: * OK [HIGHESTMODSEQ $h3] ...
3 S+: a OK [READ-WRITE] SELECT done
! test $h3 -gt $p2
3 C: b UID FETCH 1:5 (FLAGS) (CHANGEDSINCE $p2)
3 S: * 3 FETCH (UID 4 FLAGS (\Answered inbox) MODSEQ ($a4))
3 S: b OK UID FETCH done
3 C: c UID FETCH 6:* (MODSEQ) (CHANGEDSINCE $p2)
3 S: * 5 FETCH (UID 6 MODSEQ ($h3))
3 S: c OK UID FETCH done
3 C: d UID FETCH 1:* (FLAGS) (CHANGEDSINCE $h3)
3 S: d OK UID FETCH done
! test $h3 -gt $a4
