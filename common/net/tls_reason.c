#define OPENSSL_SUPPRESS_DEPRECATED     /* OPENSSL_init_ssl() would load the texts of all its parts, or never any */

#include "tls_priv.h"

#include <stddef.h>

#include <openssl/asn1err.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/evperr.h>
#include <openssl/pemerr.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>
#include <openssl/x509err.h>

#include "tls_provider.h"

bool tls_start(void)
{
	/* No openssl.cnf: it could load engines and providers of which the sandbox knows nothing. */
	const uint64_t without = OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_LOAD_SSL_STRINGS |
				 OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS;

	if (OPENSSL_init_ssl(without, NULL) != 1)
		return false;
	/* By these names it looks up how strong a certificate's signature is. */
	EVP_add_digest(EVP_sha224());
	EVP_add_digest(EVP_sha256());
	EVP_add_digest(EVP_sha384());
	EVP_add_digest(EVP_sha512());
	EVP_add_digest(EVP_sha3_256());
	EVP_add_digest(EVP_sha3_384());
	EVP_add_digest(EVP_sha3_512());
	return tls_provider_start();
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
