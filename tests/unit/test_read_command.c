#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read_command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "limits.h"

#define BIG "{300000}\r\n"              /* over LITERAL_MAX */

/* What the client sends, what the command then is, what the client was sent meanwhile. */
static const struct {
	const char           *in;
	int                   want;
	enum read_command_end end;
	const char           *text;
	const char           *said;
	uint64_t              literal;
} cases[] = {
	{ "a NOOP\r\n", 0, READ_COMMAND_WHOLE, "a NOOP\r\n", "", 0 },
	{ "a NOOP\n", 0, READ_COMMAND_WHOLE, "a NOOP\r\n", "", 0 },
	{ "\r\n", 0, READ_COMMAND_WHOLE, "\r\n", "", 0 },
	{ "a SELECT {5}\r\nINBOX\r\n", 0, READ_COMMAND_WHOLE, "a SELECT {5}\r\nINBOX\r\n", "+ OK\r\n", 0 },
	{ "a SELECT {5+}\r\nINBOX\r\n", 0, READ_COMMAND_WHOLE, "a SELECT {5+}\r\nINBOX\r\n", "", 0 },
	{ "a SELECT {0+}\r\n\r\n", 0, READ_COMMAND_WHOLE, "a SELECT {0+}\r\n\r\n", "", 0 },
	{ "a RENAME {1}\r\na {1}\r\nb\r\n", 0, READ_COMMAND_WHOLE, "a RENAME {1}\r\na {1}\r\nb\r\n",
		"+ OK\r\n+ OK\r\n", 0 },
	{ "a SEARCH TEXT \"{5}\"\r\n", 0, READ_COMMAND_WHOLE, "a SEARCH TEXT \"{5}\"\r\n", "", 0 },
	{ "a SELECT {5\r\n", 0, READ_COMMAND_WHOLE, "a SELECT {5\r\n", "", 0 },
	{ "a SELECT {x}\r\n", 0, READ_COMMAND_WHOLE, "a SELECT {x}\r\n", "", 0 },
	/* APPEND: the mailbox is read, the message stays on the wire */
	{ "a APPEND INBOX {9}\r\n", 0, READ_COMMAND_LITERAL, "a APPEND INBOX ", "", 9 },
	{ "a append INBOX (\\Seen) {999999999+}\r\n", 0, READ_COMMAND_LITERAL, "a append INBOX (\\Seen) ", "",
		999999999 },
	{ "a APPEND {5}\r\nINBOX ~{9}\r\n", 0, READ_COMMAND_LITERAL, "a APPEND {5}\r\nINBOX ", "+ OK\r\n", 9 },
	/* too long: refused without "+", or taken and dropped */
	{ "a SELECT " BIG, 0, READ_COMMAND_TOO_LONG, "a SELECT " BIG, "", 0 },
	{ "a SELECT {99999999999999999999}\r\n", 0, READ_COMMAND_WHOLE, "a SELECT {99999999999999999999}\r\n", "", 0 },
	{ "a SELECT {99999999999999999999+}\r\n", 0, READ_COMMAND_ENDLESS, "a SELECT {99999999999999999999+}\r\n", "",
		0 },
	{ "a SELECT {99999999999+}\r\n", 0, READ_COMMAND_ENDLESS, "a SELECT {99999999999+}\r\n", "", 0 },
	{ "a NOO", -ENODATA, 0, NULL, "", 0 },
	{ "a SELECT {5+}\r\nINB", -ENODATA, 0, NULL, "", 0 },
	{ "", -ENODATA, 0, NULL, "", 0 },
};

/* The other end sends `in` in packets of `size` octets, so that no read gets more than that. */
static pid_t client(int fd, int peer, struct str in, size_t size)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	close(peer);
	signal(SIGPIPE, SIG_IGN);
	for (size_t at = 0; at < in.n; at += size)
		if (write(fd, in.p + at, in.n - at < size ? in.n - at : size) < 0)
			_exit(1);
	shutdown(fd, SHUT_WR);
	_exit(0);
}

static void check(size_t i, size_t size)
{
	struct buf            text = BUF(COMMAND_MAX);
	struct literal        literal = { 0 };
	enum read_command_end end = 0;
	char                  said[100];
	struct conn          *c;
	ssize_t               n;
	int                   fd[2], r;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
	client(fd[1], fd[0], str_of(cases[i].in), size);
	c = conn_new(fd[0], fd[0], STR_NONE);
	r = read_command(c, &text, &end, &literal);
	if (r != cases[i].want)
		fail_msg("%s: %d", cases[i].in, r);
	if (r == 0) {
		assert_int_equal(end, cases[i].end);
		assert_string_equal(buf_z(&text), cases[i].text);
	}
	if (r == 0 && end == READ_COMMAND_LITERAL)
		assert_int_equal(literal.size, cases[i].literal);
	conn_close(c);
	close(fd[0]);
	wait(NULL);
	said[0] = '\0';
	for (size_t at = 0; (n = read(fd[1], said + at, sizeof(said) - 1 - at)) > 0; at += (size_t)n)
		said[at + (size_t)n] = '\0';
	assert_string_equal(said, cases[i].said);
	close(fd[1]);
	buf_free(&text);
}

static void whole(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(i, 1000);
}

static void byte_by_byte(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(i, 1);
}

/* What is over a limit is dropped, and the next command is found behind it. */
static void next_command(void **state)
{
	static const size_t   sizes[] = { LITERAL_MAX + 1, COMMAND_MAX + 5 };
	enum read_command_end end;
	struct literal        literal;
	struct conn          *c;
	int                   fd[2];

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct buf in = BUF(4 * COMMAND_MAX), text = BUF(COMMAND_MAX);

		buf_printf(&in, "a SELECT {%zu+}\r\n", sizes[i]);
		memset(buf_room(&in, sizes[i]), 'x', sizes[i]);
		in.n += sizes[i];
		buf_puts(&in, " {3+}\r\nabc\r\nb NOOP\r\n");
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
		client(fd[1], fd[0], buf_view(&in), 65536);
		c = conn_new(fd[0], fd[0], STR_NONE);
		assert_int_equal(read_command(c, &text, &end, &literal), 0);
		assert_int_equal(end, READ_COMMAND_TOO_LONG);
		assert_int_equal(read_command(c, &text, &end, &literal), 0);
		assert_int_equal(end, READ_COMMAND_WHOLE);
		assert_string_equal(buf_z(&text), "b NOOP\r\n");
		conn_close(c);
		close(fd[0]);
		close(fd[1]);
		wait(NULL);
		buf_free(&in);
		buf_free(&text);
	}
}

/* A line that never ends, and many literals that together are over COMMAND_MAX. */
static void long_line(void **state)
{
	struct buf            in = BUF(4 * COMMAND_MAX), text = BUF(COMMAND_MAX);
	enum read_command_end end;
	struct literal        literal;
	struct conn          *c;
	int                   fd[2];

	memset(buf_room(&in, LINE_LENGTH_MAX + 1), 'x', LINE_LENGTH_MAX + 1);
	in.n += LINE_LENGTH_MAX + 1;
	buf_puts(&in, "\r\nb SEARCH");
	for (int i = 0; i < 6; i++) {
		buf_printf(&in, " {%d+}\r\n", LITERAL_MAX - 10);
		memset(buf_room(&in, LITERAL_MAX - 10), 'x', LITERAL_MAX - 10);
		in.n += LITERAL_MAX - 10;
	}
	buf_puts(&in, "\r\nc NOOP\r\n");
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	client(fd[1], fd[0], buf_view(&in), 65536);
	c = conn_new(fd[0], fd[0], STR_NONE);
	assert_int_equal(read_command(c, &text, &end, &literal), 0);
	assert_int_equal(end, READ_COMMAND_TOO_LONG);
	assert_int_equal(read_command(c, &text, &end, &literal), 0);
	assert_int_equal(end, READ_COMMAND_TOO_LONG);
	assert_true(str_starts(buf_view(&text), STR("b SEARCH")));
	assert_int_equal(read_command(c, &text, &end, &literal), 0);
	assert_string_equal(buf_z(&text), "c NOOP\r\n");
	conn_close(c);
	close(fd[0]);
	close(fd[1]);
	wait(NULL);
	buf_free(&in);
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(byte_by_byte),
		cmocka_unit_test(next_command),
		cmocka_unit_test(long_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
