#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "limits.h"
#include "tls_tickets.h"

enum { T0 = 1800000000 };

static char dir[64], path[80];

static int enter(void **state)
{
	strcpy(dir, "/tmp/remuch-tickets-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/keys", dir);
	return 0;
}

static int leave(void **state)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command);
}

static bool same(const struct ticket_key *a, const struct ticket_key *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static void shares_and_rotates(void **state)
{
	struct tickets a, b;
	struct stat    st;

	assert_int_equal(tls_tickets_load(path, T0, &a), 0);
	assert_int_equal(a.n, 1);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(tls_tickets_load(path, T0 + TICKET_ROTATE_S - 1, &b), 0);
	assert_memory_equal(&a, &b, sizeof(a));
	assert_int_equal(tls_tickets_load(path, T0 + TICKET_ROTATE_S, &b), 0);
	assert_int_equal(b.n, 2);
	assert_true(same(&b.key[1], &a.key[0]));
	assert_false(same(&b.key[0], &a.key[0]));
	/* As long as a ticket made with it can live, a key is kept; never more than TICKET_KEYS. */
	assert_int_equal(tls_tickets_load(path, T0 + TICKET_ROTATE_S + TICKET_LIFE_S, &b), 0);
	assert_true(same(&b.key[b.n - 1], &a.key[0]));
	assert_int_equal(tls_tickets_load(path, T0 + 10 * TICKET_LIFE_S, &b), 0);
	assert_int_equal(b.n, 1);
	/* The clock went back. */
	assert_int_equal(tls_tickets_load(path, T0, &a), 0);
	assert_int_equal(a.n, 1);
	assert_false(same(&a.key[0], &b.key[0]));
}

static void replaces_damage(void **state)
{
	static const struct {
		off_t       at;         /* flip an octet there; -1: do not */
		off_t       cut;        /* to this length; -1: do not */
		mode_t      mode;
	} cases[] = { { 0, -1, 0600 }, { 20, -1, 0600 }, { 300, -1, 0600 }, { -1, 0, 0600 }, { -1, 50, 0600 }, { -1, -1, 0644 } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tickets a, b, c;
		int            fd;
		char           octet;

		unlink(path);
		assert_int_equal(tls_tickets_load(path, T0, &a), 0);
		fd = open(path, O_RDWR);
		if (cases[i].at >= 0) {
			assert_int_equal(pread(fd, &octet, 1, cases[i].at), 1);
			octet ^= 1;
			assert_int_equal(pwrite(fd, &octet, 1, cases[i].at), 1);
		}
		if (cases[i].cut >= 0)
			assert_int_equal(ftruncate(fd, cases[i].cut), 0);
		assert_int_equal(fchmod(fd, cases[i].mode), 0);
		close(fd);
		assert_int_equal(tls_tickets_load(path, T0 + 1, &b), 0);
		assert_int_equal(b.n, 1);
		assert_false(same(&a.key[0], &b.key[0]));
		assert_int_equal(tls_tickets_load(path, T0 + 1, &c), 0);
		assert_memory_equal(&b, &c, sizeof(b));
	}
}

/* Many processes start at once: all have the same key in the end. */
static void agrees_in_a_race(void **state)
{
	struct tickets mine, theirs;
	int            fd[2];

	unlink(path);
	assert_int_equal(pipe(fd), 0);
	for (int i = 0; i < 8; i++) {
		if (fork() != 0)
			continue;
		_exit(tls_tickets_load(path, T0, &mine) == 0 && write(fd[1], &mine, sizeof(mine)) == sizeof(mine) ? 0 : 1);
	}
	assert_int_equal(tls_tickets_load(path, T0, &mine), 0);
	for (int i = 0; i < 8; i++) {
		assert_int_equal(read(fd[0], &theirs, sizeof(theirs)), sizeof(theirs));
		assert_memory_equal(&mine, &theirs, sizeof(mine));
	}
	while (wait(NULL) > 0)
		;
	close(fd[0]);
	close(fd[1]);
}

static void does_without_a_file(void **state)
{
	struct tickets a = { 0 };

	assert_int_equal(tls_tickets_load("/nonexistent/keys", T0, &a), -ENOENT);
	assert_int_equal(a.n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_and_rotates),
		cmocka_unit_test(replaces_damage),
		cmocka_unit_test(agrees_in_a_race),
		cmocka_unit_test(does_without_a_file),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
