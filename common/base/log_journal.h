/* Journal sink of log.c. */
#ifndef REMUCH_LOG_JOURNAL_H
#define REMUCH_LOG_JOURNAL_H

#define LOG_JOURNAL_SOCKET "/run/systemd/journal/socket"

/* One line with its facts (indexed by enum log_key, "" where there is none) to the journal.
 * 0, or -errno when the journal does not take it. */
int log_journal_send(const char *ident, int prio, const char *text, const char facts[][128]);

#endif
