/* Log lines: who connected, from where, what happened. A line never holds a password or a mail's content;
 * octets that could forge a line (controls, broken UTF-8) are replaced by '?'.
 *
 * Every line carries the connection id and the facts told by log_fact: in the journal as fields
 * (REMUCH_ID, REMUCH_PEER, REMUCH_TLS, REMUCH_USER), elsewhere as words before the text. */
#ifndef REMUCH_LOG_H
#define REMUCH_LOG_H

#include <stdarg.h>
#include <syslog.h>

enum log_target {
	LOG_TO_STDERR,
	LOG_TO_SYSLOG,
	LOG_TO_JOURNAL,
};

enum log_key {
	LOGKEY_ID,
	LOGKEY_PEER,
	LOGKEY_TLS,
	LOGKEY_USER,
	LOGKEYS,
};

/* From now on lines of at most priority `max` (LOG_DEBUG: all) go there. ident is kept, not copied.
 * Until the first call: LOG_INFO and above to standard error, ident "remuch". */
void log_open(const char *ident, enum log_target to, int max);

/* Add a fact to every later line (copied, cut at 127 octets); NULL removes it. */
void log_fact(enum log_key key, const char *value);
const char *log_fact_get(enum log_key key);     /* "" when there is none */

/* Make a random connection id the LOGKEY_ID fact. */
void log_new_id(void);

/* One line. prio: LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO, LOG_DEBUG. */
void log_line(int prio, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_vline(int prio, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

#endif
