#include "log.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "log_journal.h"
#include "text.h"

enum { LINE = 1024, FACT = 128 };

/* The one global of the program: what every line of this connection carries. */
static struct {
	const char     *ident;
	enum log_target to;
	int             max;
	char            fact[LOGKEYS][FACT];
} log_state = { .ident = "remuch", .to = LOG_TO_STDERR, .max = LOG_INFO };

void log_open(const char *ident, enum log_target to, int max)
{
	log_state.ident = ident;
	log_state.to = to;
	log_state.max = max;
	if (to == LOG_TO_SYSLOG)
		openlog(ident, LOG_PID | LOG_NDELAY, LOG_MAIL);
}

void log_fact(enum log_key key, const char *value)
{
	char *f = log_state.fact[key];

	snprintf(f, FACT, "%s", value ? value : "");
	text_printable(f);
}

const char *log_fact_get(enum log_key key)
{
	return log_state.fact[key];
}

void log_new_id(void)
{
	uint64_t r = 0;
	char     id[20];

	if (getrandom(&r, sizeof(r), 0) != (ssize_t)sizeof(r))
		r = (uint64_t)getpid();
	snprintf(id, sizeof(id), "%012llx", (unsigned long long)(r & 0xffffffffffff));
	log_fact(LOGKEY_ID, id);
}

/* With write(2) alone: dprintf seeks first, which the sandboxed process may not. */
static void to_stderr(const char *text)
{
	char line[LINE + LOGKEYS * (FACT + 8) + 64];
	int  n = snprintf(line, sizeof(line), "%s: %s\n", log_state.ident, text);

	if (n > 0)
		(void)!write(STDERR_FILENO, line, (size_t)n < sizeof(line) ? (size_t)n : sizeof(line) - 1);
}

static void plain(int prio, const char *text)
{
	static const char *const label[LOGKEYS] = { "id", "peer", "tls", "user" };
	char   line[LINE + LOGKEYS * (FACT + 8)];
	size_t n = 0;

	line[0] = '\0';
	for (int i = 0; i < LOGKEYS; i++)
		if (log_state.fact[i][0] != '\0')
			n += (size_t)snprintf(line + n, sizeof(line) - n, "%s=%s ", label[i], log_state.fact[i]);
	snprintf(line + n, sizeof(line) - n, "%s", text);
	if (log_state.to == LOG_TO_SYSLOG)
		syslog(prio, "%s", line);
	else
		to_stderr(line);
}

void log_vline(int prio, const char *fmt, va_list ap)
{
	char text[LINE];

	if (prio > log_state.max)
		return;
	vsnprintf(text, sizeof(text), fmt, ap);
	text_printable(text);
	if (log_state.to == LOG_TO_JOURNAL &&
	    log_journal_send(log_state.ident, prio, text, (const char (*)[FACT])log_state.fact) >= 0)
		return;
	plain(prio, text);
}

void log_line(int prio, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_vline(prio, fmt, ap);
	va_end(ap);
}
