/* A mailbox name as an argument: " name". */
#ifndef REMUCH_READBOX_H
#define REMUCH_READBOX_H

#include "command.h"

/* A mailbox that should be there. As boxname_read. */
int readbox_name(struct request *rq, struct str *ret);

/* A mailbox to be made: one "/" at its end is dropped (RFC 9051 section 6.3.4). What no mailbox may be called is
 * -EINVAL. */
int readbox_new(struct request *rq, struct str *ret);

/* For commands whose only argument is a mailbox that should be there: *ret_args is its struct str. */
int readbox_only(struct request *rq, void **ret_args);

#endif
