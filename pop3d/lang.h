/* LANG, before and after login: this server speaks English. RFC 6856 section 3. */
#ifndef REMUCH_LANG_H
#define REMUCH_LANG_H

#include "conn.h"

/* Answer LANG; range: its argument, empty for the list of languages. */
void lang_put(struct conn *c, struct str range);

#endif
