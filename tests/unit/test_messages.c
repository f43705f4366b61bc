#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "conn.h"
#include "messages.h"
#include "preauth.h"

/* A sound record of each type, to be spoilt by the cases. */
static void sound(struct message *m, uint32_t type)
{
	memset(m, 0, sizeof(*m));
	m->type = type;
	if (type == MSG_LOGIN) {
		strcpy(m->login.mechanism, "PLAIN");
		strcpy(m->login.user, "j\xc3\xb8rn");
		strcpy(m->login.password, "\xff any \x01");
		strcpy(m->login.tag, "a1");
	}
	if (type == MSG_START)
		m->start.n = CONN_AHEAD_MAX;
	if (type == MSG_TLS)
		strcpy(m->tls.version, "TLSv1.3");
}

static void whole(struct message *m)
{
}

static void user_empty(struct message *m)
{
	m->login.user[0] = '\0';
}

static void user_endless(struct message *m)
{
	memset(m->login.user, 'x', sizeof(m->login.user));
}

static void user_forges(struct message *m)
{
	strcpy(m->login.user, "a\nlogin ok");
}

static void user_no_utf8(struct message *m)
{
	strcpy(m->login.user, "\xc3(");
}

static void authzid_endless(struct message *m)
{
	memset(m->login.authzid, 'x', sizeof(m->login.authzid));
}

static void password_endless(struct message *m)
{
	memset(m->login.password, 'x', sizeof(m->login.password));
}

static void tag_splits(struct message *m)
{
	strcpy(m->login.tag, "a\r\n*");
}

static void mechanism_odd(struct message *m)
{
	strcpy(m->login.mechanism, "\x7f");
}

static void pending_over(struct message *m)
{
	m->start.n = CONN_AHEAD_MAX + 1;
}

static void relay_odd(struct message *m)
{
	m->start.relay = 2;
}

static void cipher_endless(struct message *m)
{
	memset(m->tls.cipher, 'x', sizeof(m->tls.cipher));
}

static void verdict_odd(struct message *m)
{
	m->verdict = LOGIN_UNAVAILABLE + 1;
}

static void bye_forges(struct message *m)
{
	strcpy(m->bye.why, "x\x1b[2J");
}

static const struct {
	uint32_t type;
	void   (*spoil)(struct message *m);
	int      want;
} cases[] = {
	{ MSG_TLS, whole, 0 },           { MSG_LOGIN, whole, 0 },
	{ MSG_VERDICT, whole, 0 },       { MSG_START, whole, 0 },
	{ MSG_BYE, whole, 0 },           { MSG_LOGIN, user_empty, -EBADMSG },
	{ MSG_LOGIN, user_endless, -EBADMSG }, { MSG_LOGIN, user_forges, -EBADMSG },
	{ MSG_LOGIN, user_no_utf8, -EBADMSG }, { MSG_LOGIN, authzid_endless, -EBADMSG },
	{ MSG_LOGIN, password_endless, -EBADMSG }, { MSG_LOGIN, tag_splits, -EBADMSG },
	{ MSG_LOGIN, mechanism_odd, -EBADMSG }, { MSG_START, pending_over, -EBADMSG },
	{ MSG_START, relay_odd, -EBADMSG }, { MSG_TLS, cipher_endless, -EBADMSG },
	{ MSG_VERDICT, verdict_odd, -EBADMSG }, { MSG_BYE, bye_forges, -EBADMSG },
};

static void checks_fields(void **state)
{
	struct message *m = malloc(sizeof(*m)), *got = malloc(sizeof(*got));
	int             fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		sound(m, cases[i].type);
		cases[i].spoil(m);
		assert_int_equal(messages_send(fd[0], m), 0);
		assert_int_equal(messages_receive(fd[1], CLOCK_NEVER, got), cases[i].want);
		if (cases[i].want == 0)
			assert_int_equal(got->type, cases[i].type);
	}
	close(fd[0]);
	assert_int_equal(messages_receive(fd[1], CLOCK_NEVER, got), -ENODATA);
	assert_int_equal(messages_send(fd[1], m), -EPIPE);
	close(fd[1]);
	free(m);
	free(got);
}

/* Any size but the right one, and types that are none. */
static void checks_sizes(void **state)
{
	struct message *m = malloc(sizeof(*m)), *got = malloc(sizeof(*got));

	for (uint32_t type = 0; type < 8; type++) {
		unsigned good = 0;

		sound(m, type);
		for (size_t n = 0; n <= sizeof(*m); n++)
			good += messages_check(m, n, got) == 0;
		assert_int_equal(good, type >= MSG_TLS && type <= MSG_BYE ? 1 : 0);
	}
	free(m);
	free(got);
}

static void waits_no_longer(void **state)
{
	struct message *got = malloc(sizeof(*got));
	int             fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
	assert_int_equal(messages_receive(fd[1], clock_ms() + 20, got), -ETIMEDOUT);
	assert_int_equal(send(fd[0], "x", 1, 0), 1);
	assert_int_equal(messages_receive(fd[1], CLOCK_NEVER, got), -EBADMSG);
	close(fd[0]);
	close(fd[1]);
	free(got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checks_fields),
		cmocka_unit_test(checks_sizes),
		cmocka_unit_test(waits_no_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
