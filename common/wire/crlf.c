#include "crlf.h"

#include <string.h>

enum { BLOCK = 64, SKIP_AT_ONCE = 16 * 1024 };

void crlf_start(struct crlf *c, unsigned flags, uint64_t skip, uint64_t max)
{
	*c = (struct crlf){ .flags = flags, .skip = skip, .left = max };
}

/* LFs that no CR stands before, in the n octets behind p[0]. The inner loop has a fixed length and a sum of octets, so
 * that compilers make vector instructions of it: sizes of whole mailboxes are counted here. */
static uint64_t bare_lfs(const char *p, size_t n)
{
	uint64_t count = 0;
	size_t   i = 0;

	for (; n - i >= BLOCK; i += BLOCK) {
		unsigned char sum = 0;

		for (size_t j = 0; j < BLOCK; j++)
			sum += (unsigned char)((p[i + j] != '\r') & (p[i + j + 1] == '\n'));
		count += sum;
	}
	for (; i < n; i++)
		count += p[i] != '\r' && p[i + 1] == '\n';
	return count;
}

uint64_t crlf_octets(struct str s, bool after_cr)
{
	if (s.n == 0)
		return 0;
	return s.n + (s.p[0] == '\n' && !after_cr) + bare_lfs(s.p, s.n - 1);
}

static void passed(struct crlf *c, char last)
{
	c->after_cr = last == '\r';
	c->in_line = last != '\n';
}

/* Drop what lies before the window: whole pieces of s by counting alone. Returns the octets of s that are used;
 * afterwards s is used up or fewer than SKIP_AT_ONCE wire octets are left to skip. */
static size_t skip_pieces(struct crlf *c, struct str s)
{
	size_t used = 0;

	while (used < s.n && c->skip > 0) {
		struct str piece = str_mid(s, used, SKIP_AT_ONCE / 2);
		uint64_t   octets = crlf_octets(piece, c->after_cr);

		if (octets > c->skip)
			break;
		c->skip -= octets;
		used += piece.n;
		passed(c, piece.p[piece.n - 1]);
	}
	return used;
}

/* n octets of wire, of which the window may hold a part. The caller has seen to the room. */
static void put(struct crlf *c, const char *p, size_t n, struct buf *b)
{
	size_t dropped = c->skip < n ? (size_t)c->skip : n;
	char  *room;

	c->skip -= dropped;
	n -= dropped;
	if (n > c->left)
		n = (size_t)c->left;
	c->left -= n;
	if (n == 0)
		return;
	room = buf_room(b, n);
	memcpy(room, p + dropped, n);
	if (c->flags & CRLF_NUL)
		for (char *at = memchr(room, 0, n); at; at = memchr(at, 0, n - (size_t)(at - room)))
			*at = (char)0x80;
	b->n += n;
}

/* Is there room for what the window takes of the next n octets of wire? */
static bool fits(const struct crlf *c, size_t n, const struct buf *b)
{
	uint64_t taken = n > c->skip ? n - c->skip : 0;

	return (taken < c->left ? taken : c->left) <= b->max - b->n;
}

/* Octets at the beginning of s that go as they are, up to the end of a line or the next bare LF. */
static size_t stretch(struct str s)
{
	size_t lf;

	if (s.p[0] == '\n')
		return 1;
	lf = str_chr(s, '\n');
	return lf < s.n && s.p[lf - 1] == '\r' ? lf + 1 : lf;
}

/* One step: an octet that becomes two, or a stretch. Octets of s that are used; 0: no room. */
static size_t step(struct crlf *c, struct str s, struct buf *b)
{
	size_t      room = b->max - b->n, n;
	const char *two = NULL;

	if (s.p[0] == '\n' && !c->after_cr)
		two = "\r\n";
	else if (s.p[0] == '.' && !c->in_line && (c->flags & CRLF_DOTS))
		two = "..";
	if (two) {
		if (!fits(c, 2, b))
			return 0;
		put(c, two, 2, b);
		return 1;
	}
	n = stretch(s);
	if (n > c->skip && n - c->skip > room)
		n = (size_t)c->skip + room;
	put(c, s.p, n, b);
	return n;
}

size_t crlf_feed(struct crlf *c, struct str s, struct buf *b)
{
	size_t used = skip_pieces(c, s);

	while (used < s.n && c->left > 0) {
		size_t n = step(c, str_from(s, used), b);

		if (n == 0)
			break;
		used += n;
		passed(c, s.p[used - 1]);
	}
	return used;
}

void crlf_finish_dots(const struct crlf *c, struct buf *b)
{
	if (c->in_line)
		buf_puts(b, "\r\n");
	buf_puts(b, ".\r\n");
}
