# 500-search-keys.t   RFC 9051 and RFC 3501 section 6.4.4: the keys
mail: plain.eml INBOX S
mail: nested.eml INBOX FR
mail: eightbit.eml
mail: nodate.eml INBOX D
messages: 1
select: INBOX
C: a SEARCH ALL
S: * SEARCH 1 2 3 4 5
S: a OK ...
C: b UID SEARCH SEEN
S: * SEARCH 2
S: b OK ...
C: c SEARCH FLAGGED ANSWERED
S: * SEARCH 3
S: c OK ...
C: d SEARCH UNSEEN UNFLAGGED UNDRAFT
S: * SEARCH 1 4
S: d OK ...
C: e SEARCH OR SEEN OR DRAFT 4
S: * SEARCH 2 4 5
S: e OK ...
C: f SEARCH NOT (OR SEEN DRAFT) 2:*
S: * SEARCH 3 4
S: f OK ...
C: g SEARCH RECENT NEW OLD
S: * SEARCH
S: g OK ...
C: h SEARCH UID 2:3,99 KEYWORD inbox UNKEYWORD other
S: * SEARCH 2 3
S: h OK ...
# Fields: decoded, any case
C: i SEARCH FROM ANN SUBJECT "plain"
S: * SEARCH 2
S: i OK ...
C: j SEARCH FROM {4+}
C: zoë
S: * SEARCH 4
S: j OK ...
C: k SEARCH CHARSET UTF-8 SUBJECT "GRÜßE AUS kÖLN"
S: * SEARCH 4
S: k OK ...
C: l SEARCH OR CC bob BCC secret
S: * SEARCH 5
S: l OK ...
C: m SEARCH TO builder
S: * SEARCH 3
S: m OK ...
C: n SEARCH HEADER X-Odd ""
S: * SEARCH 4
S: n OK ...
C: o SEARCH HEADER Message-ID "<PLAIN@example"
S: * SEARCH 2
S: o OK ...
C: p SEARCH NOT HEADER Subject ""
S: * SEARCH 5
S: p OK ...
# Dates: of delivery, in UTC; of the Date field, in its own zone; a mail without a Date is at none
C: q SEARCH ON 1-Jan-2026
S: * SEARCH 1 2 3 4 5
S: q OK ...
C: r SEARCH BEFORE 1-Jan-2026
S: * SEARCH
S: r OK ...
C: s SEARCH SENTON 2-Jan-2026
S: * SEARCH 2 4
S: s OK ...
C: t SEARCH SENTBEFORE "2-Jan-2026"
S: * SEARCH 1 3
S: t OK ...
C: u SEARCH SENTSINCE 1-Jan-2000
S: * SEARCH 1 2 3 4
S: u OK ...
# Sizes
C: v SEARCH LARGER 305 SMALLER 307
S: * SEARCH 2
S: v OK ...
C: w SEARCH LARGER 306 SMALLER 321
S: * SEARCH 4
S: w OK ...
# Text
C: x SEARCH BODY "Schöne"
S: * SEARCH 4
S: x OK ...
C: y SEARCH TEXT "epilogue"
S: * SEARCH
S: y OK ...
C: z SEARCH BODY "inside"
S: * SEARCH 3
S: z OK ...
C: za SEARCH BODY ""
S: * SEARCH 1 2 3 4 5
S: za OK ...
C: zb SEARCH 9,4:7
S: * SEARCH 4 5
S: zb OK ...
C: zc SEARCH NONSENSE
S: zc BAD ...
