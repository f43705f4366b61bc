# 901-pop3-dele.t   RFC 1939 section 5 and 6: what DELE marks goes at QUIT and only then
protocol: pop3
messages: 4
start: activate
C: DELE 2
S: +OK ...
C: DELE 2
S: -ERR ...
C: RETR 2
S: -ERR ...
C: LIST 2
S: -ERR ...
C: TOP 2 0
S: -ERR ...
C: UIDL 2
S: -ERR ...
C: STAT
S: +OK 3 $three
C: LIST
S: +OK 3 messages ($three octets)
S: 1 $size
S: 3 $size
S: 4 $size
S: .
C: RSET
S: +OK 4 messages ($four octets)
C: STAT
S: +OK 4 $four
C: DELE 1
S: +OK ...
C: DELE 4
S: +OK ...
! ls-mail
> cur M1:2,
> cur M2:2,
> cur M3:2,
> cur M4:2,
C: QUIT
S: +OK goodbye, 2 messages left
S: <closed>
!~ ls-mail
> cur M2:2,
> cur M3:2,
C: <open>
C: STAT
S: +OK 2 $any
# gone without QUIT: nothing is removed
C: DELE 1
S: +OK ...
C: <close>
wait 0.3
! ls-mail
> cur M2:2,
> cur M3:2,
C: <open>
C: STAT
S: +OK 2 $any
