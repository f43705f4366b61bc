/* Parameters of Content-Type and Content-Disposition: RFC 2045 section 5.1, RFC 2231. */
#ifndef REMUCH_PARAM_H
#define REMUCH_PARAM_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "str.h"

struct param {
	struct str name;                /* as written, "filename*0*" too */
	struct str value;               /* quoted strings undone, else as written; unfolded */
};

struct params {
	struct param *p;
	size_t        n;
};

/* Reads "token" or "token/token", in *ret_main and *ret_sub (STR_NONE when there is no slash), then ";name=value"
 * as long as there are any, at most MIME_PARAMS_MAX. Comments are skipped; what cannot be understood is too. False
 * (and nothing is written) when value does not begin with a token. Results live in a or in value. */
bool param_read(struct arena *a, struct str value, struct str *ret_main, struct str *ret_sub, struct params *ret_params);

/* Continuations put together, as RFC 9051 section 7.5.2 asks for BODYSTRUCTURE: "baz*0", "baz*1" become "baz".
 * If one piece is marked extended the result is "baz*" and keeps the one-piece form of RFC 2231, which is ASCII:
 * charset'language'percent-encoded. Other parameters and the order stay. Lives in a. */
struct params param_join(struct arena *a, struct params in);

/* The value of parameter name (any case), whichever of "name", "name*" and the continued forms it has, octets of
 * extended forms decoded, in the charset of the sender. False when there is none. */
bool param_find(struct arena *a, struct params in, struct str name, struct str *ret_value);

#endif
