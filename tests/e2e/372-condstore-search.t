# RFC 7162 sections 3.1.5, 3.1.6, 3.1.9, 3.1.10, RFC 4731 section 3.2: SEARCH MODSEQ
connections: 2
messages: 6
folder: Archive
select: INBOX
C: a STORE 5 +FLAGS.SILENT (\Draft)
S: a OK STORE done
C: b STORE 2 +FLAGS.SILENT (\Draft)
S: b OK STORE done
C: c STORE 3 +FLAGS.SILENT (\Flagged)
S: c OK STORE done
# MODSEQ among the keys enables; 0 matches all, also in a NOT
C: d SEARCH NOT MODSEQ 0
S: * OK [HIGHESTMODSEQ $h] ...
S: * SEARCH
S: d OK SEARCH done
C: e UID FETCH 1:5 MODSEQ
S: * 1 FETCH (UID 1 MODSEQ ($m1))
S: * 2 FETCH (UID 2 MODSEQ ($m2))
S: * 3 FETCH (UID 3 MODSEQ ($h))
S: * 4 FETCH (UID 4 MODSEQ ($m1))
S: * 5 FETCH (UID 5 MODSEQ ($m5))
S: e OK UID FETCH done
# example 15: equal or greater; an entry is read and says nothing here
C: f SEARCH MODSEQ "/flags/\\draft" all $m5
S: * SEARCH 2 3 5 (MODSEQ $h)
S: f OK SEARCH done
C: g UID SEARCH MODSEQ $m5 DRAFT
S: * SEARCH 2 5 (MODSEQ $m2)
S: g OK UID SEARCH done
# example 16: nothing found, no MODSEQ
C: h SEARCH OR NOT MODSEQ $m1 LARGER 50000
S: * SEARCH
S: h OK SEARCH done
C: i SEARCH MODSEQ 9223372036854775807
S: * SEARCH
S: i OK SEARCH done
C: j SEARCH MODSEQ "/flags/$MDNSent" priv $h
S: * SEARCH 3 (MODSEQ $h)
S: j OK SEARCH done
C: k SEARCH DRAFT
S: * SEARCH 2 5
S: k OK SEARCH done
# example 19; MIN and MAX alone: of what they return
C: l SEARCH RETURN (ALL) MODSEQ $m5
S: * ESEARCH (TAG "l") ALL 2:3,5 MODSEQ $h
S: l OK SEARCH done
C: m SEARCH RETURN (MIN) MODSEQ $m5
S: * ESEARCH (TAG "m") MIN 2 MODSEQ $m2
S: m OK SEARCH done
C: n SEARCH RETURN (MAX) MODSEQ $m5
S: * ESEARCH (TAG "n") MAX 5 MODSEQ $m5
S: n OK SEARCH done
C: o SEARCH RETURN (MIN MAX) MODSEQ $m5
S: * ESEARCH (TAG "o") MIN 2 MAX 5 MODSEQ $m2
S: o OK SEARCH done
C: p SEARCH RETURN (MIN COUNT) MODSEQ $m5
S: * ESEARCH (TAG "p") MIN 2 COUNT 3 MODSEQ $h
S: p OK SEARCH done
C: q SEARCH RETURN (COUNT) MODSEQ 9223372036854775807
S: * ESEARCH (TAG "q") COUNT 0
S: q OK SEARCH done
C: r SEARCH RETURN (SAVE) MODSEQ $m2
S: r OK SEARCH done
C: s UID FETCH $ FLAGS
S: * 2 FETCH (UID 2 FLAGS (\Recent \Draft inbox))
S: * 3 FETCH (UID 3 FLAGS (\Recent \Flagged inbox))
S: s OK UID FETCH done
# SORT and example 20; THREAD is as always
C: t SORT (REVERSE SUBJECT) UTF-8 MODSEQ $m5
S: * SORT 5 3 2 (MODSEQ $h)
S: t OK SORT done
C: u UID SORT RETURN (ALL) (REVERSE SUBJECT) UTF-8 MODSEQ $m5
S: * ESEARCH (TAG "u") UID ALL 5,3,2 MODSEQ $h
S: u OK UID SORT done
C: v SORT RETURN (MIN) (REVERSE SUBJECT) UTF-8 MODSEQ $m5
S: * ESEARCH (TAG "v") MIN 5 MODSEQ $m5
S: v OK SORT done
C: w SORT (SUBJECT) UTF-8 MODSEQ 9223372036854775807
S: * SORT
S: w OK SORT done
C: x THREAD ORDEREDSUBJECT UTF-8 MODSEQ $m2
S: * THREAD (2)(3)
S: x OK THREAD done
# several mailboxes, each with its own (RFC 7377)
C: y COPY 4 Archive
S: y OK [COPYUID $any 4 1] COPY done
C: z ESEARCH IN (personal) RETURN (COUNT) MODSEQ $m2
S=: * ESEARCH (TAG "z" MAILBOX Archive UIDVALIDITY $any) UID COUNT 1 MODSEQ $c
S=: * ESEARCH (TAG "z" MAILBOX INBOX UIDVALIDITY $any) UID COUNT 2 MODSEQ $h
S: z OK ESEARCH done
! test $c -gt $h
# in a filter, too (RFC 5466)
C: aa SETMETADATA "" ("/private/filters/values/fresh" "MODSEQ $m2")
S: aa OK SETMETADATA done
C: ab SEARCH FILTER fresh
S: * SEARCH 2 3 (MODSEQ $h)
S: ab OK SEARCH done
C: ba SEARCH MODSEQ
S: ba BAD ...
C: bb SEARCH MODSEQ 9223372036854775808
S: bb BAD ...
C: bc SEARCH MODSEQ "/flags/\\draft" $h
S: bc BAD ...
C: bd SEARCH MODSEQ "/flags/\\draft" some $h
S: bd BAD ...
C: be SEARCH MODSEQ "draft" all $h
S: be BAD ...
# RFC 9051: ESEARCH without RETURN
2 C: a CLOSE
2 S: a OK CLOSE done
2 C: b ENABLE IMAP4rev2 CONDSTORE
2 S: * ENABLED IMAP4rev2 CONDSTORE
2 S: b OK ENABLE done
2 C: c SELECT INBOX
2 S+: c OK [READ-WRITE] SELECT done
2 C: d SEARCH MODSEQ $m2
2 S: * ESEARCH (TAG "d") ALL 2:3 MODSEQ $h
2 S: d OK SEARCH done
2 C: e SORT (REVERSE SUBJECT) UTF-8 MODSEQ $m2
2 S: * SORT 3 2 (MODSEQ $h)
2 S: e OK SORT done
