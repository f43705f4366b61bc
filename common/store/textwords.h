/* The words of a text as notmuch has them in its index. */
#ifndef REMUCH_TEXTWORDS_H
#define REMUCH_TEXTWORDS_H

#include <stdbool.h>

#include "str.h"
#include "vec.h"

struct textword {
	struct str s;
	bool       bare;                /* may stand outside of quotes: no marks inside, no operator, not too short */
};

struct textwords {
	struct textword *p;
	size_t           n, cap;
};

/* Slices of text, which is UTF-8; nothing in them ends a quoted phrase. Free with VEC_FREE in any case. -ENOTSUP: the index has not
 * such words (no words at all, a script without spaces, no UTF-8, more than 64 octets in one). */
int textwords_read(struct str text, struct textwords *ret);

#endif
