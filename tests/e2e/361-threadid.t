# 361-threadid.t   RFC 8474: THREADID is notmuch's thread, NIL before notmuch knows the message; X-GM-THRID the same as a number
connections: 2
config: [mail] all = All
messages: 2
folder: Archive
select: INBOX
1 C: a FETCH 1:* (THREADID X-GM-THRID)
1 S: * 1 FETCH (THREADID ($t1) X-GM-THRID $n1)
1 S: * 2 FETCH (THREADID ($t2) X-GM-THRID $n2)
1 S: a OK ...
! echo T$(notmuch search --output=threads id:1@example.org | sed s/thread://)
> $t1
1 C: b SEARCH THREADID $t2
1 S: * SEARCH 2
1 S: b OK ...
1 C: c SEARCH X-GM-THRID $n1
1 S: * SEARCH 1
1 S: c OK ...
# an answer, which the drainer brings into the thread
1 C: d APPEND Archive {$size(reply.eml)}
1 S: + ...
1 C@: reply.eml
1 C:
1 S: d OK ...
!~ notmuch count thread:{id:1@example.org}
> 3
2 C: a SELECT Archive
2 S+: a OK ...
2 C: b UID FETCH 1 (THREADID)
2 S: * 1 FETCH (UID 1 THREADID ($joined))
2 S: b OK ...
# it answers both: notmuch made one thread of them
1 C: e FETCH 1:2 THREADID
1 S: * 1 FETCH (THREADID ($joined))
1 S: * 2 FETCH (THREADID ($joined))
1 S: e OK ...
1 C: f SEARCH THREADID $joined
1 S: * SEARCH 1 2
1 S: f OK ...
2 C: c SELECT All
2 S+: c OK ...
2 C: d SEARCH THREADID $joined
2 S: * SEARCH 1 2 3
2 S: d OK ...
# a copy is of the same thread
1 C: g COPY 1 Archive
1 S: g OK ...
2 C: e SELECT Archive
2 S+: e OK ...
2 C: f FETCH 2 (THREADID)
2 S: * 2 FETCH (THREADID ($joined))
2 S: f OK ...
# the same again after the database was made anew, whatever the thread is called then
!~ notmuch count --output=files '*'
> 4
! rm -rf .notmuch/xapian && notmuch new >/dev/null 2>&1
1 C: h FETCH 1 THREADID
1 S: * 1 FETCH (THREADID ($again))
1 S: h OK ...
! echo T$(notmuch search --output=threads id:1@example.org | sed s/thread://)
> $again
