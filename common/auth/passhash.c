#include "passhash.h"

#include <crypt.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"

_Static_assert(PASSHASH_MAX >= CRYPT_OUTPUT_SIZE, "a hash of crypt(3) does not fit");

/* Best first. */
static const char *const methods[] = { "$y$", "$6$" };

static struct crypt_data *room(void)
{
	struct crypt_data *d = calloc(1, sizeof(*d));

	if (!d)
		die_memory();
	return d;
}

static void room_free(struct crypt_data *d)
{
	explicit_bzero(d, sizeof(*d));
	free(d);
}

/* Put a setting with a random salt into out. 0 or -errno. */
static int new_setting(char out[CRYPT_GENSALT_OUTPUT_SIZE])
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (crypt_gensalt_rn(methods[i], 0, NULL, 0, out, CRYPT_GENSALT_OUTPUT_SIZE))
			return 0;
	return errno == EINVAL ? -ENOSYS : -errno;
}

/* All octets are looked at, however early the first difference is. */
static bool same(const char *a, const char *b)
{
	size_t        n = strlen(a);
	unsigned char difference = 0;

	if (strlen(b) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		difference |= (unsigned char)(a[i] ^ b[i]);
	return difference == 0;
}

bool passhash_usable(const char *hash)
{
	int r = hash[0] == '*' || hash[0] == '!' ? CRYPT_SALT_INVALID : crypt_checksalt(hash);

	return strlen(hash) < PASSHASH_MAX && r != CRYPT_SALT_INVALID && r != CRYPT_SALT_METHOD_DISABLED;
}

bool passhash_verify(const char *hash, const struct secret *password)
{
	struct crypt_data *d = room();
	bool               usable = passhash_usable(hash);
	char               setting[CRYPT_GENSALT_OUTPUT_SIZE];
	const char        *made;
	bool               good;

	if (!usable && new_setting(setting) == 0)
		hash = setting;
	made = crypt_r(password->p, hash, d);
	good = usable && made && made[0] != '*' && same(made, hash);
	room_free(d);
	return good;
}

int passhash_make(struct buf *b, const struct secret *password)
{
	char               setting[CRYPT_GENSALT_OUTPUT_SIZE];
	struct crypt_data *d;
	const char        *made;
	int                r = new_setting(setting);

	if (r < 0)
		return r;
	d = room();
	errno = 0;
	made = crypt_r(password->p, setting, d);
	if (made && made[0] != '*')
		buf_puts(b, made);
	else
		r = errno != 0 ? -errno : -EINVAL;
	room_free(d);
	return r;
}
