#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box_priv.h"
#include "change.h"
#include "change_virtual.h"
#include "clock.h"
#include "deliver.h"
#include "die.h"
#include "drain.h"
#include "fd.h"
#include "folders.h"
#include "journal.h"
#include "mail_file.h"
#include "maildir.h"
#include "message_id.h"
#include "newcomers.h"
#include "octets.h"
#include "sync.h"
#include "sync_virtual.h"
#include "tag_change.h"
#include "vbox.h"

struct append {
	struct store    *s;
	struct arena     arena;
	struct state_box to;
	const char      *dir;
	struct delivery  file;
	const char      *path;          /* in cur/, once it is there */
	struct str       tag;           /* of the tag mailbox it is for; STR_NONE: a folder */
	struct state_box tag_box;
};

/* What is appended to a tag lies in a folder and has the tag. *name becomes that folder. */
static int find_folder(struct append *ap, struct str *name)
{
	struct vbox v;
	int         r = vbox_find(ap->s, &ap->arena, *name, &v);

	if (r < 0 || v.kind == VBOX_FOLDER)
		return r == -EINVAL ? -ENOENT : r;
	if (v.kind != VBOX_TAG)
		return store_fail(ap->s, -EINVAL, "what is in that mailbox is found, not put there");
	ap->tag = v.arg;
	r = sync_virtual(ap->s, *name, &v, NULL, NULL, &ap->tag_box);
	*name = ap->s->conf.append ? str_of(ap->s->conf.append) : folders_inbox(ap->s);
	return r;
}

/* The flags that are given, and the tag. */
static const struct flag_change *with_tag(struct append *ap, const struct flag_change *flags)
{
	struct flag_change *both = ARENA_NEW(&ap->arena, struct flag_change), tag;

	if (ap->tag.n == 0)
		return flags;
	change_virtual_tag(&ap->arena, ap->tag, true, &tag);
	*both = *flags;
	if (tag.how == CHANGE_REMOVE)           /* "unread" */
		both->flags &= ~tag.flags;
	else
		both->flags |= tag.flags;
	both->tags = tag.tags;
	both->n_tags = tag.n_tags;
	return both;
}

/* Where the message is in its tag mailbox. */
static int tagged_uid(struct append *ap, struct str id, uint32_t *ret_uid)
{
	struct state_txn t;
	int              r = state_read(&ap->s->state, &t);

	if (r == 0)
		r = state_virtual_place(&t, id, ap->tag_box.id, ret_uid);
	state_abort(&t);
	return r;
}

int append_begin(struct store *s, struct str name, struct append **ret)
{
	struct append *ap = calloc(1, sizeof(*ap));
	struct buf     dir = BUF(4096);
	int            r;

	if (!ap)
		die_memory();
	ap->s = s;
	ap->file.fd = -1;
	name = folders_name(s, &ap->arena, name);
	r = find_folder(ap, &name);
	if (r == 0)
		r = sync_known(s, name, &ap->to);
	if (r == 0)
		r = folders_dir(s, name, &dir);
	ap->dir = arena_z(&ap->arena, buf_view(&dir));
	buf_free(&dir);
	if (r == 0) {
		r = deliver_begin(&ap->file, s->root, ap->dir);
		if (r < 0)
			store_fail(s, r, "cannot write to the folder: %s", strerror(-r));
	}
	if (r < 0) {
		append_abort(ap);
		return r;
	}
	*ret = ap;
	return 0;
}

int append_write(struct append *ap, const void *p, size_t n)
{
	int r = deliver_write(&ap->file, p, n);

	return r < 0 ? store_fail(ap->s, r, "cannot write the message: %s", strerror(-r)) : 0;
}

void append_abort(struct append *ap)
{
	if (!ap)
		return;
	deliver_abort(&ap->file);
	arena_free(&ap->arena);
	free(ap);
}

/* A message the index or the state knows gains the flags that are given; another begins with them and notmuch's new.tags
 * (of which "unread" is a flag, and the client says that). */
struct origin {
	struct arena *a;
	bool          known;
	struct str   *tags;
	size_t        n;
};

static void take_tags(void *arg, size_t i, bool known, const struct str *tags, size_t n)
{
	struct origin *o = arg;

	o->known = known;
	o->tags = ARENA_NEW_N(o->a, n, struct str);
	o->n = n;
	for (size_t k = 0; k < n; k++)
		o->tags[k] = arena_str(o->a, tags[k]);
}

static int tags_before(struct append *ap, struct state_txn *t, struct str id, struct origin *o, struct state_tags *ret)
{
	const struct index_conf *c = ap->s->index_conf;
	const struct str        *tags = o->tags;
	size_t                   n, n_tags = o->n;
	bool                     known = o->known;
	uint64_t                *serials;
	int                      r = state_mails_of_id(t, id, &ap->arena, &serials, &n);

	if (r == 0 && n > 0) {
		o->known = known && !state_mails_unindexed(t, serials, n);
		return state_tags_get(t, serials[0], ret);
	}
	if (r == 0)
		r = journal_tags(t, id, &ap->arena, &known, &tags, &n_tags);
	if (r == 0 && known)
		return state_tags_of(t, tags, n_tags, ret);
	if (r == 0)
		r = state_tags_of(t, c->new_tags, c->n_new_tags, ret);
	ret->flags = 0;
	return r;
}

/* What all copies of the message become, and its journal record. */
static int tags_after(struct append *ap, struct state_txn *t, struct str id, const struct flag_change *flags, struct origin *o,
	struct state_tags *ret)
{
	struct flag_change     how = *flags;
	struct tag_change      c;
	const struct tag_step *step;
	struct state_tags      before;
	int                    r = tags_before(ap, t, id, o, &before);

	how.how = CHANGE_ADD;
	if (r < 0)
		return r;
	r = tag_change_init(&c, ap->s, t, &how, &ap->arena);
	if (r == 0)
		r = tag_change_step(&c, t, before, &step);
	if (r == 0 && step->diff.n_add + step->diff.n_remove > 0) {
		r = journal_put(t, &(struct journal_record){ .kind = JOURNAL_TAGS, .id = id, .add = step->diff.add, .n_add = step->diff.n_add,
			.remove = step->diff.remove, .n_remove = step->diff.n_remove });
		if (r == 0)
			r = state_tags_apply(t, id, step->to);
	}
	if (r == 0)
		*ret = step->to;
	tag_change_free(&c);
	return r;
}

static int add(struct append *ap, struct state_txn *t, struct str base, struct str info, struct str id, struct row *row,
	const struct flag_change *flags, struct origin *o)
{
	struct state_mail m = { .box = ap->to.id, .base = base, .id = id };
	struct state_file file;
	struct state_tags tags;
	int               r = tags_after(ap, t, id, flags, o, &tags);

	if (r == 0)
		r = state_box_get(t, ap->to.id, &ap->to, NULL);
	if (r < 0)
		return r;
	if (faccessat(ap->s->root, ap->path, F_OK, 0) < 0)     /* removed already, and that may have been seen: dirwatch.h */
		ap->to.cur_mtime = STATE_READ_AGAIN;
	row->flags = tags.flags | (flags->flags & MAIL_DELETED);
	row->kwset = tags.kwset;
	if (state_file_get(t, ap->to.id, base, &file, NULL) == 0) {     /* another session saw the file first */
		uint32_t want = row->flags;

		r = state_mail_get(t, file.serial, &m);
		if (r == 0)
			r = state_row_get(t, m.box, m.uid, row);
		if (r == 0)
			r = state_row_flags(t, &ap->to, row, want, tags.kwset);
		return r < 0 ? r : state_box_put(t, &ap->to, STR_NONE);
	}
	m.uid = ap->to.uidnext;
	r = state_mail_add(t, &m, false, info);
	row->serial = m.serial;
	if (r == 0)
		r = state_row_add(t, &ap->to, row);
	if (r == 0)
		r = state_box_put(t, &ap->to, STR_NONE);
	return r < 0 ? r : newcomers_journal(ap->s, t, &m, tags, o->known, &ap->arena);
}

static int commit(struct append *ap, struct str base, struct str info, const struct flag_change *flags, int64_t date,
	uint32_t *ret_uid)
{
	CLEAN(mail_file_close) struct mail_file f = { 0 };
	struct origin    o = { .a = &ap->arena };
	struct row       row = { .date = date, .saved = clock_now() };
	struct index    *x = store_index(ap->s);
	struct state_txn t = { 0 };
	struct str       id;
	uint32_t         lines;
	int              r = mail_file_open(ap->s->root, ap->path, &f);

	if (r < 0)
		return r;
	id = message_id_notmuch(&ap->arena, f.bytes);
	row.size = octets_count(f.bytes, &lines);
	row.open_line = f.bytes.n > 0 && f.bytes.p[f.bytes.n - 1] != '\n';
	if (x && index_tags(x, &id, 1, take_tags, &o) < 0)
		o.known = false;
	r = state_write(&ap->s->state, &t);
	if (r == 0)
		r = add(ap, &t, base, info, id, &row, flags, &o);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r == 0)
		*ret_uid = row.uid;
	if (r == 0 && ap->tag.n > 0)
		r = tagged_uid(ap, id, ret_uid);
	return r;
}

int append_commit(struct append *ap, const struct flag_change *flags, int64_t date, uint32_t *ret_uidvalidity, uint32_t *ret_uid)
{
	struct buf b = BUF(512), i = BUF(64), p = BUF(4096);
	struct str base, info;
	int        r;

	maildir_unique(&b);
	maildir_info(&i, flags->flags);
	base = arena_str(&ap->arena, buf_view(&b));
	info = arena_str(&ap->arena, buf_view(&i));
	maildir_path(&p, str_of(ap->dir), false, base, info);
	ap->path = arena_z(&ap->arena, buf_view(&p));
	buf_free(&b);
	buf_free(&i);
	buf_free(&p);
	r = deliver_commit(&ap->file, ap->path, date);
	if (r == 0) {
		r = commit(ap, base, info, with_tag(ap, flags), date, ret_uid);
		if (r < 0)
			unlinkat(ap->s->root, ap->path, 0);
	}
	if (r == 0) {
		*ret_uidvalidity = ap->tag.n > 0 ? ap->tag_box.uidvalidity : ap->to.uidvalidity;
		drain_kick(ap->s);
	} else {
		store_fail(ap->s, r, "cannot store the message: %s", r == -EINVAL ? "a keyword is of no use as a tag" : strerror(-r));
	}
	append_abort(ap);
	return r;
}
