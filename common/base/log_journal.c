/* The journal's native protocol: a line is one datagram of KEY=value lines. https://systemd.io/JOURNAL_NATIVE_PROTOCOL */
#include "log_journal.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "buf.h"
#include "fd.h"
#include "log.h"

static const char *const names[LOGKEYS] = {
	[LOGKEY_ID] = "REMUCH_ID",
	[LOGKEY_PEER] = "REMUCH_PEER",
	[LOGKEY_TLS] = "REMUCH_TLS",
	[LOGKEY_USER] = "REMUCH_USER",
};

int log_journal_send(const char *ident, int prio, const char *text, const char facts[][128])
{
	static const struct sockaddr_un journal = { .sun_family = AF_UNIX, .sun_path = LOG_JOURNAL_SOCKET };
	CLEAN(fd_closep) int            fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct buf                      b = BUF(8192);
	int                             r = 0;

	if (fd < 0)
		return -errno;
	/* No value has a line end in it: see log_vline() and log_fact(). */
	buf_printf(&b, "MESSAGE=%s\nPRIORITY=%d\nSYSLOG_IDENTIFIER=%s\n", text, prio, ident);
	for (int i = 0; i < LOGKEYS; i++)
		if (facts[i][0] != '\0')
			buf_printf(&b, "%s=%s\n", names[i], facts[i]);
	if (sendto(fd, b.p, b.n, MSG_NOSIGNAL, (const struct sockaddr *)&journal, sizeof(journal)) < 0)
		r = -errno;
	buf_free(&b);
	return r;
}
