/* Borrowed byte strings. A struct str never owns its bytes and is not NUL-ended:
 * lengths travel with the pointer, and NUL is an octet like any other. */
#ifndef REMUCH_STR_H
#define REMUCH_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *p;
	size_t      n;
};

#define STR(lit) ((struct str){ (lit), sizeof(lit) - 1 })
#define STR_LIT(lit) { (lit), sizeof(lit) - 1 }       /* for static initialisers */
#define STR_NONE ((struct str){ NULL, 0 })

/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, (s).n > 0 ? (s).p : ""

/* The bytes of a C string; of NULL: STR_NONE. */
struct str str_of(const char *z);

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_starts(struct str s, struct str prefix);
bool str_istarts(struct str s, struct str prefix);      /* ASCII letters fold */

static inline bool str_ieq(struct str a, struct str b)
{
	return a.n == b.n && str_istarts(a, b);
}

bool str_ends(struct str s, struct str suffix);

/* memcmp order; a prefix sorts before the longer string. <0, 0, >0. */
int str_cmp(struct str a, struct str b);

/* That, for qsort and bsearch of struct str. */
int str_order(const void *a, const void *b);

/* From octet `from` (clamped to the end) to the end, or at most n octets of it. */
static inline struct str str_from(struct str s, size_t from)
{
	if (from >= s.n)
		return (struct str){ s.p ? s.p + s.n : NULL, 0 };
	return (struct str){ s.p + from, s.n - from };
}

static inline struct str str_mid(struct str s, size_t from, size_t n)
{
	s = str_from(s, from);
	if (s.n > n)
		s.n = n;
	return s;
}

/* Without spaces, tabs, CR and LF at both ends. */
struct str str_trim(struct str s);

/* Offset of the first octet c, or of the first `needle`; s.n when there is none. */
static inline size_t str_chr(struct str s, char c)
{
	const char *at = s.n > 0 ? (const char *)memchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

size_t str_find(struct str s, struct str needle);

/* Cut s at the first sep: *ret_head before it, *ret_tail after it. Without a sep: head is all of s, tail is
 * STR_NONE, and false is returned. ret_head or ret_tail may point at s's own variable. */
bool str_cut(struct str s, char sep, struct str *ret_head, struct str *ret_tail);

#endif
