# 340-fetch-seen.t   \Seen is set by BODY[...], BINARY[...], RFC822 and RFC822.TEXT, told in the same response, and to others
connections: 2
messages: 5
select: INBOX
1 C: a FETCH 1 BODY.PEEK[TEXT]
1 S+: a OK ...
1 C: b FETCH 1 (FLAGS RFC822.HEADER ENVELOPE)
1 S+: b OK ...
1 C: c FETCH 1 FLAGS
1 S: * 1 FETCH (FLAGS ($any inbox))
1 S: c OK ...
1 C: d FETCH 1 BODY[TEXT]
1 S: * 1 FETCH (BODY[TEXT] {20}
1 S: This is message 1.
1 S:  FLAGS ($any \Seen inbox))
1 S: d OK ...
1 C: e FETCH 1 BODY[TEXT]
1 S: * 1 FETCH (BODY[TEXT] {20}
1 S: This is message 1.
1 S: )
1 S: e OK ...
1 C: f UID FETCH 2 (FLAGS BINARY[1])
1 S: * 2 FETCH (UID 2 FLAGS ($any \Seen inbox) BINARY[1] {20}
1 S: This is message 2.
1 S: )
1 S: f OK ...
1 C: g FETCH 3 (RFC822.TEXT)
1 S+: g OK ...
2 C: h NOOP
2 S: * 1 FETCH (UID 1 FLAGS (\Seen inbox))
2 S: * 2 FETCH (UID 2 FLAGS (\Seen inbox))
2 S: * 3 FETCH (UID 3 FLAGS (\Seen inbox))
2 S: h OK ...
# Not in a mailbox that was opened by EXAMINE
2 C: i EXAMINE INBOX
2 S+: i OK ...
2 C: j FETCH 4 BODY[TEXT]
2 S: * 4 FETCH (BODY[TEXT] {20}
2 S: This is message 4.
2 S: )
2 S: j OK ...
2 C: k SEARCH UNSEEN
2 S: * SEARCH 4 5
2 S: k OK ...
