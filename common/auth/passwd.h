/* What `--passwd NAME` prints. */
#ifndef REMUCH_PASSWD_H
#define REMUCH_PASSWD_H

#include "buf.h"
#include "secret.h"

/* Append "name:hash" and a line feed, an entry for the file of users.
 * 0; -EINVAL: name is empty, longer than USER_MAX, no UTF-8, begins with '#', or holds ':', a control or a space at
 * an end; -ENODATA: the password is empty; -errno of passhash_make(). */
int passwd_entry(const char *name, const struct secret *password, struct buf *b);

#endif
