#include "log_journal.h"

#include <stdio.h>
#include <systemd/sd-journal.h>
#include <sys/uio.h>

#include "log.h"

static const char *const names[LOGKEYS] = {
	[LOGKEY_ID] = "REMUCH_ID",
	[LOGKEY_PEER] = "REMUCH_PEER",
	[LOGKEY_TLS] = "REMUCH_TLS",
	[LOGKEY_USER] = "REMUCH_USER",
};

int log_journal_send(const char *ident, int prio, const char *text, const char facts[][128])
{
	char         field[LOGKEYS + 3][1200];
	struct iovec iov[LOGKEYS + 3];
	int          n = 0;

	snprintf(field[n++], sizeof(field[0]), "MESSAGE=%s", text);
	snprintf(field[n++], sizeof(field[0]), "PRIORITY=%d", prio);
	snprintf(field[n++], sizeof(field[0]), "SYSLOG_IDENTIFIER=%s", ident);
	for (int i = 0; i < LOGKEYS; i++)
		if (facts[i][0] != '\0')
			snprintf(field[n++], sizeof(field[0]), "%s=%s", names[i], facts[i]);
	for (int i = 0; i < n; i++)
		iov[i] = (struct iovec){ field[i], __builtin_strlen(field[i]) };
	return sd_journal_sendv(iov, n);
}
