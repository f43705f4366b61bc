# 909-pop3-flags.t   RETR leaves flags and tags alone; DELE of unread mail removes it from notmuch as well
protocol: pop3
messages: 2
C: RETR 1
S: +OK ...
S+: .
C: DELE 2
S: +OK ...
C: QUIT
S: +OK ...
S: <closed>
!~ ls-mail
> cur M1:2,
!~ notmuch search --output=messages 'tag:unread'
> id:1@example.org
!~ notmuch count '*'
> 1
