# A client that leaves in the middle of its message has stored nothing.
folder: Archive
C: a APPEND Archive {100}
S: + OK
C: Subject: half
C: <close>
C: <open>
C: b STATUS Archive (MESSAGES)
S: * STATUS Archive (MESSAGES 0)
S: b OK STATUS done
!~ls $MAILROOT/Archive/tmp | wc -l
> 0
