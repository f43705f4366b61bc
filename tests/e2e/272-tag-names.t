# Tags of any octets are mailboxes whose names map back; some are hidden
messages: 6
config: [mail] tags = Tags
config: [mail] hide_tags = unread;inbox;secret
! notmuch tag '+a b' +secret -- id:1@example.org
! notmuch tag '+x=y' -- id:2@example.org
! notmuch tag '+größe' -- id:3@example.org
! notmuch tag '+/lead//trail/' -- id:4@example.org
! notmuch tag '+100%*' -- id:5@example.org
! notmuch tag '+say "hi" \back' -- id:6@example.org
C: a LIST "" Tags/*
S: * LIST (\HasNoChildren) "/" "Tags/100%*"
S: * LIST (\Noselect \HasChildren) "/" Tags/=2flead=2f
S: * LIST (\HasNoChildren) "/" Tags/=2flead=2f/trail=2f
S: * LIST (\HasNoChildren) "/" "Tags/a b"
S: * LIST (\HasNoChildren) "/" Tags/gr&APYA3w-e
S: * LIST (\HasNoChildren) "/" "Tags/say \"hi\" \\back"
S: * LIST (\HasNoChildren) "/" Tags/x=3dy
S: a OK ...
