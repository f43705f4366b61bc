/* The arguments of SORT and THREAD: RFC 5256 section 5, RFC 5957 section 5, RFC 5267 section 5, RFC 6203 section 7. */
#ifndef REMUCH_READ_SORT_H
#define REMUCH_READ_SORT_H

#include "read_search.h"
#include "sort.h"
#include "thread.h"

struct sort_args {
	struct search_args search;
	struct sort_key    keys[SORT_FIELDS];   /* each field once: a second time it could decide nothing */
	size_t             n_keys;
};

struct thread_args {
	struct search_args    search;
	enum thread_algorithm algorithm;
};

/* For struct command: *ret_args is a struct sort_args, a struct thread_args. */
int read_sort(struct request *rq, void **ret_args);
int read_sort_thread(struct request *rq, void **ret_args);

/* sort-criteria alone: ret_keys has room for SORT_FIELDS. 0, -EBADMSG. */
int read_sort_criteria(struct lexer *lx, struct sort_key *ret_keys, size_t *ret_n);

#endif
