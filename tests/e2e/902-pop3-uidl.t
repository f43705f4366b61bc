# 902-pop3-uidl.t   RFC 1939 section 7: unique ids stay, across sessions and a rebuilt notmuch database
protocol: pop3
messages: 3
C: UIDL
S: +OK ...
S: 1 $id1
S: 2 $id2
S: 3 $id3
S: .
C: UIDL 2
S: +OK 2 $id2
C: DELE 1
S: +OK ...
C: QUIT
S: +OK ...
S: <closed>
!~ ls-mail
> cur M2:2,
> cur M3:2,
! test $id1 != $id2 && test $id2 != $id3
! echo '$id2' | grep -Ex '[!-~]{1,70}'
> $id2
!~ notmuch count --output=files '*'
> 2
! rm -r .notmuch && notmuch new --quiet
C: <open>
C: UIDL
S: +OK ...
S: 1 $id2
S: 2 $id3
S: .
C: QUIT
S: +OK ...
S: <closed>
! deliver plain.eml
C: <open>
C: UIDL
S: +OK ...
S: 1 $id2
S: 2 $id3
S: 3 $id4
S: .
! test $id4 != $id1
