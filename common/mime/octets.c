#include "octets.h"

#include <string.h>

uint64_t octets_count(struct str s, uint32_t *ret_lines)
{
	const char *p = s.p, *end = s.n > 0 ? s.p + s.n : s.p;
	uint64_t    bare = 0;
	uint32_t    lines = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		lines++;
		if (p == s.p || p[-1] != '\r')
			bare++;
		p++;
	}
	*ret_lines = lines;
	return s.n + bare;
}

struct octets_reader octets_reader(struct str s)
{
	return (struct octets_reader){ .rest = s };
}

static void take(struct octets_reader *r, char **out, const char *p, size_t n)
{
	if (*out && n > 0) {
		memcpy(*out, p, n);
		*out += n;
	}
	if (p == r->rest.p && n > 0) {
		r->before = p[n - 1];
		r->rest = str_from(r->rest, n);
	}
}

/* Whole lines, as long as there is room for them: nearly all of a message. */
static size_t move_lines(struct octets_reader *r, char *out, size_t n)
{
	const char *p = r->rest.p, *end = p + r->rest.n;
	size_t      done = 0;

	while (p < end && n - done > 2) {
		size_t      room = n - done - 2, left = (size_t)(end - p);
		const char *lf = memchr(p, '\n', left < room ? left : room);
		size_t      line;

		if (!lf)
			break;
		line = (size_t)(lf - p);
		memcpy(out + done, p, line);
		done += line;
		if ((line > 0 ? lf[-1] : r->before) != '\r')
			out[done++] = '\r';
		out[done++] = '\n';
		r->before = '\n';
		p = lf + 1;
	}
	r->rest = str_from(r->rest, (size_t)(p - r->rest.p));
	return done;
}

/* The next wire octets, at most n, to out unless that is NULL; how many they are. */
static size_t move(struct octets_reader *r, char *out, size_t n)
{
	size_t done = out && !r->half && r->rest.n > 0 ? move_lines(r, out, n) : 0;

	out = out ? out + done : NULL;
	while (done < n && r->rest.n > 0) {
		struct str window = str_mid(r->rest, 0, n - done);
		size_t     line = str_chr(window, '\n');

		if (line > 0) {
			take(r, &out, r->rest.p, line);
			done += line;
		} else if (r->before != '\r' && !r->half) {
			take(r, &out, "\r", 1);
			r->half = true;
			done++;
		} else {
			take(r, &out, r->rest.p, 1);
			r->half = false;
			done++;
		}
	}
	return done;
}

size_t octets_read(struct octets_reader *r, char *out, size_t n)
{
	return move(r, out, n);
}

void octets_skip(struct octets_reader *r, uint64_t n)
{
	while (n > 0 && r->rest.n > 0)
		n -= move(r, NULL, n > SIZE_MAX ? SIZE_MAX : (size_t)n);
}
