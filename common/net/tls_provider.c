#include "tls_provider.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <openssl/core_dispatch.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/rand.h>

#include "die.h"

/* What is taken of some kinds, by any of the names that OpenSSL knows it by. Kinds that are not here are handed out whole: keys,
 * signatures, key exchanges, which certificates and clients choose and of which later versions have more. */
static const struct choice {
	int         operation;
	const char *names[12];
} choices[] = {
	{ OSSL_OP_CIPHER, { "AES-128-GCM", "AES-256-GCM", "ChaCha20-Poly1305", "AES-128-CCM", "AES-256-CCM", "AES-128-CBC", "AES-256-CBC" } },
	{ OSSL_OP_DIGEST, { "SHA1", "SHA2-224", "SHA2-256", "SHA2-384", "SHA2-512" } },
	{ OSSL_OP_MAC, { "HMAC" } },
	{ OSSL_OP_KDF, { "HKDF", "TLS13-KDF", "TLS1-PRF" } },
	{ OSSL_OP_RAND, { "HASH-DRBG", "SEED-SRC" } },
};

/* OpenSSL's own provider, ours, and what was chosen of it: made when first asked for, kept until the process ends. OpenSSL calls back
 * without a word of ours, for what the callbacks are given is the other provider's: that is why they are here. */
static OSSL_PROVIDER  *whole, *part;
static OSSL_ALGORITHM *chosen[sizeof(choices) / sizeof(choices[0])];

/* names: "AES-128-GCM:id-aes128-GCM:..." */
static bool wanted(const struct choice *c, const char *names)
{
	for (;; names++) {
		size_t n = strcspn(names, ":");

		for (const char *const *w = c->names; *w; w++)
			if (strlen(*w) == n && strncasecmp(*w, names, n) == 0)
				return true;
		names += n;
		if (*names == '\0')
			return false;
	}
}

static OSSL_ALGORITHM *choose(const struct choice *c, const OSSL_ALGORITHM *all)
{
	size_t          n = 0;
	OSSL_ALGORITHM *some;

	while (all && all[n].algorithm_names)
		n++;
	some = calloc(n + 1, sizeof(*some));
	if (!some)
		die_memory();
	n = 0;
	for (; all && all->algorithm_names; all++)
		if (wanted(c, all->algorithm_names))
			some[n++] = *all;
	return some;
}

static const OSSL_ALGORITHM *query(void *context, int operation, int *no_cache)
{
	const OSSL_ALGORITHM *all = OSSL_PROVIDER_query_operation(whole, operation, no_cache);

	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
		if (choices[i].operation != operation)
			continue;
		if (!chosen[i])
			chosen[i] = choose(&choices[i], all);
		return chosen[i];
	}
	return all;
}

/* The groups of TLS, of which OpenSSL leaves out those that have no keys here. */
static int capabilities(void *context, const char *capability, OSSL_CALLBACK *each, void *arg)
{
	return OSSL_PROVIDER_get_capabilities(whole, capability, each, arg);
}

static int start(const OSSL_CORE_HANDLE *core, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out, void **ret_context)
{
	static const OSSL_DISPATCH calls[] = {
		{ OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))query },
		{ OSSL_FUNC_PROVIDER_GET_CAPABILITIES, (void (*)(void))capabilities },
		{ 0, NULL },
	};

	*out = calls;
	*ret_context = OSSL_PROVIDER_get0_provider_ctx(whole);  /* the algorithms' own functions are given it */
	return 1;
}

/* The usual random generator is built on a cipher, and would bring all of them into its context. */
static bool random_from_digest(OSSL_LIB_CTX *context)
{
	return RAND_set_DRBG_type(context, "HASH-DRBG", NULL, NULL, "SHA256") == 1;
}

bool tls_provider_start(void)
{
	OSSL_LIB_CTX *apart;

	if (whole)
		return part;
	apart = OSSL_LIB_CTX_new();
	if (!apart)
		return false;
	whole = OSSL_PROVIDER_load(apart, "default");
	if (whole && random_from_digest(apart) && random_from_digest(NULL) && OSSL_PROVIDER_add_builtin(NULL, "tls", start) == 1)
		part = OSSL_PROVIDER_load(NULL, "tls");
	return part;
}
