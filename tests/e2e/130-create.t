# RFC 9051 section 6.3.4, RFC 6154 section 3
C: a CREATE owatagusiam/
S: a OK [MAILBOXID ($any)] CREATE done
C: b CREATE owatagusiam/blurdybloop
S: b OK [MAILBOXID ($any)] CREATE done
C: c CREATE a/b/c
S: c OK [MAILBOXID ($any)] CREATE done
C: d LIST "" *
S: * LIST (\HasNoChildren) "/" INBOX
# levels on the way are no mailboxes themselves
S: * LIST (\Noselect \HasChildren) "/" a
S: * LIST (\Noselect \HasChildren) "/" a/b
S: * LIST (\HasNoChildren) "/" a/b/c
S: * LIST (\HasChildren) "/" owatagusiam
S: * LIST (\HasNoChildren) "/" owatagusiam/blurdybloop
S: d OK LIST done
C: e SELECT a/b
S: e NO ...
C: f CREATE a/b/c
S: f NO [ALREADYEXISTS] ...
C: g CREATE Inbox
S: g NO [ALREADYEXISTS] ...
C: h CREATE a//b
S: h NO [CANNOT] ...
C: j CREATE ""
S: j NO [CANNOT] ...
C: k CREATE ../x
S: k NO [CANNOT] ...
C: l CREATE x$repeat(33,/x)
S: l NO [CANNOT] ...
C: m CREATE &A
S: m NO [CANNOT] ...
C: n CREATE "&AMQ-pfel"
S: n OK [MAILBOXID ($any)] CREATE done
!ls -d $MAILROOT/Äpfel/cur | wc -l
> 1
C: o LIST "" &AMQ-%
S: * LIST (\HasNoChildren) "/" &AMQ-pfel
S: o OK LIST done
C: p CREATE Sent (USE (\Sent))
S: p OK [MAILBOXID ($any)] CREATE done
C: q LIST (SPECIAL-USE) "" *
S: * LIST (\HasNoChildren \Sent) "/" Sent
S: q OK LIST done
C: r CREATE Everything (USE (\All))
S: r NO [USEATTR] ...
C: s CREATE Two (USE (\Sent \Trash))
S: s NO [USEATTR] ...
C: t CREATE Bin (FOO (\Trash))
S: t BAD ...
C: u CREATE Bin (USE (\Trash)
S: u BAD ...
C: v CREATE
S: v BAD ...
C: w CREATE Bin x
S: w BAD ...
