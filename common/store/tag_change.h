/* A change of flags and keywords, worked out once for each different state that messages are in. */
#ifndef REMUCH_TAG_CHANGE_H
#define REMUCH_TAG_CHANGE_H

#include "change.h"
#include "state_mail.h"

/* What a message with these tags becomes, and which tags that adds and removes. */
struct tag_step {
	struct state_tags from, to;
	struct state_tags_diff diff;
	size_t            like;         /* the number of the first step that adds and removes the same */
};

/* One of the changes that are made in one step. */
struct tag_part {
	const struct flag_change *how;
	struct str               *words;        /* the keywords' tags, sorted, each once */
	size_t                    n_words;
};

struct tag_change {
	struct store    *s;
	struct arena    *a;
	struct tag_part *parts;
	size_t           n_parts;
	struct tag_step *steps;
	size_t           n, cap;
};

/* Fixed tags stay as they are. -EINVAL: a keyword that can be no tag, or is the tag of a flag. Free with tag_change_free. */
int tag_change_init(struct tag_change *c, struct store *s, struct state_txn *t, const struct flag_change *how, struct arena *a);
void tag_change_free(struct tag_change *c);

/* The step for messages in this state; valid until the next call. */
int tag_change_step(struct tag_change *c, struct state_txn *t, struct state_tags from, const struct tag_step **ret);

#endif
