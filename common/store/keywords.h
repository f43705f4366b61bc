/* Keywords are notmuch tags. A tag that is an IMAP atom is the keyword of that name; others have an escaped form
 * that maps back: octets that no atom may hold, and "=", become "=" and two hex digits.
 * Keywords are compared without case, tags with: a keyword means the existing tag it equals, ASCII case apart. */
#ifndef REMUCH_KEYWORDS_H
#define REMUCH_KEYWORDS_H

#include "buf.h"
#include "store.h"

/* The keywords of a set (row.kwset; 0 is the empty set), as on the wire. Valid until store_close. */
struct keyword_set {
	const struct str *v;
	size_t            n;
};
int keywords_of(struct store *s, uint32_t kwset, struct keyword_set *ret);

/* True when the set holds the keyword (ASCII case folded). */
bool keywords_has(struct store *s, uint32_t kwset, struct str keyword);

/* All keywords in use, sorted, in a; for FLAGS and PERMANENTFLAGS. At most `max` of them. */
int keywords_all(struct store *s, size_t max, struct arena *a, struct keyword_set *ret);

/* One name to the other's form, appended to b. keyword_to_tag: -EINVAL for what can be no tag. */
void keyword_from_tag(struct buf *b, struct str tag);
int keyword_to_tag(struct buf *b, struct str keyword);

#endif
