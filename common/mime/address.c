#include "address.h"

#include <stdint.h>
#include <string.h>

#include "limits.h"
#include "token.h"
#include "vec.h"

struct reader {
	struct arena       *a;
	struct token_reader in;
	bool                no_angle;   /* no '>' follows: do not look for it again */
	bool                in_group;
	bool                after_angle; /* an address in brackets ended, its comma is awaited */
	struct address     *p;
	size_t              n, cap;
};

/* What stands between two separators, as far as it must be known to go on. */
struct extent {
	struct str text;
	size_t     at;                  /* of the last '@' that is not quoted; text.n when there is none */
	struct str comment;             /* the last one, with its marks */
	char       stop;                /* ',' ';' ':' '<', or 0 at the end */
};

static void emit(struct reader *r, struct address x)
{
	if (r->n < ADDRESSES_MAX)
		VEC_PUSH(r, x);
}

static struct extent next_extent(struct reader *r)
{
	struct extent   x = { .comment = STR_NONE };
	struct str      all = r->in.rest, t;
	size_t          at = SIZE_MAX, from;
	enum token_kind kind;

	while (from = all.n - r->in.rest.n, (kind = token_next(&r->in, &t)) != TOKEN_END) {
		char c = kind == TOKEN_CHAR ? t.p[0] : 0;

		if (kind == TOKEN_COMMENT)
			x.comment = t;
		if (c == '@')
			at = from;
		if (c == ',' || c == ';' || (c == '<' && !r->no_angle) || (c == ':' && at == SIZE_MAX && !r->in_group)) {
			x.stop = c;
			break;
		}
	}
	x.text = str_mid(all, 0, from);
	x.at = at < from ? at : from;
	return x;
}

static bool is_plain(struct str s)
{
	bool blank = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '"' || c == '(' || c == '\r' || c == '\n' || c == '\t' || (c == ' ' && blank))
			return false;
		blank = c == ' ';
	}
	return true;
}

static size_t put(char *p, size_t n, struct str s)
{
	if (s.n > 0)
		memcpy(p + n, s.p, s.n);
	return n + s.n;
}

/* Words, comments left out, one space where there was white space, quoting undone; STR_NONE when there is nothing. */
static struct str phrase(struct arena *a, struct str s)
{
	struct token_reader in = { .rest = str_trim(s) };
	enum token_kind     kind;
	struct str          t;
	size_t              n = 0;
	bool                gap = false;
	char               *p;

	if (in.rest.n == 0)
		return STR_NONE;
	if (is_plain(in.rest))
		return in.rest;
	p = arena_alloc(a, in.rest.n);
	while ((kind = token_next(&in, &t)) != TOKEN_END) {
		if (kind == TOKEN_SPACE || kind == TOKEN_COMMENT) {
			gap = n > 0;
			continue;
		}
		if (gap)
			p[n++] = ' ';
		gap = false;
		n = put(p, n, kind == TOKEN_QUOTED ? token_text(a, t) : t);
	}
	return n > 0 ? (struct str){ p, n } : STR_NONE;
}

/* Where the last run of words begins that only dots join: in "Fred fred . foo", at "fred". */
static size_t last_run(struct str s)
{
	struct token_reader in = { .rest = s };
	enum token_kind     kind;
	struct str          t;
	size_t              run = 0, from;
	bool                gap = false, dot = true;

	while (from = s.n - in.rest.n, (kind = token_next(&in, &t)) != TOKEN_END) {
		if (kind == TOKEN_SPACE || kind == TOKEN_COMMENT) {
			gap = true;
			continue;
		}
		if (gap && !dot && t.p[0] != '.')
			run = from;
		gap = false;
		dot = t.p[0] == '.';
	}
	return run;
}

/* s without white space and comments; quotes undone when `unquote`. At least the empty string. With `first` only as
 * far as dots join it. */
static struct str squeeze(struct arena *a, struct str s, bool unquote, bool first)
{
	struct token_reader in = { .rest = s };
	enum token_kind     kind;
	struct str          t;
	size_t              n = 0;
	bool                gap = false;
	char               *p = arena_alloc(a, s.n);

	while ((kind = token_next(&in, &t)) != TOKEN_END) {
		if (kind == TOKEN_SPACE || kind == TOKEN_COMMENT) {
			gap = n > 0;
			continue;
		}
		if (first && gap && t.p[0] != '.' && p[n - 1] != '.')
			break;
		gap = false;
		n = put(p, n, kind == TOKEN_QUOTED && unquote ? token_text(a, t) : t);
	}
	return (struct str){ p, n };
}

static bool is_compact(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (token_is_space(s.p[i]) || s.p[i] == '"' || s.p[i] == '(')
			return false;
	return s.n > 0;
}

static struct str local_part(struct arena *a, struct str s)
{
	s = str_trim(s);
	return is_compact(s) ? s : squeeze(a, s, true, false);
}

static struct str domain(struct arena *a, struct str s)
{
	s = str_trim(s);
	return is_compact(s) ? s : squeeze(a, s, false, s.n > 0 && s.p[0] != '[');
}

/* Text without brackets: an address when there is an "@", else words that pass as a mailbox. */
static void emit_bare(struct reader *r, const struct extent *x)
{
	struct str     before = str_mid(x->text, 0, x->at);
	struct address adr = { .name = STR_NONE, .adl = STR_NONE };
	size_t         run;

	if (x->at < x->text.n) {
		run = last_run(before);
		adr.name = phrase(r->a, str_mid(before, 0, run));
		adr.mailbox = local_part(r->a, str_from(before, run));
		adr.host = domain(r->a, str_from(x->text, x->at + 1));
	} else {
		adr.mailbox = phrase(r->a, x->text);
		adr.host = STR("");
		if (!adr.mailbox.p)
			return;
	}
	if (!adr.name.p && x->comment.p) {
		adr.name = str_trim(token_text(r->a, x->comment));
		adr.name = adr.name.n > 0 ? adr.name : STR_NONE;
	}
	emit(r, adr);
}

/* What stands behind '<', up to and with '>'; if that is missing, up to the next comma. */
static struct str angle(struct reader *r)
{
	struct token_reader start = r->in;
	struct str          all = r->in.rest, t;
	size_t              from, comma = SIZE_MAX;
	enum token_kind     kind;

	while (from = all.n - r->in.rest.n, (kind = token_next(&r->in, &t)) != TOKEN_END) {
		if (kind == TOKEN_CHAR && t.p[0] == '>')
			return str_mid(all, 0, from);
		if (comma == SIZE_MAX && kind == TOKEN_CHAR && (t.p[0] == ',' || t.p[0] == ';'))
			comma = from;
	}
	r->no_angle = true;
	from = comma < from ? comma : from;
	r->in = start;
	r->in.rest = str_from(all, from);
	return str_mid(all, 0, from);
}

/* Offset of the last '@' that is not quoted; s.n when there is none. */
static size_t last_at(struct str s)
{
	struct token_reader in = { .rest = s };
	enum token_kind     kind;
	struct str          t;
	size_t              at = s.n, from;

	while (from = s.n - in.rest.n, (kind = token_next(&in, &t)) != TOKEN_END)
		if (kind == TOKEN_CHAR && t.p[0] == '@')
			at = from;
	return at;
}

static void emit_angle(struct reader *r, struct str name)
{
	struct address adr = { .name = phrase(r->a, name), .adl = STR_NONE };
	struct str     s = angle(r);
	size_t         at;

	token_skip(&s);
	at = str_chr(s, ':');
	if (s.n > 0 && s.p[0] == '@' && at < s.n) {
		adr.adl = squeeze(r->a, str_mid(s, 0, at), false, false);
		s = str_from(s, at + 1);
	}
	at = last_at(s);
	adr.mailbox = local_part(r->a, str_mid(s, 0, at));
	adr.host = at < s.n ? domain(r->a, str_from(s, at + 1)) : STR("");
	emit(r, adr);
}

static void end_group(struct reader *r)
{
	if (r->in_group)
		emit(r, (struct address){ .name = STR_NONE });
	r->in_group = false;
}

/* What follows an address in brackets is dropped, unless it is the name of the next one, its comma forgotten. */
static void next_entry(struct reader *r)
{
	struct extent x = next_extent(r);
	struct str    name;

	if (x.stop == '<') {
		emit_angle(r, x.text);
		r->after_angle = true;
		return;
	}
	if (x.stop == ':') {
		name = phrase(r->a, x.text);
		emit(r, (struct address){ .mailbox = name.p ? name : STR("") });
		r->in_group = true;
	} else if (!r->after_angle) {
		emit_bare(r, &x);
	}
	if (x.stop == ';')
		end_group(r);
	r->after_angle = false;
}

struct addresses address_read(struct arena *a, struct str value)
{
	struct reader    r = { .a = a, .in.rest = value };
	struct addresses res;

	while (r.in.rest.n > 0 && r.n < ADDRESSES_MAX - 1)
		next_entry(&r);
	end_group(&r);
	res = (struct addresses){ ARENA_NEW_N(a, r.n, struct address), r.n };
	if (r.n > 0)
		memcpy(res.p, r.p, r.n * sizeof(*res.p));
	VEC_FREE(&r);
	return res;
}
