/* Lines of POP3 after login, against a maildrop of two messages of which one is marked: each is answered with one line that begins
 * with +OK or -ERR, and marks nothing but a message that is there. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "commands.h"
#include "limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

/* Commands that open files or end the session are not for here. */
static bool is_left_out(struct str line)
{
	static const struct str names[] = { STR_LIT("RETR"), STR_LIT("TOP"), STR_LIT("QUIT") };
	struct str              name, rest;

	str_cut(line, ' ', &name, &rest);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_ieq(name, names[i]))
			return true;
	return false;
}

static void check_answer(int fd)
{
	char       answer[4096];
	ssize_t    n = recv(fd, answer, sizeof(answer), MSG_DONTWAIT);
	struct str got = { answer, n > 0 ? (size_t)n : 0 };

	must(str_starts(got, STR("+OK")) || str_starts(got, STR("-ERR")));
	must(str_ends(got, STR("\r\n")));
	must(str_find(got, STR("\r\n")) <= 510);
}

static void run(struct str line)
{
	struct drop_mail mails[] = { { .serial = 1, .size = 100, .uid = 1 }, { .serial = 2, .size = 50, .uid = 2 } };
	struct session   s = { .drop = { .mails = mails, .n = 2, .left = 2, .size = 150, .uidvalidity = 1, .lock = -1 } };
	int              pair[2];

	must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	s.conn = conn_new(pair[0], pair[0], STR_NONE);
	drop_mark(&s.drop, &mails[1]);
	commands_run(&s, line);
	must(conn_flush(s.conn) == 0);
	check_answer(pair[1]);
	must(s.drop.left == (mails[0].deleted ? 0U : 1U) + (mails[1].deleted ? 0U : 1U));
	must(s.drop.size == (mails[0].deleted ? 0U : 100U) + (mails[1].deleted ? 0U : 50U));
	must(!s.over && s.bad <= 1);
	conn_close(s.conn);
	close(pair[0]);
	close(pair[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str line = { (const char *)data, size };

	if (size <= POP3_LINE_MAX && !is_left_out(line))
		run(line);
	return 0;
}
