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
	const char *(*why)(void *self);         /* of the last USERS_UNAVAILABLE; never a secret */
	const char *(*label)(void *self);       /* of the last USERS_OK; NULL member: has none */
	void (*close)(void *self);
};

/* where: path of `name:hash` or `name:hash:label` lines; any crypt(5) hash, several lines for one name, # comments,
 * blank lines. It is read at each check. A line that is none of these, or a file that others may read or write, or that
 * belongs to neither root nor the caller, makes all answers USERS_UNAVAILABLE. When the caller is not root and the
 * file is not the caller's own, only lines with the caller's name count. */
extern const struct users_driver users_file;

/* where: PAM service name. PAM runs in a child for at most PAM_TIME_S: authentication and account. When the caller is
 * not root, only the caller's own name is good. */
extern const struct users_driver users_pam;

/* Ask the file (NULL: none), then PAM (NULL: none); the first OK counts.
 * 0 and *ret_users (users_close); -ENOENT when neither is configured; -errno. */
int users_open(const char *file, const char *pam_service, struct users **ret_users);

/* Both are asked even if the first refuses; neither about an empty name or password, which is refused.
 * USERS_UNAVAILABLE when one of them could not say and none said OK.
 * peer: "192.0.2.1:4711", "[2001:db8::1]:4711", "-". */
enum users_verdict users_check(struct users *u, const char *user, const struct secret *password, const char *peer);
const char *users_why(const struct users *u);           /* of the last USERS_UNAVAILABLE; "" else */
const char *users_label(const struct users *u);         /* of the last USERS_OK: its entry's, for the log; "": none */
void users_close(struct users *u);

#endif
