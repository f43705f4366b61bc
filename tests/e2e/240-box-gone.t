# A selected mailbox that another connection deletes ends this one (RFC 2180 section 3.3).
connections: 2
folder: Work
select: Work
2 C: a DELETE Work
2 S+: a OK DELETE done
C: a NOOP
S: * BYE ...
S: a OK NOOP done
S: <closed>
