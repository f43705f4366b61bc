# 183-special-use.t   RFC 6154 sections 4 and 5.4: special uses by METADATA
messages: 1
folder: SentMail
folder: MyDrafts
folder: SavedDrafts
folder: Trash
config: [mail] sent = SentMail
config: [mail] all = All
config: [mail] flagged = Flagged
config: [mail] drafts = MyDrafts
C: t1 LIST (SPECIAL-USE) "" "%"
S=: * LIST (\HasNoChildren \Drafts) "/" MyDrafts
S=: * LIST (\HasNoChildren \Sent) "/" SentMail
S=: * LIST (\HasNoChildren \Trash) "/" Trash
S=: * LIST (\HasNoChildren \All) "/" All
S=: * LIST (\HasNoChildren \Flagged) "/" Flagged
S: t1 OK ...
C: t2 GETMETADATA "MyDrafts" /private/specialuse
S: * METADATA MyDrafts (/private/specialuse "\\Drafts")
S: t2 OK ...
C: t3 SETMETADATA "SavedDrafts" (/private/specialuse "\\Drafts")
S: t3 OK ...
C: t4 SETMETADATA "SentMail" (/private/specialuse NIL)
S: t4 OK ...
C: t5 GETMETADATA MyDrafts /private/specialuse
S: * METADATA MyDrafts (/private/specialuse NIL)
S: t5 OK ...
C: t6 SETMETADATA Trash (/private/specialuse "")
S: t6 OK ...
C: t7 LIST (SPECIAL-USE) "" "%"
S=: * LIST (\HasNoChildren \Drafts) "/" SavedDrafts
S=: * LIST (\HasNoChildren \All) "/" All
S=: * LIST (\HasNoChildren \Flagged) "/" Flagged
S: t7 OK ...
# checked as CREATE checks it
C: u1 SETMETADATA Trash (/private/comment "x" /private/specialuse "\\All")
S: u1 NO [USEATTR] ...
C: u2 SETMETADATA Trash (/private/specialuse "\\Trash \\Junk")
S: u2 NO [USEATTR] ...
C: u3 SETMETADATA All (/private/specialuse "\\Sent")
S: u3 NO [USEATTR] ...
C: u4 GETMETADATA (DEPTH infinity) Trash /private
S: u4 OK ...
C: u5 GETMETADATA All /private/specialuse
S: * METADATA All (/private/specialuse "\\All")
S: u5 OK ...
C: u6 SETMETADATA Trash (/PRIVATE/specialUse "\\trash")
S: u6 OK ...
C: u7 GETMETADATA Trash /private/specialuse
S: * METADATA Trash (/private/specialuse "\\Trash")
S: u7 OK ...
