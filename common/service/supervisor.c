/* The life of one: start preauth; answer its questions; when a login was good, become the user and the session. */
#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "become.h"
#include "claim.h"
#include "clock.h"
#include "die.h"
#include "fd.h"
#include "limits.h"
#include "log.h"
#include "messages.h"
#include "roles.h"
#include "throttle.h"
#include "users.h"

enum {
	GRACE_S = 60,           /* beyond NOAUTH_TIME_S: logins that are being verified */
	PARTING_MS = 10 * 1000, /* for the relay to deliver the session's last words */
};

struct supervisor {
	struct service  *service;
	struct users    *users;         /* opened for the first login */
	struct throttle *throttle;
	int              control, session;
	pid_t            preauth;
	unsigned         failures;
	int64_t          began;
	struct become    who;           /* after a good login */
	struct claim     claim;         /* of the last login: who it says it is */
	char            *pending;       /* what the client sent behind it; NULL: nothing */
};

static void reap(pid_t pid, int *ret_status)
{
	while (waitpid(pid, ret_status, 0) < 0 && errno == EINTR)
		;
}

/* The forked half; does not return to the caller's stack. */
static void start_preauth(struct supervisor *x)
{
	int   control[2], session[2];
	pid_t parent = getpid();

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) < 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, session) < 0)
		die_system(errno, "socketpair");
	x->preauth = fork();
	if (x->preauth < 0)
		die_system(errno, "fork");
	if (x->preauth == 0) {
		close(control[0]);
		close(session[0]);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(0);
		_exit(preauth_main(x->service, control[1], session[1]));
	}
	close(control[1]);
	close(session[1]);
	x->control = control[0];
	x->session = session[0];
}

/* The delay that failures have earned. False when preauth has gone meanwhile. */
static bool wait_out(const struct supervisor *x, int64_t ms)
{
	int64_t until = clock_ms() + ms;

	while (clock_left(until) > 0) {
		struct pollfd p = { .fd = x->control, .events = 0 };

		if (poll(&p, 1, clock_left(until)) > 0)
			return false;
	}
	return true;
}

static bool open_users(struct supervisor *x)
{
	const struct conf *c = x->service->conf;
	int                r;

	if (x->users)
		return true;
	r = users_open(c->users, c->pam, &x->users);
	if (r == -ENOENT && !c->users && !c->pam)
		log_line(LOG_ERR, "nobody can log in: neither [auth] users nor [auth] pam is configured");
	else if (r < 0)
		log_line(LOG_ERR, "users: %s", strerror(-r));
	return r == 0;
}

/* Of a user who could be served: one who cannot is no reason to look at a name in another way. */
static bool exists(const char *user)
{
	struct become who;

	if (become_find(user, &who) < 0)
		return false;
	become_free(&who);
	return true;
}

/* The password is right: may this user's mail be served here? On LOGIN_OK x->who is set. */
static enum login_verdict find_owner(struct supervisor *x, const struct message_login *l)
{
	const char *user = x->claim.user;
	int         r;

	if (l->authzid[0] != '\0' && strcmp(l->authzid, l->user) != 0 && strcmp(l->authzid, user) != 0) {
		log_line(LOG_NOTICE, "login refused: %s wants to be %s", user, l->authzid);
		return LOGIN_REFUSED;
	}
	r = become_find(user, &x->who);
	if (r == -EPERM) {
		log_line(LOG_NOTICE, "login refused: %s is not the user who runs this server", user);
		return LOGIN_REFUSED;
	}
	if (r < 0) {
		log_line(LOG_ERR, "login of %s: no such user on this machine: %s", user, strerror(-r));
		return LOGIN_UNAVAILABLE;
	}
	/* Root's password must not be guessed over a network. */
	if (x->who.uid == 0 && !x->service->peer.local) {
		log_line(LOG_NOTICE, "login refused: root's own mail is served on this machine only");
		become_free(&x->who);
		return LOGIN_REFUSED;
	}
	return LOGIN_OK;
}

static enum login_verdict verify(struct supervisor *x, const struct message_login *l)
{
	struct secret      password = { 0 };
	enum users_verdict v = USERS_UNAVAILABLE;
	const char        *why = "password";

	if (!open_users(x))
		return LOGIN_UNAVAILABLE;
	x->claim = (struct claim){ 0 };
	if (x->service->proto->names_mailbox)
		claim_read(l->user, exists, &x->claim);
	else
		strcpy(x->claim.user, l->user);
	if (secret_set(&password, str_of(l->password)) == 0)
		v = users_check(x->users, x->claim.user, &password, x->service->peer.text);
	secret_wipe(&password);
	if (v == USERS_OK)
		return find_owner(x, l);
	if (v == USERS_UNAVAILABLE)
		why = users_why(x->users);
	log_line(v == USERS_REFUSED ? LOG_NOTICE : LOG_ERR, "login refused: user=%s mechanism=%s: %s", l->user,
		 l->mechanism, why);
	return v == USERS_REFUSED ? LOGIN_REFUSED : LOGIN_UNAVAILABLE;
}

/* The user's own file counts from here on. False: logged. */
static bool become_owner(struct supervisor *x)
{
	struct service   *s = x->service;
	struct conf_error error;
	struct conf      *conf;
	int               r;

	users_close(x->users);
	x->users = NULL;
	throttle_close(x->throttle);
	x->throttle = NULL;
	r = become_go(&x->who);
	if (r < 0)
		die_system(-r, "becoming user %s", x->who.name);
	r = conf_load(s->conf_path, x->who.changes ? CONF_USER_SERVED : CONF_USER_OWN, &conf, &error);
	if (r < 0) {
		log_line(LOG_ERR, "configuration of user %s: %s", x->who.name, error.text);
		return false;
	}
	conf_free(s->conf);
	s->conf = conf;
	malloc_trim(0);                 /* verifying a password takes much that a session does not need */
	return true;
}

static enum login_verdict answer(struct supervisor *x, const struct message_login *l)
{
	const struct sockaddr *from = (const struct sockaddr *)&x->service->peer.addr;
	const char            *label;
	enum login_verdict     v;
	int                    r = 0;

	if (!wait_out(x, throttle_delay_ms(x->throttle, from)))
		return LOGIN_UNAVAILABLE;
	v = verify(x, l);
	if (v == LOGIN_OK)
		r = throttle_ok(x->throttle, from);
	if (v == LOGIN_REFUSED)
		r = throttle_failed(x->throttle, from);
	if (r < 0)
		log_line(LOG_WARNING, "counting failed logins: %s", strerror(-r));
	if (v == LOGIN_REFUSED && ++x->failures >= NOAUTH_FAILURES)
		v = LOGIN_REFUSED_LAST;
	if (v != LOGIN_OK)
		return v;
	log_fact(LOGKEY_USER, x->who.name);
	label = users_label(x->users);
	log_line(LOG_INFO, "login: user=%s mechanism=%s%s%s%s%s", x->who.name, l->mechanism, label[0] ? " label=" : "", label,
		 x->claim.mailbox[0] ? " mailbox=" : "", x->claim.mailbox);
	return become_owner(x) ? LOGIN_OK : LOGIN_UNAVAILABLE;
}

static void note_tls(const struct message_tls *t)
{
	char text[128];

	snprintf(text, sizeof(text), "%s %s%s", t->version, t->cipher, t->resumed ? " resumed" : "");
	log_fact(LOGKEY_TLS, text);
	log_line(LOG_INFO, "TLS: version=%s cipher=%s resumed=%s", t->version, t->cipher, t->resumed ? "yes" : "no");
}

static int run_session(struct supervisor *x, const struct message_login *l, const struct message_start *m)
{
	struct service      *s = x->service;
	struct session_start start = {
		.in = s->in, .out = s->out, .pending = { x->pending, m->n }, .tag = str_of(l->tag),
		.tls = m->relay, .peer = s->peer.text, .user = x->who.name, .home = x->who.home, .conf = s->conf,
		.conf_path = s->conf_path, .mailbox = x->claim.mailbox[0] ? x->claim.mailbox : NULL,
	};
	int status, ignored;

	fd_closep(&x->control);
	if (m->relay) {
		close(s->in);
		if (s->out != s->in)
			close(s->out);
		start.in = start.out = x->session;
	} else {
		fd_closep(&x->session);
		reap(x->preauth, &ignored);
	}
	status = s->proto->session(&start);
	if (!m->relay)
		return status;
	shutdown(x->session, SHUT_RDWR);
	/* systemd ends what is left when this process ends: the relay first. */
	for (int64_t until = clock_ms() + PARTING_MS; clock_left(until) > 0; poll(NULL, 0, 5))
		if (waitpid(x->preauth, &ignored, WNOHANG) != 0)
			return status;
	/* It is another user's process by now and cannot be killed from here; after WRITE_TIME_S it gives up. */
	return status;
}

/* Preauth has gone, or must go. Its exit status tells when our configuration is to blame. */
static int end(struct supervisor *x, int r)
{
	int status = 0;

	if (r == -EBADMSG)
		log_line(LOG_ERR, "the pre-login process sends nonsense: ended");
	else if (r == -ETIMEDOUT)
		log_line(LOG_ERR, "the pre-login process does not end: ended");
	/* Without CAP_KILL it can be neither killed nor waited for: its own deadline ends it, or systemd does. */
	if (r != -ENODATA && kill(x->preauth, SIGKILL) < 0)
		return EXIT_SYSTEM;
	reap(x->preauth, &status);
	if (r == -ENODATA && WIFSIGNALED(status))
		log_line(LOG_ERR, "the pre-login process died of signal %d", WTERMSIG(status));
	if (r == -ENODATA && WIFEXITED(status))
		return WEXITSTATUS(status);
	return r == 0 ? 0 : EXIT_SYSTEM;
}

/* What the client sent behind its login: it was there before the message was that told of it. */
static bool take_pending(struct supervisor *x, uint32_t n)
{
	if (n == 0)
		return true;
	x->pending = malloc(n);
	if (!x->pending)
		die_memory();
	return recv(x->session, x->pending, n, MSG_DONTWAIT) == (ssize_t)n;
}

static int talk(struct supervisor *x, struct message *m)
{
	int64_t              until = x->began + (NOAUTH_TIME_S + GRACE_S) * 1000LL;
	struct message_login login = { 0 };
	bool                 good = false;
	int                  r;

	for (;;) {
		struct message verdict = { .type = MSG_VERDICT };

		r = messages_receive(x->control, until, m);
		if (r < 0)
			return end(x, r);
		if (good && m->type == MSG_START)
			return take_pending(x, m->start.n) ? run_session(x, &login, &m->start) : end(x, -EBADMSG);
		if (m->type == MSG_BYE) {
			log_line(LOG_INFO, "ended before login%s%s; in=%llu out=%llu seconds=%lld", m->bye.why[0] ? ": " : "",
				 m->bye.why, (unsigned long long)m->bye.in, (unsigned long long)m->bye.out,
				 (long long)(clock_ms() - x->began) / 1000);
			reap(x->preauth, &(int){ 0 });
			return 0;
		}
		if (m->type == MSG_TLS) {
			note_tls(&m->tls);
			continue;
		}
		if (m->type != MSG_LOGIN || good || x->failures >= NOAUTH_FAILURES || x->who.name)
			return end(x, -EBADMSG);
		login = m->login;
		verdict.verdict = answer(x, &m->login);
		explicit_bzero(m, sizeof(*m));
		explicit_bzero(login.password, sizeof(login.password));
		good = verdict.verdict == LOGIN_OK;
		r = messages_send(x->control, &verdict);
		/* Half of the way to another user there is no second try. */
		if (r < 0 || (!good && x->who.name))
			return end(x, r < 0 ? -ENODATA : messages_receive(x->control, clock_ms() + PARTING_MS, m));
	}
}

int supervisor_run(struct service *s)
{
	struct supervisor *x = calloc(1, sizeof(*x));
	struct message    *m = calloc(1, sizeof(*m));
	int                r;

	if (!x || !m)
		die_memory();
	x->service = s;
	x->began = clock_ms();
	start_preauth(x);
	log_line(LOG_INFO, "connect%s", s->implicit ? " (TLS)" : "");
	r = s->run_dir ? throttle_open(s->run_dir, &x->throttle) : -ENOENT;
	if (r < 0)
		log_line(LOG_WARNING, "failed logins are not counted (%s): %s", s->run_dir ? s->run_dir : "no run_dir",
			 strerror(-r));
	r = talk(x, m);
	users_close(x->users);
	throttle_close(x->throttle);
	become_free(&x->who);
	free(x->pending);
	free(x);
	free(m);
	return r;
}
