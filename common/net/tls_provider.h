/* OpenSSL with the algorithms of TLS alone.
 *
 * As soon as one cipher (digest, ...) is asked for, OpenSSL makes an object of every one its provider has, and keeps it: 124 ciphers
 * where the suites of tls_ctx.c need nine. With all kinds together that is 160 kB of each connection, and half of the time TLS takes to
 * start. So the default provider lives in a library context of its own, and all else sees a provider that hands out a choice of what
 * that one has: provider(7), provider-base(7). The code that computes is OpenSSL's in either case. */
#ifndef REMUCH_TLS_PROVIDER_H
#define REMUCH_TLS_PROVIDER_H

#include <stdbool.h>

/* Once, before anything of OpenSSL asks for an algorithm. False: OpenSSL does not start. */
bool tls_provider_start(void);

#endif
