/* What keywords.c keeps in a store. */
#ifndef REMUCH_KEYWORDS_PRIV_H
#define REMUCH_KEYWORDS_PRIV_H

#include "keywords.h"
#include "state_mail.h"

struct keyword_memo;
void keywords_free(struct keyword_memo *m);

/* The tag itself when there is one, else one that differs from it only in ASCII case, else itself. In a, or tag. */
int keywords_existing(struct state_txn *t, struct str tag, struct arena *a, struct str *ret_tag);

/* The tag a keyword means: by the table, else an existing one, else its own spelling. In a. -EINVAL */
int keywords_tag(struct store *s, struct state_txn *t, struct str keyword, struct arena *a, struct str *ret_tag);

#endif
