# 906-pop3-pipelining.t   RFC 2449 section 6.6: commands come many at a time, behind the login too
protocol: pop3
messages: 2
login: no
S: +OK ...
C-: USER $user$hex(0d0a)PASS $password$hex(0d0a)STAT$hex(0d0a)LIST$hex(0d0a)DELE 1$hex(0d0a)NOOP$hex(0d0a)QUIT$hex(0d0a)STAT$hex(0d0a)
S: +OK ...
S: +OK 2 messages ($total octets)
S: +OK 2 $total
S: +OK 2 messages ($total octets)
S: 1 $any
S: 2 $any
S: .
S: +OK ...
S: +OK ...
S: +OK goodbye, 1 messages left
S: <closed>
