/* Password hashes in crypt(5) form, through libxcrypt's crypt_r. */
#ifndef REMUCH_PASSHASH_H
#define REMUCH_PASSHASH_H

#include <stdbool.h>

#include "buf.h"
#include "secret.h"

enum { PASSHASH_MAX = 384 };    /* octets of a hash, more than any method's; CRYPT_OUTPUT_SIZE */

/* True when `password` is the one `hash` was made of. Compares all octets whatever they are. Takes as long for a hash
 * that cannot match (locked, unknown method) as for one made by passhash_make(). */
bool passhash_verify(const char *hash, const struct secret *password);

/* Can a password match this hash: a method that this machine's crypt_r knows. */
bool passhash_usable(const char *hash);

/* Append a new hash of the password with a random salt: yescrypt, or SHA-512 where libxcrypt was built without it.
 * 0; -errno (-ENOSYS: neither). */
int passhash_make(struct buf *b, const struct secret *password);

#endif
