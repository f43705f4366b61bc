# 904-pop3-capa.t   RFC 2449, 6856: CAPA and LANG after login
protocol: pop3
C: CAPA
S: +OK ...
S=: TOP
S=: USER
S=: RESP-CODES
S=: AUTH-RESP-CODE
S=: PIPELINING
S=: EXPIRE NEVER
S=: UIDL
S=: UTF8 USER
S=: LANG
S=: IMPLEMENTATION ...
S=: SASL PLAIN LOGIN
S: .
C: LANG
S: +OK ...
S: en English
S: .
C: LANG en
S: +OK en ...
C: LANG *
S: +OK en ...
C: LANG mul
S: -ERR ...
# valid before login only: RFC 6856 section 2, RFC 2595 section 4
C: UTF8
S: -ERR ...
C: STLS
S: -ERR ...
C: USER x
S: -ERR ...
C: NOOP x
S: -ERR ...
