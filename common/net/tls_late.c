/* OpenSSL, which only the process that speaks TLS calls. The session, and whoever is served without TLS, neither waits for it nor has
 * the half megabyte that the dynamic linker writes into it. */
#define OPENSSL_SUPPRESS_DEPRECATED     /* tls_reason.c says why */

#include <openssl/asn1.h>
#include <openssl/asn1err.h>
#include <openssl/err.h>
#include <openssl/evperr.h>
#include <openssl/pemerr.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>
#include <openssl/x509err.h>
#include <openssl/x509v3.h>

#include "late.h"

#define LATE_LIBRARY "libcrypto.so.3"
LATE(int, ASN1_TIME_diff, (int *a, int *b, const ASN1_TIME *c, const ASN1_TIME *d), (a, b, c, d))
LATE_VOID(ASN1_TIME_free, (ASN1_TIME *a), (a))
LATE(ASN1_TIME *, ASN1_TIME_set, (ASN1_TIME *a, time_t b), (a, b))
LATE_VOID(BIO_clear_flags, (BIO *a, int b), (a, b))
LATE(void *, BIO_get_data, (BIO *a), (a))
LATE(int, BIO_get_new_index, (void), ())
LATE_VOID(BIO_meth_free, (BIO_METHOD *a), (a))
LATE(BIO_METHOD *, BIO_meth_new, (int a, const char *b), (a, b))
LATE(int, BIO_meth_set_ctrl, (BIO_METHOD *a, long (*b)(BIO *, int, long, void *)), (a, b))
LATE(int, BIO_meth_set_read, (BIO_METHOD *a, int (*b)(BIO *, char *, int)), (a, b))
LATE(int, BIO_meth_set_write, (BIO_METHOD *a, int (*b)(BIO *, const char *, int)), (a, b))
LATE(BIO *, BIO_new, (const BIO_METHOD *a), (a))
LATE_VOID(BIO_set_data, (BIO *a, void *b), (a, b))
LATE_VOID(BIO_set_flags, (BIO *a, int b), (a, b))
LATE_VOID(BIO_set_init, (BIO *a, int b), (a, b))
LATE(int, CRYPTO_memcmp, (const void *a, const void *b, size_t c), (a, b, c))
LATE_VOID(ERR_clear_error, (void), ())
LATE(unsigned long, ERR_get_error, (void), ())
LATE(int, ERR_load_ASN1_strings, (void), ())
LATE(int, ERR_load_EVP_strings, (void), ())
LATE(int, ERR_load_PEM_strings, (void), ())
LATE(int, ERR_load_X509_strings, (void), ())
LATE(unsigned long, ERR_peek_error, (void), ())
LATE(const char *, ERR_reason_error_string, (unsigned long a), (a))
LATE(int, EVP_CIPHER_get_iv_length, (const EVP_CIPHER *a), (a))
LATE(int, EVP_CipherInit_ex,
     (EVP_CIPHER_CTX *a, const EVP_CIPHER *b, ENGINE *c, const unsigned char *d, const unsigned char *e, int f),
     (a, b, c, d, e, f))
LATE(int, EVP_MAC_CTX_set_params, (EVP_MAC_CTX *a, const OSSL_PARAM *b), (a, b))
LATE(int, EVP_add_digest, (const EVP_MD *a), (a))
LATE(const EVP_CIPHER *, EVP_aes_256_cbc, (void), ())
LATE(const EVP_MD *, EVP_sha224, (void), ())
LATE(const EVP_MD *, EVP_sha256, (void), ())
LATE(const EVP_MD *, EVP_sha384, (void), ())
LATE(const EVP_MD *, EVP_sha3_256, (void), ())
LATE(const EVP_MD *, EVP_sha3_384, (void), ())
LATE(const EVP_MD *, EVP_sha3_512, (void), ())
LATE(const EVP_MD *, EVP_sha512, (void), ())
LATE_VOID(OPENSSL_cleanse, (void *a, size_t b), (a, b))
LATE(OSSL_LIB_CTX *, OSSL_LIB_CTX_new, (void), ())
LATE(OSSL_PARAM, OSSL_PARAM_construct_end, (void), ())
LATE(OSSL_PARAM, OSSL_PARAM_construct_octet_string, (const char *a, void *b, size_t c), (a, b, c))
LATE(OSSL_PARAM, OSSL_PARAM_construct_utf8_string, (const char *a, char *b, size_t c), (a, b, c))
LATE(int, OSSL_PROVIDER_add_builtin, (OSSL_LIB_CTX *a, const char *b, OSSL_provider_init_fn *c), (a, b, c))
LATE(void *, OSSL_PROVIDER_get0_provider_ctx, (const OSSL_PROVIDER *a), (a))
LATE(int, OSSL_PROVIDER_get_capabilities, (const OSSL_PROVIDER *a, const char *b, OSSL_CALLBACK *c, void *d), (a, b, c, d))
LATE(OSSL_PROVIDER *, OSSL_PROVIDER_load, (OSSL_LIB_CTX *a, const char *b), (a, b))
LATE(const OSSL_ALGORITHM *, OSSL_PROVIDER_query_operation, (const OSSL_PROVIDER *a, int b, int *c), (a, b, c))
LATE(int, RAND_bytes, (unsigned char *a, int b), (a, b))
LATE(int, RAND_priv_bytes, (unsigned char *a, int b), (a, b))
LATE(int, RAND_set_DRBG_type, (OSSL_LIB_CTX *a, const char *b, const char *c, const char *d, const char *e), (a, b, c, d, e))
LATE(unsigned char *, SHA256, (const unsigned char *a, size_t b, unsigned char *c), (a, b, c))
LATE(int, X509_check_host, (X509 *a, const char *b, size_t c, unsigned int d, char **e), (a, b, c, d, e))
LATE(const ASN1_TIME *, X509_get0_notAfter, (const X509 *a), (a))
LATE(const ASN1_TIME *, X509_get0_notBefore, (const X509 *a), (a))

#undef LATE_LIBRARY
#define LATE_LIBRARY "libssl.so.3"
LATE(int, ERR_load_SSL_strings, (void), ())
LATE(int, OPENSSL_init_ssl, (uint64_t a, const OPENSSL_INIT_SETTINGS *b), (a, b))
LATE(const char *, SSL_CIPHER_get_name, (const SSL_CIPHER *a), (a))
LATE(long, SSL_CTX_callback_ctrl, (SSL_CTX *a, int b, void (*c)(void)), (a, b, c))
LATE(int, SSL_CTX_check_private_key, (const SSL_CTX *a), (a))
LATE(long, SSL_CTX_ctrl, (SSL_CTX *a, int b, long c, void *d), (a, b, c, d))
LATE_VOID(SSL_CTX_free, (SSL_CTX *a), (a))
LATE(X509 *, SSL_CTX_get0_certificate, (const SSL_CTX *a), (a))
LATE(void *, SSL_CTX_get_ex_data, (const SSL_CTX *a, int b), (a, b))
LATE(SSL_CTX *, SSL_CTX_new, (const SSL_METHOD *a), (a))
LATE_VOID(SSL_CTX_set_alpn_select_cb, (SSL_CTX *a, SSL_CTX_alpn_select_cb_func b, void *c), (a, b, c))
LATE(int, SSL_CTX_set_cipher_list, (SSL_CTX *a, const char *b), (a, b))
LATE_VOID(SSL_CTX_set_default_passwd_cb, (SSL_CTX *a, pem_password_cb *b), (a, b))
LATE(int, SSL_CTX_set_ex_data, (SSL_CTX *a, int b, void *c), (a, b, c))
LATE(uint64_t, SSL_CTX_set_options, (SSL_CTX *a, uint64_t b), (a, b))
LATE(int, SSL_CTX_set_session_id_context, (SSL_CTX *a, const unsigned char *b, unsigned int c), (a, b, c))
LATE(long, SSL_CTX_set_timeout, (SSL_CTX *a, long b), (a, b))
LATE(int, SSL_CTX_set_tlsext_ticket_key_evp_cb,
     (SSL_CTX *a, int (*b)(SSL *, unsigned char *, unsigned char *, EVP_CIPHER_CTX *, EVP_MAC_CTX *, int)),
     (a, b))
LATE(int, SSL_CTX_use_PrivateKey_file, (SSL_CTX *a, const char *b, int c), (a, b, c))
LATE(int, SSL_CTX_use_certificate_chain_file, (SSL_CTX *a, const char *b), (a, b))
LATE(int, SSL_accept, (SSL *a), (a))
LATE_VOID(SSL_free, (SSL *a), (a))
LATE(SSL_CTX *, SSL_get_SSL_CTX, (const SSL *a), (a))
LATE(const SSL_CIPHER *, SSL_get_current_cipher, (const SSL *a), (a))
LATE(int, SSL_get_error, (const SSL *a, int b), (a, b))
LATE(const char *, SSL_get_servername, (const SSL *a, const int b), (a, b))
LATE(const char *, SSL_get_version, (const SSL *a), (a))
LATE(int, SSL_is_init_finished, (const SSL *a), (a))
LATE(SSL *, SSL_new, (SSL_CTX *a), (a))
LATE(int, SSL_pending, (const SSL *a), (a))
LATE(int, SSL_read_ex, (SSL *a, void *b, size_t c, size_t *d), (a, b, c, d))
LATE(int, SSL_select_next_proto,
     (unsigned char **a, unsigned char *b, const unsigned char *c, unsigned int d, const unsigned char *e, unsigned int f),
     (a, b, c, d, e, f))
LATE(int, SSL_session_reused, (const SSL *a), (a))
LATE(SSL_CTX *, SSL_set_SSL_CTX, (SSL *a, SSL_CTX *b), (a, b))
LATE_VOID(SSL_set_bio, (SSL *a, BIO *b, BIO *c), (a, b, c))
LATE(int, SSL_shutdown, (SSL *a), (a))
LATE(int, SSL_write_ex, (SSL *a, const void *b, size_t c, size_t *d), (a, b, c, d))
LATE(const SSL_METHOD *, TLS_server_method, (void), ())
