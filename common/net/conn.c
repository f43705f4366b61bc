/* The input buffer is one piece of memory with the unread octets at [at, end); a line is a slice of it.
 * The output buffer is written when it is full, before each wait, and at conn_flush. */
#include "conn.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "die.h"
#include "layer_plain.h"
#include "limits.h"

enum {
	OUT_FULL = 32 * 1024,
};

struct conn {
	struct layer *top;
	int           in_fd, out_fd;
	char         *in;
	size_t        at, end, cap;
	struct buf    out;
	int           in_error;         /* 0, or what every later read tells: -ENODATA, -errno; time-outs do not stay */
	int           out_error;        /* 0, or the first -errno of a write */
	int64_t       idle_ms, deadline;
	uint64_t      octets_in, octets_out;
};

struct conn *conn_new(int in, int out, struct str early)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (!c)
		die_memory();
	c->top = layer_plain_new(in, out);
	c->in_fd = in;
	c->out_fd = out;
	c->cap = early.n > CONN_AHEAD_MAX ? early.n : CONN_AHEAD_MAX;
	c->in = malloc(c->cap);
	if (!c->in)
		die_memory();
	if (early.n > 0)
		memcpy(c->in, early.p, early.n);
	c->end = early.n;
	c->octets_in = early.n;
	c->out = BUF(SIZE_MAX / 2);
	c->idle_ms = CLOCK_NEVER;
	c->deadline = CLOCK_NEVER;
	return c;
}

void conn_close(struct conn *c)
{
	if (!c)
		return;
	conn_flush(c);
	while (c->top) {
		struct layer *below = c->top->below;

		c->top->ops->close(c->top);
		c->top = below;
	}
	buf_free(&c->out);
	free(c->in);
	free(c);
}

struct layer *conn_top(struct conn *c)
{
	return c->top;
}

int conn_push(struct conn *c, struct layer *l)
{
	int r = conn_flush(c);

	if (r < 0)
		return r;
	if (conn_has_input(c))
		return -EPROTO;
	l->below = c->top;
	c->top = l;
	return 0;
}

int conn_in_fd(const struct conn *c)
{
	return c->in_fd;
}

int conn_out_fd(const struct conn *c)
{
	return c->out_fd;
}

void conn_set_timeouts(struct conn *c, int64_t idle_ms, int64_t deadline)
{
	c->idle_ms = idle_ms;
	c->deadline = deadline;
}

static int64_t sooner(const struct conn *c, int64_t wait_ms)
{
	int64_t then;

	if (wait_ms == CLOCK_NEVER)
		return c->deadline;
	then = clock_ms() + wait_ms;
	return then < c->deadline ? then : c->deadline;
}

/* One read from the top layer to p. 0 and *ret_n > 0, or -errno. */
static int read_top(struct conn *c, void *p, size_t n, int64_t deadline, size_t *ret_n)
{
	ssize_t got;

	if (c->in_error < 0)
		return c->in_error;
	got = c->top->ops->read(c->top, p, n, deadline);
	if (got > 0) {
		c->octets_in += (uint64_t)got;
		*ret_n = (size_t)got;
		return 0;
	}
	if (got == -ETIMEDOUT)
		return -ETIMEDOUT;
	c->in_error = got == 0 ? -ENODATA : (int)got;
	return c->in_error;
}

/* Octets behind c->end. The unread ones may move. */
static int fill(struct conn *c, int64_t deadline)
{
	size_t n = 0;
	int    r;

	if (c->at == c->end)
		c->at = c->end = 0;
	if (c->end == c->cap && c->at > 0) {
		memmove(c->in, c->in + c->at, c->end - c->at);
		c->end -= c->at;
		c->at = 0;
	}
	if (c->end == c->cap) {
		char *p = realloc(c->in, c->cap * 2);

		if (!p)
			die_memory();
		c->in = p;
		c->cap *= 2;
	}
	r = read_top(c, c->in + c->end, c->cap - c->end, deadline, &n);
	if (r == 0)
		c->end += n;
	return r;
}

/* Likewise, after the output went out, since this may wait for the peer's answer to it. */
static int fill_flushed(struct conn *c)
{
	int r = conn_flush(c);

	return r < 0 ? r : fill(c, sooner(c, c->idle_ms));
}

/* Drop octets up to and with the next LF. */
static int skip_line(struct conn *c)
{
	for (;;) {
		char *lf = memchr(c->in + c->at, '\n', c->end - c->at);
		int   r;

		if (lf) {
			c->at = (size_t)(lf - c->in) + 1;
			return 0;
		}
		c->at = c->end;
		r = fill_flushed(c);
		if (r < 0)
			return r;
	}
}

int conn_line(struct conn *c, size_t max, struct str *ret_line)
{
	size_t seen = 0;        /* unread octets known to hold no LF */

	for (;;) {
		char *from = c->in + c->at;
		char *lf = memchr(from + seen, '\n', c->end - c->at - seen);
		int   r;

		if (lf) {
			size_t n = (size_t)(lf - from);

			c->at += n + 1;
			if (n > 0 && from[n - 1] == '\r')
				n--;
			if (n > max)
				return -EMSGSIZE;
			*ret_line = (struct str){ from, n };
			return 0;
		}
		seen = c->end - c->at;
		if (seen > max + 1) {           /* + 1: its CR */
			r = skip_line(c);
			return r < 0 ? r : -EMSGSIZE;
		}
		r = fill_flushed(c);
		if (r < 0)
			return r;
	}
}

int conn_read(struct conn *c, void *p, size_t n, size_t *ret_n)
{
	if (c->at == c->end) {
		int r = fill_flushed(c);

		if (r < 0)
			return r;
	}
	if (n > c->end - c->at)
		n = c->end - c->at;
	memcpy(p, c->in + c->at, n);
	c->at += n;
	*ret_n = n;
	return 0;
}

int conn_skip(struct conn *c, uint64_t n)
{
	while (n > 0) {
		size_t here = c->end - c->at;

		if (here == 0) {
			int r = fill_flushed(c);

			if (r < 0)
				return r;
			continue;
		}
		if (here > n)
			here = (size_t)n;
		c->at += here;
		n -= here;
	}
	return 0;
}

bool conn_has_input(const struct conn *c)
{
	return c->at < c->end || c->top->ops->pending(c->top) > 0;
}

struct str conn_unread(const struct conn *c)
{
	return (struct str){ c->in + c->at, c->end - c->at };
}

int conn_wait(struct conn *c, int other_fd, int64_t deadline, unsigned *ret)
{
	int r = conn_flush(c);

	if (r < 0)
		return r;
	for (;;) {
		struct pollfd p[2] = { { .fd = c->in_fd, .events = POLLIN }, { .fd = other_fd, .events = POLLIN } };
		bool          here = conn_has_input(c) || c->in_error < 0;
		unsigned      got = here ? CONN_INPUT : 0;

		r = poll(p, 2, here ? 0 : clock_left(deadline));
		if (r < 0 && errno != EINTR)
			return -errno;
		if (r > 0 && p[1].revents)
			got |= CONN_OTHER;
		/* What arrived may be no octet for us, but a word between the layers: only reading tells. */
		if (r > 0 && p[0].revents && !here && fill(c, 0) != -ETIMEDOUT)
			got |= CONN_INPUT;
		if (got == 0 && deadline != CLOCK_NEVER && clock_left(deadline) == 0)
			got = CONN_TIMEOUT;
		if (got != 0) {
			*ret = got;
			return 0;
		}
	}
}

int conn_read_now(struct conn *c, void *p, size_t n, size_t *ret_n)
{
	int r;

	*ret_n = 0;
	if (c->at < c->end)
		return conn_read(c, p, n, ret_n);
	r = read_top(c, p, n, 0, ret_n);
	return r == -ETIMEDOUT ? 0 : r;
}

int conn_send_now(struct conn *c, const void *p, size_t n, size_t *ret_n)
{
	ssize_t put;

	*ret_n = 0;
	if (c->out_error < 0)
		return c->out_error;
	put = c->top->ops->write(c->top, p, n, 0);
	if (put == -ETIMEDOUT)
		return 0;
	if (put < 0) {
		c->out_error = (int)put;
		return c->out_error;
	}
	c->octets_out += (uint64_t)put;
	*ret_n = (size_t)put;
	return 0;
}

/* All of it, or the failure is kept. */
static void send_all(struct conn *c, const char *p, size_t n)
{
	int64_t until = sooner(c, WRITE_TIME_S * 1000LL);

	while (n > 0 && c->out_error == 0) {
		ssize_t put = c->top->ops->write(c->top, p, n, until);

		if (put < 0) {
			c->out_error = (int)put;
			return;
		}
		c->octets_out += (uint64_t)put;
		p += put;
		n -= (size_t)put;
		until = sooner(c, WRITE_TIME_S * 1000LL);
	}
}

int conn_flush(struct conn *c)
{
	if (c->out.n > 0 && c->out_error == 0)
		send_all(c, c->out.p, c->out.n);
	buf_reset(&c->out);
	return c->out_error;
}

void conn_rest(struct conn *c)
{
	conn_flush(c);
	buf_free(&c->out);
}

void conn_put(struct conn *c, const void *p, size_t n)
{
	if (c->out_error < 0)
		return;
	if (c->out.n + n > OUT_FULL && conn_flush(c) < 0)
		return;
	if (n >= OUT_FULL)
		send_all(c, p, n);
	else
		buf_put(&c->out, p, n);
}

void conn_str(struct conn *c, struct str s)
{
	conn_put(c, s.p, s.n);
}

void conn_puts(struct conn *c, const char *z)
{
	conn_put(c, z, strlen(z));
}

void conn_printf(struct conn *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&c->out, fmt, ap);
	va_end(ap);
	if (c->out.n >= OUT_FULL)
		conn_flush(c);
}

static void put_piece(void *c, struct str s)
{
	conn_str(c, s);
}

struct buf conn_buf(struct conn *c)
{
	return BUF_PASSING(OUT_FULL / 2, put_piece, c);
}

int conn_failed(const struct conn *c)
{
	return c->out_error;
}

uint64_t conn_octets_in(const struct conn *c)
{
	return c->octets_in;
}

uint64_t conn_octets_out(const struct conn *c)
{
	return c->octets_out;
}
