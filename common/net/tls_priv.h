/* Between tls_ctx.c and tls_layer.c. */
#ifndef REMUCH_TLS_PRIV_H
#define REMUCH_TLS_PRIV_H

#include <openssl/ssl.h>

#include "tls_ctx.h"
#include "tls_tickets.h"

struct tls_ctx {
	size_t         n;
	SSL_CTX      **ctx;             /* one for each certificate */
	char           alpn[16];        /* as on the wire: length octet, name */
	struct tickets tickets;
};

#endif
