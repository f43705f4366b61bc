/* What SORT and THREAD compare of a mail (MAIL_CACHE_TRAITS), so that neither opens files twice. */
#ifndef REMUCH_TRAITS_H
#define REMUCH_TRAITS_H

#include <stdbool.h>
#include <stdint.h>

#include "derived.h"
#include "str.h"

/* As fold.h has them; empty when absent. */
enum trait {
	TRAIT_SUBJECT,          /* base subject, subject.h */
	TRAIT_FROM,             /* mailbox of the first address (RFC 5256 section 3) */
	TRAIT_TO,
	TRAIT_CC,
	TRAIT_DISPLAY_FROM,     /* RFC 5957 section 3 */
	TRAIT_DISPLAY_TO,
	TRAITS_FOLDED,

	/* Message ids in the normal form of RFC 5256 section 3, each ended by a LF. */
	TRAIT_ID = TRAITS_FOLDED,       /* one or none */
	TRAIT_REFERENCES,               /* ancestors, oldest first: of References, else the first of In-Reply-To */
	TRAITS
};

struct traits {
	bool       known;               /* false: the file cannot be read; the others are absent then */
	bool       has_sent, reply;     /* reply: or forward, by the subject */
	int64_t    sent;                /* of the Date field, Unix seconds */
	struct str text[TRAITS];
};

extern const struct derived_kind traits_kind;

/* 0 and *ret, slices of text; -EBADMSG for a text of another version. */
int traits_read(struct str text, struct traits *ret);

/* Call fn for each of n mails in order, with their traits, which are valid in fn only. 0 or -errno (the cache cannot be read). */
typedef void (*traits_fn)(void *arg, size_t i, const struct traits *t);
int traits_load(struct store *s, const uint64_t *serials, size_t n, traits_fn fn, void *arg);

#endif
