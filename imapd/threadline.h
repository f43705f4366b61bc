/* Results of THREAD on the wire: RFC 5256 section 4. */
#ifndef REMUCH_THREADLINE_H
#define REMUCH_THREADLINE_H

#include "buf.h"
#include "thread.h"

/* The line, its CRLF too, is appended: the nodes' uid numbers as they are. */
void threadline_put(struct buf *b, const struct thread_forest *f);

#endif
