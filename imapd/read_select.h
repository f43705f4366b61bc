/* The arguments of SELECT and EXAMINE: RFC 9051 section 6.3.2, select-params of RFC 4466 section 2.1, RFC 7162 section 7. */
#ifndef REMUCH_READ_SELECT_H
#define REMUCH_READ_SELECT_H

#include "command.h"
#include "seqset.h"

/* QRESYNC (...). The sets are resolved; n 0: not given. */
struct select_qresync {
	uint32_t      uidvalidity;
	uint64_t      modseq;
	struct seqset known;
	struct seqset match_seqs, match_uids;   /* as many numbers as UIDs */
};

struct select_args {
	struct str             name;
	bool                   condstore;
	struct select_qresync *qresync;         /* NULL: not asked for */
};

/* For struct command: *ret_args is a struct select_args. */
int read_select(struct request *rq, void **ret_args);

#endif
