/* The file, mode 0600, native byte order since it never leaves the machine:
 *   magic 8 octets, struct tickets, SHA-256 of what stands before it
 * It is replaced as a whole (rename), under an exclusive lock of the file PATH.lock. */
#include "tls_tickets.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "fd.h"
#include "limits.h"

static const char magic[8] = "RMTICK1";

struct ticket_file {
	char           magic[8];
	struct tickets tickets;
	unsigned char  sum[SHA256_DIGEST_LENGTH];
};

static void checksum(const struct ticket_file *f, unsigned char out[SHA256_DIGEST_LENGTH])
{
	SHA256((const unsigned char *)f, offsetof(struct ticket_file, sum), out);
}

static bool private_file(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & 077) == 0;
}

/* -ENOENT: no file; -EBADMSG: none that can be used. */
static int load(const char *path, struct tickets *ret)
{
	struct ticket_file    f;
	unsigned char         sum[SHA256_DIGEST_LENGTH];
	CLEAN(fd_closep) int  fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);

	if (fd < 0)
		return errno == ELOOP ? -EBADMSG : -errno;
	if (!private_file(fd) || read(fd, &f, sizeof(f)) != (ssize_t)sizeof(f))
		return -EBADMSG;
	checksum(&f, sum);
	if (memcmp(f.magic, magic, sizeof(magic)) != 0 || CRYPTO_memcmp(sum, f.sum, sizeof(sum)) != 0 ||
	    f.tickets.n == 0 || f.tickets.n > TICKET_KEYS)
		return -EBADMSG;
	*ret = f.tickets;
	OPENSSL_cleanse(&f, sizeof(f));
	return 0;
}

static int save(const char *path, const struct tickets *t)
{
	struct ticket_file f = { .tickets = *t };
	char               temp[4096];
	int                r;

	if (snprintf(temp, sizeof(temp), "%s.new", path) >= (int)sizeof(temp))
		return -ENAMETOOLONG;
	memcpy(f.magic, magic, sizeof(magic));
	checksum(&f, f.sum);
	/* Left behind by one that was killed: we hold the lock, so it is nobody's. */
	unlink(temp);
	CLEAN(fd_closep) int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return -errno;
	r = fd_write_all(fd, &f, sizeof(f));
	OPENSSL_cleanse(&f, sizeof(f));
	if (r == 0 && rename(temp, path) < 0)
		r = -errno;
	if (r < 0)
		unlink(temp);
	return r;
}

/* A new key before the others; the oldest falls out. */
static int rotate(int64_t now, struct tickets *t)
{
	struct ticket_key k = { .made = now };

	if (RAND_bytes(k.name, sizeof(k.name)) != 1 || RAND_priv_bytes(k.aes, sizeof(k.aes)) != 1 ||
	    RAND_priv_bytes(k.mac, sizeof(k.mac)) != 1)
		return -EIO;
	if (t->n == TICKET_KEYS)
		t->n--;
	memmove(t->key + 1, t->key, t->n * sizeof(*t->key));
	t->key[0] = k;
	t->n++;
	OPENSSL_cleanse(&k, sizeof(k));
	return 0;
}

static bool fresh(const struct tickets *t, int64_t now)
{
	/* A clock that went back must not keep one key in use for years. */
	return t->key[0].made <= now && now - t->key[0].made < TICKET_ROTATE_S;
}

int tls_tickets_make(int64_t now, struct tickets *ret)
{
	memset(ret, 0, sizeof(*ret));
	return rotate(now, ret);
}

/* The lock is held: look again, since another process may have been faster. */
static int renew(const char *path, int64_t now, struct tickets *t)
{
	int r = load(path, t);

	if (r == 0 && fresh(t, now))
		return 0;
	if (r < 0)
		memset(t, 0, sizeof(*t));
	while (t->n > 0 && (t->key[t->n - 1].made > now || now - t->key[t->n - 1].made > TICKET_ROTATE_S + TICKET_LIFE_S))
		t->n--;
	r = rotate(now, t);
	return r < 0 ? r : save(path, t);
}

int tls_tickets_load(const char *path, int64_t now, struct tickets *ret)
{
	char name[4096];
	int  r = load(path, ret);

	if (r == 0 && fresh(ret, now))
		return 0;
	if (snprintf(name, sizeof(name), "%s.lock", path) >= (int)sizeof(name)) {
		r = -ENAMETOOLONG;
	} else {
		CLEAN(fd_closep) int lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

		if (lock < 0 || flock(lock, LOCK_EX) < 0)
			r = -errno;
		else
			r = renew(path, now, ret);
	}
	if (r < 0 && r != -EIO) {
		int made = tls_tickets_make(now, ret);

		return made < 0 ? made : r;
	}
	return r;
}
