#include "state_mail.h"

#include <errno.h>
#include <string.h>

static struct db_key key_of(uint64_t serial)
{
	struct db_key k = { .n = 0 };

	db_key_u64(&k, serial);
	return k;
}

static struct db_key copy_key(uint64_t email, uint64_t serial)
{
	struct db_key k = key_of(email);

	db_key_u64(&k, serial);
	return k;
}

uint64_t state_email(struct state_txn *t, uint64_t serial)
{
	struct db_key k = key_of(serial);
	struct str    v;

	return db_get(t->db, STATE_EMAIL, db_key_view(&k), &v) == 0 && v.n == 8 ? db_be64(v.p) : serial;
}

int state_email_set(struct state_txn *t, uint64_t serial, uint64_t email)
{
	struct db_key k = key_of(serial), of = key_of(email), copy = copy_key(email, serial);
	int           r = state_email_drop(t, serial);

	if (r < 0 || email == serial)
		return r;
	r = db_put(t->db, STATE_EMAIL, db_key_view(&k), db_key_view(&of));
	return r < 0 ? r : db_put(t->db, STATE_COPIES, db_key_view(&copy), STR(""));
}

int state_email_drop(struct state_txn *t, uint64_t serial)
{
	uint64_t      email = state_email(t, serial);
	struct db_key k = key_of(serial), copy = copy_key(email, serial);
	int           r;

	if (email == serial)
		return 0;
	r = db_del(t->db, STATE_EMAIL, db_key_view(&k));
	return r < 0 ? r : db_del(t->db, STATE_COPIES, db_key_view(&copy));
}

/* The original, if it is there and no copy itself, and those that say they are copies: later ones. */
int state_email_mails(struct state_txn *t, uint64_t email, struct arena *a, uint64_t **ret, size_t *ret_n)
{
	VEC(uint64_t)     found = { 0 };
	struct db_key     k = key_of(email);
	struct state_mail m;
	struct db_walk    w;
	int               r = state_mail_get(t, email, &m);

	if (r == 0 && state_email(t, email) == email)
		VEC_PUSH(&found, email);
	if (r == 0 || r == -ENOENT)
		r = db_walk_begin(t->db, STATE_COPIES, db_key_view(&k), db_key_view(&k), &w);
	if (r == 0) {
		while (db_walk_next(&w))
			if (w.key.n == 16)
				VEC_PUSH(&found, db_be64(w.key.p + 8));
		db_walk_end(&w);
		*ret = ARENA_NEW_N(a, found.n, uint64_t);
		if (found.n > 0)
			memcpy(*ret, found.p, found.n * sizeof(**ret));
		*ret_n = found.n;
	}
	VEC_FREE(&found);
	return r;
}
