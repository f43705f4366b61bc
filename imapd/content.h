/* The file of the message that FETCH is at: opened once for all items, its structure read once. */
#ifndef REMUCH_CONTENT_H
#define REMUCH_CONTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "mail.h"
#include "part.h"

struct content {
	bool         open;
	struct mail  mail;
	struct arena arena;             /* what belongs to this message */
	struct part *root;              /* NULL: not read yet */
};

/* 0 or -errno (-ENOENT: the file is gone). Open already: nothing. */
int content_open(struct content *c, struct store *s, uint64_t serial);

/* The structure of the open message. */
struct part *content_root(struct content *c);

/* Ready for the next message; never opened is fine. */
void content_close(struct content *c);

#endif
