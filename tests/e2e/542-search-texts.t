# 542-search-texts.t   Other scripts, HTML, names of attachments, phrases; by the index and from the file
mail: scripts.eml
messages: 1
login: yes
C: a0 ENABLE IMAP4rev1
S+: a0 OK ...
C: a1 SELECT INBOX
S+: a1 OK ...
C: t1 SEARCH BODY {16+}
C: καλημέρα
S: * SEARCH 2
S: t1 OK ...
C: t2 SEARCH BODY {27+}
C: ΚΑΛΗΜΈΡΑ ΚΌΣΜΕ
S: * SEARCH 2
S: t2 OK ...
C: t3 SEARCH BODY {27+}
C: κόσμε καλημέρα
S: * SEARCH
S: t3 OK ...
C: t4 SEARCH BODY {21+}
C: ДОБРОЕ утро
S: * SEARCH 2
S: t4 OK ...
C: t5 SEARCH BODY {8+}
C: добр
S: * SEARCH 2
S: t5 OK ...
C: t6 SEARCH BODY {8+}
C: שלום
S: * SEARCH 2
S: t6 OK ...
C: t7 SEARCH BODY {8+}
C: عالم
S: * SEARCH
S: t7 OK ...
C: t8 SEARCH BODY {10+}
C: الخير
S: * SEARCH 2
S: t8 OK ...
C: t9 SEARCH BODY {6+}
C: 会議
S: * SEARCH 2
S: t9 OK ...
C: t10 SEARCH BODY {6+}
C: 東京
S: * SEARCH 2
S: t10 OK ...
C: t11 SEARCH BODY {6+}
C: 京都
S: * SEARCH
S: t11 OK ...
C: t12 SEARCH TEXT {12+}
C: привет
S: * SEARCH 2
S: t12 OK ...
C: t13 SEARCH SUBJECT {16+}
C: ПРИВЕТ 東
S: * SEARCH 2
S: t13 OK ...
C: t14 SEARCH TEXT {6+}
C: ärger
S: * SEARCH 2
S: t14 OK ...
C: t15 SEARCH FROM {7+}
C: zoë ä
S: * SEARCH 2
S: t15 OK ...
C: t16 SEARCH BODY {7+}
C: schöne
S: * SEARCH 2
S: t16 OK ...
C: t17 SEARCH BODY {4+}
C: neue
S: * SEARCH 2
S: t17 OK ...
C: t18 SEARCH BODY {4+}
C: welt
S: * SEARCH 2
S: t18 OK ...
C: t19 SEARCH TEXT {8+}
C: rechnung
S: * SEARCH 2
S: t19 OK ...
C: t20 SEARCH TEXT {5+}
C: märz
S: * SEARCH 2
S: t20 OK ...
C: t21 SEARCH BODY {9+}
C: don't pay
S: * SEARCH 2
S: t21 OK ...
C: t22 SEARCH BODY {4+}
C: 3.14
S: * SEARCH 2
S: t22 OK ...
C: t23 SEARCH BODY {4+}
C: at&t
S: * SEARCH 2
S: t23 OK ...
C: t24 SEARCH BODY {3+}
C: c++
S: * SEARCH 2
S: t24 OK ...
C: t25 SEARCH BODY {6+}
C: pay to
S: * SEARCH
S: t25 OK ...
