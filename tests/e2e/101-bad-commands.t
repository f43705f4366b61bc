# 20 commands that are none end the session.
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: a XYZZY
C: b NOOP
S+: b OK NOOP done
C: a XYZZY
S: a BAD Unknown command
S: * BYE [CLIENTBUG] ...
S: <closed>
