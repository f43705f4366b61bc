#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "account.h"
#include "bodymemo.h"
#include "clock.h"
#include "commands.h"
#include "die.h"
#include "drain.h"
#include "fd.h"
#include "flagtext.h"
#include "limits.h"
#include "log.h"
#include "metawatch.h"
#include "read_command.h"
#include "report.h"
#include "searchres.h"

/* How long a session whose client has left waits for its changes to reach the index. A later one does the rest. */
enum { DRAIN_MS = 60 * 1000, DRAIN_STOPPED_MS = 1000 };

/* A client that has sent nothing for so long leaves time for what its next command will need; one that sends nothing for longer may
 * send nothing for hours. */
enum { LEISURE_MS = 20, SLEEP_MS = 2000 };

/* A command that is no command at all is answered without a tag when not even that could be read. */
static void refuse_untagged(struct session *s, const char *why)
{
	s->bad++;
	reply_untagged(s, REPLY_BAD, NULL, "%s", why);
}

/* Tag, and the command's descriptor. False: refused, and said so. */
static bool find_command(struct session *s, struct request *rq)
{
	static const struct reply unknown = { REPLY_BAD, NULL, "Unknown command" };
	struct str                name;

	if (lex_tag(&rq->lx, &rq->tag) < 0 || lex_sp(&rq->lx) < 0) {
		refuse_untagged(s, "A command begins with a tag and a space");
		return false;
	}
	if (lex_word(&rq->lx, &name) == 0) {
		rq->by_uid = str_ieq(name, STR("UID"));
		if (!rq->by_uid || (lex_sp(&rq->lx) == 0 && lex_word(&rq->lx, &name) == 0))
			rq->command = commands_find(name, rq->by_uid);
	}
	if (!rq->command)
		reply_tagged(s, rq, &unknown);
	return rq->command;
}

/* Parse and run; the answer is the tagged response. */
static const struct reply *answer(struct session *s, struct request *rq)
{
	const struct reply *refusal = commands_admit(s, rq->command);
	void               *args = NULL;
	int                 r;

	if (refusal)
		return refusal;
	r = rq->command->parse ? rq->command->parse(rq, &args) : lex_end(&rq->lx);
	if (r < 0)
		return reply_refused(rq, r);
	return rq->command->run(s, rq, args);
}

static void run_command(struct session *s, struct request *rq)
{
	const struct reply *reply;
	unsigned            flags;

	if (!find_command(s, rq))
		return;
	flags = rq->command->flags;
	reply = answer(s, rq);
	if (!(flags & CF_NO_REPORT) && !(reply && reply->kind == REPLY_BAD)) {
		report_changes(s, rq->keep_expunged || ((flags & CF_KEEP_EXPUNGED) && !rq->by_uid), NULL, rq->arena);
		metawatch_report(s, rq->arena);
	}
	reply_tagged(s, rq, reply);
}

/* A command over a limit is refused under its own tag, if its beginning shows one. */
static void refuse_long(struct session *s, struct str text, struct arena *a)
{
	static const struct reply too_long = { REPLY_BAD, "LIMIT", "The command or a literal in it is too long" };
	struct request            rq = { .arena = a };

	lex_init(&rq.lx, text, a);
	if (lex_tag(&rq.lx, &rq.tag) == 0)
		reply_tagged(s, &rq, &too_long);
	else
		refuse_untagged(s, too_long.text);
}

/* One command from the wire. 0 or -errno of reading. */
static int serve_one(struct session *s, struct buf *text, struct arena *a)
{
	enum read_command_end end;
	struct request        rq = { .arena = a, .rev2 = s->rev2 };
	int                   r;

	r = read_command(s->conn, text, &end, &rq.literal);
	if (r < 0)
		return r;
	s->commands++;
	if (end == READ_COMMAND_ENDLESS) {
		reply_bye(s, "LIMIT", "That literal is too long to be skipped");
		return 0;
	}
	if (end == READ_COMMAND_TOO_LONG) {
		refuse_long(s, buf_view(text), a);
		return 0;
	}
	rq.has_literal = end == READ_COMMAND_LITERAL;
	lex_init(&rq.lx, buf_view(text), a);
	run_command(s, &rq);
	if (rq.has_literal) {
		r = read_command_drop(s->conn, &rq.literal);
		if (r == -E2BIG) {
			reply_bye(s, "LIMIT", "That literal is too long to be skipped");
			r = 0;
		}
	}
	return r;
}

void session_rest(struct session *s)
{
	conn_flush(s->conn);
	drain_go(s->store);
}

void session_sleep(struct session *s)
{
	conn_rest(s->conn);
	store_rest(s->store);
	malloc_trim(0);
}

/* Until there is input, or the session has to end: then BYE is said. 0 or -errno. */
static int wait_for_client(struct session *s)
{
	unsigned what = CONN_INPUT;
	int      r = 0;

	if (!conn_has_input(s->conn)) {
		session_rest(s);
		r = conn_wait(s->conn, s->stop_fd, clock_ms() + LEISURE_MS, &what);
		if (r == 0 && !(what & (CONN_INPUT | CONN_OTHER))) {
			if (s->box)
				box_ready(s->box);
			r = conn_wait(s->conn, s->stop_fd, clock_ms() + SLEEP_MS, &what);
		}
		if (r == 0 && !(what & (CONN_INPUT | CONN_OTHER))) {
			session_sleep(s);
			r = conn_wait(s->conn, s->stop_fd, clock_ms() + AUTOLOGOUT_S * 1000LL, &what);
		}
	}
	if (r < 0)
		return r;
	if (what & CONN_OTHER)
		reply_bye(s, "UNAVAILABLE", "The server is going down");
	else if (!(what & CONN_INPUT))
		reply_bye(s, NULL, "You were silent for too long");
	return 0;
}

static const char *serve(struct session *s)
{
	struct buf   text = BUF(COMMAND_MAX);
	struct arena a = ARENA_INIT;
	int          r = 0;

	while (r >= 0 && !s->leaving) {
		r = wait_for_client(s);
		if (r < 0 || s->leaving)
			break;
		r = serve_one(s, &text, &a);
		arena_reset(&a);
		if (r == -ETIMEDOUT)
			reply_bye(s, NULL, "You were silent for too long");
		else if (s->bad >= BAD_MAX)
			reply_bye(s, "CLIENTBUG", "Too many commands that are none");
	}
	buf_free(&text);
	arena_free(&a);
	if (s->farewell)
		return s->farewell;
	return r == -ENODATA ? "the client left without LOGOUT" : strerror(-r);
}

static void greet(struct session *s)
{
	struct buf caps = BUF(1024);

	commands_capabilities(&caps, s->start->conf->gmail);
	if (s->start->tag.n > 0) {
		conn_str(s->conn, s->start->tag);
		conn_puts(s->conn, " OK");
	} else {
		conn_puts(s->conn, "* PREAUTH");
	}
	conn_printf(s->conn, " [CAPABILITY %s] %s\r\n", buf_z(&caps),
		s->start->tag.n > 0 ? "Logged in" : "remuch is ready");
	buf_free(&caps);
}

/* The mail cannot be served: the login is answered with the reason. */
static void apologise(struct session *s, const char *why, int r)
{
	static const struct command login = { .name = "LOGIN" };
	struct arena                a = ARENA_INIT;
	struct request              rq = { .tag = s->start->tag, .command = &login };

	log_line(LOG_ERR, "mail cannot be opened: %s (%s)", why, strerror(-r));
	if (rq.tag.n > 0)
		reply_tagged(s, &rq, reply_new(&a, REPLY_NO, "UNAVAILABLE", "Your mail cannot be opened: %s", why));
	reply_bye(s, "UNAVAILABLE", why);
	arena_free(&a);
}

/* SIGTERM becomes something to wait for: it never interrupts a command. */
static int watch_stop(sigset_t *ret_before)
{
	sigset_t set;
	int      fd;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, ret_before);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		die_system(errno, "signalfd");
	return fd;
}

/* Back to the signals as they were. True when it was SIGTERM that ended the session: it is taken from the queue, so that
 * it does not end the process before its work is done. A second one does. */
static bool unwatch_stop(int fd, const sigset_t *before)
{
	struct signalfd_siginfo si;
	bool                    stopped = read(fd, &si, sizeof(si)) > 0;

	close(fd);
	sigprocmask(SIG_SETMASK, before, NULL);
	return stopped;
}

/* The client gets its end of stream now, though this process stays for the index. */
static void hang_up(const struct session_start *start)
{
	CLEAN(fd_closep) int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0)
		return;
	dup2(null, start->in);
	dup2(null, start->out);
}

static void say_end(const struct session *s, const char *how, int64_t began)
{
	log_line(LOG_INFO, "session ended: %s; commands=%llu in=%llu out=%llu seconds=%lld", how,
		(unsigned long long)s->commands, (unsigned long long)conn_octets_in(s->conn),
		(unsigned long long)conn_octets_out(s->conn), (long long)(clock_ms() - began) / 1000);
}

int imap_session(const struct session_start *start)
{
	struct session    s = { .start = start };
	struct store_conf conf;
	const char       *why = "";
	int64_t           began = clock_ms();
	sigset_t          before;
	int               r;

	s.conn = conn_new(start->in, start->out, start->pending);
	conn_set_timeouts(s.conn, AUTOLOGOUT_S * 1000LL, CLOCK_NEVER);
	account_conf(start->conf, start->conf_path, start->home, true, &conf);
	r = store_open(&conf, &s.store, &why);
	if (r < 0) {
		apologise(&s, why, r);
		conn_close(s.conn);
		return EXIT_SYSTEM;
	}
	s.stop_fd = watch_stop(&before);
	s.flagtext = flagtext_new(s.store);
	s.searchres = searchres_new();
	s.bodymemo = bodymemo_new();
	greet(&s);
	why = serve(&s);
	conn_flush(s.conn);
	say_end(&s, why, began);
	box_close(s.box);
	bodymemo_free(s.bodymemo);
	metawatch_free(s.metawatch);
	searchres_free(s.searchres);
	flagtext_free(s.flagtext);
	conn_close(s.conn);
	hang_up(start);
	drain_finish(s.store, unwatch_stop(s.stop_fd, &before) ? DRAIN_STOPPED_MS : DRAIN_MS);
	store_settle(s.store);
	store_close(s.store);
	return 0;
}
