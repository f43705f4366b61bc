# 581-filters-agree.t   A stored search finds here what its translation finds in a terminal
messages: 4
mail: nodate.eml INBOX S
config: [mail] queries = Queries
select: INBOX
! notmuch tag +flagged +todo id:3@example.org
C: z NOOP
S+: z OK ...
C: a1 SETMETADATA "" (/private/filters/values/f1 "FROM ann@example.org" /private/filters/values/f2 "OR SUBJECT message FLAGGED NOT KEYWORD todo")
S: a1 OK ...
C: a2 SETMETADATA "" (/private/filters/values/f3 "SENTSINCE 1-Jan-2026 SENTBEFORE 2-Jan-2026" /private/filters/values/f4 "SENTON 1-Jan-2026 UNFLAGGED")
S: a2 OK ...
C: a3 SETMETADATA "" (/private/filters/values/f5 "NOT (UNSEEN TO bob)" /private/filters/values/f6 "ALL FROM ann (X-GM-RAW \"tag:todo or subject:nothing\")")
S: a3 OK ...
C: b1 SEARCH RETURN (COUNT) FILTER f1
S: * ESEARCH (TAG "b1") COUNT $one
S: b1 OK ...
C: b2 SEARCH FILTER f2
S: * SEARCH 1 2 4
S: b2 OK ...
C: b3 SEARCH FILTER f3
S: * SEARCH 1 2 3 4
S: b3 OK ...
C: b4 SEARCH FILTER f4
S: * SEARCH 1 2 4
S: b4 OK ...
C: b5 SEARCH RETURN (COUNT) FILTER f5
S: * ESEARCH (TAG "b5") COUNT $five
S: b5 OK ...
C: b6 SEARCH FILTER f6
S: * SEARCH 3
S: b6 OK ...
# threads, labels, deleted mail
C: b7 SETMETADATA "" (/private/filters/values/f7 "INTHREAD (X-GM-LABELS todo FROM \"ann\")" /private/filters/values/f8 "UNDELETED X-GM-LABELS \\Starred")
S: b7 OK ...
C: b8 SETMETADATA "" (/private/filters/values/f9 "NOT INTHREAD OR KEYWORD todo SUBJECT \"message 1\"")
S: b8 OK ...
C: b9 SEARCH FILTER f7
S: * SEARCH 3
S: b9 OK ...
C: b10 SEARCH FILTER f8
S: * SEARCH 3
S: b10 OK ...
C: b11 SEARCH FILTER f9
S: * SEARCH 2 4 5
S: b11 OK ...
# RFC 7377: in several mailboxes
C: c1 ESEARCH IN (mailboxes INBOX) RETURN (COUNT) FILTER f2
S: * ESEARCH (TAG "c1" MAILBOX INBOX UIDVALIDITY $v) UID COUNT 3
S: c1 OK ...
C: c2 ESEARCH IN (mailboxes INBOX) FILTER none
S: c2 NO [UNDEFINED-FILTER none] ...
!~ notmuch config list | grep -c ^query.
> 9
! test "$(notmuch count query:f1)" = $one
! notmuch search --sort=oldest-first --output=messages query:f2
> id:1@example.org
> id:2@example.org
> id:4@example.org
! notmuch count query:f3
> 4
! notmuch search --sort=oldest-first --output=messages query:f4
> id:1@example.org
> id:2@example.org
> id:4@example.org
! test "$(notmuch count query:f5)" = $five
! notmuch search --output=messages query:f6
> id:3@example.org
! notmuch search --output=messages query:f7
> id:3@example.org
! notmuch search --output=messages query:f8
> id:3@example.org
! notmuch tag +deleted id:3@example.org
! notmuch count --exclude=false query:f8
> 0
! notmuch count --exclude=false query:f9
> 3
