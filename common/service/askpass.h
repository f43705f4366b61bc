/* A password from whoever runs the program. */
#ifndef REMUCH_ASKPASS_H
#define REMUCH_ASKPASS_H

#include "secret.h"

/* On a terminal: asked for twice, without echo. Else the first line of standard input.
 * 0 and *ret (secret_wipe); -EINVAL: the two differ, or it holds a NUL; -EMSGSIZE: too long; -ENODATA: nothing came;
 * -errno. */
int askpass(const char *name, struct secret *ret);

#endif
