/* The file "throttle", made for one machine (host byte order) and worth nothing after a reboot:
 *
 *      head     struct head
 *      slots    BUCKETS * WAYS times struct slot
 *
 * An address has its place in one bucket, which is found by a hash, in any of its slots. When all are taken, the one
 * that is forgotten first makes room. A slot is written with one pwrite under a lock on the file; `check` tells one that
 * was torn by a crash, which then counts as empty. A file with another head or size is cut to nothing and started anew. */
#include "throttle.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "die.h"
#include "fd.h"
#include "limits.h"

enum { BUCKETS = 512, WAYS = 8, LOCK_TIME_MS = 500, LOCK_PAUSE_MS = 5 };

struct head {
	char     magic[8];
	uint32_t buckets, ways;
};

struct slot {
	uint8_t  key[9];                /* 4 and an IPv4 address, or 6 and a /64; 0: empty */
	uint8_t  failures;              /* when last written */
	uint16_t unused;
	uint32_t check;
	int64_t  when_ms;               /* Unix milliseconds of the last failure */
};

static const struct head head = { "RMUCHTH1", BUCKETS, WAYS };

enum { TABLE_SIZE = sizeof(struct head) + BUCKETS * WAYS * sizeof(struct slot) };

struct throttle {
	int fd;
};

/* FNV-1a. */
static uint32_t sum(const void *p, size_t n)
{
	const uint8_t *at = p;
	uint32_t       h = 0x811c9dc5U;

	while (n-- > 0)
		h = (h ^ *at++) * 0x01000193U;
	return h;
}

static uint32_t check_of(struct slot s)
{
	s.check = 0;
	return sum(&s, sizeof(s));
}

static bool make_key(const struct sockaddr *addr, uint8_t key[9])
{
	memset(key, 0, 9);
	if (addr && addr->sa_family == AF_INET) {
		key[0] = 4;
		memcpy(key + 1, &((const struct sockaddr_in *)addr)->sin_addr, 4);
		return true;
	}
	if (addr && addr->sa_family == AF_INET6) {
		const struct in6_addr *a = &((const struct sockaddr_in6 *)addr)->sin6_addr;
		bool                   mapped = IN6_IS_ADDR_V4MAPPED(a);

		key[0] = mapped ? 4 : 6;
		memcpy(key + 1, a->s6_addr + (mapped ? 12 : 0), mapped ? 4 : 8);
		return true;
	}
	return false;
}

/* The failures that are not forgotten yet. A time to come means that the clock was wrong: worth nothing. */
static unsigned remembered(const struct slot *s, int64_t now_ms)
{
	const int64_t step = THROTTLE_FORGET_S * 1000;
	int64_t       gone = (now_ms - s->when_ms) / step;

	if (gone < 0)
		return 0;
	return gone < s->failures ? s->failures - (unsigned)gone : 0;
}

/* The lock is taken only for as long as one bucket is read and written; a holder that was stopped must not stop us. */
static int lock(int fd, short type)
{
	const struct timespec pause = { 0, LOCK_PAUSE_MS * 1000000L };
	int64_t               deadline = clock_ms() + LOCK_TIME_MS;
	struct flock          fl = { .l_type = type, .l_whence = SEEK_SET };

	for (;;) {
		if (fcntl(fd, F_OFD_SETLK, &fl) == 0)
			return 0;
		if (errno != EAGAIN && errno != EACCES && errno != EINTR)
			return -errno;
		if (clock_left(deadline) == 0)
			return -ETIMEDOUT;
		nanosleep(&pause, NULL);
	}
}

static int start_anew(int fd)
{
	if (ftruncate(fd, 0) < 0 || ftruncate(fd, TABLE_SIZE) < 0)
		return -errno;
	return pwrite(fd, &head, sizeof(head), 0) == (ssize_t)sizeof(head) ? 0 : -EIO;
}

/* Under the lock. */
static int make_sound(int fd)
{
	struct head have;
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	if (st.st_size == TABLE_SIZE && pread(fd, &have, sizeof(have), 0) == (ssize_t)sizeof(have) &&
	    memcmp(&have, &head, sizeof(have)) == 0)
		return 0;
	return start_anew(fd);
}

/* The bucket of that key, and which of its slots is the key's, or is to be; that one may hold another address.
 * Under the lock. 0 or -errno. */
static int find(int fd, const uint8_t key[9], int64_t now_ms, struct slot *ret_slot, off_t *ret_at)
{
	struct slot bucket[WAYS];
	off_t       at = (off_t)(sizeof(struct head) + sum(key, 9) % BUCKETS * sizeof(bucket));
	unsigned    best = 0, best_failures = 0;
	ssize_t     n = pread(fd, bucket, sizeof(bucket), at);

	if (n != (ssize_t)sizeof(bucket))
		return n < 0 ? -errno : -EIO;
	for (unsigned i = 0; i < WAYS; i++) {
		unsigned failures;

		if (bucket[i].check != check_of(bucket[i]))
			memset(&bucket[i], 0, sizeof(bucket[i]));
		failures = remembered(&bucket[i], now_ms);
		if (memcmp(bucket[i].key, key, 9) == 0) {
			best = i;
			break;
		}
		if (i == 0 || failures < best_failures ||
		    (failures == best_failures && bucket[i].when_ms < bucket[best].when_ms)) {
			best = i;
			best_failures = failures;
		}
	}
	*ret_slot = bucket[best];
	*ret_at = at + (off_t)(best * sizeof(struct slot));
	return 0;
}

int throttle_open(const char *dir, struct throttle **ret_throttle)
{
	CLEAN(fd_closep) int dir_fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	CLEAN(fd_closep) int fd = -1;
	struct throttle     *t;
	int                  r;

	if (dir_fd < 0)
		return -errno;
	fd = openat(dir_fd, "throttle", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	if (fd < 0)
		return -errno;
	r = lock(fd, F_WRLCK);
	if (r < 0)
		return r;
	r = make_sound(fd);
	lock(fd, F_UNLCK);
	if (r < 0)
		return r;
	t = calloc(1, sizeof(*t));
	if (!t)
		die_memory();
	t->fd = fd_steal(&fd);
	*ret_throttle = t;
	return 0;
}

void throttle_close(struct throttle *t)
{
	if (!t)
		return;
	close(t->fd);
	free(t);
}

int64_t throttle_delay_ms(struct throttle *t, const struct sockaddr *addr)
{
	int64_t     now_ms = clock_now_ns() / 1000000, delay = THROTTLE_FIRST_MS;
	struct slot s;
	uint8_t     key[9];
	off_t       at;
	unsigned    failures;
	int         r;

	if (!make_key(addr, key))
		return 0;
	if (!t || lock(t->fd, F_RDLCK) < 0)
		return THROTTLE_FIRST_MS;
	r = find(t->fd, key, now_ms, &s, &at);
	lock(t->fd, F_UNLCK);
	if (r < 0)
		return THROTTLE_FIRST_MS;
	failures = memcmp(s.key, key, sizeof(key)) == 0 ? remembered(&s, now_ms) : 0;
	if (failures == 0)
		return 0;
	while (--failures > 0 && delay < THROTTLE_MAX_MS)
		delay *= 2;
	return delay < THROTTLE_MAX_MS ? delay : THROTTLE_MAX_MS;
}

static int note(struct throttle *t, const struct sockaddr *addr, bool failed)
{
	int64_t     now_ms = clock_now_ns() / 1000000;
	struct slot s;
	uint8_t     key[9];
	off_t       at;
	int         r;

	if (!t || !make_key(addr, key))
		return 0;
	r = lock(t->fd, F_WRLCK);
	if (r < 0)
		return r;
	r = find(t->fd, key, now_ms, &s, &at);
	if (r == 0 && (failed || memcmp(s.key, key, sizeof(key)) == 0)) {
		unsigned failures = memcmp(s.key, key, sizeof(key)) == 0 ? remembered(&s, now_ms) : 0;

		memset(&s, 0, sizeof(s));
		if (failed) {
			memcpy(s.key, key, sizeof(key));
			s.failures = (uint8_t)(failures < THROTTLE_COUNT_MAX ? failures + 1 : failures);
			s.when_ms = now_ms;
			s.check = check_of(s);
		}
		if (pwrite(t->fd, &s, sizeof(s), at) != (ssize_t)sizeof(s))
			r = -EIO;
	}
	lock(t->fd, F_UNLCK);
	return r;
}

int throttle_failed(struct throttle *t, const struct sockaddr *addr)
{
	return note(t, addr, true);
}

int throttle_ok(struct throttle *t, const struct sockaddr *addr)
{
	return note(t, addr, false);
}
