/* The one table of settings: what conf_load reads, conf_describe prints and remuch.conf(5) tells. */
#ifndef REMUCH_CONF_KEYS_H
#define REMUCH_CONF_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "conf.h"
#include "str.h"

enum conf_type {
	CONF_STRING,    /* const char *: any text without controls; this and the next four: empty is not set */
	CONF_FOLDER,    /* const char *: a mailbox name, '/' between levels */
	CONF_PATH,      /* const char *: absolute, or ~/ */
	CONF_CRED,      /* const char *: as CONF_PATH, or a name in $CREDENTIALS_DIRECTORY */
	CONF_CREDS,     /* struct conf_list of CONF_CRED */
	CONF_WORDS,     /* struct conf_list of any texts */
	CONF_KEYWORDS,  /* struct conf_keywords */
	CONF_SIZE,      /* uint64_t: octets, with K, M or G for 1024 and so on; not 0 */
	CONF_CHOICE,    /* an enum or int: index of the word in `words` */
	CONF_BOOL,      /* bool: likewise, of two words */
};

struct conf_key {
	const char        *section, *key;
	enum conf_type     type;
	size_t             offset;      /* in struct conf */
	const char        *value;       /* the default as it would be written; NULL: not set */
	const char *const *words;       /* NULL-ended */
	bool               user;        /* may stand in the file of a user who is served by root */
};

/* By section, in the order in which they are printed; conf_keys_n of them. */
extern const struct conf_key conf_keys[];
extern const size_t          conf_keys_n;

/* The key of that name; NULL. */
const struct conf_key *conf_keys_find(struct str section, struct str key);

/* The name most like a mistyped one, to propose it; NULL when none is near. */
const char *conf_keys_near_section(struct str section);
const char *conf_keys_near_key(struct str section, struct str key);

/* Read a value as written in a file into its place in c. 0; -EINVAL with *ret_why, in the arena of c: what is wrong
 * with it, to stand behind the name of the key, such as "is no size". */
int conf_keys_set(struct conf *c, const struct conf_key *k, struct str value, const char **ret_why);

/* Append the value in c as it would be written in a file; nothing when it is not set. */
void conf_keys_show(const struct conf *c, const struct conf_key *k, struct buf *b);

#endif
