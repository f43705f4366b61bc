/* Numbers into a response, fast. */
#ifndef REMUCH_LINE_H
#define REMUCH_LINE_H

#include <stdint.h>

#include "buf.h"

/* Append n in decimal. */
void line_number(struct buf *b, uint64_t n);

#endif
