# 184-queries.t   Named queries of notmuch are made, changed, renamed and removed over METADATA, and by notmuch, both ways
connections: 2
messages: 3
folder: Work
config: [mail] queries = Queries
config: [mail] tags = Tags
1 C: a1 SETMETADATA Queries/first (/private/vendor/vendor.remuch/query "id:1@example.org or id:2@example.org")
1 S: a1 OK ...
# at once, for the others too
2 C: b1 LIST "" Queries/*
2 S: * LIST (\HasNoChildren) "/" Queries/first
2 S: b1 OK ...
2 C: b2 SELECT Queries/first
2 S+: b2 OK ...
2 C: b3 UID SEARCH ALL
2 S: * SEARCH 1 2
2 S: b3 OK ...
2 C: b4 GETMETADATA Queries/first /PRIVATE/vendor/vendor.remuch/query
2 S: * METADATA Queries/first (/private/vendor/vendor.remuch/query "id:1@example.org or id:2@example.org")
2 S: b4 OK ...
!~ notmuch config get query.first
> id:1@example.org or id:2@example.org
! notmuch count query:first
> 2
# changed: who stays keeps its UID
1 C: a2 SETMETADATA Queries/first (/private/vendor/vendor.remuch/query "id:2@example.org or id:3@example.org" /private/comment "mine")
1 S: a2 OK ...
2 C: b5 NOOP
2 S: * 1 EXPUNGE
2 S: * 2 EXISTS
2 S: * 2 RECENT
2 S: b5 OK ...
2 C: b6 UID SEARCH ALL
2 S: * SEARCH 2 3
2 S: b6 OK ...
!~ notmuch config get query.first
> id:2@example.org or id:3@example.org
# from the terminal, to the database and to the configuration file
! notmuch config set --database query.first id:3@example.org
2 C: b7 NOOP
2 S: * 1 EXPUNGE
2 S: b7 OK ...
2 C: b8 GETMETADATA Queries/first (/private/vendor/vendor.remuch/query)
2 S: * METADATA Queries/first (/private/vendor/vendor.remuch/query "id:3@example.org")
2 S: b8 OK ...
! notmuch config set query.file/one id:1@example.org
2 C: b9 LIST "" Queries/*
2 S: * LIST (\Noselect \HasChildren) "/" Queries/file
2 S: * LIST (\HasNoChildren) "/" Queries/file/one
2 S: * LIST (\HasNoChildren) "/" Queries/first
2 S: b9 OK ...
2 C: b10 SETMETADATA Queries/file/one (/private/vendor/vendor.remuch/query "tag:a\\b or id:2@example.org")
2 S: b10 OK ...
2 C: b11 STATUS Queries/file/one (MESSAGES)
2 S: * STATUS Queries/file/one (MESSAGES 1)
2 S: b11 OK ...
!~ notmuch config get query.file/one
> tag:a\b or id:2@example.org
! grep -A1 '^.query.$' $NOTMUCH_CONFIG
> [query]
> file/one=tag:a\\b or id:2@example.org
2 C: b12 RENAME Queries/file Queries/other
2 S: b12 OK ...
!~ notmuch config get query.other/one
> tag:a\b or id:2@example.org
! test "$(grep -c file/one $NOTMUCH_CONFIG)" = 0
2 C: b13 DELETE Queries/other/one
2 S: b13 OK ...
!~ test -z "$(notmuch config get query.other/one)"
2 C: b14 LIST "" Queries/other/*
2 S: b14 OK ...
# refused, with a reason; nothing else is set then
1 C: c1 SETMETADATA Queries/first (/private/comment "x" /private/vendor/vendor.remuch/query "id:1@example.org and (")
1 S: c1 NO [CANNOT] notmuch does not understand the query: ...
1 C: c2 GETMETADATA Queries/first /private/comment
1 S: * METADATA Queries/first (/private/comment "mine")
1 S: c2 OK ...
1 C: c3 SETMETADATA Queries/none (/private/comment "x")
1 S: c3 NO [NONEXISTENT] ...
1 C: c4 SETMETADATA Queries/none (/private/vendor/vendor.remuch/query NIL)
1 S: c4 NO [NONEXISTENT] ...
1 C: c5 SETMETADATA Queries/none (/private/vendor/vendor.remuch/query "")
1 S: c5 NO [CANNOT] ...
1 C: c6 SETMETADATA Work (/private/vendor/vendor.remuch/query "tag:x")
1 S: c6 NO [CANNOT] ...
1 C: c7 SETMETADATA Queries//none (/private/vendor/vendor.remuch/query "tag:x")
1 S: c7 NO [CANNOT] ...
1 C: c8 CREATE Queries/none
1 S: c8 NO [CANNOT] a query is made by its text: SETMETADATA Queries/none (/private/vendor/vendor.remuch/query "TEXT")
1 C: c9 CREATE Queries/first
1 S: c9 NO [ALREADYEXISTS] ...
1 C: c10 SETMETADATA Queries/$repeat(201,n) (/private/vendor/vendor.remuch/query "tag:x")
1 S: c10 NO [CANNOT] ...
1 C: c11 RENAME Queries/first Tags/first
1 S: c11 NO [CANNOT] ...
# renamed: UIDs and annotations stay
1 C: d1 RENAME Queries/first Queries/a/second
1 S: d1 OK ...
1 C: d2 STATUS Queries/a/second (UIDNEXT MESSAGES)
1 S: * STATUS Queries/a/second (MESSAGES 1 UIDNEXT 4)
1 S: d2 OK ...
1 C: d3 GETMETADATA (DEPTH infinity) Queries/a/second /private
1 S: * METADATA Queries/a/second (/private/comment "mine" /private/vendor/vendor.remuch/query "id:3@example.org")
1 S: d3 OK ...
1 C: d4 GETMETADATA Queries/first /private/comment
1 S: d4 NO [NONEXISTENT] ...
!~ notmuch config get query.a/second
> id:3@example.org
! notmuch config get query.first
1 C: d5 RENAME Queries/a Queries/b
1 S: d5 OK ...
1 C: d6 LIST "" Queries/*
1 S: * LIST (\Noselect \HasChildren) "/" Queries/b
1 S: * LIST (\HasNoChildren) "/" Queries/b/second
1 S: d6 OK ...
# removed
1 C: e1 SETMETADATA Queries/b/second (/private/vendor/vendor.remuch/query NIL /private/comment "late")
1 S: e1 OK ...
1 C: e2 LIST "" Queries/*
1 S: e2 OK ...
1 C: e3 SETMETADATA Queries/b/second (/private/vendor/vendor.remuch/query "tag:unread")
1 S: e3 OK ...
1 C: e4 GETMETADATA Queries/b/second /private/comment
1 S: * METADATA Queries/b/second (/private/comment NIL)
1 S: e4 OK ...
1 C: e5 DELETE Queries/b/second
1 S: e5 OK ...
1 C: e6 DELETE Queries/b/second
1 S: e6 NO [NONEXISTENT] ...
!~ test -z "$(notmuch config list | grep ^query)"
