/* Keywords are notmuch tags. Some have names by a table (store_conf.keywords): $Junk is the tag spam. Any other tag that is an IMAP
 * atom is the keyword of that name; the rest have an escaped form that maps back: octets that no atom may hold, and "=", become "=" and
 * two hex digits, and so does the first octet of a tag that is called like a keyword of the table.
 * Keywords are compared without case, tags with: a keyword means the existing tag it equals, ASCII case apart. */
#ifndef REMUCH_KEYWORDS_H
#define REMUCH_KEYWORDS_H

#include "buf.h"
#include "store.h"

/* The keywords of a set (row.kwset; 0 is the empty set), as on the wire, and the tags they are. Valid until store_close. */
struct keyword_set {
	const struct str *v, *tags;
	size_t            n;
};
int keywords_of(struct store *s, uint32_t kwset, struct keyword_set *ret);

/* True when the set holds the keyword (ASCII case folded). */
bool keywords_has(struct store *s, uint32_t kwset, struct str keyword);

/* Is the tag one that notmuch gives by itself (store_conf.fixed_tags)? Nobody changes those. */
bool keywords_fixed(const struct store *s, struct str tag);

/* All keywords in use, sorted by tag, in a; for FLAGS and PERMANENTFLAGS. At most `max` of them. */
int keywords_all(struct store *s, size_t max, struct arena *a, struct keyword_set *ret);

/* Append the tag that a keyword means: by the table, an existing tag that differs from it only in case, else its own spelling. -EINVAL:
 * it can be no tag; -errno. */
int keywords_meant(struct store *s, struct str keyword, struct buf *tag);

/* The escapes alone, appended to b. keyword_unescape: -EINVAL for what can be no tag. */
void keyword_escape(struct buf *b, struct str s);
int keyword_unescape(struct buf *b, struct str s);

/* One name to the other's form, appended to b. keyword_to_tag: -EINVAL likewise; *ret_named: it is in the table, so the
 * tag is meant as it is spelled. */
void keyword_from_tag(const struct store_conf *c, struct buf *b, struct str tag);
int keyword_to_tag(const struct store_conf *c, struct buf *b, struct str keyword, bool *ret_named);

#endif
