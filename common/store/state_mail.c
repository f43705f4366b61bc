#include "state_virtual.h"

#include <errno.h>
#include <string.h>

/* The head of a mail record; base name and message-id follow it. */
struct mail_head {
	uint32_t box, uid;
	uint16_t base_len, id_len;
	uint32_t alone;
};

static struct db_key serial_key(uint64_t serial)
{
	struct db_key k;

	db_key_begin(&k);
	db_key_u64(&k, serial);
	return k;
}

static struct db_key file_key(uint32_t box, struct str base)
{
	struct db_key k = { .n = 0 };

	db_key_u32(&k, box);
	db_key_str(&k, base);
	return k;
}

static struct db_key id_key(struct str id, uint64_t serial)
{
	struct db_key k = { .n = 0 };

	db_key_str(&k, id);
	db_key_str(&k, (struct str){ "", 1 });
	db_key_u64(&k, serial);
	return k;
}

static int read_mail(uint64_t serial, struct str v, struct state_mail *ret)
{
	struct mail_head h;

	if (v.n < sizeof(h))
		return -EUCLEAN;
	memcpy(&h, v.p, sizeof(h));
	*ret = (struct state_mail){
		.serial = serial,
		.box = h.box,
		.uid = h.uid,
		.alone = h.alone == 1,
		.base = str_mid(v, sizeof(h), h.base_len),
		.id = str_mid(v, sizeof(h) + h.base_len, h.id_len),
	};
	return 0;
}

int state_mail_get(struct state_txn *t, uint64_t serial, struct state_mail *ret)
{
	struct db_key k = serial_key(serial);
	struct str    v;
	int           r = db_get(t->db, STATE_MAIL, db_key_view(&k), &v);

	return r < 0 ? r : read_mail(serial, v, ret);
}

int state_mail_next(struct db_walk *w, uint64_t serial, struct state_mail *ret)
{
	struct db_key k = serial_key(serial);

	return db_walk_find(w, db_key_view(&k)) ? read_mail(serial, w->value, ret) : -ENOENT;
}

static int put_mail(struct state_txn *t, const struct state_mail *m)
{
	struct db_key    k = serial_key(m->serial);
	struct mail_head h = { m->box, m->uid, (uint16_t)m->base.n, (uint16_t)m->id.n, m->alone };
	struct buf       v = BUF(4096);
	int              r;

	buf_put(&v, &h, sizeof(h));
	buf_str(&v, m->base);
	buf_str(&v, m->id);
	r = v.failed ? -ENAMETOOLONG : db_put(t->db, STATE_MAIL, db_key_view(&k), buf_view(&v));
	buf_free(&v);
	return r;
}

/* A mail that has the id; 0: none. */
static int first_of_id(struct state_txn *t, struct str id, uint64_t *ret_serial)
{
	struct db_key  k = id_key(id, 0);
	struct db_walk w;
	int            r;

	k.n -= 8;
	*ret_serial = 0;
	r = db_walk_begin(t->db, STATE_ID, db_key_view(&k), db_key_view(&k), &w);
	if (r < 0)
		return r;
	while (*ret_serial == 0 && db_walk_next(&w))
		if (w.key.n == k.n + 8)
			*ret_serial = db_be64(w.key.p + k.n);
	db_walk_end(&w);
	return 0;
}

/* Whether it is alone; who was alone so far is so no more. */
static int meet(struct state_txn *t, struct state_mail *m)
{
	struct state_mail other = { .alone = false };
	uint64_t          serial;
	int               r = first_of_id(t, m->id, &serial);

	m->alone = r == 0 && serial == 0;
	if (r == 0 && serial != 0)
		r = state_mail_get(t, serial, &other);
	if (r < 0 || !other.alone)
		return r;
	other.alone = false;
	return put_mail(t, &other);
}

/* Sets alone. */
static int put_id(struct state_txn *t, struct state_mail *m)
{
	struct db_key k = id_key(m->id, m->serial);
	int           r;

	m->alone = false;
	if (m->id.n == 0)
		return 0;
	r = k.failed ? -ENAMETOOLONG : meet(t, m);
	return r < 0 ? r : db_put(t->db, STATE_ID, db_key_view(&k), STR(""));
}

int state_mail_add(struct state_txn *t, struct state_mail *m, bool in_new, struct str info)
{
	struct state_file f = { .in_new = in_new };
	int               r = state_next(t, "serial", &m->serial);

	f.serial = m->serial;
	state_virtual_touch(t, m->id);
	if (r == 0)
		r = put_id(t, m);
	if (r == 0)
		r = put_mail(t, m);
	return r < 0 ? r : state_file_put(t, m->box, m->base, &f, info);
}

int state_mail_set(struct state_txn *t, const struct state_mail *m)
{
	struct state_mail old, new = *m;
	struct db_key     k;
	int               r = state_mail_get(t, m->serial, &old);

	new.alone = r == 0 && old.alone;
	if (r == 0 && !str_eq(old.id, m->id)) {
		state_virtual_touch(t, old.id);
		state_virtual_touch(t, m->id);
		k = id_key(old.id, m->serial);
		r = old.id.n > 0 ? db_del(t->db, STATE_ID, db_key_view(&k)) : 0;
		if (r == 0)
			r = put_id(t, &new);
	}
	return r < 0 ? r : put_mail(t, &new);
}

static int drop_file(struct state_txn *t, uint32_t box, struct str base)
{
	struct db_key k = file_key(box, base);
	int           r = db_del(t->db, STATE_FILE, db_key_view(&k));

	return r < 0 ? r : db_del(t->db, STATE_NEW, db_key_view(&k));
}

/* What is the message's stays: it is in the same virtual mailboxes, and a copy of the same mails. */
int state_mail_move(struct state_txn *t, const struct state_mail *m, struct str info)
{
	struct state_file f = { .serial = m->serial };
	struct state_mail old, new = *m;
	int               r = state_mail_get(t, m->serial, &old);

	if (r < 0)
		return r;
	new.alone = old.alone;
	r = drop_file(t, old.box, old.base);
	if (r == 0)
		r = put_mail(t, &new);
	return r < 0 ? r : state_file_put(t, m->box, m->base, &f, info);
}

int state_mail_drop(struct state_txn *t, uint64_t serial)
{
	struct db_key     k = serial_key(serial), id;
	struct state_mail m;
	int               r = state_mail_get(t, serial, &m);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	state_virtual_touch(t, m.id);
	id = id_key(m.id, serial);
	r = drop_file(t, m.box, m.base);
	if (r == 0)
		r = db_del(t->db, STATE_ID, db_key_view(&id));
	if (r == 0)
		r = state_mail_unindexed_set(t, serial, false);
	if (r == 0)
		r = state_email_drop(t, serial);
	return r < 0 ? r : db_del(t->db, STATE_MAIL, db_key_view(&k));
}

bool state_mail_unindexed(struct state_txn *t, uint64_t serial)
{
	struct db_key k = serial_key(serial);
	struct str    none;

	return db_get(t->db, STATE_UNINDEXED, db_key_view(&k), &none) == 0;
}

int state_mail_unindexed_set(struct state_txn *t, uint64_t serial, bool unindexed)
{
	struct db_key k = serial_key(serial);

	return unindexed ? db_put(t->db, STATE_UNINDEXED, db_key_view(&k), STR("")) : db_del(t->db, STATE_UNINDEXED, db_key_view(&k));
}

bool state_mails_unindexed(struct state_txn *t, const uint64_t *serials, size_t n)
{
	size_t i = 0;

	while (i < n && state_mail_unindexed(t, serials[i]))
		i++;
	return n > 0 && i == n;
}

int state_file_get(struct state_txn *t, uint32_t box, struct str base, struct state_file *ret, struct str *ret_info)
{
	struct db_key k = file_key(box, base);
	struct str    v;
	int           r = k.failed ? -ENOENT : db_get(t->db, STATE_FILE, db_key_view(&k), &v);

	if (r < 0)
		return r;
	if (v.n < sizeof(*ret))
		return -EUCLEAN;
	memcpy(ret, v.p, sizeof(*ret));
	if (ret_info)
		*ret_info = str_from(v, sizeof(*ret));
	return 0;
}

int state_file_put(struct state_txn *t, uint32_t box, struct str base, const struct state_file *f, struct str info)
{
	struct db_key k = file_key(box, base);
	struct buf    v = BUF(1024);
	int           r;

	buf_put(&v, f, sizeof(*f));
	buf_str(&v, info);
	r = k.failed || v.failed ? -ENAMETOOLONG : db_put(t->db, STATE_FILE, db_key_view(&k), buf_view(&v));
	if (r == 0 && f->in_new)
		r = db_put(t->db, STATE_NEW, db_key_view(&k), buf_view(&v));
	else if (r == 0)
		r = db_del(t->db, STATE_NEW, db_key_view(&k));
	buf_free(&v);
	return r;
}

int state_mails_of_id(struct state_txn *t, struct str id, struct arena *a, uint64_t **ret, size_t *ret_n)
{
	struct db_key  k = { .n = 0 };
	struct db_walk w;
	size_t         n = 0, cap = 0;
	uint64_t      *v = NULL;
	int            r;

	db_key_str(&k, id);
	db_key_str(&k, (struct str){ "", 1 });
	*ret = NULL;
	*ret_n = 0;
	if (k.failed || id.n == 0)
		return 0;
	r = db_walk_begin(t->db, STATE_ID, db_key_view(&k), db_key_view(&k), &w);
	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		if (w.key.n != k.n + 8)
			continue;
		if (n == cap) {
			uint64_t *more = ARENA_NEW_N(a, cap = cap ? cap * 2 : 4, uint64_t);

			if (n > 0)
				memcpy(more, v, n * sizeof(*v));
			v = more;
		}
		v[n++] = db_be64(w.key.p + k.n);
	}
	db_walk_end(&w);
	*ret = v;
	*ret_n = n;
	return 0;
}
