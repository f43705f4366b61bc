/* The bottom layer: octets to and from descriptors, which it does not own. Sockets and pipes. */
#ifndef REMUCH_LAYER_PLAIN_H
#define REMUCH_LAYER_PLAIN_H

#include "conn.h"

/* Never NULL. Freed by its close. Descriptors stay in the mode they are in (blocking or not): their open file
 * descriptions may be shared with other processes. */
struct layer *layer_plain_new(int in, int out);

#endif
