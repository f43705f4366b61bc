# Mod-sequences of mailboxes of tags and queries, and what other programs do: notmuch tag, an MDA, a reader that renames files
connections: 3
messages: 4
config: [mail] tags = Tags
config: [mail] queries = Queries
config: [mail] all = All
config: [mail] flagged = Flagged
! notmuch tag +todo id:1@example.org id:2@example.org
! notmuch config set --database query.q tag:todo
C: a SELECT Tags/todo (CONDSTORE)
S+: * OK [HIGHESTMODSEQ $t0] ...
S+: a OK [READ-WRITE] SELECT done
2 C: a SELECT Queries/q (CONDSTORE)
2 S+: * OK [HIGHESTMODSEQ $q0] ...
2 S+: a OK [READ-WRITE] SELECT done
3 C: a SELECT All (CONDSTORE)
3 S+: * OK [HIGHESTMODSEQ $a0] ...
3 S+: a OK [READ-WRITE] SELECT done
3 C: b FETCH 1:* MODSEQ
3 S: * 1 FETCH (MODSEQ ($any))
3 S: * 2 FETCH (MODSEQ ($any))
3 S: * 3 FETCH (MODSEQ ($any))
3 S: * 4 FETCH (MODSEQ ($any))
3 S: b OK FETCH done
# a change in one mailbox has its mod-sequence in each
C: b STORE 1 (UNCHANGEDSINCE $t0) +FLAGS.SILENT (\Flagged)
S: * 1 FETCH (UID 1 MODSEQ ($f))
S: b OK STORE done
2 C: b NOOP
2 S: * 1 FETCH (UID 1 MODSEQ ($f) FLAGS (\Recent \Flagged inbox todo))
2 S: b OK NOOP done
3 C: c NOOP
3 S: * 1 FETCH (UID 1 MODSEQ ($f) FLAGS (\Recent \Flagged inbox todo))
3 S: c OK NOOP done
3 C: d STATUS Flagged (HIGHESTMODSEQ MESSAGES)
3 S: * STATUS Flagged (MESSAGES 1 HIGHESTMODSEQ $any)
3 S: d OK STATUS done
# notmuch tag: flags and keywords, and messages that come and go
! notmuch tag +work id:2@example.org
C: c NOOP
S: * 2 FETCH (UID 2 MODSEQ ($w) FLAGS (\Recent inbox todo work))
S: c OK NOOP done
! test $w -gt $f
3 C: e NOOP
3 S: * 2 FETCH (UID 2 MODSEQ ($w) FLAGS (\Recent inbox todo work))
3 S: e OK NOOP done
! notmuch tag +todo id:3@example.org
! notmuch tag -todo id:1@example.org
C: d NOOP
S: * 1 EXPUNGE
S: * 2 EXISTS
S: * 2 RECENT
S: d OK NOOP done
C: e UID FETCH 3:* MODSEQ (CHANGEDSINCE $w)
S: * 2 FETCH (UID 3 MODSEQ ($n))
S: e OK UID FETCH done
C: f STATUS Tags/todo (HIGHESTMODSEQ)
S: * STATUS Tags/todo (HIGHESTMODSEQ $t1)
S: f OK STATUS done
! test $t1 -ge $n
2 C: c NOOP
2 S+: c OK NOOP done
2 C: d UID SEARCH MODSEQ $w
2 S: * SEARCH 2 3 (MODSEQ $any)
2 S: d OK UID SEARCH done
# UNCHANGEDSINCE decides by what is there when it changes: by the tag that notmuch has set
3 C: f NOOP
3 S+: f OK NOOP done
! notmuch tag +more id:4@example.org
3 C: g STORE 4 (UNCHANGEDSINCE $n) +FLAGS.SILENT (\Seen)
3 S: * 4 FETCH (UID 4 MODSEQ ($m) FLAGS (\Recent inbox more))
3 S: * 4 FETCH (UID 4 MODSEQ ($m) FLAGS (\Recent inbox more))
3 S: g OK [MODIFIED 4] ...
! test $m -gt $n
# an MDA, and a reader that renames the file
! deliver plain.eml INBOX
3 C: h NOOP
3 S+: h OK NOOP done
3 C: i FETCH 5 MODSEQ
3 S: * 5 FETCH (MODSEQ ($d))
3 S: i OK FETCH done
! test $d -gt $m
! mv INBOX/cur/*M2* "INBOX/cur/$(basename INBOX/cur/*M2* | sed s/:.*//):2,RS"
3 C: j SELECT INBOX
3 S+: j OK [READ-WRITE] SELECT done
3 C: k UID FETCH 2 (FLAGS) (CHANGEDSINCE $d)
3 S: * 2 FETCH (UID 2 FLAGS (\Recent \Seen \Answered inbox todo work) MODSEQ ($r))
3 S: k OK UID FETCH done
! test $r -gt $d
