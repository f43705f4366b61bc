# 561-inthread.t   INTHREAD: whole threads, notmuch's or by an algorithm of THREAD
folder: Work
login: yes
! mk() { printf 'From: %s\nSubject: %s\nMessage-ID: <%s@t>\n%b\nbody\n' "$2" "$3" "$1" "$4" > "$5/cur/170000000$1.$1.x:2,"; }; mk 1 ann@x lunch '' INBOX; mk 2 bob@x 'Re: lunch' 'References: <1@t>\n' INBOX; mk 3 cid@x 'lunch' '' INBOX; mk 4 cid@x 'Re: far' 'References: <9@t>\n' INBOX; mk 5 dan@x 'Re: near' 'References: <9@t>\n' INBOX; mk 6 ann@x 'Re: lunch' 'In-Reply-To: <2@t>\n' Work; notmuch new --quiet
C: a SELECT INBOX
S+: a OK ...
C: b SEARCH INTHREAD FROM bob
S: * SEARCH 1 2
S: b OK ...
C: c SEARCH INTHREAD SUBJECT far
S: * SEARCH 4 5
S: c OK ...
# By subject, also the third; the fourth and fifth have none in common
C: d SEARCH INTHREAD ORDEREDSUBJECT FROM bob
S: * SEARCH 1 2 3
S: d OK ...
C: e UID SEARCH RETURN (ALL COUNT) INTHREAD REFERENCES FROM bob
S: * ESEARCH (TAG "e") UID COUNT 3 ALL 1:3
S: e OK ...
C: f SEARCH INTHREAD REFS (FROM dan UNSEEN)
S: * SEARCH 4 5
S: f OK ...
C: g SEARCH NOT INTHREAD (OR FROM bob FROM dan)
S: * SEARCH 3
S: g OK ...
C: h THREAD REFS UTF-8 INTHREAD FROM dan
S: * THREAD ((4)(5))
S: h OK ...
C: i SORT (REVERSE FROM) UTF-8 INTHREAD INTHREAD FROM bob FROM ann
S: * SORT 1
S: i OK ...
# What notmuch does not know yet is in no thread of its
C: j APPEND INBOX {73+}
C: Subject: Re: lunch
C: References: <2@t>
C: Message-ID: <7@t>
C: From: eve@x
C: 
C: 
S+: j OK ...
!~ notmuch search --output=messages id:7@t
> id:7@t
C: k SEARCH INTHREAD FROM eve
S: * SEARCH 1 2 6
S: k OK ...
# The thread's message in another mailbox neither matches nor shows here
C: l SEARCH INTHREAD HEADER In-Reply-To 2@t
S: * SEARCH
S: l OK ...
C: m SELECT Work
S+: m OK ...
C: n SEARCH INTHREAD FROM bob
S: * SEARCH
S: n OK ...
C: o SEARCH INTHREAD ALL
S: * SEARCH 1
S: o OK ...
C: p SEARCH INTHREAD
S: p BAD ...
C: q SEARCH INTHREAD REFS
S: q BAD ...
C: r SEARCH INTHREAD JWZ ALL
S: r BAD ...
