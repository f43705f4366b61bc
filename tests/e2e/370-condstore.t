# RFC 7162 section 3.1: what enables CONDSTORE, and where mod-sequences are told
connections: 3
messages: 4
# section 3.1.2.1: HIGHESTMODSEQ, always
C: b SELECT INBOX
S+: * OK [HIGHESTMODSEQ $h0] ...
S+: b OK [READ-WRITE] SELECT done
# nothing enabled yet: no MODSEQ
2 C: a SELECT INBOX
2 S+: a OK [READ-WRITE] SELECT done
2 C: b STORE 1 +FLAGS.SILENT (\Flagged)
2 S: b OK STORE done
C: c NOOP
S: * 1 FETCH (UID 1 FLAGS (\Recent \Flagged inbox))
S: c OK NOOP done
# FETCH MODSEQ enables: HIGHESTMODSEQ of the selected mailbox is told, once (example 13)
C: d FETCH 1:3 (MODSEQ)
S: * OK [HIGHESTMODSEQ $h1] ...
S: * 1 FETCH (MODSEQ ($h1))
S: * 2 FETCH (MODSEQ ($m2))
S: * 3 FETCH (MODSEQ ($m3))
S: d OK FETCH done
! test $h1 -gt $h0 && test $m2 -le $h0 && test $m3 -le $h0
C: e FETCH 1 MODSEQ
S: * 1 FETCH (MODSEQ ($h1))
S: e OK FETCH done
# example 14: changes elsewhere come with their MODSEQ; so does the own silent STORE
2 C: c STORE 2 +FLAGS.SILENT (\Deleted)
2 S: c OK STORE done
C: f NOOP
S: * 2 FETCH (UID 2 MODSEQ ($d2) FLAGS (\Recent \Deleted inbox))
S: f OK NOOP done
! test $d2 -gt $h1
C: g STORE 2 +FLAGS.SILENT (\Seen)
S: * 2 FETCH (UID 2 MODSEQ ($s2))
S: g OK STORE done
! test $s2 -gt $d2
C: h STORE 2 -FLAGS (\Seen \Deleted)
S: * 2 FETCH (UID 2 MODSEQ ($u2) FLAGS (\Recent inbox))
S: h OK STORE done
! test $u2 -gt $s2
# section 3.1.11: what changes nothing changes no mod-sequence
C: i STORE 2 -FLAGS (\Seen)
S: * 2 FETCH (UID 2 MODSEQ ($u2) FLAGS (\Recent inbox))
S: i OK STORE done
C: j STORE 2 -FLAGS.SILENT (\Seen)
S: j OK STORE done
# a FETCH that sets \Seen tells UID and MODSEQ, asked for or not (section 3.2.4)
C: k FETCH 3 BODY[]<0.4>
S: * 3 FETCH (BODY[]<0> {4}
S: From FLAGS (\Recent \Seen inbox) UID 3 MODSEQ ($b3))
S: k OK FETCH done
! test $b3 -gt $u2
# what was not asked for and sets nothing is as always
C: l FETCH 3 (FLAGS)
S: * 3 FETCH (FLAGS (\Recent \Seen inbox))
S: l OK FETCH done
# section 3.1.4.1
C: m UID FETCH 1:* (FLAGS) (CHANGEDSINCE $h1)
S: * 2 FETCH (UID 2 FLAGS (\Recent inbox) MODSEQ ($u2))
S: * 3 FETCH (UID 3 FLAGS (\Recent \Seen inbox) MODSEQ ($b3))
S: m OK UID FETCH done
C: n FETCH 1,3 (UID MODSEQ) (CHANGEDSINCE $h1)
S: * 3 FETCH (UID 3 MODSEQ ($b3))
S: n OK FETCH done
C: o FETCH 1:* FLAGS (CHANGEDSINCE $b3)
S: o OK FETCH done
C: p FETCH 4 (MODSEQ) (CHANGEDSINCE 1)
S: * 4 FETCH (MODSEQ ($m4))
S: p OK FETCH done
C: q FETCH 1:* FLAGS (CHANGEDSINCE 9223372036854775807)
S: q OK FETCH done
C: r FETCH 1:* FLAGS (CHANGEDSINCE 0)
S: r BAD ...
C: s FETCH 1:* FLAGS (CHANGEDSINCE 9223372036854775808)
S: s BAD ...
C: t FETCH 1:* FLAGS (CHANGEDSINCE $b3 VANISHED)
S: t BAD ...
C: u FETCH 1:* FLAGS (UNCHANGEDSINCE $b3)
S: u BAD ...
C: v FETCH 5 FLAGS (CHANGEDSINCE $b3)
S: v BAD ...
# section 3.1.7: what SELECT says; new messages have higher ones, by APPEND and COPY too (section 3.1)
C: w STATUS INBOX (UIDNEXT HIGHESTMODSEQ MESSAGES)
S: * STATUS INBOX (MESSAGES 4 UIDNEXT 5 HIGHESTMODSEQ $b3)
S: w OK STATUS done
C: x COPY 1 INBOX
S: * 5 EXISTS
S: * 5 RECENT
S: x OK [COPYUID $any 1 5] COPY done
C: y APPEND INBOX {16+}
C: Subject: new
C: 
C: 
S: * 6 EXISTS
S: * 6 RECENT
S: y OK [APPENDUID $any 6] APPEND done
C: z FETCH 5:6 MODSEQ
S: * 5 FETCH (MODSEQ ($c5))
S: * 6 FETCH (MODSEQ ($a6))
S: z OK FETCH done
! test $c5 -gt $b3 && test $a6 -gt $c5
# section 3.1.8; in LIST RETURN (STATUS), too (RFC 5819)
3 C: a SELECT INBOX (CONDSTORE)
3 S+: * OK [HIGHESTMODSEQ $a6] ...
3 S+: a OK [READ-WRITE] SELECT done
3 C: b FETCH 1 MODSEQ
3 S: * 1 FETCH (MODSEQ ($h1))
3 S: b OK FETCH done
3 C: c EXAMINE INBOX (CONDSTORE CONDSTORE)
3 S: * OK [CLOSED] ...
3 S+: * OK [HIGHESTMODSEQ $a6] ...
3 S+: c OK [READ-ONLY] EXAMINE done
3 C: d FETCH 2 BODY[]<0.4>
3 S: * 2 FETCH (BODY[]<0> {4}
3 S: From)
3 S: d OK FETCH done
3 C: e SELECT INBOX (CONDSTORE
3 S: e BAD ...
3 C: f SELECT INBOX (NOCONDSTORE)
3 S: f BAD ...
3 C: g SELECT INBOX ()
3 S: g BAD ...
3 C: h LIST "" INBOX RETURN (STATUS (HIGHESTMODSEQ))
3 S: * LIST (\HasNoChildren) "/" INBOX
3 S: * STATUS INBOX (HIGHESTMODSEQ $a6)
3 S: h OK LIST done
# STATUS enables, with HIGHESTMODSEQ of what is selected
2 C: d STATUS INBOX (HIGHESTMODSEQ)
2 S: * OK [HIGHESTMODSEQ $h2] ...
2 S: * STATUS INBOX (HIGHESTMODSEQ $a6)
2 S=: * 2 FETCH (UID 2 MODSEQ ($u2) FLAGS (inbox))
2 S=: * 3 FETCH (UID 3 MODSEQ ($b3) FLAGS (\Seen inbox))
2 S=: * 6 EXISTS
2 S=: * 0 RECENT
2 S: d OK STATUS done
! test $h2 -lt $u2
