/* Filters (RFC 5466): search criteria in server annotations, "/private/filters/values/NAME". They are notmuch's named queries, as far
 * as notmuch can say the same; a client's own words are kept beside the query and are given back as long as the query is what they
 * said. A name is a query's with all that no filter's name may hold as "=" and two hex digits. Inside of metadata*.c. */
#ifndef REMUCH_FILTERS_H
#define REMUCH_FILTERS_H

#include "metadata_priv.h"

/* NAME, if the entry is a filter's; else n is 0. */
struct str filters_name(struct str entry);

/* The other way, of a named query, in a; STR_NONE: the name is too long. */
struct str filters_entry(struct arena *a, struct str query);

bool filters_wanted(const struct metadata_wanted *w);

/* The filters in force: of those that clients set, and of the named queries. In a. -EIO */
int filters_list(struct store *s, struct arena *a, const struct metadata *set, size_t n_set, struct metadata **ret, size_t *ret_n);

/* What setting a filter does to named queries: *ret_query is to have *ret_text, which is empty to remove it; n 0: nothing. -EINVAL: it
 * is no name of a filter, or a query of that name is not the client's to take away. */
int filters_plan(struct store *s, struct arena *a, const struct metadata *m, struct str *ret_query, struct str *ret_text);

#endif
