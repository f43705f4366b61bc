#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "become.h"
#include "clock.h"
#include "roles.h"
#include "users.h"

enum { DAY_S = 86400, SOON_DAYS = 14 };

static bool good(const char *what, const char *text)
{
	printf("ok       %s: %s\n", what, text);
	return true;
}

static bool bad(const char *what, const char *text)
{
	printf("PROBLEM  %s: %s\n", what, text);
	return false;
}

static bool check_dates(const struct tls_ctx *t, size_t i, const char *file)
{
	int64_t   from, until, now = clock_now();
	char      day[32], text[128];
	time_t    at;
	struct tm tm;

	tls_ctx_dates(t, i, &from, &until);
	at = (time_t)(now < from ? from : until);
	strftime(day, sizeof(day), "%Y-%m-%d", gmtime_r(&at, &tm));
	if (now < from)
		return snprintf(text, sizeof(text), "the certificate is not valid before %s", day), bad(file, text);
	if (now > until)
		return snprintf(text, sizeof(text), "the certificate has expired on %s", day), bad(file, text);
	snprintf(text, sizeof(text), "certificate and key fit, valid until %s%s", day,
		 until - now < SOON_DAYS * DAY_S ? ", which is soon" : "");
	return good(file, text);
}

/* A key that others can read is no secret. */
static bool check_key(const char *file)
{
	struct stat st;

	if (stat(file, &st) == 0 && (st.st_mode & 07) != 0)
		return bad(file, "everybody on this machine can read or write this private key: chmod o= it");
	return true;
}

static bool check_tls(const struct service *s)
{
	const struct conf *c = s->conf;
	struct tls_error   error;
	struct tls_ctx    *t;
	bool               all = true;

	if (service_tls(s, &t, &error) < 0)
		return bad("TLS", error.text);
	if (!t)
		return good("TLS", "no certificate is configured: STARTTLS is not offered, --tls=implicit cannot be used");
	for (size_t i = 0; i < c->certificates.n; i++)
		all &= check_dates(t, i, c->certificates.v[i]);
	for (size_t i = 0; i < c->keys.n; i++)
		all &= check_key(c->keys.v[i]);
	if (error.text[0] != '\0')
		all = bad("TLS", error.text);
	tls_ctx_free(t);
	return all;
}

static bool check_users(const struct conf *c)
{
	struct users *u;
	struct stat   st;
	int           r;

	if (!c->users && !c->pam)
		return bad("logins", "neither [auth] users nor [auth] pam is configured: nobody can log in but by --preauth");
	r = users_open(c->users, c->pam, &u);
	if (r < 0)
		return bad(c->users ? c->users : "PAM", strerror(-r));
	users_close(u);
	if (c->users && stat(c->users, &st) < 0)
		return bad(c->users, strerror(errno));
	if (c->users && (st.st_mode & 07) != 0)
		return bad(c->users, "everybody on this machine can read or write it: chmod o= it");
	if (c->users)
		good("users file", c->users);
	if (c->pam)
		good("PAM service", c->pam);
	return true;
}

int check_run(struct service *s)
{
	struct become who;
	bool          all = true;
	int           r = become_self(&who);

	conf_describe(s->conf, stdout);
	putchar('\n');
	all &= check_tls(s);
	all &= check_users(s->conf);
	if (s->run_dir)
		good("run-time folder", s->run_dir);
	else
		all = bad("run-time folder", "there is none that only this user can write: failed logins are not counted, TLS sessions not resumed");
	if (r < 0)
		all = bad("user", strerror(-r));
	else if (s->proto->check)
		all &= s->proto->check(s->conf, who.name, who.home);
	if (r == 0)
		become_free(&who);
	puts(all ? "\nAll is well." : "\nThere are problems.");
	return all ? 0 : 100;
}
