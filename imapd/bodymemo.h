/* Where the last partial FETCH of a section stopped. Clients read a large part in many commands, each asking for the next
 * octets; with this each costs what it asks for, not what stands before. Holds no file open. */
#ifndef REMUCH_BODYMEMO_H
#define REMUCH_BODYMEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "source.h"

struct bodymemo;

struct bodymemo *bodymemo_new(void);
void bodymemo_free(struct bodymemo *m);         /* NULL is fine */

/* Fill in what is remembered of this section (its label without the partial) of the mail, whose file lies at `file` now.
 * False: nothing is. */
bool bodymemo_find(const struct bodymemo *m, uint64_t serial, struct str section, struct str file, struct source *ret);

/* Remember it; src is of one slice of `file`, else nothing is kept. */
void bodymemo_keep(struct bodymemo *m, uint64_t serial, struct str section, struct str file, const struct source *src);

#endif
