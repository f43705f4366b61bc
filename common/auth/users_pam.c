/* Users from PAM. A module may be slow, may crash and keeps state of its own, so each check runs in a child that is
 * given PAM_TIME_S and answers with one record on a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "die.h"
#include "fd.h"
#include "limits.h"
#include "text.h"
#include "users.h"
#include "users_priv.h"

struct pam {
	char *service, *dir;
	int   time_ms;
	uid_t euid;
	char  why[256];
};

/* What the child says. */
struct answer {
	enum users_verdict verdict;
	char               why[160];
};

struct asked {
	const char          *user;
	const struct secret *password;
};

/* Called by modules: whatever is asked without echo is the password. */
static int converse(int n, const struct pam_message **messages, struct pam_response **ret_replies, void *data)
{
	const struct asked  *asked = data;
	struct pam_response *replies;

	if (n <= 0 || n > PAM_MAX_NUM_MSG)
		return PAM_CONV_ERR;
	replies = calloc((size_t)n, sizeof(*replies));
	if (!replies)
		return PAM_BUF_ERR;
	for (int i = 0; i < n; i++) {
		int style = messages[i]->msg_style;

		if (style == PAM_PROMPT_ECHO_OFF)
			replies[i].resp = strdup(asked->password->p);
		else if (style == PAM_PROMPT_ECHO_ON)
			replies[i].resp = strdup(asked->user);
	}
	*ret_replies = replies;
	return PAM_SUCCESS;
}

/* The throttle slows down those who fail; PAM need not. */
static void no_delay(int status, unsigned usec, void *data)
{
}

static enum users_verdict verdict_of(int status)
{
	switch (status) {
	case PAM_SUCCESS:
		return USERS_OK;
	case PAM_AUTH_ERR:
	case PAM_USER_UNKNOWN:
	case PAM_MAXTRIES:
	case PAM_PERM_DENIED:
	case PAM_CRED_INSUFFICIENT:
	case PAM_ACCT_EXPIRED:
	case PAM_NEW_AUTHTOK_REQD:
	case PAM_AUTHTOK_EXPIRED:
		return USERS_REFUSED;
	default:
		return USERS_UNAVAILABLE;
	}
}

/* "[2001:db8::1]:993" into "2001:db8::1": what pam_access and pam_faillock know. */
static void host_of(const char *peer, char out[64])
{
	struct str host = str_of(peer);
	size_t     end = host.n;

	while (end > 0 && host.p[end - 1] != ':')
		end--;
	if (end > 0)
		host.n = end - 1;
	if (host.n >= 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = str_mid(host, 1, host.n - 2);
	snprintf(out, 64, "%.*s", STR_ARG(host));
}

/* A module may have changed the name; we would serve the mail of the one that was asked for. */
static int same_user(pam_handle_t *h, const char *user)
{
	const void *now = NULL;

	if (pam_get_item(h, PAM_USER, &now) != PAM_SUCCESS || !now || strcmp(now, user) != 0)
		return PAM_SYSTEM_ERR;
	return PAM_SUCCESS;
}

static int ask_pam(const struct pam *p, struct asked *asked, const char *peer, const char **ret_doing)
{
	struct pam_conv conv = { converse, asked };
	pam_handle_t   *h = NULL;
	char            host[64];
	int             r;

	*ret_doing = "start";
	r = p->dir ? pam_start_confdir(p->service, asked->user, &conv, p->dir, &h) :
		     pam_start(p->service, asked->user, &conv, &h);
	if (r != PAM_SUCCESS)
		return r;
	host_of(peer, host);
	r = pam_set_item(h, PAM_RHOST, host);
	if (r == PAM_SUCCESS)
		r = pam_set_item(h, PAM_FAIL_DELAY, (const void *)no_delay);
	if (r == PAM_SUCCESS) {
		*ret_doing = "authentication";
		r = pam_authenticate(h, PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK);
	}
	if (r == PAM_SUCCESS) {
		*ret_doing = "account";
		r = pam_acct_mgmt(h, PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK);
	}
	if (r == PAM_SUCCESS) {
		*ret_doing = "name of the user";
		r = same_user(h, asked->user);
	}
	pam_end(h, r);
	return r;
}

/* The standard descriptors may be the client's connection: no module gets to write there. */
static void shut_descriptors(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0)
		_exit(1);
	for (int fd = 0; fd <= 2; fd++)
		if (dup2(null, fd) < 0)
			_exit(1);
}

static void child(const struct pam *p, struct asked *asked, const char *peer, int out)
{
	struct answer a;
	const char   *doing;
	int           r;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGCHLD, SIG_DFL);
	if (out <= 2)
		out = fcntl(out, F_DUPFD_CLOEXEC, 3);
	shut_descriptors();
	r = ask_pam(p, asked, peer, &doing);
	memset(&a, 0, sizeof(a));
	a.verdict = verdict_of(r);
	if (a.verdict == USERS_UNAVAILABLE)
		snprintf(a.why, sizeof(a.why), "%s: %s", doing, pam_strerror(NULL, r));
	_exit(fd_write_all(out, &a, sizeof(a)) < 0);
}

/* The child's one record, checked. False with p->why set. */
static bool hear(struct pam *p, int in, struct answer *ret)
{
	struct pollfd pfd = { .fd = in, .events = POLLIN };
	int64_t       deadline = clock_ms() + p->time_ms;
	ssize_t       n;
	int           r;

	do
		r = poll(&pfd, 1, clock_left(deadline));
	while (r < 0 && errno == EINTR);
	if (r <= 0) {
		snprintf(p->why, sizeof(p->why), "PAM service %s does not answer", p->service);
		return false;
	}
	n = read(in, ret, sizeof(*ret));
	if (n != (ssize_t)sizeof(*ret) || (unsigned)ret->verdict > USERS_UNAVAILABLE) {
		snprintf(p->why, sizeof(p->why), "PAM service %s ended without an answer", p->service);
		return false;
	}
	ret->why[sizeof(ret->why) - 1] = '\0';
	return true;
}

static bool may_log_in(const struct pam *p, const char *user)
{
	char own[USER_MAX + 1];

	return p->euid == 0 || (users_name_of(p->euid, own) && strcmp(own, user) == 0);
}

static enum users_verdict not_started(struct pam *p)
{
	snprintf(p->why, sizeof(p->why), "PAM cannot be started: %s", strerror(errno));
	return USERS_UNAVAILABLE;
}

static enum users_verdict pam_check(void *self, const char *user, const struct secret *password, const char *peer)
{
	struct pam   *p = self;
	struct asked  asked = { user, password };
	struct answer a = { USERS_UNAVAILABLE, "" };
	CLEAN(fd_closep) int in = -1, out = -1;
	int           ends[2];
	pid_t         pid;
	bool          heard;

	p->why[0] = '\0';
	if (pipe2(ends, O_CLOEXEC) < 0)
		return not_started(p);
	in = ends[0];
	out = ends[1];
	pid = fork();
	if (pid < 0)
		return not_started(p);
	if (pid == 0)
		child(p, &asked, peer, out);
	/* With our end closed the child's death is an end of file. */
	fd_closep(&out);
	heard = hear(p, in, &a);
	if (!heard)
		kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	if (heard && a.verdict == USERS_UNAVAILABLE)
		snprintf(p->why, sizeof(p->why), "PAM service %s, %s", p->service, a.why);
	text_printable(p->why);
	if (!heard)
		return USERS_UNAVAILABLE;
	return a.verdict == USERS_OK && !may_log_in(p, user) ? USERS_REFUSED : a.verdict;
}

int users_pam_open_with(const char *service, const char *dir, int time_ms, uid_t euid, void **ret_self)
{
	struct pam *p = calloc(1, sizeof(*p));

	if (!p)
		die_memory();
	p->service = strdup(service);
	p->dir = dir ? strdup(dir) : NULL;
	if (!p->service || (dir && !p->dir))
		die_memory();
	p->time_ms = time_ms;
	p->euid = euid;
	*ret_self = p;
	return 0;
}

static int pam_open(const char *where, void **ret_self)
{
	return users_pam_open_with(where, NULL, PAM_TIME_S * 1000, geteuid(), ret_self);
}

static const char *pam_why(void *self)
{
	return ((struct pam *)self)->why;
}

static void pam_close(void *self)
{
	struct pam *p = self;

	free(p->service);
	free(p->dir);
	free(p);
}

const struct users_driver users_pam = {
	.name = "pam", .open = pam_open, .check = pam_check, .why = pam_why, .close = pam_close,
};
