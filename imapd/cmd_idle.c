/* RFC 9051 section 6.3.13, RFC 2177: tell changes as they happen until the client says DONE. */
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "box.h"
#include "clock.h"
#include "cmd.h"
#include "fd.h"
#include "limits.h"
#include "log.h"
#include "metawatch.h"
#include "report.h"
#include "session.h"
#include "watch.h"

/* Where changes cannot be watched (no inotify watch left) they are looked for. */
enum { LOOK_MS = 5000 };

struct idle {
	struct session *s;
	struct watch   *watch;          /* NULL: none */
	int             fd;             /* readable when the watch is, or the session has to end */
	int64_t         deadline;       /* autologout */
	struct arena    arena;          /* of one report */
};

static int add(int epoll, int fd)
{
	struct epoll_event ev = { .events = EPOLLIN };

	return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &ev) < 0 ? -errno : 0;
}

static int start_idle(struct idle *idle, struct session *s)
{
	int r = 0;

	*idle = (struct idle){ .s = s, .deadline = clock_ms() + AUTOLOGOUT_S * 1000LL };
	idle->fd = epoll_create1(EPOLL_CLOEXEC);
	if (idle->fd < 0)
		return -errno;
	r = add(idle->fd, s->stop_fd);
	if (r < 0 || (!s->box && !s->metawatch))
		return r;
	r = watch_open(s->store, s->box, &idle->watch);
	if (r < 0) {
		log_line(LOG_WARNING, "changes cannot be watched, looking every %d s: %s", LOOK_MS / 1000,
			strerror(-r));
		idle->watch = NULL;
		return 0;
	}
	return add(idle->fd, watch_fd(idle->watch));
}

static void end_idle(struct idle *idle)
{
	watch_close(idle->watch);
	arena_free(&idle->arena);
	fd_closep(&idle->fd);
}

static void report(struct idle *idle)
{
	report_changes(idle->s, false, NULL, &idle->arena);
	metawatch_report(idle->s, &idle->arena);
	arena_reset(&idle->arena);
}

/* Something other than the client, or nothing at all, woke us. */
static void wake(struct idle *idle)
{
	if (idle->watch)
		watch_clear(idle->watch);
	report(idle);
	if (clock_ms() >= idle->deadline)
		reply_bye(idle->s, NULL, "You were silent for too long");
}

/* The session's stop_fd is checked first, so that a busy mailbox cannot keep us from it. */
static bool must_stop(struct session *s)
{
	unsigned what = 0;

	return conn_wait(s->conn, s->stop_fd, 0, &what) == 0 && (what & CONN_OTHER);
}

/* When to report, at the latest. */
static int64_t next_look(const struct idle *idle)
{
	struct session *s = idle->s;
	int64_t         until = s->box ? box_due(s->box) : CLOCK_NEVER;

	if (idle->watch && watch_due(idle->watch))
		return clock_ms();
	if (!idle->watch && (s->box || s->metawatch) && clock_ms() + LOOK_MS < until)
		until = clock_ms() + LOOK_MS;
	return until < idle->deadline ? until : idle->deadline;
}

static const struct reply *pump(struct idle *idle)
{
	static const struct reply not_done = { REPLY_BAD, NULL, "Expected DONE" };
	struct session           *s = idle->s;
	struct str                line;
	unsigned                  what;
	int                       r = 0;

	while (r == 0 && !s->leaving) {
		session_rest(s);
		r = conn_wait(s->conn, idle->fd, next_look(idle), &what);
		if (r < 0)
			break;
		if (must_stop(s)) {
			reply_bye(s, "UNAVAILABLE", "The server is going down");
		} else if (what & CONN_INPUT) {
			r = conn_line(s->conn, LINE_LENGTH_MAX, &line);
			if (r == -EMSGSIZE || (r == 0 && !str_ieq(line, STR("DONE"))))
				return &not_done;
			if (r == 0)
				return NULL;
		} else {
			wake(idle);
		}
	}
	if (r < 0) {
		s->leaving = true;
		s->farewell = r == -ENODATA ? "the client left while idling" : strerror(-r);
	}
	return NULL;
}

static const struct reply *run_idle(struct session *s, struct request *rq, void *args)
{
	const struct reply *refusal;
	struct idle         idle;
	int                 r = start_idle(&idle, s);

	if (r < 0) {
		end_idle(&idle);
		return reply_new(rq->arena, REPLY_NO, "UNAVAILABLE", "IDLE cannot be had now: %s", strerror(-r));
	}
	conn_puts(s->conn, "+ idling\r\n");
	report(&idle);
	session_rest(s);
	session_sleep(s);               /* this may last for hours */
	refusal = pump(&idle);
	end_idle(&idle);
	return refusal;
}

const struct command cmd_idle = {
	.name   = "IDLE",
	.states = ST_LOGGEDIN,
	.flags  = CF_CAPABILITY,
	.run    = run_idle,
};
