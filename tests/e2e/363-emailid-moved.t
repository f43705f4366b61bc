# 363-emailid-moved.t   RFC 8474 section 5.1: the same EMAILID for the same mailbox and UID, though another program moves the file
connections: 2
messages: 2
folder: Archive
config: [mail] all = All
1 C: a SELECT INBOX
1 S+: a OK ...
1 C: b FETCH 1:2 (EMAILID X-GM-MSGID)
1 S: * 1 FETCH (EMAILID ($one) X-GM-MSGID $n)
1 S: * 2 FETCH (EMAILID ($two) X-GM-MSGID $any)
1 S: b OK ...
2 C: a SELECT All
2 S+: a OK ...
! mv INBOX/cur/*M2* Archive/cur/; mv INBOX/cur/*M1* Archive/cur/renamed.by.mutt:2,
2 C: b UID FETCH 1:2 EMAILID
2 S=: * 1 FETCH (UID 1 EMAILID ($one))
2 S=: * 2 FETCH (UID 2 EMAILID ($two))
2 S: b OK ...
1 C: c SELECT Archive
1 S+: c OK ...
1 C: d SEARCH OR EMAILID $one EMAILID $two
1 S: * SEARCH 1 2
1 S: d OK ...
2 C: c UID FETCH 1:2 EMAILID
2 S: * 1 FETCH (UID 1 EMAILID ($one))
2 S: * 2 FETCH (UID 2 EMAILID ($two))
2 S: c OK ...
2 C: d UID SEARCH X-GM-MSGID $n
2 S: * SEARCH 1
2 S: d OK ...
