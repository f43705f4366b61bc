# RFC 9051 sections 6.3.5 and 6.3.6
messages: 2
folder: blurdybloop
folder: foo
folder: foo/bar
C: a DELETE blurdybloop
S: a OK DELETE done
C: b DELETE blurdybloop
S: b NO [NONEXISTENT] ...
C: c DELETE INBOX
S: c NO [CANNOT] ...
# with mailboxes below it stays as a level
C: d DELETE foo
S: d OK DELETE done
C: e LIST "" foo*
S: * LIST (\Noselect \HasChildren) "/" foo
S: * LIST (\HasNoChildren) "/" foo/bar
S: e OK LIST done
C: f SELECT foo
S: f NO ...
C: g DELETE foo
S: g NO [HASCHILDREN] ...
# renamed with all below it; UIDs stay
C: h RENAME foo zowie
S: h OK RENAME done
C: i LIST "" z*
S: * LIST (\Noselect \HasChildren) "/" zowie
S: * LIST (\HasNoChildren) "/" zowie/bar
S: i OK LIST done
C: j RENAME zowie/bar baz/rag/zowie
S: j OK RENAME done
C: k LIST "" baz/*
S: * LIST (\Noselect \HasChildren) "/" baz/rag
S: * LIST (\HasNoChildren) "/" baz/rag/zowie
S: k OK LIST done
C: l RENAME nowhere somewhere
S: l NO [NONEXISTENT] ...
C: m RENAME baz/rag/zowie inbox
S: m NO [ALREADYEXISTS] ...
C: n CREATE other
S: n OK [MAILBOXID ($any)] CREATE done
C: o RENAME baz/rag/zowie other
S: o NO [ALREADYEXISTS] ...
C: p RENAME other x//y
S: p NO [CANNOT] ...
# INBOX: its messages move, it stays
C: q RENAME INBOX old-mail
S: q OK RENAME done
C: r STATUS old-mail (MESSAGES)
S: * STATUS old-mail (MESSAGES 2)
S: r OK STATUS done
C: s STATUS INBOX (MESSAGES)
S: * STATUS INBOX (MESSAGES 0)
S: s OK STATUS done
# IMAP4rev2 tells where it went
C: t ENABLE IMAP4rev2
S+: t OK ENABLE done
C: u RENAME other newer
S: * LIST (\HasNoChildren) "/" newer ("OLDNAME" (other))
S: u OK RENAME done
C: v RENAME newer
S: v BAD ...
C: w DELETE
S: w BAD ...
