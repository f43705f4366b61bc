# RFC 7162 section 3.1.3: STORE (UNCHANGEDSINCE)
connections: 2
messages: 9
select: INBOX
# example 5: the first enabling command; HIGHESTMODSEQ comes before. Numbers in any order, a message named twice
C: a UID STORE 6,4,8,4:6 (UNCHANGEDSINCE 9223372036854775807) +FLAGS.SILENT (\Deleted)
S: * OK [HIGHESTMODSEQ $h0] ...
S: * 4 FETCH (UID 4 MODSEQ ($m4))
S: * 5 FETCH (UID 5 MODSEQ ($m4))
S: * 6 FETCH (UID 6 MODSEQ ($m4))
S: * 8 FETCH (UID 8 MODSEQ ($m4))
S: a OK UID STORE done
! test $m4 -gt $h0
# example 4; not silent, with the flags
C: b STORE * (UNCHANGEDSINCE $h0) +FLAGS.SILENT (\Deleted $Processed)
S: * 9 FETCH (UID 9 MODSEQ ($m9))
S: b OK STORE done
C: c STORE 9 (UNCHANGEDSINCE $m9) -FLAGS (\Deleted)
S: * 9 FETCH (UID 9 MODSEQ ($n9) FLAGS (\Recent $Processed inbox))
S: c OK STORE done
! test $n9 -gt $m9
# example 6: those that fail are told of, in the tagged OK and by FETCH; the others are changed
C: d STORE 9,3,4 (UNCHANGEDSINCE $h0) +FLAGS.SILENT (\Draft)
S: * 3 FETCH (UID 3 MODSEQ ($m3))
S: * 4 FETCH (UID 4 MODSEQ ($m4) FLAGS (\Recent \Deleted inbox))
S: * 9 FETCH (UID 9 MODSEQ ($n9) FLAGS (\Recent $Processed inbox))
S: d OK [MODIFIED 4,9] ...
C: e UID FETCH 3:4,9 FLAGS
S: * 3 FETCH (UID 3 FLAGS (\Recent \Draft inbox))
S: * 4 FETCH (UID 4 FLAGS (\Recent \Deleted inbox))
S: * 9 FETCH (UID 9 FLAGS (\Recent $Processed inbox))
S: e OK UID FETCH done
# what changes nothing passes, and tells the MODSEQ that the message has
C: f STORE 3 (UNCHANGEDSINCE $m3) +FLAGS.SILENT (\Draft)
S: * 3 FETCH (UID 3 MODSEQ ($m3))
S: f OK STORE done
# examples 7 and 8: 0 always fails for flags, and for a keyword that is there
C: g STORE 2 (UNCHANGEDSINCE 0) +FLAGS.SILENT (\Seen)
S: * 2 FETCH (UID 2 MODSEQ ($h0) FLAGS (\Recent inbox))
S: g OK [MODIFIED 2] ...
C: h STORE 2 (UNCHANGEDSINCE 0) +FLAGS.SILENT ($MDNSent)
S: * 2 FETCH (UID 2 MODSEQ ($m2))
S: h OK STORE done
C: i STORE 2 (UNCHANGEDSINCE 0) +FLAGS.SILENT ($MDNSent)
S: * 2 FETCH (UID 2 MODSEQ ($m2) FLAGS (\Recent $MDNSent inbox))
S: i OK [MODIFIED 2] ...
C: j STORE 2 (UNCHANGEDSINCE 0) FLAGS.SILENT ()
S: * 2 FETCH (UID 2 MODSEQ ($m2) FLAGS (\Recent $MDNSent inbox))
S: j OK [MODIFIED 2] ...
# example 10: another one was first
2 C: a STORE 1 +FLAGS.SILENT ($Processed)
2 S+: a OK STORE done
C: k STORE 1,7 (UNCHANGEDSINCE $h0) +FLAGS.SILENT ($Processed)
S: * 1 FETCH (UID 1 MODSEQ ($m1) FLAGS (\Recent $Processed inbox))
S: * 1 FETCH (UID 1 MODSEQ ($m1) FLAGS (\Recent $Processed inbox))
S: * 7 FETCH (UID 7 MODSEQ ($m7))
S: k OK [MODIFIED 1] ...
# the client tries again
C: l STORE 1 (UNCHANGEDSINCE $m1) +FLAGS.SILENT (\Seen)
S: * 1 FETCH (UID 1 MODSEQ ($n1))
S: l OK STORE done
! test $n1 -gt $m7
# example 11: some are gone, one has changed
2 C: b NOOP
2 S+: b OK NOOP done
2 C: c EXPUNGE
2 S: * 4 EXPUNGE
2 S: * 4 EXPUNGE
2 S: * 4 EXPUNGE
2 S: * 5 EXPUNGE
2 S: c OK EXPUNGE done
C: m STORE 1:4 (UNCHANGEDSINCE $n1) +FLAGS.SILENT (\Flagged)
S: * 1 FETCH (UID 1 MODSEQ ($f1))
S: * 2 FETCH (UID 2 MODSEQ ($f1))
S: * 3 FETCH (UID 3 MODSEQ ($f1))
S: m NO [EXPUNGEISSUED] ...
C: n STORE 3:5 (UNCHANGEDSINCE $n1) +FLAGS.SILENT (\Flagged)
S: * 3 FETCH (UID 3 MODSEQ ($f1) FLAGS (\Recent \Flagged \Draft inbox))
S: n NO [MODIFIED 3] ...
C: o UID STORE 3:5 (UNCHANGEDSINCE $n1) +FLAGS.SILENT (\Flagged)
S: * 3 FETCH (UID 3 MODSEQ ($f1) FLAGS (\Recent \Flagged \Draft inbox))
S: * 4 EXPUNGE
S: * 4 EXPUNGE
S: * 4 EXPUNGE
S: * 5 EXPUNGE
S: o OK [MODIFIED 3] ...
# the MODSEQ of a row that somebody else has changed meanwhile comes with all its flags
2 C: d STORE 4 +FLAGS.SILENT (\Answered)
2 S+: d OK STORE done
C: p STORE 4 +FLAGS.SILENT (\Flagged)
S: * 4 FETCH (UID 7 MODSEQ ($a7) FLAGS (\Recent \Answered $Processed inbox))
S: * 4 FETCH (UID 7 MODSEQ ($b7))
S: p OK STORE done
# labels are changes like others
C: q STORE 2 (UNCHANGEDSINCE $f1) +X-GM-LABELS.SILENT (later)
S: * 2 FETCH (UID 2 MODSEQ ($l2) FLAGS (\Recent \Flagged $MDNSent inbox later))
S: q OK STORE done
C: r STORE 2 (UNCHANGEDSINCE $f1) -X-GM-LABELS (later)
S: * 2 FETCH (UID 2 MODSEQ ($l2) FLAGS (\Recent \Flagged $MDNSent inbox later))
S: r OK [MODIFIED 2] ...
C: s STORE 2 (UNCHANGEDSINCE $l2) +X-GM-LABELS.SILENT (later)
S: * 2 FETCH (UID 2 MODSEQ ($l2))
S: s OK STORE done
C: t STORE 2 (UNCHANGEDSINCE -1) +FLAGS (\Seen)
S: t BAD ...
C: u STORE 2 (UNCHANGEDSINCE 9223372036854775808) +FLAGS (\Seen)
S: u BAD ...
C: v STORE 2 (UNCHANGEDSINCE 1 UNCHANGEDSINCE 1) +FLAGS (\Seen)
S: v BAD ...
C: w STORE 2 (UNCHANGEDSINCE 1) FLAGS
S: w BAD ...
C: x EXAMINE INBOX
S+: x OK [READ-ONLY] EXAMINE done
C: y STORE 2 (UNCHANGEDSINCE $l2) +FLAGS (\Seen)
S: y NO [NOPERM] ...
