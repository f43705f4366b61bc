#include "layer_plain.h"

#include <errno.h>
#include <linux/limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "die.h"

struct plain {
	struct layer layer;
	int          in, out;
	bool         in_socket, out_socket;
};

static bool is_socket(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode);
}

/* 0 when fd is ready (or broken, which the next call tells), -ETIMEDOUT, -errno. */
static int wait_for(int fd, short events, int64_t deadline)
{
	for (;;) {
		struct pollfd p = { .fd = fd, .events = events };
		int           r = poll(&p, 1, clock_left(deadline));

		if (r > 0)
			return 0;
		if (r == 0 && clock_left(deadline) == 0)
			return -ETIMEDOUT;
		if (r < 0 && errno != EINTR)
			return -errno;
	}
}

static ssize_t plain_read(struct layer *l, void *p, size_t n, int64_t deadline)
{
	struct plain *x = (struct plain *)l;
	bool          ready = false;

	for (;;) {
		ssize_t got;
		int     r;

		/* A socket is asked first, which mostly saves the poll; a blocking pipe cannot be. */
		if (x->in_socket || ready) {
			got = x->in_socket ? recv(x->in, p, n, MSG_DONTWAIT) : read(x->in, p, n);
			if (got >= 0)
				return got;
			if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
				return -errno;
		}
		r = wait_for(x->in, POLLIN, deadline);
		if (r < 0)
			return r;
		ready = true;
	}
}

static ssize_t plain_write(struct layer *l, const void *p, size_t n, int64_t deadline)
{
	struct plain *x = (struct plain *)l;
	bool          ready = false;

	/* A pipe that polls writable takes PIPE_BUF octets without blocking, and promises no more. */
	if (!x->out_socket && n > PIPE_BUF)
		n = PIPE_BUF;
	for (;;) {
		ssize_t put;
		int     r;

		if (x->out_socket || ready) {
			put = x->out_socket ? send(x->out, p, n, MSG_DONTWAIT | MSG_NOSIGNAL) : write(x->out, p, n);
			if (put >= 0)
				return put;
			if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
				return -errno;
		}
		r = wait_for(x->out, POLLOUT, deadline);
		if (r < 0)
			return r;
		ready = true;
	}
}

static size_t plain_pending(const struct layer *l)
{
	return 0;
}

static void plain_close(struct layer *l)
{
	free(l);
}

static const struct layer_ops plain_ops = {
	.read = plain_read,
	.write = plain_write,
	.pending = plain_pending,
	.close = plain_close,
};

struct layer *layer_plain_new(int in, int out)
{
	struct plain *x = calloc(1, sizeof(*x));

	if (!x)
		die_memory();
	x->layer.ops = &plain_ops;
	x->in = in;
	x->out = out;
	x->in_socket = is_socket(in);
	x->out_socket = is_socket(out);
	return &x->layer;
}
