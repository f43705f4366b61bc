/* Doors of the drivers for their own tests. */
#ifndef REMUCH_USERS_PRIV_H
#define REMUCH_USERS_PRIV_H

#include <stdbool.h>
#include <sys/types.h>

#include "users.h"

/* As users_file.open, with another verifier of hashes than passhash_verify and another effective user. */
int users_file_open_with(const char *path, uid_t euid,
			 bool (*verify)(const char *hash, const struct secret *password), void **ret_self);

/* As users_pam.open, with PAM's configuration in `dir` (NULL: the system's), a limit of time and another effective
 * user. */
int users_pam_open_with(const char *service, const char *dir, int time_ms, uid_t euid, void **ret_self);

/* The name of that user, into `out`. False when there is none. */
bool users_name_of(uid_t uid, char out[USER_MAX + 1]);

#endif
