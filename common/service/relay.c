#include "relay.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "clock.h"
#include "die.h"

enum { PIECE = 64 * 1024 };

/* One direction: octets [at, end) are read and not yet written. */
struct flow {
	char  *p;
	size_t at, end;
	bool   ended;           /* no more will be read */
};

struct relay {
	struct conn *client;
	int          session;
	struct flow  up, down;  /* to the session, to the client */
	bool         told;      /* the session knows that the client sends no more */
	int64_t      patience;  /* ms without the client reading anything */
	int64_t      stuck;     /* the client must have read something by then */
};

/* Each returns false when the relay is of no use any more, and sets *moved when something was done. */
static bool read_client(struct relay *r, bool *moved)
{
	struct flow *f = &r->up;
	int          e = 0;

	while (!f->ended && f->end < PIECE && e == 0) {
		size_t n;

		e = conn_read_now(r->client, f->p + f->end, PIECE - f->end, &n);
		if (e == 0 && n == 0)
			break;
		*moved = true;
		if (e == 0)
			f->end += n;
	}
	if (e == -ENODATA)
		f->ended = true;
	return e == 0 || e == -ENODATA;
}

static bool write_session(struct relay *r, bool *moved)
{
	struct flow *f = &r->up;

	if (f->at < f->end) {
		ssize_t n = send(r->session, f->p + f->at, f->end - f->at, MSG_DONTWAIT | MSG_NOSIGNAL);

		/* A session that reads no more may still have something to say. */
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			f->ended = true, f->at = f->end;
		if (n > 0)
			f->at += (size_t)n, *moved = true;
	}
	if (f->at == f->end) {
		f->at = f->end = 0;
		if (f->ended && !r->told) {
			shutdown(r->session, SHUT_WR);
			r->told = true;
		}
	}
	return true;
}

static bool read_session(struct relay *r, bool *moved)
{
	struct flow *f = &r->down;
	ssize_t      n;

	if (f->ended || f->end == PIECE)
		return true;
	n = recv(r->session, f->p + f->end, PIECE - f->end, MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	*moved = true;
	if (n <= 0)
		f->ended = true;
	else
		f->end += (size_t)n;
	return true;
}

static bool write_client(struct relay *r, bool *moved)
{
	struct flow *f = &r->down;

	while (f->at < f->end) {
		size_t n;

		if (conn_send_now(r->client, f->p + f->at, f->end - f->at, &n) < 0)
			return false;
		if (n == 0)
			break;
		f->at += n;
		*moved = true;
		r->stuck = CLOCK_NEVER;
	}
	if (f->at == f->end)
		f->at = f->end = 0;
	else if (r->stuck == CLOCK_NEVER)
		r->stuck = clock_ms() + r->patience;
	return !f->ended || f->at < f->end;
}

static void wait_for_more(const struct relay *r)
{
	struct pollfd p[3] = {
		{ .fd = r->up.ended || r->up.end == PIECE ? -1 : conn_in_fd(r->client), .events = POLLIN },
		{ .fd = r->down.at < r->down.end ? conn_out_fd(r->client) : -1, .events = POLLOUT },
		{ .fd = r->session },
	};

	if (!r->down.ended && r->down.end < PIECE)
		p[2].events |= POLLIN;
	if (r->up.at < r->up.end)
		p[2].events |= POLLOUT;
	if (p[2].events == 0)
		p[2].fd = -1;
	poll(p, 3, clock_left(r->stuck));
}

void relay_run(struct conn *client, int session, int64_t patience_ms)
{
	struct relay r = {
		.client = client, .session = session, .patience = patience_ms, .stuck = CLOCK_NEVER,
		.up.p = malloc(PIECE), .down.p = malloc(PIECE),
	};

	if (!r.up.p || !r.down.p)
		die_memory();
	malloc_trim(0);                 /* the handshake needed more than is needed from here on */
	for (;;) {
		bool moved = false;

		if (!read_client(&r, &moved) || !write_session(&r, &moved) || !read_session(&r, &moved) ||
		    !write_client(&r, &moved))
			break;
		if (!moved && clock_left(r.stuck) == 0)
			break;
		if (!moved)
			wait_for_more(&r);
	}
	free(r.up.p);
	free(r.down.p);
}
