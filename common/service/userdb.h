/* What the system knows of a user: passwd(5), group(5), or whatever nsswitch.conf(5) says. */
#ifndef REMUCH_USERDB_H
#define REMUCH_USERDB_H

#include <sys/types.h>

#include "become.h"

/* By name, or by uid where name is NULL: all of *ret (become_free) but the groups and `changes`. 0; -ENOENT: no such user; -errno. */
int userdb_find(const char *name, uid_t uid, struct become *ret);

/* Likewise with the groups, by name, asked by a process of its own: what such questions load (libnss_systemd, LDAP, ...) would stay in
 * ours for as long as the client does. */
int userdb_find_apart(const char *name, struct become *ret);

#endif
