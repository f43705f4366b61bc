/* Stored searches: the FILTER key of RFC 5466, and the criteria that clients store. */
#ifndef REMUCH_FILTER_H
#define REMUCH_FILTER_H

#include "metadata.h"
#include "read_search.h"

struct reply;
struct session;

/* Put the criteria of each filter in its place, and those of the filters in these: "/private/filters/values/NAME", else that of /shared.
 * NULL, or the refusal: one that is not there, FILTER_LEVELS_MAX, FILTERS_SIZE_MAX, or criteria that are none. */
const struct reply *filter_expand(struct session *s, struct request *rq, struct search_args *args);

/* Entries that are to be set in a mailbox ("": the server): criteria among them have to be some, and m->said becomes the notmuch query that
 * says the same, if notmuch can say it. NULL or the refusal. */
const struct reply *filter_check(struct session *s, struct request *rq, struct str box, struct metadata *v, size_t n);

/* Keys as a notmuch query, appended to b. False: notmuch cannot say that; b may hold a part. tag: appends the tag that the word of
 * a KEY_KEYWORD or KEY_LABEL is; false: it can be none. */
typedef bool (*filter_tag_fn)(void *arg, enum key_op what, struct str word, struct buf *tag);
bool filter_query(struct buf *b, const struct key *root, filter_tag_fn tag, void *arg);

#endif
