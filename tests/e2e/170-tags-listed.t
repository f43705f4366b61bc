# Tags and queries as mailboxes: NAMESPACE (RFC 2342), LIST, STATUS without making a mailbox of each tag
messages: 3
config: [mail] tags = Tags
config: [mail] queries = Süche
C: a NAMESPACE
S: * NAMESPACE (("" "/")("Tags/" "/")("S&APw-che/" "/")) NIL NIL
S: a OK ...
! notmuch tag +todo id:1@example.org id:2@example.org
! notmuch tag -unread id:1@example.org
! notmuch config set --database query.first id:1@example.org
C: b LIST "" "Tags/t*" RETURN (STATUS (MESSAGES UNSEEN))
S: * LIST (\HasNoChildren) "/" Tags/todo
S: * STATUS Tags/todo (MESSAGES 2 UNSEEN 1)
S: b OK ...
C: c STATUS S&APw-che/first (UNSEEN MESSAGES)
S: * STATUS S&APw-che/first (MESSAGES 1 UNSEEN 0)
S: c OK ...
# with UIDs it is a mailbox like others
C: d STATUS Tags/todo (MESSAGES UIDNEXT)
S: * STATUS Tags/todo (MESSAGES 2 UIDNEXT 3)
S: d OK ...
C: e STATUS Tags/none (MESSAGES)
S: e NO [NONEXISTENT] ...
C: e2 STATUS Tags/none (MESSAGES UIDNEXT)
S: e2 NO [NONEXISTENT] ...
C: e3 SELECT Tags/none
S: e3 NO [NONEXISTENT] ...
C: e4 EXAMINE Tags/none
S: e4 NO [NONEXISTENT] ...
C: f STATUS S&APw-che/none (MESSAGES)
S: f NO [NONEXISTENT] ...
C: g ENABLE IMAP4rev2
S: * ENABLED IMAP4rev2
S: g OK ...
C: h NAMESPACE
S: * NAMESPACE (("" "/")("Tags/" "/")("Süche/" "/")) NIL NIL
S: h OK ...
