/* POP3 answers. Texts are ASCII, one line each, without CRLF. Long answers end with reply_end. */
#ifndef REMUCH_REPLY_H
#define REMUCH_REPLY_H

#include "conn.h"

struct store;

/* "+OK text" */
void reply_ok(struct conn *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* "-ERR [code] text"; code (RFC 2449, 3206, 6856) may be NULL. */
void reply_err(struct conn *c, const char *code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* "-ERR [SYS/TEMP] doing: why" or [SYS/PERM]: what the store said, r being what it returned. */
void reply_failure(struct conn *c, const char *doing, int r, const char *why);

/* The "." that ends a long answer. */
void reply_end(struct conn *c);

#endif
