#include "users.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "users_priv.h"

struct users {
	struct {
		const struct users_driver *driver;
		void                      *self;
	} v[2];
	size_t      n;
	const char *why, *label;
};

static int add(struct users *u, const struct users_driver *driver, const char *where)
{
	int r;

	if (!where)
		return 0;
	r = driver->open(where, &u->v[u->n].self);
	if (r == 0)
		u->v[u->n++].driver = driver;
	return r;
}

int users_open(const char *file, const char *pam_service, struct users **ret_users)
{
	struct users *u;
	int           r;

	if (!file && !pam_service)
		return -ENOENT;
	u = calloc(1, sizeof(*u));
	if (!u)
		die_memory();
	u->why = u->label = "";
	r = add(u, &users_file, file);
	if (r == 0)
		r = add(u, &users_pam, pam_service);
	if (r < 0) {
		users_close(u);
		return r;
	}
	*ret_users = u;
	return 0;
}

enum users_verdict users_check(struct users *u, const char *user, const struct secret *password, const char *peer)
{
	enum users_verdict all = USERS_REFUSED;

	u->why = u->label = "";
	if (!user[0] || password->n == 0)
		return USERS_REFUSED;
	for (size_t i = 0; i < u->n; i++) {
		const struct users_driver *d = u->v[i].driver;
		enum users_verdict         v = d->check(u->v[i].self, user, password, peer);

		if (v == USERS_OK) {
			u->why = "";
			u->label = d->label ? d->label(u->v[i].self) : "";
			return v;
		}
		if (v == USERS_UNAVAILABLE && all != USERS_UNAVAILABLE) {
			all = v;
			u->why = d->why(u->v[i].self);
		}
	}
	return all;
}

const char *users_why(const struct users *u)
{
	return u->why;
}

const char *users_label(const struct users *u)
{
	return u->label;
}

void users_close(struct users *u)
{
	if (!u)
		return;
	for (size_t i = 0; i < u->n; i++)
		u->v[i].driver->close(u->v[i].self);
	free(u);
}

bool users_name_of(uid_t uid, char out[USER_MAX + 1])
{
	struct passwd *pw = getpwuid(uid);

	if (!pw || strlen(pw->pw_name) > USER_MAX)
		return false;
	strcpy(out, pw->pw_name);
	return true;
}
