#include "read_metadata.h"

#include <errno.h>
#include <string.h>

#include "command.h"
#include "limits.h"
#include "readbox.h"

/* Levels of a name that can have a value: "/shared/comment", "/private/vendor/TOKEN/NAME". */
enum { LEVELS_MIN = 2, LEVELS_VENDOR_MIN = 4 };

static unsigned levels(struct str name)
{
	unsigned n = 0;

	for (size_t i = 0; i < name.n; i++)
		n += name.p[i] == '/';
	return n;
}

/* RFC 5464 section 3.2; NULL: the name is fine. */
static const char *name_error(struct str name)
{
	bool scoped = str_ieq(name, STR("/private")) || str_ieq(name, STR("/shared")) || str_istarts(name, STR("/private/")) ||
	              str_istarts(name, STR("/shared/"));

	if (!scoped)
		return "an entry begins with /private/ or /shared/";
	if (str_ends(name, STR("/")) || str_find(name, STR("//")) < name.n)
		return "an entry has no empty level";
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] < 0x20 || name.p[i] == 0x7f || name.p[i] == '*' || name.p[i] == '%')
			return "an entry is of printable ASCII, without * and %";
	return NULL;
}

/* One that is to be set has as many levels as it needs; one that is asked for may be a level above others. */
static int read_entry(struct lexer *lx, bool whole, struct str *ret)
{
	bool        vendor;
	const char *why;
	int         r = lex_astring(lx, ret);

	if (r < 0)
		return r;
	why = name_error(*ret);
	if (why)
		return lex_fail(lx, -EBADMSG, why);
	if (ret->n > METADATA_NAME_MAX)
		return lex_fail(lx, -EMSGSIZE, "that entry's name is too long");
	vendor = str_istarts(*ret, STR("/private/vendor/")) || str_istarts(*ret, STR("/shared/vendor/"));
	if (whole && levels(*ret) < (vendor ? LEVELS_VENDOR_MIN : LEVELS_MIN))
		return lex_fail(lx, -EBADMSG, "that is only a level above entries");
	return 0;
}

static bool is_among(const struct str *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_ieq(v[i], name))
			return true;
	return false;
}

int read_metadata_entries(struct lexer *lx, struct metadata_wanted *ret)
{
	struct str *v = ARENA_NEW_N(lx->a, METADATA_NAMES_MAX, struct str), name;
	bool        list = lex_try(lx, '(');
	size_t      n = 0, seen = 0;
	int         r;

	do {
		r = read_entry(lx, false, &name);
		if (r < 0)
			return r;
		if (seen++ == METADATA_NAMES_MAX)
			return lex_fail(lx, -EMSGSIZE, "too many entries");
		if (!is_among(v, n, name))
			v[n++] = name;
	} while (list && lex_try(lx, ' '));
	ret->entries = v;
	ret->n = n;
	return list ? lex_char(lx, ')') : 0;
}

static int read_depth(struct lexer *lx, unsigned *ret)
{
	if (lex_accept(lx, "0"))
		*ret = 0;
	else if (lex_accept(lx, "1"))
		*ret = 1;
	else if (lex_accept(lx, "infinity"))
		*ret = METADATA_INFINITY;
	else
		return lex_fail(lx, -EBADMSG, "expected 0, 1 or infinity");
	return 0;
}

/* "(MAXSIZE 1024 DEPTH 1)" */
static int read_options(struct lexer *lx, struct read_metadata_get *args)
{
	int r = lex_char(lx, '(');

	while (r == 0) {
		uint32_t size;
		bool     maxsize = lex_accept(lx, "MAXSIZE");

		if (!maxsize && !lex_accept(lx, "DEPTH"))
			return lex_fail(lx, -EBADMSG, "expected MAXSIZE or DEPTH");
		r = lex_sp(lx);
		if (r == 0)
			r = maxsize ? lex_number(lx, &size) : read_depth(lx, &args->wanted.depth);
		if (r == 0 && maxsize)
			args->maxsize = size;
		if (r < 0 || lex_try(lx, ')'))
			return r;
		r = lex_sp(lx);
	}
	return r;
}

/* A list of options, not of entries: those begin with a slash. */
static bool at_options(const struct lexer *lx)
{
	return lx->at + 1 < lx->in.n && lx->in.p[lx->at] == '(' && !memchr("/\"{", lx->in.p[lx->at + 1], 3);
}

/* The grammar has the options before the mailbox, the examples behind it: both are understood. */
int read_metadata_get(struct request *rq, void **ret_args)
{
	struct read_metadata_get *args = ARENA_NEW(rq->arena, struct read_metadata_get);
	struct lexer             *lx = &rq->lx;
	bool                      options = str_starts(str_from(lx->in, lx->at), STR(" ("));
	int                       r = 0;

	args->maxsize = UINT64_MAX;
	if (options) {
		r = lex_sp(lx);
		if (r == 0)
			r = read_options(lx, args);
	}
	if (r == 0)
		r = readbox_name(rq, &args->box);
	if (r == 0)
		r = lex_sp(lx);
	if (r == 0 && !options && at_options(lx)) {
		r = read_options(lx, args);
		if (r == 0)
			r = lex_sp(lx);
	}
	if (r == 0)
		r = read_metadata_entries(lx, &args->wanted);
	*ret_args = args;
	return r < 0 ? r : lex_end(lx);
}

/* nstring / literal8 */
static int read_value(struct lexer *lx, struct str *ret)
{
	return lex_accept(lx, "NIL") ? (*ret = STR_NONE, 0) : lex_string8(lx, ret);
}

int read_metadata_set(struct request *rq, void **ret_args)
{
	struct read_metadata_set *args = ARENA_NEW(rq->arena, struct read_metadata_set);
	struct lexer             *lx = &rq->lx;
	int                       r = readbox_name(rq, &args->box);

	args->v = ARENA_NEW_N(rq->arena, METADATA_NAMES_MAX, struct metadata);
	if (r == 0)
		r = lex_sp(lx);
	if (r == 0)
		r = lex_char(lx, '(');
	for (bool more = true; r == 0 && more; more = r == 0 && lex_try(lx, ' ')) {
		struct metadata m = { .said = STR_NONE };

		if (args->n == METADATA_NAMES_MAX)
			return lex_fail(lx, -EMSGSIZE, "too many entries");
		r = read_entry(lx, true, &m.entry);
		if (r == 0)
			r = lex_sp(lx);
		if (r == 0)
			r = read_value(lx, &m.value);
		args->v[args->n++] = m;
	}
	if (r == 0)
		r = lex_char(lx, ')');
	*ret_args = args;
	return r < 0 ? r : lex_end(lx);
}
