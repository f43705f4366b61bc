# 908-pop3-gone.t   A message that another program removes meanwhile: an answer for that one, the others go on
protocol: pop3
messages: 3
C: STAT
S: +OK 3 $total
! rm cur/nothing 2>/dev/null; rm INBOX/cur/*.M2.*
C: RETR 2
S: -ERR ...
C: STAT
S: +OK 3 $total
C: TOP 3 0
S: +OK ...
S: From: Ann Example <ann@example.org>
S: To: bob@example.org
S: Subject: Message 3
S: Date: Thu, 01 Jan 2026 12:00:03 +0000
S: Message-ID: <3@example.org>
S:
S: .
C: DELE 2
S: +OK ...
C: DELE 3
S: +OK ...
C: QUIT
S: +OK goodbye, 1 messages left
S: <closed>
!~ ls-mail
> cur M1:2,
