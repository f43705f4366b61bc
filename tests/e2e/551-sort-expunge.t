# 551-sort-expunge.t   RFC 5256 section 3: no EXPUNGE during SORT and THREAD, but during UID SORT and UID THREAD
connections: 2
messages: 5
select: INBOX
2 C: a STORE 2 +FLAGS.SILENT (\Deleted)
2 S: a OK ...
2 C: b EXPUNGE
2 S: * 2 EXPUNGE
2 S: b OK ...
# Gone is gone, but its number stays
1 C: c SORT (REVERSE SUBJECT) UTF-8 ALL
1 S: * SORT 5 4 3 1
1 S: c OK ...
1 C: d THREAD REFS UTF-8 ALL
1 S: * THREAD (1)(3)(4)(5)
1 S: d OK ...
1 C: e UID SORT (REVERSE SUBJECT) UTF-8 ALL
1 S: * SORT 5 4 3 1
1 S: * 2 EXPUNGE
1 S: e OK ...
2 C: f STORE 1 +FLAGS.SILENT (\Deleted)
2 S: f OK ...
2 C: g EXPUNGE
2 S: * 1 EXPUNGE
2 S: g OK ...
1 C: h UID THREAD REFERENCES UTF-8 ALL
1 S: * THREAD (3)(4)(5)
1 S: * 1 EXPUNGE
1 S: h OK ...
1 C: i SORT (SUBJECT) UTF-8 ALL
1 S: * SORT 1 2 3
1 S: i OK ...
