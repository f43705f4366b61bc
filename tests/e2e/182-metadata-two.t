# 182-metadata-two.t   RFC 5464 section 4.4.2: changes of others are told to who did ENABLE METADATA, names alone
connections: 2
messages: 1
folder: Work
config: [mail] queries = Queries
1 C: a1 ENABLE METADATA METADATA-SERVER
1 S: * ENABLED METADATA
1 S: a1 OK ...
1 C: a2 ENABLE metadata
1 S: * ENABLED
1 S: a2 OK ...
2 C: b1 SETMETADATA "" (/shared/comment "x")
2 S: b1 OK ...
2 C: b2 SETMETADATA INBOX (/shared/comment "y" /private/comment "z")
2 S: b2 OK ...
1 C: a3 NOOP
1 S: * METADATA "" /shared/comment
1 S: * METADATA INBOX /shared/comment
1 S: * METADATA INBOX /private/comment
1 S: a3 OK ...
# told once; the same value is no change
2 C: b3 SETMETADATA INBOX (/shared/comment "y")
2 S: b3 OK ...
1 C: a4 NOOP
1 S: a4 OK ...
# our own changes are not told, those of others before them are
2 C: b4 SETMETADATA Work (/shared/comment "y")
2 S: b4 OK ...
1 C: a5 SETMETADATA Work (/private/comment "mine")
1 S: * METADATA Work /shared/comment
1 S: a5 OK ...
1 C: a6 NOOP
1 S: a6 OK ...
# nor to who did not ask
2 C: b5 NOOP
2 S: b5 OK ...
# while it waits, with a mailbox and without
1 C: a7 IDLE
1 S: + idling
2 C: b6 SETMETADATA "" (/shared/comment NIL)
2 S: b6 OK ...
1 S: * METADATA "" /shared/comment
1 C: DONE
1 S: a7 OK ...
1 C: a8 SELECT INBOX
1 S+: a8 OK ...
1 C: a9 IDLE
1 S: + idling
2 C: b7 SETMETADATA Work (/shared/comment "z")
2 S: b7 OK ...
1 S: * METADATA Work /shared/comment
1 C: DONE
1 S: a9 OK ...
# special use is an annotation, too (RFC 6154 section 4)
2 C: b8 SETMETADATA Work (/private/specialuse "\\Sent")
2 S: b8 OK ...
1 C: a10 NOOP
1 S: * METADATA Work /private/specialuse
1 S: a10 OK ...
# named queries: of another client, of notmuch in its database and in its configuration file
2 C: c1 SETMETADATA Queries/boss (/private/vendor/vendor.remuch/query "from:boss")
2 S: c1 OK ...
1 C: c2 NOOP
1 S=: * METADATA Queries/boss /private/vendor/vendor.remuch/query
1 S=: * METADATA "" /private/filters/values/boss
1 S: c2 OK ...
# what the drainer then writes is no change
!~ notmuch config get query.boss
> from:boss
1 C: c3 NOOP
1 S: c3 OK ...
! notmuch config set --database query.boss from:chief
1 C: c4 NOOP
1 S=: * METADATA Queries/boss /private/vendor/vendor.remuch/query
1 S=: * METADATA "" /private/filters/values/boss
1 S: c4 OK ...
1 C: c5 UNSELECT
1 S: c5 OK ...
1 C: c6 IDLE
1 S: + idling
! notmuch config set query.file tag:x
1 S=: * METADATA Queries/file /private/vendor/vendor.remuch/query
1 S=: * METADATA "" /private/filters/values/file
! notmuch config set query.file
1 S=: * METADATA Queries/file /private/vendor/vendor.remuch/query
1 S=: * METADATA "" /private/filters/values/file
1 C: DONE
1 S: c6 OK ...
# our own is not told, what follows from it elsewhere is
1 C: c7 SETMETADATA Queries/boss (/private/vendor/vendor.remuch/query "from:me")
1 S: * METADATA "" /private/filters/values/boss
1 S: c7 OK ...
1 C: c8 NOOP
1 S: c8 OK ...
