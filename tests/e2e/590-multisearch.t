# 590-multisearch.t   RFC 7377: ESEARCH over several mailboxes
config: [mail] tags = Tags
config: [mail] all = All
messages: 3
folder: folder1
mail: plain.eml folder1
mail: nested.eml folder1 S
folder: folder2
folder: folder2/banana
mail: nested.eml folder2/banana
folder: folder2/banana/split
mail: plain.eml folder2/banana/split
folder: Grün
login: yes
! deliver eightbit.eml Grün; notmuch new --quiet; notmuch tag +todo -- id:plain@example.org
# Not while nothing is selected, unless it says where
C: a ESEARCH ALL
S: a BAD ...
C: b ESEARCH IN (selected mailboxes folder1) ALL
S: b BAD ...
C: c ESEARCH IN (mailboxes "folder1" subtree "folder2") UNSEEN
S=: * ESEARCH (TAG "c" MAILBOX folder1 UIDVALIDITY $v1) UID ALL 1
S=: * ESEARCH (TAG "c" MAILBOX folder2/banana/split UIDVALIDITY $v3) UID ALL 1
S: c OK ...
C: d ESEARCH IN (mailboxes "folder1" subtree-one "folder2") SUBJECT "complex"
S: * ESEARCH (TAG "d" MAILBOX folder1 UIDVALIDITY $v1) UID ALL 2
S: * ESEARCH (TAG "d" MAILBOX folder2/banana UIDVALIDITY $v2) UID ALL 1
S: d OK ...
# Nothing is selected by it, nothing said of mailboxes without a match, nor of those that are not there
C: e SEARCH ALL
S: e BAD ...
C: f ESEARCH IN (mailboxes (folder1 folder1 folder3 "Nowhere") subtree Nowhere) RETURN (COUNT) SUBJECT nothing
S: f OK ...
C: g ESEARCH IN (inboxes) RETURN (MIN MAX COUNT) BODY "inside"
S: * ESEARCH (TAG "g" MAILBOX folder1 UIDVALIDITY $v1) UID MIN 2 MAX 2 COUNT 1
S: * ESEARCH (TAG "g" MAILBOX folder2/banana UIDVALIDITY $v2) UID MIN 1 MAX 1 COUNT 1
S: g OK ...
C: h SELECT INBOX
S+: * OK [UIDVALIDITY $v0] ...
S+: h OK ...
C: i ESEARCH RETURN (SAVE MIN) 2:9
S: * ESEARCH (TAG "i" MAILBOX INBOX UIDVALIDITY $v0) UID MIN 2
S: i OK ...
C: j ESEARCH IN (selected mailboxes folder1) OR $ KEYWORD todo
S: * ESEARCH (TAG "j" MAILBOX INBOX UIDVALIDITY $v0) UID ALL 2
S: * ESEARCH (TAG "j" MAILBOX folder1 UIDVALIDITY $v1) UID ALL 1
S: j OK ...
C: k UID ESEARCH IN (selected) 3:100
S: * ESEARCH (TAG "k" MAILBOX INBOX UIDVALIDITY $v0) UID ALL 3
S: k OK ...
C: l ESEARCH IN (personal) RETURN (SAVE) ALL
S: l BAD ...
C: m ESEARCH IN (selected-delayed) ALL
S: m BAD ...
C: n ESEARCH IN (personal (scope)) ALL
S: n BAD ...
# All that is the user's: tags and All too; in "inboxes" no message is twice. Of tags only those are opened that a found message has
C: o0 ESEARCH IN (personal) RETURN (COUNT) SUBJECT complex UNKEYWORD todo
S=: * ESEARCH (TAG "o0" MAILBOX folder1 UIDVALIDITY $v1) UID COUNT 1
S=: * ESEARCH (TAG "o0" MAILBOX folder2/banana UIDVALIDITY $v2) UID COUNT 1
S=: * ESEARCH (TAG "o0" MAILBOX All UIDVALIDITY $any) UID COUNT 1
S=: * ESEARCH (TAG "o0" MAILBOX Tags/inbox UIDVALIDITY $any) UID COUNT 1
S: o0 OK ...
C: o ESEARCH IN (personal) X-GM-RAW "id:eightbit@example.org"
S=: * ESEARCH (TAG "o" MAILBOX Gr&APw-n UIDVALIDITY $v4) UID ALL 1
S=: * ESEARCH (TAG "o" MAILBOX All UIDVALIDITY $any) UID ALL $any
S=: * ESEARCH (TAG "o" MAILBOX Tags/inbox UIDVALIDITY $any) UID ALL $any
S: o OK ...
C: o1 ESEARCH IN (personal) RETURN (COUNT) 1 KEYWORD todo
S=: * ESEARCH (TAG "o1" MAILBOX folder1 UIDVALIDITY $v1) UID COUNT 1
S=: * ESEARCH (TAG "o1" MAILBOX folder2/banana/split UIDVALIDITY $v3) UID COUNT 1
S=: * ESEARCH (TAG "o1" MAILBOX Tags/todo UIDVALIDITY $any) UID COUNT 1
S: o1 OK ...
C: p ESEARCH IN (inboxes subscribed mailboxes Tags/todo) KEYWORD todo
S=: * ESEARCH (TAG "p" MAILBOX folder1 UIDVALIDITY $v1) UID ALL 1
S=: * ESEARCH (TAG "p" MAILBOX folder2/banana/split UIDVALIDITY $v3) UID ALL 1
S=: * ESEARCH (TAG "p" MAILBOX Tags/todo UIDVALIDITY $any) UID ALL 1
S: p OK ...
C: q ESEARCH IN (inboxes) RETURN (ALL RELEVANCY) FUZZY TEXT "message complex"
S=: * ESEARCH (TAG "q" MAILBOX folder1 UIDVALIDITY $v1) UID ALL 2 RELEVANCY (85)
S=: * ESEARCH (TAG "q" MAILBOX folder2/banana UIDVALIDITY $v2) UID ALL 1 RELEVANCY (85)
S: q OK ...
C: r ESEARCH IN (inboxes) INTHREAD FROM ann
S+: r OK ...
C: s ESEARCH IN (inboxes) CHARSET KOI8-R SUBJECT x
S: s NO [BADCHARSET (US-ASCII UTF-8)] ...
C: t ESEARCH IN (inboxes) X-GM-RAW "from:ann or"
S: t NO [CANNOT] notmuch does not understand the query: ...
C: u SEARCH ALL
S: * SEARCH 1 2 3
S: u OK ...
C: v UNSELECT
S: v OK ...
C: w ENABLE IMAP4rev2
S: * ENABLED IMAP4rev2
S: w OK ...
C: x ESEARCH IN (mailboxes "Grün") ALL
S: * ESEARCH (TAG "x" MAILBOX "Grün" UIDVALIDITY $v4) UID ALL 1
S: x OK ...
