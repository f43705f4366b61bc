/* Owned, growing bytes with a ceiling. Putting past the ceiling sets `failed` and drops what does not fit,
 * so a writer is checked once, at its end. Out of memory ends the process (die_memory). */
#ifndef REMUCH_BUF_H
#define REMUCH_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "str.h"

struct buf {
	char  *p;
	size_t n, cap, max;
	bool   failed;
	void (*pass)(void *arg, struct str s);  /* NULL: nobody takes what is held */
	void  *arg;
};

/* An empty buffer that holds at most max octets. Free it with buf_free. */
#define BUF(max_) ((struct buf){ .max = (max_) })

/* One for a long text that need not be anywhere as a whole: before it would hold more than max octets they are passed on; the rest by
 * buf_end. */
#define BUF_PASSING(max_, fn, arg_) ((struct buf){ .max = (max_), .pass = (fn), .arg = (arg_) })

void buf_put(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *z);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/* Room for at least n more octets at b->p + b->n; the caller adds to b->n what it filled.
 * NULL (and failed) over the ceiling. */
char *buf_room(struct buf *b, size_t n);

/* Drop the first n octets. */
void buf_skip(struct buf *b, size_t n);

/* Keep the memory, forget the content and the failure. */
void buf_reset(struct buf *b);

void buf_free(struct buf *b);

/* Of one that passes on: the rest, then buf_free. */
void buf_end(struct buf *b);

/* The content; valid until the next put. */
struct str buf_view(const struct buf *b);

/* The content as a C string; valid until the next put. */
const char *buf_z(struct buf *b);

#endif
