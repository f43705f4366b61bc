/* Between tls_*.c. */
#ifndef REMUCH_TLS_PRIV_H
#define REMUCH_TLS_PRIV_H

#include <stdbool.h>

#include <openssl/ssl.h>

#include "tls_ctx.h"
#include "tls_tickets.h"

struct tls_ctx {
	size_t         n;
	SSL_CTX      **ctx;             /* one for each certificate */
	char           alpn[16];        /* as on the wire: length octet, name */
	struct tickets tickets;
};

/* OpenSSL's start, before anything else is called; again, nothing happens. Its texts are left out, they are a hundred kilobytes of each
 * connection, and most of its algorithms: tls_provider.h. False: it does not start. */
bool tls_start(void);

/* What ERR_get_error() gave, in words, for which those texts are loaded. Static; NULL: there are none. */
const char *tls_reason(unsigned long code);

#endif
