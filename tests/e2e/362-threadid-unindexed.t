# 362-threadid-unindexed.t   Without a notmuch database there are no threads, and everything else
notmuch: no
messages: 2
# nor can one be made
! touch .notmuch
C: s SELECT INBOX
S+: s OK ...
C: a FETCH 1:2 (EMAILID THREADID)
S: * 1 FETCH (EMAILID ($one) THREADID NIL)
S: * 2 FETCH (EMAILID ($two) THREADID NIL)
S: a OK ...
C: b SEARCH THREADID T0000000000000001
S: * SEARCH
S: b OK ...
# Gmail has no NIL: the message is a thread of its own
C: c FETCH 1 (X-GM-MSGID X-GM-THRID)
S: * 1 FETCH (X-GM-MSGID $n X-GM-THRID $n)
S: c OK ...
C: d SEARCH X-GM-THRID $n
S: * SEARCH 1
S: d OK ...
