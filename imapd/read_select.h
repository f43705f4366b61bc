/* The arguments of SELECT and EXAMINE: RFC 9051 section 6.3.2, select-params of RFC 4466 section 2.1, RFC 7162 section 7. */
#ifndef REMUCH_READ_SELECT_H
#define REMUCH_READ_SELECT_H

#include "command.h"

struct select_args {
	struct str name;
	bool       condstore;
};

/* For struct command: *ret_args is a struct select_args. */
int read_select(struct request *rq, void **ret_args);

#endif
