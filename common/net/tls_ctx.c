#include "tls_ctx.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "clock.h"
#include "die.h"
#include "limits.h"
#include "tls_priv.h"

/* Forward secret and authenticated; CBC last, for clients of 2010. TLS 1.3 has its own list. */
static const char ciphers[] = "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES:@SECLEVEL=2";

static int fail(struct tls_error *e, const char *path, const char *what)
{
	unsigned long code = ERR_get_error();
	const char   *why = tls_reason(code);

	snprintf(e->text, sizeof(e->text), "%s: %s%s%s", path, what, why ? ": " : "", why ? why : "");
	ERR_clear_error();
	return -EINVAL;
}

static int choose_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_n, const unsigned char *in, unsigned n,
		       void *arg)
{
	const struct tls_ctx *t = arg;
	unsigned char        *chosen;

	if (SSL_select_next_proto(&chosen, out_n, (const unsigned char *)t->alpn, (unsigned)strlen(t->alpn), in, n) !=
	    OPENSSL_NPN_NEGOTIATED)
		return SSL_TLSEXT_ERR_ALERT_FATAL;      /* no_application_protocol */
	*out = chosen;
	return SSL_TLSEXT_ERR_OK;
}

static int choose_certificate(SSL *ssl, int *alert, void *arg)
{
	const struct tls_ctx *t = arg;
	const char           *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);

	if (!name)
		return SSL_TLSEXT_ERR_NOACK;
	for (size_t i = 0; i < t->n; i++) {
		if (X509_check_host(SSL_CTX_get0_certificate(t->ctx[i]), name, 0, 0, NULL) != 1)
			continue;
		SSL_set_SSL_CTX(ssl, t->ctx[i]);
		return SSL_TLSEXT_ERR_OK;
	}
	return SSL_TLSEXT_ERR_OK;
}

static const struct ticket_key *find_key(const struct tickets *t, const unsigned char *name)
{
	for (uint32_t i = 0; i < t->n; i++)
		if (memcmp(t->key[i].name, name, sizeof(t->key[i].name)) == 0)
			return &t->key[i];
	return NULL;
}

/* OpenSSL's contract: 1 go on, 2 go on and renew the ticket, 0 no such key, -1 failure. */
static int ticket_key(SSL *ssl, unsigned char name[16], unsigned char *iv, EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac,
		      int encrypt)
{
	const struct tls_ctx    *t = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
	const struct ticket_key *k = encrypt ? &t->tickets.key[0] : find_key(&t->tickets, name);
	char                     digest[] = "SHA256";
	OSSL_PARAM               params[3];

	if (!k)
		return 0;
	if (encrypt) {
		memcpy(name, k->name, sizeof(k->name));
		if (RAND_bytes(iv, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) != 1)
			return -1;
	}
	params[0] = OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, (void *)k->mac, sizeof(k->mac));
	params[1] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0);
	params[2] = OSSL_PARAM_construct_end();
	if (EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), NULL, k->aes, iv, encrypt) != 1 ||
	    EVP_MAC_CTX_set_params(mac, params) != 1)
		return -1;
	return encrypt || k == &t->tickets.key[0] ? 1 : 2;
}

static int no_passphrase(char *buf, int n, int writing, void *arg)
{
	return -1;
}

static int load_pair(SSL_CTX *c, const struct tls_setup *s, size_t i, struct tls_error *e)
{
	const char *key = i < s->n_keys ? s->keys[i] : s->certificates[i];

	SSL_CTX_set_default_passwd_cb(c, no_passphrase);
	if (SSL_CTX_use_certificate_chain_file(c, s->certificates[i]) != 1)
		return fail(e, s->certificates[i], "cannot read a PEM certificate from it");
	if (SSL_CTX_use_PrivateKey_file(c, key, SSL_FILETYPE_PEM) != 1)
		return fail(e, key, "cannot read the PEM private key of that certificate from it");
	if (SSL_CTX_check_private_key(c) != 1)
		return fail(e, key, "this private key does not belong to the certificate");
	return 0;
}

static int one_ctx(struct tls_ctx *t, const struct tls_setup *s, size_t i, struct tls_error *e)
{
	SSL_CTX *c = t->ctx[i] = SSL_CTX_new(TLS_server_method());

	if (!c || SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION) != 1 || SSL_CTX_set_cipher_list(c, ciphers) != 1) {
		fail(e, "TLS", "OpenSSL does not start");
		return -EIO;
	}
	SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
				       SSL_OP_PRIORITIZE_CHACHA);
	SSL_CTX_set_mode(c, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
				    SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_app_data(c, t);
	SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_session_id_context(c, (const unsigned char *)t->alpn, (unsigned)strlen(t->alpn));
	SSL_CTX_set_timeout(c, TICKET_LIFE_S);
	SSL_CTX_set_tlsext_ticket_key_evp_cb(c, ticket_key);
	SSL_CTX_set_alpn_select_cb(c, choose_alpn, t);
	SSL_CTX_set_tlsext_servername_callback(c, choose_certificate);
	SSL_CTX_set_tlsext_servername_arg(c, t);
	return load_pair(c, s, i, e);
}

int tls_ctx_new(const struct tls_setup *setup, struct tls_ctx **ret_ctx, struct tls_error *ret_error)
{
	struct tls_ctx *t = calloc(1, sizeof(*t));
	int             r = 0;

	if (!t)
		die_memory();
	ret_error->text[0] = '\0';
	if (!tls_start()) {
		fail(ret_error, "TLS", "OpenSSL does not start");
		free(t);
		return -EIO;
	}
	t->ctx = calloc(setup->n, sizeof(SSL_CTX *));
	if (!t->ctx)
		die_memory();
	t->n = setup->n;
	snprintf(t->alpn, sizeof(t->alpn), "%c%s", (char)strlen(setup->alpn), setup->alpn);
	for (size_t i = 0; i < t->n && r == 0; i++)
		r = one_ctx(t, setup, i, ret_error);
	if (r == 0 && setup->ticket_keys) {
		r = tls_tickets_load(setup->ticket_keys, clock_now(), &t->tickets);
		if (r < 0 && r != -EIO) {
			snprintf(ret_error->text, sizeof(ret_error->text), "%s: %s: TLS sessions are not resumed",
				 setup->ticket_keys, strerror(-r));
			r = 0;
		}
	} else if (r == 0) {
		r = tls_tickets_make(clock_now(), &t->tickets);
	}
	if (r < 0) {
		tls_ctx_free(t);
		return r;
	}
	*ret_ctx = t;
	return 0;
}

void tls_ctx_free(struct tls_ctx *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->n; i++)
		SSL_CTX_free(t->ctx[i]);
	free(t->ctx);
	OPENSSL_cleanse(&t->tickets, sizeof(t->tickets));
	free(t);
}

static int64_t seconds(const ASN1_TIME *at)
{
	ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
	int        days = 0, secs = 0;

	if (!epoch)
		die_memory();
	ASN1_TIME_diff(&days, &secs, epoch, at);
	ASN1_TIME_free(epoch);
	return (int64_t)days * 86400 + secs;
}

void tls_ctx_dates(const struct tls_ctx *t, size_t i, int64_t *ret_from, int64_t *ret_until)
{
	const X509 *x = SSL_CTX_get0_certificate(t->ctx[i]);

	*ret_from = seconds(X509_get0_notBefore(x));
	*ret_until = seconds(X509_get0_notAfter(x));
}
