/* What a TLS server needs to know before the first octet: certificates, keys, tickets. TLS 1.2 and 1.3.
 * All files are read here, none later: the handshake happens where no file can be opened. */
#ifndef REMUCH_TLS_CTX_H
#define REMUCH_TLS_CTX_H

#include <stddef.h>
#include <stdint.h>

struct tls_ctx;

struct tls_setup {
	const char *const *certificates;        /* PEM: the certificate, then its chain. The first one is for clients that
						 * name no server, or one that no certificate knows. */
	const char *const *keys;                /* PEM, without a passphrase; key i goes with certificate i */
	size_t             n;
	size_t             n_keys;              /* where i >= n_keys, the key lies in its certificate's file */
	const char        *alpn;                /* "imap", "pop3": other protocols are refused, silence is fine */
	const char        *ticket_keys;         /* path; NULL: tickets of this process alone */
};

/* In plain words, what is wrong with which file. */
struct tls_error {
	char text[512];
};

/* 0 and *ret_ctx; -EINVAL with *ret_error: a file cannot be used; -EIO: OpenSSL fails.
 * *ret_error may hold a warning (else "") on success, too. */
int tls_ctx_new(const struct tls_setup *setup, struct tls_ctx **ret_ctx, struct tls_error *ret_error);
void tls_ctx_free(struct tls_ctx *t);           /* NULL is fine */

/* The dates of certificate i, Unix seconds. */
void tls_ctx_dates(const struct tls_ctx *t, size_t i, int64_t *ret_from, int64_t *ret_until);

#endif
