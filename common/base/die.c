#include "die.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "log.h"

void die_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_vline(LOG_ERR, fmt, ap);
	va_end(ap);
	_exit(EXIT_USAGE);
}

void die_system(int err, const char *fmt, ...)
{
	char    what[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	log_line(LOG_ERR, "%s: %s", what, strerror(err));
	_exit(EXIT_SYSTEM);
}

void die_memory(void)
{
	log_line(LOG_ERR, "out of memory");
	_exit(EXIT_SYSTEM);
}
