#include "listmatch.h"

#include <errno.h>
#include <string.h>

#include "boxname.h"
#include "limits.h"

static struct str join(struct arena *a, struct str head, struct str tail)
{
	char *p = ARENA_NEW_N(a, head.n + tail.n + 1, char);

	if (head.n > 0)
		memcpy(p, head.p, head.n);
	if (tail.n > 0)
		memcpy(p + head.n, tail.p, tail.n);
	return boxname_fold(a, (struct str){ p, head.n + tail.n });
}

/* One pattern. RFC 9051: one that is syntactically valid but not accepted "MUST be silently ignored". */
static int read_pattern(struct request *rq, struct str reference, bool known, struct listmatch *m)
{
	struct str pattern;
	size_t     at = rq->lx.at;
	int        r = boxname_read_pattern(&rq->lx, rq->rev2, &pattern);

	if (r == -EINVAL) {
		rq->lx.at = at;
		return lex_list_mailbox(&rq->lx, &pattern);
	}
	if (r < 0)
		return r;
	if (m->n == PATTERNS_MAX)
		return lex_fail(&rq->lx, -EMSGSIZE, "too many patterns");
	m->root = pattern.n == 0 && !m->many;
	if (known && pattern.n > 0)
		m->patterns[m->n++] = join(rq->arena, reference, pattern);
	return 0;
}

int listmatch_read(struct request *rq, struct listmatch *m)
{
	struct str reference = STR("");
	bool       known = true;
	int        r = lex_sp(&rq->lx);
	size_t     at = rq->lx.at;

	*m = (struct listmatch){ .patterns = ARENA_NEW_N(rq->arena, PATTERNS_MAX, struct str) };
	if (r == 0)
		r = boxname_read(&rq->lx, rq->rev2, &reference);
	if (r == -EINVAL) {
		known = false;
		rq->lx.at = at;
		r = lex_astring(&rq->lx, &reference);
	}
	if (r == 0)
		r = lex_sp(&rq->lx);
	if (r < 0)
		return r;
	m->many = lex_try(&rq->lx, '(');
	r = read_pattern(rq, reference, known, m);
	while (r == 0 && m->many && !lex_try(&rq->lx, ')')) {
		r = lex_sp(&rq->lx);
		if (r == 0)
			r = read_pattern(rq, reference, known, m);
	}
	return r;
}

bool listmatch_name(const struct listmatch *m, struct str name)
{
	for (size_t i = 0; i < m->n; i++)
		if (boxname_match(m->patterns[i], name))
			return true;
	return false;
}

bool listmatch_above(struct str name, struct str below)
{
	return below.n > name.n && below.p[name.n] == '/' && str_starts(below, name);
}

/* All that is below one name stands together in the sorted list: has one before i led to the same parent already? */
static bool told(const struct listmatch *m, const struct box_info *list, size_t i, struct str parent,
	listmatch_wanted wanted, void *arg)
{
	while (i-- > 0 && listmatch_above(parent, list[i].name))
		if (wanted(arg, &list[i]) && !listmatch_name(m, list[i].name))
			return true;
	return false;
}

void listmatch_parents(const struct listmatch *m, const struct box_info *list, size_t n, listmatch_wanted wanted,
	listmatch_parent fn, void *arg)
{
	for (size_t i = 0; i < n; i++) {
		struct str name = list[i].name;

		if (!wanted(arg, &list[i]) || listmatch_name(m, name))
			continue;
		for (size_t at = str_chr(name, '/'); at < name.n; at += 1 + str_chr(str_from(name, at + 1), '/')) {
			struct str parent = str_mid(name, 0, at);

			if (listmatch_name(m, parent) && !told(m, list, i, parent, wanted, arg))
				fn(arg, parent);
		}
	}
}
