/* From a tree as the client wrote it to one that is quick to evaluate. */
#ifndef REMUCH_COMPILE_H
#define REMUCH_COMPILE_H

#include "arena.h"
#include "key.h"

/* Fold the texts, tell what each key costs, and put the cheap ones first in KEY_AND and KEY_OR. In place; memory in a. */
void compile_key(struct arena *a, struct key *root);

#endif
