#include "objectid.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIGITS = 16 };

void objectid_put_box(struct buf *b, uint64_t uidvalidity)
{
	buf_printf(b, "(F%08llx)", (unsigned long long)uidvalidity);
}

/* By the ten thousand: no printf. */
static void put(struct buf *b, char kind, uint64_t n)
{
	char text[DIGITS + 3];

	text[0] = '(';
	text[1] = kind;
	for (int i = DIGITS + 1; i > 1; i--, n >>= 4)
		text[i] = "0123456789abcdef"[n & 15];
	text[DIGITS + 2] = ')';
	buf_put(b, text, sizeof(text));
}

void objectid_put_email(struct buf *b, uint64_t email)
{
	put(b, 'M', email);
}

void objectid_put_thread(struct buf *b, uint64_t thread)
{
	if (thread == 0)
		buf_puts(b, "NIL");
	else
		put(b, 'T', thread);
}

void objectid_box_code(struct buf *b, uint32_t uidvalidity)
{
	buf_puts(b, "MAILBOXID ");
	objectid_put_box(b, uidvalidity);
}

static bool is_objectid(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
			return false;
	}
	return s.n > 0 && s.n <= OBJECTID_MAX;
}

int objectid_read(struct lexer *lx, char kind, uint64_t *ret)
{
	size_t     start = lx->at;
	struct str id;
	uint64_t   n = 0;
	int        r = lex_atom(lx, &id);

	if (r == 0 && !is_objectid(id)) {
		lx->at = start;
		return lex_fail(lx, -EBADMSG, "expected an object identifier");
	}
	if (r < 0)
		return r;
	*ret = 0;
	if (id.n != DIGITS + 1 || id.p[0] != kind)
		return 0;
	for (size_t i = 1; i < id.n; i++) {
		char c = id.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return 0;
		n = n << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*ret = n;
	return 0;
}
