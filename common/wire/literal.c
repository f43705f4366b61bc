#include "literal.h"

#include <errno.h>

#include "num.h"

int literal_parse(struct str s, struct literal *ret)
{
	struct literal l = { .sync = true };
	int            r;

	if (str_starts(s, STR("~"))) {
		l.binary = true;
		s = str_from(s, 1);
	}
	if (!str_starts(s, STR("{")) || !str_ends(s, STR("}")))
		return -EBADMSG;
	s = str_mid(s, 1, s.n - 2);
	if (str_ends(s, STR("+"))) {
		l.sync = false;
		s.n--;
	}
	r = num_u64(s, &l.size);
	if (r < 0)
		return r == -EINVAL ? -EBADMSG : r;
	if (l.size > INT64_MAX)
		return -ERANGE;
	*ret = l;
	return 0;
}

/* Offset of the last "{" outside quoted strings; line.n when there is none, or when the line ends inside one. */
static size_t last_brace(struct str line)
{
	size_t at = line.n;
	bool   quoted = false;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (c == '{' && !quoted)
			at = i;
	}
	return quoted ? line.n : at;
}

int literal_at_end(struct str line, bool *ret_there, struct literal *ret)
{
	struct literal l;
	size_t         at;
	int            r;

	if (!str_ends(line, STR("}"))) {
		*ret_there = false;
		return 0;
	}
	at = last_brace(line);
	if (at == line.n) {
		*ret_there = false;
		return 0;
	}
	if (at > 0 && line.p[at - 1] == '~')
		at--;
	r = literal_parse(str_from(line, at), &l);
	if (r < 0)
		return r;
	l.header_at = at;
	*ret_there = true;
	*ret = l;
	return 0;
}
