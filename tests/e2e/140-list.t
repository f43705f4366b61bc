# RFC 9051 section 6.3.9: the extended examples of section 6.3.9.8, and RFC 3501's LIST
folder: Fruit
folder: Fruit/Apple
folder: Fruit/Banana
folder: Tofu
folder: Vegetable
folder: Vegetable/Broccoli
folder: Vegetable/Corn
# what is there at the first LIST counts as subscribed
C: a LIST "" INBOX
S: * LIST (\HasNoChildren) "/" INBOX
S: a OK LIST done
C: a UNSUBSCRIBE Fruit
S: a OK UNSUBSCRIBE done
C: a UNSUBSCRIBE Fruit/Apple
S: a OK UNSUBSCRIBE done
C: a UNSUBSCRIBE Tofu
S: a OK UNSUBSCRIBE done
C: a UNSUBSCRIBE Vegetable/Corn
S: a OK UNSUBSCRIBE done
C: b LIST "" ""
S: * LIST (\Noselect) "/" ""
S: b OK LIST done
C: A01 LIST "" "*"
S: * LIST (\HasNoChildren) "/" INBOX
S: * LIST (\HasChildren) "/" Fruit
S: * LIST (\HasNoChildren) "/" Fruit/Apple
S: * LIST (\HasNoChildren) "/" Fruit/Banana
S: * LIST (\HasNoChildren) "/" Tofu
S: * LIST (\HasChildren) "/" Vegetable
S: * LIST (\HasNoChildren) "/" Vegetable/Broccoli
S: * LIST (\HasNoChildren) "/" Vegetable/Corn
S: A01 OK LIST done
C: c SUBSCRIBE INBOX
S: c OK SUBSCRIBE done
C: c SUBSCRIBE Fruit/Banana
S: c OK SUBSCRIBE done
C: c SUBSCRIBE Fruit/Peach
S: c OK SUBSCRIBE done
C: c SUBSCRIBE Vegetable
S: c OK SUBSCRIBE done
C: c SUBSCRIBE Vegetable/Broccoli
S: c OK SUBSCRIBE done
C: A02 LIST (SUBSCRIBED) "" "*"
S: * LIST (\Subscribed \HasNoChildren) "/" INBOX
S: * LIST (\Subscribed \HasNoChildren) "/" Fruit/Banana
S: * LIST (\Subscribed \NonExistent \HasNoChildren) "/" Fruit/Peach
S: * LIST (\Subscribed \HasChildren) "/" Vegetable
S: * LIST (\Subscribed \HasNoChildren) "/" Vegetable/Broccoli
S: A02 OK LIST done
C: A03 LIST () "" "%" RETURN (CHILDREN)
S: * LIST (\HasNoChildren) "/" INBOX
S: * LIST (\HasChildren) "/" Fruit
S: * LIST (\HasNoChildren) "/" Tofu
S: * LIST (\HasChildren) "/" Vegetable
S: A03 OK LIST done
C: A06 LIST (REMOTE) "" "*e*" RETURN (SUBSCRIBED)
S: * LIST (\HasNoChildren) "/" Fruit/Apple
S: * LIST (\Subscribed \HasChildren) "/" Vegetable
S: * LIST (\Subscribed \HasNoChildren) "/" Vegetable/Broccoli
S: * LIST (\HasNoChildren) "/" Vegetable/Corn
S: A06 OK LIST done
# RECURSIVEMATCH: Fruit has subscribed mailboxes below it that do not match the pattern
C: C04 LIST (SUBSCRIBED RECURSIVEMATCH) "" "%"
S: * LIST (\Subscribed \HasNoChildren) "/" INBOX
S: * LIST (\HasChildren) "/" Fruit ("CHILDINFO" ("SUBSCRIBED"))
S: * LIST (\Subscribed \HasChildren) "/" Vegetable ("CHILDINFO" ("SUBSCRIBED"))
S: C04 OK LIST done
C: C05 LIST (RECURSIVEMATCH) "" "%"
S: C05 BAD ...
C: C06 LIST (REMOTE RECURSIVEMATCH) "" "%"
S: C06 BAD ...
C: d SUBSCRIBE Gone/Away
S: d OK SUBSCRIBE done
C: e LIST (SUBSCRIBED RECURSIVEMATCH) "" (Gone Fruit/%)
S: * LIST (\Subscribed \HasNoChildren) "/" Fruit/Banana
S: * LIST (\Subscribed \NonExistent \HasNoChildren) "/" Fruit/Peach
S: * LIST (\NonExistent \HasNoChildren) "/" Gone ("CHILDINFO" ("SUBSCRIBED"))
S: e OK LIST done
# several patterns, reference
C: f LIST "" (INBOX Tofu "Fru%")
S: * LIST (\HasNoChildren) "/" INBOX
S: * LIST (\HasChildren) "/" Fruit
S: * LIST (\HasNoChildren) "/" Tofu
S: f OK LIST done
C: g LIST Fruit/ %
S: * LIST (\HasNoChildren) "/" Fruit/Apple
S: * LIST (\HasNoChildren) "/" Fruit/Banana
S: g OK LIST done
# in the extended syntax "" is nothing special
C: h LIST () "" ""
S: h OK LIST done
C: i LIST "" inbox
S: * LIST (\HasNoChildren) "/" INBOX
S: i OK LIST done
# errors
C: j LIST ""
S: j BAD ...
C: k LIST "" * RETURN (FOO)
S: k BAD ...
C: l LIST (FOO) "" *
S: l BAD ...
C: m LIST "" ()
S: m BAD ...
C: n LIST "" * RETURN
S: n BAD ...
C: o LIST "" &A
S: o OK LIST done
