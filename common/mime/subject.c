#include "subject.h"

#include "words.h"

/* Step 1, in place: white space of any kind is one space. */
static struct str squeeze(struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		char c = b->p[i];

		if (c == '\t' || c == '\r' || c == '\n')
			c = ' ';
		if (c != ' ' || n == 0 || b->p[n - 1] != ' ')
			b->p[n++] = c;
	}
	b->n = n;
	return buf_view(b);
}

static struct str skip_spaces(struct str s)
{
	while (s.n > 0 && s.p[0] == ' ')
		s = str_from(s, 1);
	return s;
}

/* Step 2: *subj-trailer. */
static struct str drop_trailers(struct str s, bool *reply)
{
	static const size_t fwd = sizeof("(fwd)") - 1;

	for (;;) {
		if (s.n > 0 && s.p[s.n - 1] == ' ') {
			s.n--;
		} else if (s.n >= fwd && str_ieq(str_from(s, s.n - fwd), STR("(fwd)"))) {
			s.n -= fwd;
			*reply = true;
		} else {
			return s;
		}
	}
}

/* Octets of the subj-blob that s begins with; 0: none. */
static size_t blob(struct str s)
{
	size_t n = 1;

	if (s.n == 0 || s.p[0] != '[')
		return 0;
	while (n < s.n && s.p[n] != '[' && s.p[n] != ']' && s.p[n] != '\0')
		n++;
	if (n == s.n || s.p[n] != ']')
		return 0;
	return s.n - skip_spaces(str_from(s, n + 1)).n;
}

/* Octets of the subj-refwd that s begins with; 0: none. */
static size_t refwd(struct str s)
{
	struct str rest;

	if (str_istarts(s, STR("re")))
		rest = str_from(s, 2);
	else if (str_istarts(s, STR("fwd")))
		rest = str_from(s, 3);
	else if (str_istarts(s, STR("fw")))
		rest = str_from(s, 2);
	else
		return 0;
	rest = skip_spaces(rest);
	rest = str_from(rest, blob(rest));
	return rest.n > 0 && rest.p[0] == ':' ? s.n - rest.n + 1 : 0;
}

/* Steps 3 to 5. Blobs in a row are looked at once: a subj-refwd behind them takes them all away, else they go one by one
 * as long as something is left. */
static struct str drop_leaders(struct str s, bool *reply)
{
	for (;;) {
		struct str rest = skip_spaces(s), last = rest;
		size_t     n;

		while ((n = blob(rest)) > 0) {
			last = rest;
			rest = str_from(rest, n);
		}
		n = refwd(rest);
		if (n == 0)
			return rest.n > 0 ? rest : last;
		s = str_from(rest, n);
		*reply = true;
	}
}

bool subject_base(struct str value, struct buf *out)
{
	static const size_t header = sizeof("[fwd:") - 1;
	struct buf          decoded = BUF(out->max);
	struct str          s;
	bool                reply = false;

	words_decode(value, &decoded);
	s = squeeze(&decoded);
	for (;;) {
		s = drop_leaders(drop_trailers(s, &reply), &reply);
		if (s.n <= header || !str_istarts(s, STR("[fwd:")) || s.p[s.n - 1] != ']')
			break;
		s = str_mid(s, header, s.n - header - 1);
		reply = true;
	}
	buf_str(out, s);
	buf_free(&decoded);
	return reply;
}
