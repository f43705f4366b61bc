/* OpenSSL over the layer below: a BIO whose reads and writes are that layer's, with the deadline of the moment.
 * "Nothing before the deadline" is what OpenSSL calls a retry. */
#include "tls_layer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/err.h>

#include "clock.h"
#include "die.h"
#include "limits.h"
#include "tls_priv.h"

enum { CLOSE_TIME_MS = 2000 };

struct tls {
	struct layer layer;
	SSL         *ssl;
	BIO_METHOD  *method;
	int64_t      read_until, write_until;
	int          error;             /* 0, or what the layer below said last */
	bool         broken;            /* no close_notify can be sent any more */
};

static int bio_result(BIO *b, struct tls *x, ssize_t r, bool reading)
{
	BIO_clear_retry_flags(b);
	if (r >= 0)
		return (int)r;
	if (r != -ETIMEDOUT)
		x->error = (int)r;
	else if (reading)
		BIO_set_retry_read(b);
	else
		BIO_set_retry_write(b);
	return -1;
}

static int bio_read(BIO *b, char *p, int n)
{
	struct tls *x = BIO_get_data(b);

	return bio_result(b, x, x->layer.below->ops->read(x->layer.below, p, (size_t)n, x->read_until), true);
}

static int bio_write(BIO *b, const char *p, int n)
{
	struct tls *x = BIO_get_data(b);

	return bio_result(b, x, x->layer.below->ops->write(x->layer.below, p, (size_t)n, x->write_until), false);
}

static long bio_ctrl(BIO *b, int cmd, long num, void *ptr)
{
	return cmd == BIO_CTRL_FLUSH;
}

/* What an SSL call that did not succeed means, as layer_ops tells it: 0 the end, -errno. */
static ssize_t outcome(struct tls *x, int r)
{
	switch (SSL_get_error(x->ssl, r)) {
	case SSL_ERROR_ZERO_RETURN:
		return 0;
	case SSL_ERROR_WANT_READ:
	case SSL_ERROR_WANT_WRITE:
		return -ETIMEDOUT;
	case SSL_ERROR_SYSCALL:
		x->broken = true;
		return x->error ? x->error : -ECONNRESET;
	default:
		x->broken = true;
		if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
			return -ECONNRESET;
		return -EPROTO;
	}
}

static ssize_t tls_read(struct layer *l, void *p, size_t n, int64_t deadline)
{
	struct tls *x = (struct tls *)l;
	size_t      got;
	int         r;

	ERR_clear_error();
	x->read_until = deadline;
	x->write_until = clock_ms() + WRITE_TIME_S * 1000LL;    /* a key update is answered even by a read that does not wait */
	r = SSL_read_ex(x->ssl, p, n, &got);
	return r == 1 ? (ssize_t)got : outcome(x, r);
}

static ssize_t tls_write(struct layer *l, const void *p, size_t n, int64_t deadline)
{
	struct tls *x = (struct tls *)l;
	size_t      put;
	ssize_t     e;
	int         r;

	ERR_clear_error();
	x->read_until = x->write_until = deadline;
	r = SSL_write_ex(x->ssl, p, n, &put);
	if (r == 1)
		return (ssize_t)put;
	e = outcome(x, r);
	return e == 0 ? -EPIPE : e;
}

static size_t tls_pending(const struct layer *l)
{
	return (size_t)SSL_pending(((const struct tls *)l)->ssl);
}

static void tls_close(struct layer *l)
{
	struct tls *x = (struct tls *)l;

	ERR_clear_error();
	x->read_until = x->write_until = clock_ms() + CLOSE_TIME_MS;
	if (!x->broken && SSL_is_init_finished(x->ssl))
		SSL_shutdown(x->ssl);
	SSL_free(x->ssl);
	BIO_meth_free(x->method);
	free(x);
}

static const struct layer_ops tls_ops = {
	.read = tls_read,
	.write = tls_write,
	.pending = tls_pending,
	.close = tls_close,
};

static struct tls *tls_new(struct tls_ctx *ctx)
{
	struct tls *x = calloc(1, sizeof(*x));
	BIO        *b;

	if (!x)
		die_memory();
	x->layer.ops = &tls_ops;
	x->method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "layer");
	x->ssl = SSL_new(ctx->ctx[0]);
	if (!x->method || !x->ssl || BIO_meth_set_read(x->method, bio_read) != 1 ||
	    BIO_meth_set_write(x->method, bio_write) != 1 || BIO_meth_set_ctrl(x->method, bio_ctrl) != 1)
		die_memory();
	b = BIO_new(x->method);
	if (!b)
		die_memory();
	BIO_set_data(b, x);
	BIO_set_init(b, 1);
	SSL_set_bio(x->ssl, b, b);
	return x;
}

static void explain(struct tls_facts *f, int r)
{
	const char *why = tls_reason(ERR_peek_error());

	snprintf(f->why, sizeof(f->why), "TLS handshake: %s", r == -EPROTO && why ? why : strerror(-r));
}

int tls_layer_accept(struct conn *c, struct tls_ctx *ctx, int64_t deadline, struct tls_facts *ret_facts)
{
	struct tls *x = tls_new(ctx);
	int         r = conn_push(c, &x->layer);

	*ret_facts = (struct tls_facts){ 0 };
	if (r < 0) {
		x->broken = true;
		tls_close(&x->layer);
		snprintf(ret_facts->why, sizeof(ret_facts->why), "%s",
			 r == -EPROTO ? "plain text behind the command that starts TLS" : strerror(-r));
		return r;
	}
	x->read_until = x->write_until = deadline;
	ERR_clear_error();
	r = SSL_accept(x->ssl);
	if (r != 1) {
		ssize_t e = outcome(x, r);

		r = e == 0 ? -ENODATA : (int)e;
		x->broken = true;
		explain(ret_facts, r);
		return r;
	}
	snprintf(ret_facts->version, sizeof(ret_facts->version), "%s", SSL_get_version(x->ssl));
	snprintf(ret_facts->cipher, sizeof(ret_facts->cipher), "%s", SSL_get_cipher_name(x->ssl));
	ret_facts->resumed = SSL_session_reused(x->ssl) == 1;
	return 0;
}
