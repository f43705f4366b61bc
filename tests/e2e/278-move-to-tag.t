# MOVE out of a folder into a tag: a tag holds no files, so they go to the Archive. Without one there is no way.
messages: 4
folder: Work
config: [mail] tags = Tags
C: a SELECT INBOX
S+: a OK ...
C: a0 CREATE Tags/t
S: a0 OK ...
C: b MOVE 1 Tags/t
S: b NO [CANNOT] ...
C: c CREATE Archive
S: c OK ...
C: d MOVE 1:2 Tags/t
S: * OK [COPYUID $t 1:2 1:2] Moved
S: * 1 EXPUNGE
S: * 1 EXPUNGE
S: d OK ...
C: e UID COPY 3 Tags/t
S+: e OK [COPYUID $t 3 3] COPY done
C: f UID MOVE 3:4 Tags/t
S: * OK [COPYUID $t 3:4 3:4] Moved
S+: f OK ...
! ls-mail INBOX | wc -l
> 0
! ls-mail Archive | wc -l
> 4
!~ notmuch count tag:t and folder:Archive
> 4
C: g SELECT Archive
S+: g OK ...
C: h0 CREATE Tags/u
S: h0 OK ...
C: h MOVE 1 Tags/u
S: h NO [CANNOT] ...
C: i COPY 1 Tags/u
S+: i OK [COPYUID $any 1 1] COPY done
