#include "index_check.h"

#include <errno.h>
#include <string.h>

#include "index_priv.h"

struct check {
	const char      *query;
	notmuch_status_t status;
};

static int check_once(struct index *x, void *arg)
{
	struct check    *c = arg;
	notmuch_query_t *q;
	unsigned         n;

	c->status = notmuch_query_create_with_syntax(x->db, c->query, NOTMUCH_QUERY_SYNTAX_XAPIAN, &q);
	if (c->status == NOTMUCH_STATUS_SUCCESS) {
		c->status = notmuch_query_count_messages(q, &n);
		notmuch_query_destroy(q);
	}
	return 0;
}

/* "A Xapian exception occurred parsing query: Syntax: <expression> AND <expression>\nQuery string was: ..." */
static const char *words(struct index *x, const struct check *c, struct arena *a)
{
	static const struct str before = STR_LIT("parsing query: ");
	struct str              text = str_of(notmuch_database_status_string(x->db));
	size_t                  at = str_find(text, before);

	text = at < text.n ? str_from(text, at + before.n) : text;
	text = str_mid(text, 0, str_chr(text, '\n'));
	return text.n > 0 ? arena_z(a, text) : notmuch_status_to_string(c->status);
}

/* What is wrong with a query is an exception to notmuch like others. So it counts as the query's fault when it happens again on a
 * handle that was opened just now, whose words are of nothing else. */
int index_check(struct index *x, const char *query, struct arena *a, const char **ret_words)
{
	struct check c = { .query = query };
	int          r = index_retry(x, check_once, &c);

	if (r == 0 && c.status == NOTMUCH_STATUS_SUCCESS)
		return 0;
	if (r == 0)
		r = index_refresh(x);
	if (r == 0)
		r = index_retry(x, check_once, &c);
	if (r < 0 || c.status == NOTMUCH_STATUS_SUCCESS)
		return r;
	*ret_words = words(x, &c, a);
	return -EINVAL;
}
