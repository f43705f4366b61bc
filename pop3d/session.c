#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "account.h"
#include "clock.h"
#include "commands.h"
#include "die.h"
#include "drain.h"
#include "fd.h"
#include "limits.h"
#include "log.h"
#include "reply.h"
#include "service.h"

enum { DRAIN_MS = 30 * 1000 };

/* How the conversation ended, for the log. Only after QUIT is anything said or removed. */
static const char *serve(struct session *s)
{
	while (!s->over) {
		struct str line;
		int        r = conn_line(s->conn, POP3_LINE_MAX, &line);

		if (r == -ETIMEDOUT)
			return "no command for too long";       /* RFC 1939 section 3: close without a word */
		if (r == -ENODATA)
			return "the client has gone";
		if (r == -EMSGSIZE) {
			s->bad++;
			reply_err(s->conn, NULL, "that line is too long");
		} else if (r < 0) {
			return strerror(-r);
		} else {
			commands_run(s, line);
		}
		if (s->bad >= BAD_MAX) {
			reply_err(s->conn, NULL, "too many bad commands, goodbye");
			return "too many bad commands";
		}
		r = conn_failed(s->conn);
		if (r < 0)
			return strerror(-r);
	}
	return "QUIT";
}

/* Answer the login. False: refused. */
static bool greet(struct session *s, struct store *store, const char *state_dir, const char *mailbox)
{
	int r = drop_open(&s->drop, store, state_dir, str_of(mailbox ? mailbox : "INBOX"));

	if (r == -EWOULDBLOCK)
		reply_err(s->conn, "IN-USE", "another POP3 session has this mailbox, try again later");
	else if (r == -ENOENT && mailbox)
		reply_err(s->conn, "SYS/PERM", "there is no mailbox \"%s\"", mailbox);
	else if (r < 0)
		reply_failure(s->conn, "the mailbox cannot be opened", r, store_why(store));
	else
		reply_ok(s->conn, "%u messages (%llu octets)", s->drop.n, (unsigned long long)s->drop.size);
	if (r < 0)
		log_line(r == -EWOULDBLOCK || r == -ENOENT ? LOG_INFO : LOG_ERR, "mailbox not opened: %s %s", strerror(-r), store_why(store));
	return r == 0;
}

/* The client gets its end of stream now, though this process may stay for the index. */
static void hang_up(const struct session_start *start)
{
	CLEAN(fd_closep) int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0)
		return;
	dup2(null, start->in);
	dup2(null, start->out);
}

static void talk(struct session *s, const struct session_start *start, struct store *store, const char *state_dir)
{
	int64_t     began = clock_ms();
	const char *how = "refused";

	if (greet(s, store, state_dir, start->mailbox))
		how = serve(s);
	/* Before the last words are sent, so that a client who heard them may come back at once. */
	drop_close(&s->drop);
	conn_flush(s->conn);
	log_line(LOG_INFO, "session ended: %s; retrieved=%u removed=%u in=%llu out=%llu seconds=%lld", how, s->retrieved, s->removed,
		(unsigned long long)conn_octets_in(s->conn), (unsigned long long)conn_octets_out(s->conn),
		(long long)(clock_ms() - began) / 1000);
}

int pop3_session(const struct session_start *start)
{
	struct session    s = { .conn = conn_new(start->in, start->out, start->pending) };
	struct store_conf conf;
	struct store     *store;
	const char       *why = "";
	int               r;

	conn_set_timeouts(s.conn, POP3_AUTOLOGOUT_S * 1000LL, CLOCK_NEVER);
	account_conf(start->conf, start->conf_path, start->home, true, &conf);
	r = store_open(&conf, &store, &why);
	if (r < 0) {
		log_line(LOG_ERR, "store not opened: %s", why);
		reply_failure(s.conn, "your mail cannot be opened", r, why);
		conn_close(s.conn);
		return EXIT_SYSTEM;
	}
	talk(&s, start, store, store_state_dir(&conf, &start->conf->arena));
	conn_close(s.conn);
	hang_up(start);
	drain_finish(store, DRAIN_MS);
	store_settle(store);
	store_close(store);
	return 0;
}
