/* INI text as notmuch (GLib's key files) writes it, bytes to callbacks:
 *
 *      # comment                       ; comment
 *      [section]
 *      key = value                     white space around both is dropped
 *      list = one;two;                 the last ';' may be missing
 *
 * In values \s \n \t \r \\ mean space, line feed, tab, carriage return and backslash; in lists \; is a ';' that
 * separates nothing. Anything else behind a backslash is an error. */
#ifndef REMUCH_INI_H
#define REMUCH_INI_H

#include <stddef.h>

#include "arena.h"
#include "str.h"

struct ini_entry {
	struct str section, key;
	struct str value;               /* still escaped: see below */
	unsigned   line;                /* from 1 */
};

/* Where and why a text is no INI. `why` is constant text. */
struct ini_error {
	unsigned    line;
	const char *why;
};

/* Tell each entry in order. What `entry` returns other than 0 ends the reading and is returned.
 * 0; -EBADMSG with *ret_error filled: not UTF-8, a control, no section yet, neither section nor key,
 * or over CONF_SIZE_MAX, CONF_LINE_MAX (limits.h). */
int ini_parse(struct str text, int (*entry)(void *ctx, const struct ini_entry *e), void *ctx,
	      struct ini_error *ret_error);

/* The value as one string, in the arena. 0; -EBADMSG: an unknown escape. */
int ini_string(struct arena *a, struct str value, const char **ret_z);

/* The value as a list, in the arena; empty: no members. 0; -EBADMSG: an unknown escape;
 * -E2BIG: more than CONF_LIST_MAX members. */
int ini_list(struct arena *a, struct str value, const char *const **ret_v, size_t *ret_n);

#endif
