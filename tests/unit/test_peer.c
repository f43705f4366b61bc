#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "peer.h"

static const struct {
	int         family;
	const char *address;
	const char *text;
	bool        local;
} cases[] = {
	{ AF_INET, "127.0.0.1", "127.0.0.1:4711", true },
	{ AF_INET, "127.255.0.9", "127.255.0.9:4711", true },
	{ AF_INET, "192.0.2.1", "192.0.2.1:4711", false },
	{ AF_INET, "0.0.0.0", "0.0.0.0:4711", false },
	{ AF_INET6, "::1", "[::1]:4711", true },
	{ AF_INET6, "2001:db8::1", "[2001:db8::1]:4711", false },
	{ AF_INET6, "::ffff:192.0.2.1", "192.0.2.1:4711", false },
	{ AF_INET6, "::ffff:127.0.0.1", "127.0.0.1:4711", true },
	{ AF_INET6, "::127.0.0.1", "[::127.0.0.1]:4711", false },
	{ AF_UNIX, NULL, "-", true },
};

static void reads_addresses(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sockaddr_storage a = { .ss_family = (sa_family_t)cases[i].family };
		struct peer             p;

		if (cases[i].family == AF_INET) {
			((struct sockaddr_in *)&a)->sin_port = htons(4711);
			inet_pton(AF_INET, cases[i].address, &((struct sockaddr_in *)&a)->sin_addr);
		} else if (cases[i].family == AF_INET6) {
			((struct sockaddr_in6 *)&a)->sin6_port = htons(4711);
			inet_pton(AF_INET6, cases[i].address, &((struct sockaddr_in6 *)&a)->sin6_addr);
		}
		peer_from(&a, &p);
		assert_string_equal(p.text, cases[i].text);
		assert_int_equal(p.local, cases[i].local);
	}
}

static void asks_descriptors(void **state)
{
	struct peer p;
	int         fd[2];
	int         alone = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(pipe(fd), 0);
	assert_int_equal(peer_of(fd[0], &p), 0);
	assert_string_equal(p.text, "-");
	assert_true(p.local);
	assert_int_equal(peer_of(alone, &p), -ENOTCONN);
	peer_tune(fd[0]);
	close(fd[0]);
	close(fd[1]);
	close(alone);
	assert_int_equal(peer_of(alone, &p), -EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_addresses),
		cmocka_unit_test(asks_descriptors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
