/* The arguments of SEARCH: RFC 9051 section 6.4.4, RFC 3501 section 6.4.4, RFC 4466 section 2.6, RFC 5182, RFC 6203. The keys are read by
 * read_keys.c. */
#ifndef REMUCH_READ_SEARCH_H
#define REMUCH_READ_SEARCH_H

#include "key.h"
#include "lex.h"
#include "seqset.h"

struct request;

/* RETURN (...) */
enum {
	SEARCH_MIN       = 1,
	SEARCH_MAX       = 2,
	SEARCH_ALL       = 4,
	SEARCH_COUNT     = 8,
	SEARCH_SAVE      = 16,
	SEARCH_RELEVANCY = 32,          /* RFC 6203 */
};

/* A sequence set among the keys, whose messages the mailbox has to tell: `key` is the KEY_UIDS that gets them. */
struct search_set {
	struct key    *key;
	struct seqset  set;
	bool           by_uid;
};

/* A FILTER among the keys, whose criteria the store has: `key` is its KEY_FILTER. level, fuzzy: inside of so many other filters, and
 * FUZZYs. */
struct search_filter {
	struct key *key;
	unsigned    level, fuzzy;
};

/* What others have to fill in; and how much was read, of all that there may be. */
struct search_sets {
	struct search_set    *p;
	size_t                n, cap;
	struct search_filter *filters;
	size_t                n_filters, cap_filters;
	unsigned              n_keys, n_texts;
};

struct search_args {
	bool               returns;     /* RETURN was said */
	unsigned           options;     /* SEARCH_* */
	bool               bad_charset; /* of a CHARSET that is not supported: keys are not read then, root is NULL */
	bool               bad_filter;  /* bad_charset with a FILTER among the keys */
	struct key        *root;
	bool               fuzzy;       /* FUZZY is among the keys, or may be in a FILTER */
	struct search_sets sets;        /* in the arena */
};

/* For struct command: *ret_args is a struct search_args. */
int read_search(struct request *rq, void **ret_args);

/* For ESEARCH: [RETURN options SP] [CHARSET name SP] keys, to the end of the command. */
int read_search_program(struct lexer *lx, struct search_args *args);

/* The name of a threading algorithm. 0, -EBADMSG. */
int read_search_algorithm(struct lexer *lx, enum thread_algorithm *ret);

/* For SORT and THREAD: what stands behind RETURN, SP "(" [option *(SP option)] ")", none of them meaning ALL; a charset with the space
 * behind it. 0, -EBADMSG, -EMSGSIZE. */
int read_search_options(struct lexer *lx, unsigned *ret);
int read_search_charset(struct lexer *lx, bool *ret_bad);

/* The keys, to the end of the command: search-key *(SP search-key); fills root, fuzzy and sets, or bad_filter. 0, -EBADMSG (also
 * RELEVANCY without a FUZZY), -EMSGSIZE (over SEARCH_KEYS_MAX keys or NEST_MAX parentheses in parentheses). */
int read_search_keys(struct lexer *lx, struct search_args *args);

/* More keys for the same search, from a stored one, in place of a filter (NULL: of none): they are added to args->sets and fuzzy, and the
 * limits are for all together. */
int read_search_more(struct lexer *lx, const struct search_filter *in, struct key **ret_root, struct search_args *args);

#endif
