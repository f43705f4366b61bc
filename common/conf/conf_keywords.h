/* The table of keywords: "keyword=tag;keyword=tag". */
#ifndef REMUCH_CONF_KEYWORDS_H
#define REMUCH_CONF_KEYWORDS_H

#include "conf.h"
#include "str.h"

/* Read a value as written in a file. NULL and *ret, in a; or what is wrong with it, to stand behind the name of the key. */
const char *conf_keywords_read(struct arena *a, struct str value, struct conf_keywords *ret);

#endif
