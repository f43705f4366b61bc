/* RFC 8474: which mails have the same content (EMAILID), which are of one thread (THREADID). Both are numbers; 0 is none.
 *
 * The content's number is the serial of the first mail that had it, which COPY hands on, and a file that another program moves
 * (newcomers.c); MOVE keeps the mail. It costs nothing, where a digest would have to read every file once; that two files which came
 * apart are the same octets it does not see, nor need it (RFC 8474 section 5.1). */
#ifndef REMUCH_IDS_H
#define REMUCH_IDS_H

#include "store.h"
#include "textsearch.h"

/* Of n mails, in one transaction. -errno */
int ids_emails(struct store *s, const uint64_t *serials, size_t n, uint64_t *ret);

/* The mails with that content; of that thread (one query of the index). In a. Without an index no thread has mails. -errno */
int ids_of_email(struct store *s, uint64_t email, struct arena *a, struct serial_set *ret);
int ids_of_thread(struct store *s, uint64_t thread, struct arena *a, struct serial_set *ret);

#endif
