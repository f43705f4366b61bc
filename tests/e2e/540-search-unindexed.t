# 540-search-unindexed.t   BODY and TEXT of mails that notmuch has not seen, or is just being told of: the same answers
notmuch: no
mail: nested.eml
mail: eightbit.eml
messages: 1
folder: Drafts
select: INBOX
C: a SEARCH BODY "plain inside"
S+: * SEARCH 2
S+: a OK ...
C: b SEARCH BODY "grüße VOM"
S+: * SEARCH 3
S+: b OK ...
C: c SEARCH TEXT "köln" NOT BODY "köln"
S+: * SEARCH 3
S+: c OK ...
C: d SEARCH OR BODY "message 1" TEXT "köln"
S+: * SEARCH 1 3
S+: d OK ...
# What was put there just now
C: e APPEND INBOX {47+}
C: Subject: appended
C: 
C: A word like quinquereme.
C: 
S+: e OK ...
C: f UID SEARCH BODY quinquereme
S+: * SEARCH 4
S+: f OK ...
