#include "reply.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

enum { TEXT_MAX = 400 };        /* an answer's first line is at most 512 octets: RFC 2449 section 4 */

__attribute__((format(printf, 3, 0))) static void put_line(struct conn *c, const char *before, const char *fmt, va_list ap)
{
	char text[TEXT_MAX];

	vsnprintf(text, sizeof(text), fmt, ap);
	text_printable(text);
	conn_printf(c, "%s %s\r\n", before, text);
}

void reply_ok(struct conn *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_line(c, "+OK", fmt, ap);
	va_end(ap);
}

void reply_err(struct conn *c, const char *code, const char *fmt, ...)
{
	char    before[32] = "-ERR";
	va_list ap;

	if (code)
		snprintf(before, sizeof(before), "-ERR [%s]", code);
	va_start(ap, fmt);
	put_line(c, before, fmt, ap);
	va_end(ap);
}

/* Will it help to try again later, or must somebody repair something first (RFC 3206)? */
static bool is_permanent(int r)
{
	return r == -EACCES || r == -EPERM || r == -EROFS || r == -ENOENT || r == -EINVAL || r == -ENOTDIR;
}

void reply_failure(struct conn *c, const char *doing, int r, const char *why)
{
	if (!why || !*why)
		why = strerror(-r);
	reply_err(c, is_permanent(r) ? "SYS/PERM" : "SYS/TEMP", "%s: %s", doing, why);
}

void reply_end(struct conn *c)
{
	conn_puts(c, ".\r\n");
}
