# Commands of any state (RFC 9051 section 6.1), ID (RFC 2971), and commands that are none.
messages: 1
C: a CAPABILITY
S: * CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR UIDPLUS ESEARCH SEARCHRES BINARY LIST-EXTENDED LIST-STATUS CHILDREN SPECIAL-USE CREATE-SPECIAL-USE STATUS=SIZE CONDSTORE QRESYNC METADATA LIST-METADATA FILTERS OBJECTID SORT=DISPLAY ESORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES THREAD=REFS I18NLEVEL=1 SEARCH=FUZZY MULTISEARCH ENABLE ID IDLE MOVE NAMESPACE SORT UNSELECT
S: a OK CAPABILITY done
C: b noop
S: b OK NOOP done
C: c NAMESPACE
S: * NAMESPACE (("" "/")) NIL NIL
S: c OK NAMESPACE done
C: d ID NIL
S: * ID ("name" "remuch" "version" $any)
S: d OK ID done
C: e ID ("name" "sodr" "version" NIL "vendor" {11+}
C: Pink Floyd!)
S: * ID ("name" "remuch" ...
S: e OK ID done
C: f ID ()
S: * ID ("name" ...
S: f OK ID done
# limits of RFC 2971 section 3.3
C: g ID ("$repeat(31,x)" "y")
S: g BAD ...
C: h ID ("x" "$repeat(1025,y)")
S: h BAD ...
C: i ID ($repeat(30,"a" "b" )"a" "b")
S: i BAD ...
C: j ID ("x")
S: j BAD ...
C: k ID
S: k BAD ...
# wrong state
C: l LOGIN $user $password
S: l BAD You are logged in already
C: m AUTHENTICATE PLAIN
S: m BAD You are logged in already
C: n STARTTLS
S: n BAD You are logged in already
C: o FETCH 1 FLAGS
S: o BAD No mailbox is selected
C: p CLOSE
S: p BAD No mailbox is selected
C: q UID STORE 1 FLAGS ()
S: q BAD No mailbox is selected
# no such commands
C: r XYZZY
S: r BAD Unknown command
C: s UID NOOP
S: s BAD Unknown command
C: LOGOUT
S: * BAD ...
C: 
S: * BAD ...
C: t NOOP x
S: t BAD ...
C: u  NOOP
S: u BAD ...
C: v LOGOUT
S: * BYE Goodbye
S: v OK LOGOUT done
S: <closed>
