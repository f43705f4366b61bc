# RFC 9051 section 6.3.9.2, RFC 5819
messages: 3
folder: foo
folder: foo/bar
C: a DELETE foo
S: a OK DELETE done
C: A01 LIST "" % RETURN (STATUS (MESSAGES UNSEEN))
S: * LIST (\HasNoChildren) "/" INBOX
S: * STATUS INBOX (MESSAGES 3 UNSEEN 3)
S: * LIST (\Noselect \HasChildren) "/" foo
S: A01 OK LIST done
C: b SUBSCRIBE foo/bar
S: b OK SUBSCRIBE done
C: c SUBSCRIBE INBOX
S: c OK SUBSCRIBE done
# foo is shown for what is below it, and has no STATUS
C: A02 LIST (SUBSCRIBED RECURSIVEMATCH) "" % RETURN (STATUS (MESSAGES) CHILDREN)
S: * LIST (\Subscribed \HasNoChildren) "/" INBOX
S: * STATUS INBOX (MESSAGES 3)
S: * LIST (\Noselect \HasChildren) "/" foo ("CHILDINFO" ("SUBSCRIBED"))
S: A02 OK LIST done
C: d LIST "" % RETURN (STATUS)
S: d BAD ...
C: e LIST "" % RETURN (STATUS (FOO))
S: e BAD ...
