# 185-list-metadata.t   RFC 9590: LIST RETURN (METADATA (...))
messages: 1
folder: foo
folder: bar
folder: level/below
config: [mail] queries = Queries
C: a1 SETMETADATA INBOX (/shared/vendor/cmu/cyrus-imapd/color "#b71c1c")
S: a1 OK ...
C: a2 SETMETADATA level (/shared/vendor/cmu/cyrus-imapd/color "#fff" /private/comment "up")
S: a2 OK ...
C: a3 SUBSCRIBE none
S: a3 OK ...
C: b1 LIST "" % RETURN (METADATA ("/shared/vendor/cmu/cyrus-imapd/color"))
S: * LIST (\HasNoChildren) "/" INBOX
S: * METADATA INBOX (/shared/vendor/cmu/cyrus-imapd/color "#b71c1c")
S: * LIST (\HasNoChildren) "/" bar
S: * METADATA bar (/shared/vendor/cmu/cyrus-imapd/color NIL)
S: * LIST (\HasNoChildren) "/" foo
S: * METADATA foo (/shared/vendor/cmu/cyrus-imapd/color NIL)
S: * LIST (\Noselect \HasChildren) "/" level
S: * METADATA level (/shared/vendor/cmu/cyrus-imapd/color "#fff")
S: b1 OK ...
# beside STATUS, of several entries; what is no mailbox has none
C: b2 LIST (SUBSCRIBED) "" (none INBOX) RETURN (STATUS (MESSAGES) METADATA (/shared/comment /private/specialuse))
S: * LIST (\Subscribed \HasNoChildren) "/" INBOX
S: * STATUS INBOX (MESSAGES 1)
S: * METADATA INBOX (/shared/comment NIL /private/specialuse NIL)
S: * LIST (\Subscribed \NonExistent \HasNoChildren) "/" none
S: b2 OK ...
# options in any order and any case; each entry once; its name as the client says it where there is no value
C: b5 LIST "" (foo bar) RETURN (metadata ("/shared/Comment" /shared/comment /private/comment) STATUS (MESSAGES) SUBSCRIBED)
S: * LIST (\Subscribed \HasNoChildren) "/" bar
S: * STATUS bar (MESSAGES 0)
S: * METADATA bar (/shared/Comment NIL /private/comment NIL)
S: * LIST (\Subscribed \HasNoChildren) "/" foo
S: * STATUS foo (MESSAGES 0)
S: * METADATA foo (/shared/Comment NIL /private/comment NIL)
S: b5 OK ...
C: b3 SETMETADATA Queries/x (/private/vendor/vendor.remuch/query "tag:x")
S: b3 OK ...
C: b4 LIST "" Queries/% RETURN (METADATA (/private/vendor/vendor.remuch/query))
S: * LIST (\HasNoChildren) "/" Queries/x
S: * METADATA Queries/x (/private/vendor/vendor.remuch/query "tag:x")
S: b4 OK ...
C: c1 LIST "" % RETURN (METADATA)
S: c1 BAD ...
C: c0 LIST "" % RETURN (METADATA /shared/comment)
S: c0 BAD ...
C: c2 LIST "" % RETURN (METADATA ())
S: c2 BAD ...
C: c3 LIST "" % RETURN (METADATA (comment))
S: c3 BAD ...
C: c4 LIST (METADATA (/shared/comment)) "" %
S: c4 BAD ...
