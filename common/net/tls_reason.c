#define OPENSSL_SUPPRESS_DEPRECATED     /* OPENSSL_init_ssl() would load the texts of all its parts, or never any */

#include "tls_priv.h"

#include <stddef.h>

#include <openssl/asn1err.h>
#include <openssl/err.h>
#include <openssl/evperr.h>
#include <openssl/pemerr.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>
#include <openssl/x509err.h>

void tls_start(void)
{
	/* No openssl.cnf: it could load engines and providers of which the sandbox knows nothing. */
	OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_LOAD_SSL_STRINGS, NULL);
}

const char *tls_reason(unsigned long code)
{
	if (code == 0)
		return NULL;
	ERR_load_SSL_strings();
	ERR_load_PEM_strings();
	ERR_load_X509_strings();
	ERR_load_ASN1_strings();
	ERR_load_EVP_strings();
	return ERR_reason_error_string(code);
}
