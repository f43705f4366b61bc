#include "preauth.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "die.h"
#include "fd.h"
#include "limits.h"
#include "log.h"
#include "messages.h"
#include "relay.h"
#include "roles.h"
#include "sandbox.h"
#include "tls_layer.h"

struct preauth {
	const struct service *service;
	struct conn          *conn;
	struct tls_ctx       *tls;              /* NULL: no certificate */
	int                   control;
	bool                  tls_active;
	int64_t               deadline;
	char                  why[160];         /* of a connection that ended badly */
};

struct conn *preauth_conn(struct preauth *p)
{
	return p->conn;
}

bool preauth_tls_active(const struct preauth *p)
{
	return p->tls_active;
}

bool preauth_tls_possible(const struct preauth *p)
{
	return p->tls && !p->tls_active;
}

bool preauth_login_allowed(const struct preauth *p)
{
	enum conf_plain plain = p->service->conf->plain;

	return p->tls_active || plain == CONF_PLAIN_ALWAYS || (plain == CONF_PLAIN_LOOPBACK && p->service->peer.local);
}

int preauth_starttls(struct preauth *p)
{
	struct message   m = { .type = MSG_TLS };
	struct tls_facts facts;
	int64_t          until = clock_ms() + HANDSHAKE_TIME_S * 1000LL;
	int              r;

	r = tls_layer_accept(p->conn, p->tls, until < p->deadline ? until : p->deadline, &facts);
	if (r < 0) {
		snprintf(p->why, sizeof(p->why), "%s", facts.why);
		return r;
	}
	p->tls_active = true;
	snprintf(m.tls.version, sizeof(m.tls.version), "%s", facts.version);
	snprintf(m.tls.cipher, sizeof(m.tls.cipher), "%s", facts.cipher);
	m.tls.resumed = facts.resumed;
	return messages_send(p->control, &m);
}

/* False when it does not fit or holds a NUL: then it is nobody's name or password. */
static bool copy(char *room, size_t size, struct str s)
{
	if (s.n >= size || (s.n > 0 && memchr(s.p, '\0', s.n)))
		return false;
	if (s.n > 0)
		memcpy(room, s.p, s.n);
	room[s.n] = '\0';
	return true;
}

enum login_verdict preauth_login(struct preauth *p, struct login *l)
{
	struct message m = { .type = MSG_LOGIN };
	bool           sound;
	int            r;

	sound = copy(m.login.mechanism, sizeof(m.login.mechanism), str_of(l->mechanism)) &&
		copy(m.login.user, sizeof(m.login.user), l->user) &&
		copy(m.login.authzid, sizeof(m.login.authzid), l->authzid) &&
		copy(m.login.password, sizeof(m.login.password), secret_str(l->password)) &&
		copy(m.login.tag, sizeof(m.login.tag), l->tag);
	secret_wipe(l->password);
	/* Even a login that cannot be good is counted and delayed by the supervisor: its room is only left empty. */
	if (!sound || !messages_sound(&m)) {
		explicit_bzero(&m.login, sizeof(m.login));
		snprintf(m.login.user, sizeof(m.login.user), "?");
	}
	/* What was said before goes out first: the verdict may take long, and then the session speaks. */
	conn_flush(p->conn);
	r = messages_send(p->control, &m);
	explicit_bzero(&m, sizeof(m));
	if (r == 0)
		r = messages_receive(p->control, CLOCK_NEVER, &m);
	return r == 0 && m.type == MSG_VERDICT ? (enum login_verdict)m.verdict : LOGIN_UNAVAILABLE;
}

static void say_bye(struct preauth *p)
{
	struct message m = { .type = MSG_BYE };

	m.bye.in = conn_octets_in(p->conn);
	m.bye.out = conn_octets_out(p->conn);
	memcpy(m.bye.why, p->why, sizeof(m.bye.why));
	for (char *c = m.bye.why; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	messages_send(p->control, &m);
}

/* Logged in. Under TLS stay between the client and the session; else what was read and not used goes to the session. */
static void go_on(struct preauth *p, int session)
{
	struct message m = { .type = MSG_START, .start.relay = p->tls_active };
	struct str     rest = conn_unread(p->conn);

	if (!p->tls_active && rest.n > 0) {
		if (send(session, rest.p, rest.n, MSG_NOSIGNAL) != (ssize_t)rest.n)
			return;
		m.start.n = (uint32_t)rest.n;
	}
	if (messages_send(p->control, &m) < 0)
		return;
	fd_closep(&p->control);
	conn_set_timeouts(p->conn, CLOCK_NEVER, CLOCK_NEVER);
	if (p->tls_active)
		relay_run(p->conn, session, WRITE_TIME_S * 1000LL);
}

/* Everything that needs files or privileges, then none of it any more. */
static void cage(struct preauth *p)
{
	struct tls_error error;
	const char      *what = "giving up root";
	int              r = service_tls(p->service, &p->tls, &error);

	if (r < 0)
		die_usage("%s", error.text);
	if (!p->tls && p->service->implicit)
		die_usage("--tls=implicit, but no certificate: set [tls] certificate and key in %s, or pass cert.pem and key.pem as systemd credentials",
			  p->service->conf_path ? p->service->conf_path : REMUCH_SYSCONFDIR "/remuch.conf");
	r = sandbox_drop_root();
	/* Giving up root has cleared it, if it was set before. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (r == 0)
		r = sandbox_enter(&what);
	if (r == 0)
		return;
	if (p->service->conf->sandbox_required)
		die_system(-r, "no sandbox (%s): refusing to serve; [service] sandbox = optional allows it", what);
	log_line(LOG_WARNING, "no sandbox (%s): %s; serving without, as configured", what, strerror(-r));
}

int preauth_main(struct service *s, int control, int session)
{
	struct preauth   p = { .service = s, .control = control };
	enum preauth_end end = PREAUTH_GOODBYE;

	p.deadline = clock_ms() + NOAUTH_TIME_S * 1000LL;
	p.conn = conn_new(s->in, s->out, STR_NONE);
	conn_set_timeouts(p.conn, CLOCK_NEVER, p.deadline);
	cage(&p);
	if (!s->implicit || preauth_starttls(&p) == 0)
		end = s->proto->preauth(&p);
	if (end == PREAUTH_LOGGED_IN)
		go_on(&p, session);
	if (p.control >= 0)
		say_bye(&p);
	/* A plain socket is the session's now: nothing may be written to it here. */
	if (end == PREAUTH_GOODBYE || p.tls_active)
		conn_close(p.conn);
	return 0;
}
