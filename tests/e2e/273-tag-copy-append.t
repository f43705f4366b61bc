# COPY and APPEND into a tag give it; into what is found, not put, they are refused. COPYUID and APPENDUID tell of the
# mailbox that was asked for (RFC 4315).
messages: 4
folder: Work
config: [mail] tags = Tags
config: [mail] queries = Queries
config: [mail] all = All
config: [mail] flagged = Flagged
config: [mail] append = Work
! notmuch config set --database query.q from:ann
! notmuch tag +old -- id:4@example.org
! cp INBOX/cur/*.M2.* Work/cur/2000000000.again.test:2,
C: a SELECT INBOX
S+: a OK ...
# only CREATE makes a mailbox (RFC 9051 6.4.7)
C: b0 COPY 1:2 Tags/new
S: b0 NO [TRYCREATE] ...
C: b1 APPEND Tags/new {113}
S: b1 NO [TRYCREATE] ...
C: b2 MOVE 1 Tags/new
S: b2 NO [TRYCREATE] ...
C: b3 CREATE Tags/new
S: b3 OK ...
C: b COPY 1:2 Tags/new
S+: b OK [COPYUID $new 1:2 1:2] COPY done
C: c STATUS Tags/new (MESSAGES UIDNEXT UIDVALIDITY)
S: * STATUS Tags/new (MESSAGES 2 UIDNEXT 3 UIDVALIDITY $new)
S: c OK ...
# again: they are where they were
C: d UID COPY 2:3 Tags/new
S+: d OK [COPYUID $new 2:3 2:3] ...
!~ notmuch search --output=messages tag:new
> id:3@example.org
> id:2@example.org
> id:1@example.org
# several files of one message: it is there once
C: e SELECT Work
S+: e OK ...
C: f COPY 1 Tags/new
S: f OK [COPYUID $new 1 2] COPY done
C: g COPY 1 Queries/q
S: g NO [CANNOT] ...
C: h COPY 1 All
S: h NO [CANNOT] ...
C: i COPY 1 Flagged
S+: i OK [COPYUID $flagged 1 1] COPY done
C: j COPY 1 Queries/none
S: j NO [TRYCREATE] ...
C: k COPY 1 Tags/bad=
S: k NO [TRYCREATE] ...
# from a tag to a tag, to a folder
C: l SELECT Tags/new
S+: l OK ...
C: m0 CREATE Tags/newer
S: m0 OK ...
C: m COPY 1 Tags/newer
S+: m OK [COPYUID $any 1 1] COPY done
C: n COPY 1 Work
S+: n OK [COPYUID $work 1 2] COPY done
C: o COPY 2 Tags/new
S: o OK [COPYUID $new 2 2] COPY done
# APPEND: the file lies in the configured folder, and the UID is that of the tag mailbox
C: p APPEND Tags/new (\Seen extra) {113+}
C: From: Ann Example <ann@example.org>
C: Subject: Appended
C: Message-ID: <appended@example.org>
C: 
C: This is appended.
C: 
S: * 4 EXISTS
S: * 4 RECENT
S: p OK [APPENDUID $new 4] APPEND done
C: q FETCH 4 (UID FLAGS RFC822.SIZE)
S: * 4 FETCH (UID 4 FLAGS (\Recent \Seen extra inbox new) RFC822.SIZE 113)
S: q OK ...
!~ notmuch search --output=files id:appended@example.org | sed 's,.*/mail/,,; s,[^/]*:,:,'
> Work/cur/:2,S
# the same message once more: in the folder twice, in the tag once
C: r APPEND Tags/new {113+}
C: From: Ann Example <ann@example.org>
C: Subject: Appended
C: Message-ID: <appended@example.org>
C: 
C: This is appended.
C: 
S: r OK [APPENDUID $new 4] APPEND done
C: s STATUS Work (MESSAGES)
S: * STATUS Work (MESSAGES 4)
S: s OK ...
C: t APPEND Flagged {113+}
C: From: Ann Example <ann@example.org>
C: Subject: Appended
C: Message-ID: <appende2@example.org>
C: 
C: This is appended.
C: 
S: t OK [APPENDUID $flagged 2] APPEND done
C: u APPEND All {119}
S: u NO [CANNOT] ...
C: v APPEND Queries/q {119}
S: v NO [CANNOT] ...
C: w APPEND Queries/none {119}
S: w NO [TRYCREATE] ...
