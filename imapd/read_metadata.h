/* The arguments of GETMETADATA and SETMETADATA: RFC 5464 section 5. */
#ifndef REMUCH_READ_METADATA_H
#define REMUCH_READ_METADATA_H

#include "metadata.h"

struct lexer;
struct request;

struct read_metadata_get {
	struct str             box;     /* "": the server */
	struct metadata_wanted wanted;
	uint64_t               maxsize; /* octets; UINT64_MAX: any */
};

struct read_metadata_set {
	struct str       box;
	struct metadata *v;
	size_t           n;
};

/* For struct command: *ret_args is one of the structs above. */
int read_metadata_get(struct request *rq, void **ret_args);
int read_metadata_set(struct request *rq, void **ret_args);

/* One entry's name, or a list of them in parentheses, each once. 0, -EBADMSG (bad names too), -EMSGSIZE: over METADATA_NAMES_MAX. */
int read_metadata_entries(struct lexer *lx, struct metadata_wanted *ret);

#endif
