#include "read_search.h"

#include <errno.h>
#include <string.h>

#include "command.h"
#include "date.h"
#include "flags.h"
#include "imapdate.h"
#include "labelset.h"
#include "limits.h"
#include "num.h"
#include "objectid.h"
#include "row.h"

enum { FUZZY_TEXTS = 6 };               /* a fuzzy key asks the index more often: textsearch_fuzzy.c */

/* What follows the name. */
enum shape {
	SHAPE_ALONE, SHAPE_TEXT, SHAPE_HEADER, SHAPE_BEFORE, SHAPE_ON, SHAPE_SINCE, SHAPE_LARGER, SHAPE_SMALLER, SHAPE_KEYWORD,
	SHAPE_UID, SHAPE_FILTER, SHAPE_OLD, SHAPE_NEW, SHAPE_OBJECTID, SHAPE_NUMBER, SHAPE_LABEL, SHAPE_MODSEQ,
};

/* All keys but NOT, OR, lists and sequence sets, which are grammar. OLD, NEW and RECENT are IMAP4rev1's, EMAILID and THREADID RFC 8474's,
 * MODSEQ RFC 7162's, X-GM-* Gmail's. */
static const struct {
	const char *name;
	enum shape  shape;
	enum key_op op;
	uint32_t    mask, flags;
	bool        negated;
} keys[] = {
	{ "ALL", SHAPE_ALONE, KEY_ALL, 0, 0, false },
	{ "ANSWERED", SHAPE_ALONE, KEY_FLAGS, MAIL_ANSWERED, MAIL_ANSWERED, false },
	{ "BCC", SHAPE_TEXT, KEY_BCC, 0, 0, false },
	{ "BEFORE", SHAPE_BEFORE, KEY_DATE, 0, 0, false },
	{ "BODY", SHAPE_TEXT, KEY_BODY, 0, 0, false },
	{ "CC", SHAPE_TEXT, KEY_CC, 0, 0, false },
	{ "DELETED", SHAPE_ALONE, KEY_FLAGS, MAIL_DELETED, MAIL_DELETED, false },
	{ "DRAFT", SHAPE_ALONE, KEY_FLAGS, MAIL_DRAFT, MAIL_DRAFT, false },
	{ "EMAILID", SHAPE_OBJECTID, KEY_EMAIL, 0, 0, false },
	{ "FILTER", SHAPE_FILTER, KEY_FILTER, 0, 0, false },
	{ "FLAGGED", SHAPE_ALONE, KEY_FLAGS, MAIL_FLAGGED, MAIL_FLAGGED, false },
	{ "FROM", SHAPE_TEXT, KEY_FROM, 0, 0, false },
	{ "HEADER", SHAPE_HEADER, KEY_HEADER, 0, 0, false },
	{ "KEYWORD", SHAPE_KEYWORD, KEY_KEYWORD, 0, 0, false },
	{ "LARGER", SHAPE_LARGER, KEY_SIZE, 0, 0, false },
	{ "MODSEQ", SHAPE_MODSEQ, KEY_MODSEQ, 0, 0, false },
	{ "NEW", SHAPE_NEW, KEY_AND, 0, 0, false },
	{ "OLD", SHAPE_OLD, KEY_RECENT, 0, 0, true },
	{ "ON", SHAPE_ON, KEY_DATE, 0, 0, false },
	{ "RECENT", SHAPE_ALONE, KEY_RECENT, 0, 0, false },
	{ "SEEN", SHAPE_ALONE, KEY_FLAGS, MAIL_SEEN, MAIL_SEEN, false },
	{ "SENTBEFORE", SHAPE_BEFORE, KEY_SENT, 0, 0, false },
	{ "SENTON", SHAPE_ON, KEY_SENT, 0, 0, false },
	{ "SENTSINCE", SHAPE_SINCE, KEY_SENT, 0, 0, false },
	{ "SINCE", SHAPE_SINCE, KEY_DATE, 0, 0, false },
	{ "SMALLER", SHAPE_SMALLER, KEY_SIZE, 0, 0, false },
	{ "SUBJECT", SHAPE_TEXT, KEY_SUBJECT, 0, 0, false },
	{ "TEXT", SHAPE_TEXT, KEY_TEXT, 0, 0, false },
	{ "THREADID", SHAPE_OBJECTID, KEY_THREAD, 0, 0, false },
	{ "TO", SHAPE_TEXT, KEY_TO, 0, 0, false },
	{ "UID", SHAPE_UID, KEY_UIDS, 0, 0, false },
	{ "UNANSWERED", SHAPE_ALONE, KEY_FLAGS, MAIL_ANSWERED, 0, false },
	{ "UNDELETED", SHAPE_ALONE, KEY_FLAGS, MAIL_DELETED, 0, false },
	{ "UNDRAFT", SHAPE_ALONE, KEY_FLAGS, MAIL_DRAFT, 0, false },
	{ "UNFLAGGED", SHAPE_ALONE, KEY_FLAGS, MAIL_FLAGGED, 0, false },
	{ "UNKEYWORD", SHAPE_KEYWORD, KEY_KEYWORD, 0, 0, true },
	{ "UNSEEN", SHAPE_ALONE, KEY_FLAGS, MAIL_SEEN, 0, false },
	{ "X-GM-LABELS", SHAPE_LABEL, KEY_LABEL, 0, 0, false },
	{ "X-GM-MSGID", SHAPE_NUMBER, KEY_EMAIL, 0, 0, false },
	{ "X-GM-RAW", SHAPE_TEXT, KEY_RAW, 0, 0, false },
	{ "X-GM-THRID", SHAPE_NUMBER, KEY_THREAD, 0, 0, false },
};

struct reader {
	struct lexer      *lx;
	struct search_sets sets;
	unsigned           depth;
	unsigned           fuzzy;       /* FUZZYs that the key is inside of */
	bool               any_fuzzy;
	unsigned           level;       /* of filters */
};

static struct key *new_key(struct reader *r, enum key_op op)
{
	struct key *k = ARENA_NEW(r->lx->a, struct key);

	k->op = op;
	k->fuzzy = r->fuzzy > 0;
	return k;
}

static struct key *negation(struct reader *r, struct key *k)
{
	struct key *not = new_key(r, KEY_NOT);

	not->child = k;
	return not;
}

static struct key *flags_key(struct reader *r, uint32_t mask, uint32_t flags)
{
	struct key *k = new_key(r, KEY_FLAGS);

	k->mask = mask;
	k->flags = flags;
	return k;
}

static int read_set(struct reader *r, bool by_uid, struct key *k)
{
	struct search_sets *sets = &r->sets;
	struct seqset       set;
	int                 res = seqset_read(r->lx, &set);

	if (res < 0)
		return res;
	if (sets->n == sets->cap) {
		size_t             cap = sets->cap > 0 ? 2 * sets->cap : 4;
		struct search_set *p = ARENA_NEW_N(r->lx->a, cap, struct search_set);

		if (sets->n > 0)
			memcpy(p, sets->p, sets->n * sizeof(*p));
		sets->p = p;
		sets->cap = cap;
	}
	k->op = KEY_UIDS;
	sets->p[sets->n++] = (struct search_set){ .key = k, .set = set, .by_uid = by_uid };
	return 0;
}

static int read_day(struct reader *r, enum shape shape, struct key *k)
{
	int64_t seconds;
	int     res = imapdate_read_day(r->lx, &seconds);

	if (res < 0)
		return res;
	k->from = shape == SHAPE_BEFORE ? KEY_FIRST : date_utc_day(seconds);
	k->to = shape == SHAPE_BEFORE ? date_utc_day(seconds) : shape == SHAPE_ON ? date_utc_day(seconds) + 1 : KEY_LAST;
	return 0;
}

static int read_size(struct reader *r, enum shape shape, struct key *k)
{
	uint64_t n;
	int      res = lex_number64(r->lx, &n);

	if (res < 0)
		return res;
	k->from = shape == SHAPE_SMALLER ? KEY_FIRST : n < INT64_MAX ? (int64_t)n + 1 : KEY_LAST;
	k->to = shape == SHAPE_SMALLER ? (int64_t)n : KEY_LAST;
	return 0;
}

static int read_keyword(struct reader *r, struct key *k)
{
	uint32_t flag;
	int      res = flags_read_keyword(r->lx, &flag, &k->text);

	if (res == 0 && flag) {
		k->op = KEY_FLAGS;
		k->mask = k->flags = MAIL_FORWARDED;
		k->text = STR_NONE;
	}
	return res;
}

/* filter-name: ATOM-CHARs but "/" */
static int read_filter(struct reader *r, struct key *k)
{
	struct search_sets *sets = &r->sets;
	int                 res = lex_atom(r->lx, &k->name);

	if (res < 0)
		return res;
	if (str_chr(k->name, '/') < k->name.n)
		return lex_fail(r->lx, -EBADMSG, "a filter's name has no \"/\"");
	if (sets->n_filters == sets->cap_filters) {
		size_t                cap = sets->cap_filters > 0 ? 2 * sets->cap_filters : 4;
		struct search_filter *p = ARENA_NEW_N(r->lx->a, cap, struct search_filter);

		if (sets->n_filters > 0)
			memcpy(p, sets->filters, sets->n_filters * sizeof(*p));
		sets->filters = p;
		sets->cap_filters = cap;
	}
	sets->filters[sets->n_filters++] = (struct search_filter){ k, r->level, r->fuzzy };
	return 0;
}

static int read_header(struct reader *r, struct key *k)
{
	int res = lex_astring(r->lx, &k->name);

	if (res == 0)
		res = lex_sp(r->lx);
	return res < 0 ? res : lex_astring(r->lx, &k->text);
}

/* 64 bits, decimal. */
static int read_number(struct reader *r, struct key *k)
{
	size_t     start = r->lx->at;
	struct str digits;
	int        res = lex_word(r->lx, &digits);

	if (res < 0 || num_u64(digits, &k->id) == 0)
		return res;
	r->lx->at = start;
	return lex_fail(r->lx, -EBADMSG, "expected a number of 64 bits");
}

/* entry-flag-name without its quotes. */
static bool is_entry(struct arena *a, struct str name)
{
	struct lexer lx;
	struct str   flag;

	if (!str_istarts(name, STR("/flags/")))
		return false;
	lex_init(&lx, str_from(name, sizeof("/flags/") - 1), a);
	lex_try(&lx, '\\');
	return lex_atom(&lx, &flag) == 0 && lx.at == lx.in.n;
}

/* entry-name SP entry-type-req SP: there is one mod-sequence for all of a message, so that they say nothing (RFC 7162 section 3.1.5). */
static int read_entry(struct reader *r)
{
	static const char *const types[] = { "priv", "shared", "all" };
	struct str               name;
	size_t                   i = 0;
	int                      res = lex_quoted(r->lx, &name);

	if (res < 0)
		return res;
	if (!is_entry(r->lx->a, name))
		return lex_fail(r->lx, -EBADMSG, "expected the name of an entry, \"/flags/\" and a flag");
	res = lex_sp(r->lx);
	while (res == 0 && i < sizeof(types) / sizeof(types[0]) && !lex_accept(r->lx, types[i]))
		i++;
	if (res == 0 && i == sizeof(types) / sizeof(types[0]))
		return lex_fail(r->lx, -EBADMSG, "expected priv, shared or all");
	return res < 0 ? res : lex_sp(r->lx);
}

static int read_modseq(struct reader *r, struct key *k)
{
	int res = lex_peek(r->lx) == '"' ? read_entry(r) : 0;

	return res < 0 ? res : lex_number64(r->lx, &k->id);
}

static int read_argument(struct reader *r, enum shape shape, struct key *k)
{
	int res = lex_sp(r->lx);

	if (res < 0)
		return res;
	switch (shape) {
	case SHAPE_HEADER:
		return read_header(r, k);
	case SHAPE_BEFORE:
	case SHAPE_ON:
	case SHAPE_SINCE:
		return read_day(r, shape, k);
	case SHAPE_LARGER:
	case SHAPE_SMALLER:
		return read_size(r, shape, k);
	case SHAPE_KEYWORD:
		return read_keyword(r, k);
	case SHAPE_UID:
		return read_set(r, true, k);
	case SHAPE_FILTER:
		return read_filter(r, k);
	case SHAPE_OBJECTID:
		return objectid_read(r->lx, k->op == KEY_EMAIL ? 'M' : 'T', &k->id);
	case SHAPE_NUMBER:
		return read_number(r, k);
	case SHAPE_MODSEQ:
		return read_modseq(r, k);
	case SHAPE_LABEL:
		return labelset_read_one(r->lx, &k->text);
	default:
		return lex_astring(r->lx, &k->text);
	}
}

static bool asks_index(enum key_op op)
{
	return op == KEY_BODY || op == KEY_TEXT || op == KEY_RAW || op == KEY_THREAD;
}

/* A key with a name. */
static int read_named(struct reader *r, struct str name, struct key **ret)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct key *k;
		int         res = 0;

		if (!str_ieq(name, str_of(keys[i].name)))
			continue;
		if (asks_index(keys[i].op) && (r->sets.n_texts += r->fuzzy ? FUZZY_TEXTS : 1) > SEARCH_TEXTS_MAX)
			return lex_fail(r->lx, -EMSGSIZE, "too many keys that ask the index");
		k = flags_key(r, keys[i].mask, keys[i].flags);
		k->op = keys[i].op;
		if (keys[i].shape == SHAPE_NEW) {
			k->child = new_key(r, KEY_RECENT);
			k->child->next = flags_key(r, MAIL_SEEN, 0);
		} else if (keys[i].shape != SHAPE_ALONE && keys[i].shape != SHAPE_OLD) {
			res = read_argument(r, keys[i].shape, k);
		}
		if (res == 0)
			*ret = keys[i].negated ? negation(r, k) : k;
		return res;
	}
	return lex_fail(r->lx, -EBADMSG, "unknown search key");
}

static int read_key(struct reader *r, struct key **ret);

/* search-key *(SP search-key): one, or KEY_AND. */
static int read_keys(struct reader *r, struct key **ret)
{
	struct key  *and = new_key(r, KEY_AND), **end = &and->child;
	int          res;

	do {
		res = read_key(r, end);
		if (res < 0)
			return res;
		end = &(*end)->next;
	} while (lex_try(r->lx, ' '));
	*ret = and->child->next ? and : and->child;
	return 0;
}

/* OR of ORs is one list, however they are nested: clients write long ones. Behind the first "OR". */
static int read_or(struct reader *r, struct key **ret)
{
	struct key *or = new_key(r, KEY_OR), **end = &or->child;
	size_t      owed = 2;

	while (owed > 0) {
		int res = lex_sp(r->lx);

		if (res == 0 && lex_accept(r->lx, "OR")) {
			owed++;
			continue;
		}
		if (res == 0)
			res = read_key(r, end);
		if (res < 0)
			return res;
		end = &(*end)->next;
		owed--;
	}
	*ret = or;
	return 0;
}

/* RFC 6203 section 3: behind the word. */
static int read_fuzzy(struct reader *r, struct key **ret)
{
	int res = lex_sp(r->lx);

	r->any_fuzzy = true;
	r->fuzzy++;
	if (res == 0)
		res = read_key(r, ret);
	r->fuzzy--;
	return res;
}

int read_search_algorithm(struct lexer *lx, enum thread_algorithm *ret)
{
	static const struct {
		const char           *name;
		enum thread_algorithm algorithm;
	} algorithms[] = {
		{ "ORDEREDSUBJECT", THREAD_ORDEREDSUBJECT }, { "REFERENCES", THREAD_REFERENCES }, { "REFS", THREAD_REFS },
	};

	for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
		if (lex_accept(lx, algorithms[i].name)) {
			*ret = algorithms[i].algorithm;
			return 0;
		}
	return lex_fail(lx, -EBADMSG, "unknown threading algorithm");
}

/* INTHREAD [algorithm SP] search-key, behind the word: no key is called like an algorithm. */
static int read_inthread(struct reader *r, struct key **ret)
{
	struct key *k = new_key(r, KEY_INTHREAD);
	int         res = lex_sp(r->lx);

	if (res == 0 && read_search_algorithm(r->lx, &k->algorithm) == 0) {
		k->by_algorithm = true;
		res = lex_sp(r->lx);
	}
	if (res == 0)
		res = read_key(r, &k->child);
	if (res == 0)
		*ret = k;
	return res;
}

static int read_nested(struct reader *r, struct key **ret)
{
	struct key *k;
	struct str  name;
	int         c = lex_peek(r->lx), res;

	if (lex_try(r->lx, '(')) {
		res = read_keys(r, ret);
		return res < 0 ? res : lex_char(r->lx, ')');
	}
	if ((c >= '0' && c <= '9') || c == '*' || c == '$') {
		*ret = new_key(r, KEY_UIDS);
		return read_set(r, false, *ret);
	}
	if (lex_accept(r->lx, "OR"))
		return read_or(r, ret);
	if (lex_accept(r->lx, "NOT")) {
		res = lex_sp(r->lx);
		if (res == 0)
			res = read_key(r, &k);
		if (res == 0)
			*ret = negation(r, k);
		return res;
	}
	if (lex_accept(r->lx, "FUZZY"))
		return read_fuzzy(r, ret);
	if (lex_accept(r->lx, "INTHREAD"))
		return read_inthread(r, ret);
	res = lex_word(r->lx, &name);
	return res < 0 ? res : read_named(r, name, ret);
}

static int read_key(struct reader *r, struct key **ret)
{
	int res;

	if (r->depth == NEST_MAX || r->sets.n_keys == SEARCH_KEYS_MAX)
		return lex_fail(r->lx, -EMSGSIZE, "too many search keys");
	r->sets.n_keys++;
	r->depth++;
	res = read_nested(r, ret);
	r->depth--;
	return res;
}

int read_search_more(struct lexer *lx, const struct search_filter *in, struct key **ret_root, struct search_args *args)
{
	struct reader r = { .lx = lx, .sets = args->sets, .fuzzy = in ? in->fuzzy : 0, .level = in ? in->level + 1 : 0 };
	struct key   *root;
	int           res = read_keys(&r, &root);

	if (res == 0)
		res = lex_end(lx);
	if (res < 0)
		return res;
	*ret_root = root;
	args->fuzzy |= r.any_fuzzy;
	args->sets = r.sets;
	return 0;
}

/* In a bad charset they are read to find a FILTER, no more; what is not understood of them is no bad command. */
int read_search_keys(struct lexer *lx, struct search_args *args)
{
	struct search_args read = { .options = args->options };
	struct lexer       copy = *lx;
	int                res = read_search_more(args->bad_charset ? &copy : lx, NULL, &read.root, &read);

	if (args->bad_charset) {
		args->bad_filter = res == 0 && read.sets.n_filters > 0;
		lx->at = lx->in.n;
		return 0;
	}
	read.fuzzy |= read.sets.n_filters > 0;
	if (res == 0 && (args->options & SEARCH_RELEVANCY) && !read.fuzzy)
		res = lex_fail(lx, -EBADMSG, "RELEVANCY needs a FUZZY key");
	if (res < 0)
		return res;
	args->root = read.root;
	args->fuzzy = read.fuzzy;
	args->sets = read.sets;
	return 0;
}
