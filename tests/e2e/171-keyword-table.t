# 171-keyword-table.t   Keywords that are tags of another name, both ways; tags that notmuch gives by itself stay
connections: 2
messages: 3
config: [mail] keywords = $Junk=spam;$Label1=to do;$HasAttachment=attachment
config: [mail] tags = Tags
config: [mail] hide_tags =
! notmuch tag +spam +attachment id:1@example.org; notmuch tag '+to do' '+$Junk' id:2@example.org
1 C: a SELECT INBOX
1 S: * FLAGS (\Seen \Flagged \Answered \Draft $Forwarded \Deleted =24Junk $HasAttachment inbox $Junk $Label1)
1 S: * OK [PERMANENTFLAGS (\Seen \Flagged \Answered \Draft $Forwarded \Deleted =24Junk inbox $Junk $Label1 \*)] ...
1 S+: a OK ...
1 C: b FETCH 1:* FLAGS
1 S: * 1 FETCH (FLAGS (\Recent $HasAttachment inbox $Junk))
1 S: * 2 FETCH (FLAGS (\Recent =24Junk inbox $Label1))
1 S: * 3 FETCH (FLAGS (\Recent inbox))
1 S: b OK ...
# a tag called like a keyword of the table is another one
1 C: c SEARCH KEYWORD $hex(24)junk
1 S: * SEARCH 1
1 S: c OK ...
1 C: d SEARCH KEYWORD =24Junk
1 S: * SEARCH 2
1 S: d OK ...
1 C: e SEARCH KEYWORD $LABEL1 NOT KEYWORD $HasAttachment
1 S: * SEARCH 2
1 S: e OK ...
1 C: f SEARCH OR KEYWORD spam KEYWORD to=20do
1 S: * SEARCH 1 2
1 S: f OK ...
2 C: a EXAMINE INBOX
2 S+: a OK ...
1 C: g STORE 3 +FLAGS ($hex(24)label1 $JUNK)
1 S: * 3 FETCH (UID 3 FLAGS (\Recent inbox $Junk $Label1))
1 S: g OK ...
2 C: b NOOP
2 S: * 3 FETCH (UID 3 FLAGS (inbox $Junk $Label1))
2 S: b OK ...
!~ notmuch search --exclude=false --output=tags id:3@example.org
> inbox
> spam
> to do
> unread
1 C: h STORE 3 -FLAGS (=73pam $Label1)
1 S: * 3 FETCH (UID 3 FLAGS (\Recent inbox))
1 S: h OK ...
# fixed tags: what is said of them is passed over (RFC 9051 section 2.3.2), and FLAGS does not take them away
1 C: i STORE 3 +FLAGS ($HasAttachment signed)
1 S: * 3 FETCH (UID 3 FLAGS (\Recent inbox))
1 S: i OK ...
1 C: j STORE 1 -FLAGS.SILENT (attachment)
1 S: j OK ...
1 C: k STORE 1 FLAGS (\Seen)
1 S: * 1 FETCH (UID 1 FLAGS (\Recent \Seen $HasAttachment))
1 S: k OK ...
!~ notmuch search --exclude=false --output=tags id:1@example.org
> attachment
1 C: l APPEND INBOX ($HasAttachment $Label1) {$size(plain.eml)}
1 S: + ...
1 C@: plain.eml
1 C:
1 S: * 4 EXISTS
1 S: * 4 RECENT
1 S: l OK ...
1 C: m FETCH 4 FLAGS
1 S: * 4 FETCH (FLAGS (\Recent inbox $Label1))
1 S: m OK ...
!~ notmuch count --exclude=false 'tag:"to do"'
> 2
# mailboxes are named by tags; that of a fixed one is like a query's
1 C: n STATUS "Tags/to do" (MESSAGES)
1 S: * STATUS "Tags/to do" (MESSAGES 2)
1 S: n OK ...
1 C: o COPY 3 Tags/attachment
1 S: o NO [CANNOT] ...
1 C: p COPY 3 Tags/$Junk
1 S+: p OK ...
1 C: q0 CREATE Tags/SPAM
1 S: q0 OK ...
1 C: q COPY 3 Tags/SPAM
1 S+: q OK ...
1 C: r FETCH 3 FLAGS
1 S: * 3 FETCH (FLAGS (\Recent =24Junk SPAM inbox))
1 S: r OK ...
1 C: s SELECT Tags/attachment
1 S+: s OK [READ-WRITE] ...
1 C: t STORE 1 +FLAGS.SILENT (\Deleted)
1 S: t OK ...
1 C: u EXPUNGE
1 S: * 1 EXPUNGE
1 S: u OK ...
1 C: v DELETE Tags/attachment
1 S: v NO ...
1 C: w RENAME Tags/attachment Tags/y
1 S: w NO ...
1 C: x CREATE Tags/signed
1 S: x NO ...
!~ notmuch search --exclude=false --output=tags id:1@example.org
> attachment
> deleted
