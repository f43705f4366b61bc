/* TLS as a layer of a connection (conn.h). */
#ifndef REMUCH_TLS_LAYER_H
#define REMUCH_TLS_LAYER_H

#include <stdbool.h>
#include <stdint.h>

#include "conn.h"
#include "tls_ctx.h"

/* For the log. */
struct tls_facts {
	char version[16];       /* "TLSv1.3" */
	char cipher[64];
	bool resumed;
	char why[160];          /* of a failure */
};

/* The server's side of a handshake, on top of what c has now; at most until `deadline` (clock_ms time).
 * 0; -EPROTO: octets of the client had come before the switch, or it speaks no TLS that we want (why says which);
 * -ETIMEDOUT, -ENODATA, -errno. After a failure c is only good for conn_close. ctx must outlive c. */
int tls_layer_accept(struct conn *c, struct tls_ctx *ctx, int64_t deadline, struct tls_facts *ret_facts);

#endif
