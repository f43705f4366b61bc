/* Who may log in, and as whom. Drivers: users_file, users_pam. */
#ifndef REMUCH_USERS_H
#define REMUCH_USERS_H

#include <sys/types.h>

#include "secret.h"
#include "str.h"

enum users_verdict {
	USERS_OK,
	USERS_REFUSED,          /* unknown user or wrong password: same answer, same time */
	USERS_UNAVAILABLE,      /* file unreadable, PAM broken: logged by the caller with users_why() */
};

struct users;

/* One source of users. `check` takes about the same time whether or not the user exists. */
struct users_driver {
	const char *name;
	int (*open)(const char *where, void **ret_self);                /* 0 or -errno */
	enum users_verdict (*check)(void *self, const char *user, const struct secret *password, const char *peer);
	const char *(*why)(void *self);                                 /* of the last USERS_UNAVAILABLE; never a secret */
	void (*close)(void *self);
};

extern const struct users_driver users_file;    /* where: path of name:hash lines */
extern const struct users_driver users_pam;     /* where: PAM service name */

/* Ask the file (NULL: none), then PAM (NULL: none); the first OK counts.
 * 0 and *ret_users (users_close); -ENOENT when neither is configured; -errno. */
int users_open(const char *file, const char *pam_service, struct users **ret_users);
enum users_verdict users_check(struct users *u, const char *user, const struct secret *password, const char *peer);
const char *users_why(const struct users *u);
void users_close(struct users *u);

#endif
