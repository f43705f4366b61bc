/* One client's byte stream: buffered, with deadlines, over a stack of layers (plain <- tls <- ...).
 * Reading blocks until there is something or the deadline passes; writing collects and blocks when full. */
#ifndef REMUCH_CONN_H
#define REMUCH_CONN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "buf.h"
#include "str.h"

struct conn;
struct layer;

/* So many octets may be read ahead of what is asked for, unless a line is longer than that. */
enum { CONN_AHEAD_MAX = 16 * 1024 };

/* What a layer can do. `deadline` is clock_ms() time; one that has passed means "do not wait".
 * read: octets, 0 at the end, -errno (-ETIMEDOUT past the deadline).
 * write: how many of the n octets were taken, at least 1; -errno. After -ETIMEDOUT nothing was taken, and the next
 * write must begin with the same octets. pending: octets it has read from below but not delivered. */
struct layer_ops {
	ssize_t (*read)(struct layer *l, void *p, size_t n, int64_t deadline);
	ssize_t (*write)(struct layer *l, const void *p, size_t n, int64_t deadline);
	size_t  (*pending)(const struct layer *l);
	void    (*close)(struct layer *l);      /* polite end (close_notify), frees l */
};

struct layer {
	const struct layer_ops *ops;
	struct layer           *below;
};

/* A connection over two descriptors (may be one), which it does not own. `early` (may be empty) is delivered before
 * anything read. Free with conn_close. */
struct conn *conn_new(int in, int out, struct str early);

/* Flush what can be flushed, close the layers politely, free. NULL is fine. */
void conn_close(struct conn *c);

/* The top layer, for a new one to stand on. */
struct layer *conn_top(struct conn *c);

/* Put a layer on top. -EPROTO when the peer's next octets are here already: they came before the switch. l is then
 * not taken. Flushes first. */
int conn_push(struct conn *c, struct layer *l);

/* For layers and for poll(2): the bottom's descriptors. */
int conn_in_fd(const struct conn *c);
int conn_out_fd(const struct conn *c);

/* Reading waits at most `idle_ms` from the start of each wait (CLOCK_NEVER: for ever), and neither it nor writing ever
 * past `deadline`. Writing waits at most WRITE_TIME_S. From the start: no limits for reading. */
void conn_set_timeouts(struct conn *c, int64_t idle_ms, int64_t deadline);

/* The next line, without its CRLF (a bare LF ends one too); valid until the next read. Written output is flushed first
 * when this would have to wait. 0; -EMSGSIZE over max octets: the rest of that line is skipped and the next call
 * reads the next line; -ENODATA at the end of the stream; -ETIMEDOUT; -errno. */
int conn_line(struct conn *c, size_t max, struct str *ret_line);

/* Between 1 and n octets, for literals. Same errors; -ENODATA at the end. */
int conn_read(struct conn *c, void *p, size_t n, size_t *ret_n);

/* Read and drop n octets. */
int conn_skip(struct conn *c, uint64_t n);

/* True when the peer's octets are here already (buffered, or pending in a layer): a read will not wait. */
bool conn_has_input(const struct conn *c);

/* What was read from the peer and not used yet, for handing over at login; valid until the next read. */
struct str conn_unread(const struct conn *c);

/* Wait for input, or for `other_fd` (-1: none) to become readable, at most until deadline (clock_ms time).
 * Flushes first. Bits of enum conn_event in *ret; 0, or -errno. */
enum conn_event { CONN_INPUT = 1, CONN_OTHER = 2, CONN_TIMEOUT = 4 };
int conn_wait(struct conn *c, int other_fd, int64_t deadline, unsigned *ret);

/* Collect output. A failure is kept and told by conn_flush and conn_failed: writers need not check each call. */
void conn_put(struct conn *c, const void *p, size_t n);
void conn_str(struct conn *c, struct str s);
void conn_puts(struct conn *c, const char *z);
void conn_printf(struct conn *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct buf conn_buf(struct conn *c);                    /* what is put into it is collected, too, piece by piece; end it with buf_end */
int conn_flush(struct conn *c);                         /* 0 or the first -errno ever */
int conn_failed(const struct conn *c);

/* Flushes, and gives back the memory of what was collected. */
void conn_rest(struct conn *c);

/* For relays, which wait for two sides at once: send without collecting and without waiting.
 * 0 and *ret_n octets taken (0: poll for POLLOUT and offer the same octets again); -errno. */
int conn_send_now(struct conn *c, const void *p, size_t n, size_t *ret_n);

/* Likewise for reading: 0 and *ret_n octets (0: nothing now); -ENODATA at the end; -errno. */
int conn_read_now(struct conn *c, void *p, size_t n, size_t *ret_n);

/* Octets so far, for the closing log line. */
uint64_t conn_octets_in(const struct conn *c);
uint64_t conn_octets_out(const struct conn *c);

#endif
