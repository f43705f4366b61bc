/* Message ids as notmuch has them, so that a file is found in the index by what stands in the file, and lists
 * of ids for threading. */
#ifndef REMUCH_MESSAGE_ID_H
#define REMUCH_MESSAGE_ID_H

#include <stddef.h>

#include "arena.h"
#include "str.h"

struct message_ids {
	struct str *p;                  /* without the angle brackets */
	size_t      n;
};

/* The id under which notmuch 0.37 indexes a file with this content: its Message-Id, in notmuch's reading of it;
 * "notmuch-sha1-" and the SHA-1 of that id when it is too long for notmuch; of the whole file when there is none.
 * Lives in a, or is a slice of msg. */
struct str message_id_notmuch(struct arena *a, struct str msg);

/* The same when only the header is at hand: 0; -ENODATA when there is no id in it, so that the file counts. */
int message_id_of_header(struct arena *a, struct str header, struct str *ret_id);

/* The ids of a References or In-Reply-To value, in order, at most the last REFERENCES_MAX of them. Words outside
 * of angle brackets are left out (RFC 5256 section 3). They live in a. */
struct message_ids message_id_list(struct arena *a, struct str value);

#endif
