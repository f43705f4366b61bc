/* From root to the owner of the mail, without a way back. */
#ifndef REMUCH_BECOME_H
#define REMUCH_BECOME_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct become {
	char  *name, *home;             /* become_free */
	uid_t  uid;
	gid_t  gid;
	gid_t *groups;                  /* gid among them; n_groups 0 where they are not needed */
	size_t n_groups;
	bool   changes;                 /* the process is another user now */
};

/* Look the user up: userdb.h. 0; -ENOENT: no such user; -EPERM: not root, and the user is somebody else; -errno.
 * Home is the one of the user database; without a change of user: $HOME, where that is set. */
int become_find(const char *user, struct become *ret);

/* Like become_find for the one we are. */
int become_self(struct become *ret);

/* Be that user: groups, IDs, verified; umask 077; in the home directory (or / when there is none). With a change of
 * user the environment is made anew: HOME, USER, LOGNAME, PATH, LANG, TZ. 0; -errno: end the process, it may be
 * half of two users. */
int become_go(const struct become *b);

void become_free(struct become *b);

#endif
