#include "askpass.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* One line. Octet by octet, so that nothing of the next line is taken. */
static int read_line(struct secret *ret)
{
	char   line[SECRET_MAX + 2];
	size_t n = 0;
	int    r;

	for (;;) {
		char    c;
		ssize_t got = read(STDIN_FILENO, &c, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0 && n == 0)
			return -ENODATA;
		if (got == 0 || c == '\n')
			break;
		if (n == sizeof(line))
			return -EMSGSIZE;
		line[n++] = c;
	}
	r = secret_set(ret, (struct str){ line, n });
	explicit_bzero(line, sizeof(line));
	return r;
}

static int ask(const char *what, const char *name, struct secret *ret)
{
	int r;

	fprintf(stderr, "%s for %s: ", what, name);
	r = read_line(ret);
	fputc('\n', stderr);
	return r;
}

int askpass(const char *name, struct secret *ret)
{
	struct termios before, silent;
	struct secret  again = { 0 };
	int            r;

	if (tcgetattr(STDIN_FILENO, &before) < 0)
		return read_line(ret);
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) < 0)
		return -errno;
	r = ask("Password", name, ret);
	if (r == 0)
		r = ask("Once more", name, &again);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	if (r == 0 && !str_eq(secret_str(ret), secret_str(&again)))
		r = -EINVAL;
	secret_wipe(&again);
	return r;
}
