# 545-search-query.t   X-GM-RAW: a query in notmuch's own language, as a key like others
messages: 4
mail: plain.eml
folder: Work
mail: nested.eml Work
! notmuch tag +todo -- id:1@example.org or id:3@example.org or id:nested@example.org
C: a SELECT INBOX
S+: a OK ...
C: b SEARCH X-GM-RAW "tag:todo"
S: * SEARCH 1 3
S: b OK ...
C: c UID SEARCH RETURN (COUNT) NOT X-GM-RAW {25+}
C: tag:todo or subject:plain
S: * ESEARCH (TAG "c") UID COUNT 2
S: c OK ...
C: d SEARCH OR X-GM-RAW id:2@example.org SUBJECT "message 3" X-GM-RAW "*"
S: * SEARCH 2 3
S: d OK ...
C: e SORT (REVERSE ARRIVAL) UTF-8 X-GM-RAW tag:todo
S: * SORT 3 1
S: e OK ...
C: f THREAD REFS UTF-8 X-GM-RAW tag:todo
S: * THREAD (1)(3)
S: f OK ...
# Notmuch's own words, also where no message would have been looked at
C: g SEARCH X-GM-RAW "from:ann and"
S: g NO [CANNOT] notmuch does not understand the query: Syntax: <expression> AND <expression>
C: h SEARCH DELETED X-GM-RAW "date:someday..never"
S: h NO [CANNOT] notmuch does not understand the query: Didn't understand date specification 'someday'
C: i UID SEARCH RETURN (SAVE) SUBJECT message X-GM-RAW "from:/(/"
S: i NO [CANNOT] notmuch does not understand the query: Regexp error: Unmatched ( or \(
C: j SEARCH $
S: * SEARCH
S: j OK ...
C: k SEARCH X-GM-RAW
S: k BAD ...
C: l SEARCH X-GM-RAW (tag:todo)
S: l BAD ...
# What the index still has, and the mailbox has not
C: m STORE 1 +FLAGS.SILENT (\Deleted)
S: m OK ...
C: n EXPUNGE
S: * 1 EXPUNGE
S: n OK ...
C: o SEARCH X-GM-RAW "id:1@example.org or tag:todo"
S: * SEARCH 2
S: o OK ...
! rm INBOX/cur/*.M3.*
C: o2 NOOP
S: * 2 EXPUNGE
S: o2 OK ...
C: p UID SEARCH X-GM-RAW "id:3@example.org or id:2@example.org"
S: * SEARCH 2
S: p OK ...
C: q SELECT Work
S+: q OK ...
C: r SEARCH X-GM-RAW tag:todo
S: * SEARCH 1
S: r OK ...
