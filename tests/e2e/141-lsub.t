# RFC 3501 section 6.3.9
folder: Fruit
folder: Fruit/Banana
folder: Tofu
C: a LSUB "" INBOX
S: * LSUB () "/" INBOX
S: a OK LSUB done
C: a UNSUBSCRIBE Fruit
S: a OK UNSUBSCRIBE done
C: a SUBSCRIBE Fruit/Banana
S: a OK SUBSCRIBE done
C: b SUBSCRIBE Tofu
S: b OK SUBSCRIBE done
C: c SUBSCRIBE Fruit/Peach
S: c OK SUBSCRIBE done
C: d LSUB "" *
S+: * LSUB () "/" Fruit/Banana
S: * LSUB () "/" Fruit/Peach
S: * LSUB () "/" Tofu
S: d OK LSUB done
C: e LSUB "" "Fru%"
S: * LSUB (\Noselect) "/" Fruit
S: e OK LSUB done
C: f LSUB "" ""
S: * LSUB (\Noselect) "/" ""
S: f OK LSUB done
C: g UNSUBSCRIBE Fruit/Peach
S: g OK UNSUBSCRIBE done
C: h UNSUBSCRIBE Fruit/Peach
S: h OK UNSUBSCRIBE done
C: i LSUB Fruit/ *
S: * LSUB () "/" Fruit/Banana
S: i OK LSUB done
C: j LSUB "" (*)
S: j BAD ...
C: k SUBSCRIBE a//b
S: k NO [CANNOT] ...
C: l SUBSCRIBE
S: l BAD ...
