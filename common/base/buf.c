#include "buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"

enum { FIRST_CAP = 256 };

static void pass(struct buf *b)
{
	if (b->n > 0)
		b->pass(b->arg, buf_view(b));
	b->n = 0;
}

/* One octet more than cap is always allocated, for buf_z. */
static bool grow(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : FIRST_CAP;
	char  *p;

	if (b->pass && n <= b->max && b->n > b->max - n)
		pass(b);
	if (n > b->max || b->n > b->max - n) {
		b->failed = true;
		return false;
	}
	if (b->p && b->n + n <= b->cap)
		return true;
	while (cap < b->n + n)
		cap *= 2;
	if (cap > b->max)
		cap = b->max;
	p = realloc(b->p, cap + 1);
	if (!p)
		die_memory();
	b->p = p;
	b->cap = cap;
	return true;
}

char *buf_room(struct buf *b, size_t n)
{
	return grow(b, n) ? b->p + b->n : NULL;
}

void buf_put(struct buf *b, const void *p, size_t n)
{
	if (b->pass && n > b->max) {
		pass(b);
		b->pass(b->arg, (struct str){ p, n });
		return;
	}
	if (n == 0 || !grow(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void buf_str(struct buf *b, struct str s)
{
	buf_put(b, s.p, s.n);
}

void buf_puts(struct buf *b, const char *z)
{
	buf_put(b, z, strlen(z));
}

void buf_putc(struct buf *b, char c)
{
	if (b->n < b->cap)
		b->p[b->n++] = c;
	else
		buf_put(b, &c, 1);
}

void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int     n;
	char   *room;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0) {
		b->failed = true;
		return;
	}
	room = buf_room(b, (size_t)n);
	if (!room)
		return;
	vsnprintf(room, (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void buf_skip(struct buf *b, size_t n)
{
	if (n >= b->n) {
		b->n = 0;
		return;
	}
	if (n > 0)
		memmove(b->p, b->p + n, b->n - n);
	b->n -= n;
}

void buf_reset(struct buf *b)
{
	b->n = 0;
	b->failed = false;
}

void buf_free(struct buf *b)
{
	free(b->p);
	*b = BUF(b->max);
}

void buf_end(struct buf *b)
{
	pass(b);
	buf_free(b);
}

struct str buf_view(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}

const char *buf_z(struct buf *b)
{
	if (!b->p)
		return "";
	b->p[b->n] = '\0';
	return b->p;
}
