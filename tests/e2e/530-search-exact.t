# 530-search-exact.t   search = exact: BODY and TEXT are substrings of what is in the files
config: [mail] search = exact
mail: nested.eml
mail: eightbit.eml
select: INBOX
C: a SEARCH BODY "Grü"
S: * SEARCH 2
S: a OK ...
C: b SEARCH BODY "side.</p"
S: * SEARCH 1
S: b OK ...
C: c SEARCH BODY "x-unknown"
S: * SEARCH
S: c OK ...
C: d SEARCH TEXT "x-unkn"
S: * SEARCH 1
S: d OK ...
C: e SEARCH TEXT "Köln"
S: * SEARCH 2
S: e OK ...
C: f SEARCH BODY "Köln"
S: * SEARCH
S: f OK ...
