#include "derived.h"

#include "fd.h"
#include "fields.h"
#include "limits.h"
#include "vec.h"

enum { AHEAD_HEADER = 8 * 1024 };       /* octets that are asked for where the header is enough */

/* What is looked for, of which mails. */
struct loading {
	struct store              *s;
	const uint64_t            *serials;
	size_t                     n;                   /* mails */
	struct arena              *a;
	struct derived            *ret;
	const struct derived_kind *kinds[MAIL_CACHES];  /* those asked for, then the fields when they are only made on the way */
	size_t                     n_kinds, n_asked;
	size_t                     room, taken;         /* octets */
	int                        ahead[MAIL_AHEAD];   /* of mail_ask, that of mail i at i % MAIL_AHEAD */
	size_t                     next;                /* the first mail that was not asked for */
};

static bool lacks_any(const struct loading *l, const struct derived *d)
{
	for (size_t k = 0; k < l->n_asked; k++)
		if (!d->text[l->kinds[k]->kind].p)
			return true;
	return false;
}

/* One kind, as the cache has it. */
struct reading {
	struct loading            *l;
	const struct derived_kind *kind;
	bool                       if_lacking;          /* only of mails that lack another */
	size_t                     taken, n;            /* n: how many mails were looked at */
};

static void take(void *arg, size_t i, struct str text)
{
	struct reading *r = arg;
	struct derived *d = &r->l->ret[i];

	if (i != r->n)
		return;                         /* one before it was too much */
	if (text.p && str_starts(text, r->kind->version) && (!r->if_lacking || lacks_any(r->l, d))) {
		if (i > 0 && r->taken + text.n > r->l->room)
			return;
		d->text[r->kind->kind] = arena_str(r->l->a, text);
		r->taken += text.n;
	}
	r->n++;
}

static int read_kept(struct loading *l, const struct derived_kind *kind, bool if_lacking)
{
	struct reading rd = { .l = l, .kind = kind, .if_lacking = if_lacking };
	int            r = mail_cached(l->s, kind->kind, l->serials, l->n, take, &rd);

	if (r < 0)
		return r;
	l->n = rd.n;
	l->taken += rd.taken;
	return 0;
}

/* Something lacks that is made from the fields, and they were not asked for. */
static bool needs_fields(const struct loading *l)
{
	bool needed = false;

	for (size_t k = 0; k < l->n_asked; k++) {
		if (l->kinds[k] == &fields_kind)
			return false;
		needed |= l->kinds[k]->from == DERIVED_FROM_FIELDS;
	}
	for (size_t i = 0; needed && i < l->n; i++)
		if (lacks_any(l, &l->ret[i]))
			return true;
	return false;
}

/* The most that one of them needs. */
static enum derived_from needed(const struct loading *l, const struct derived *d)
{
	enum derived_from from = DERIVED_FROM_FIELDS;

	for (size_t k = 0; k < l->n_kinds; k++)
		if (!d->text[l->kinds[k]->kind].p && l->kinds[k]->from > from)
			from = l->kinds[k]->from;
	return from;
}

static bool needs_file(const struct loading *l, size_t i)
{
	return lacks_any(l, &l->ret[i]) && needed(l, &l->ret[i]) != DERIVED_FROM_FIELDS;
}

/* From mail i on. */
static void ask_ahead(struct loading *l, size_t i)
{
	for (; l->next < l->n && l->next < i + MAIL_AHEAD; l->next++) {
		bool whole = needed(l, &l->ret[l->next]) == DERIVED_FROM_FILE;

		if (needs_file(l, l->next))
			l->ahead[l->next % MAIL_AHEAD] = mail_ask(l->s, l->serials[l->next], whole ? MAIL_AHEAD_OCTETS : AHEAD_HEADER);
	}
}

/* Those from mail i on are of no use. */
static void drop_ahead(struct loading *l, size_t i)
{
	for (; i < l->next; i++)
		if (needs_file(l, i))
			mail_asked_drop(l->ahead[i % MAIL_AHEAD]);
}

/* What the missing texts are made from. */
struct source {
	struct mail mail;
	struct buf  header;
	struct str  msg;
};

static void source_close(struct source *src)
{
	mail_close(&src->mail);
	buf_free(&src->header);
}

static int source_open(struct source *src, const struct loading *l, size_t i)
{
	enum derived_from from = needed(l, &l->ret[i]);
	int               fd = l->ahead[i % MAIL_AHEAD], r;

	if (from == DERIVED_FROM_FIELDS)
		return fields_read(l->ret[i].text[MAIL_CACHE_HEADER], &src->msg);
	if (from == DERIVED_FROM_FILE) {
		r = mail_asked_open(fd, &src->mail);
		src->msg = src->mail.bytes;
	} else {
		r = mail_asked_header(fd, MIME_HEADER_MAX, &src->header);
		src->msg = buf_view(&src->header);
	}
	return r;
}

/* What mail i lacks. Returns which were made, a bit a kind. */
static unsigned make(struct loading *l, size_t i)
{
	CLEAN(source_close) struct source src = { .header = BUF(2 * MIME_HEADER_MAX) };
	struct derived *d = &l->ret[i];
	struct arena    tmp = ARENA_INIT;
	struct buf      out = BUF(DERIVED_MAX);
	unsigned        made = 0;

	d->error = source_open(&src, l, i);
	if (d->error < 0)
		return 0;
	for (size_t k = 0; k < l->n_kinds; k++) {
		enum mail_cache kind = l->kinds[k]->kind;

		if (d->text[kind].p)
			continue;
		buf_reset(&out);
		l->kinds[k]->make(&tmp, src.msg, &out);
		if (out.failed || out.n == 0)
			continue;
		d->text[kind] = arena_str(l->a, buf_view(&out));
		made |= 1U << kind;
		l->taken += out.n;
	}
	buf_free(&out);
	arena_free(&tmp);
	return made;
}

static int keep(struct store *s, enum mail_cache kind, const uint64_t *serials, const struct derived *ret, const unsigned *made, size_t n)
{
	VEC(uint64_t)   who = { 0 };
	VEC(struct str) texts = { 0 };
	int             r = 0;

	for (size_t i = 0; i < n; i++)
		if (made[i] & 1U << kind) {
			VEC_PUSH(&who, serials[i]);
			VEC_PUSH(&texts, ret[i].text[kind]);
		}
	if (who.n > 0)
		r = mail_cache_put(s, kind, who.p, texts.p, who.n);
	VEC_FREE(&who);
	VEC_FREE(&texts);
	return r;
}

int derived_load(struct store *s, const struct derived_kind *const *kinds, size_t n_kinds, const uint64_t *serials, size_t n,
	size_t room, struct arena *a, struct derived *ret, size_t *ret_n)
{
	struct loading l = { .s = s, .serials = serials, .n = n, .a = a, .ret = ret, .n_kinds = n_kinds, .n_asked = n_kinds, .room = room };
	unsigned      *made = ARENA_NEW_N(a, n, unsigned);
	size_t         done;
	int            r = 0;

	for (size_t i = 0; i < n; i++)
		ret[i] = (struct derived){ .error = 0 };
	for (size_t k = 0; k < n_kinds; k++)
		l.kinds[k] = kinds[k];
	for (size_t k = 0; r == 0 && k < n_kinds; k++)
		r = read_kept(&l, kinds[k], false);
	if (r == 0 && needs_fields(&l)) {
		l.kinds[l.n_kinds++] = &fields_kind;
		r = read_kept(&l, &fields_kind, true);
	}
	if (r < 0)
		return r;
	for (done = 0; done < l.n; done++) {
		if (!lacks_any(&l, &ret[done]))
			continue;
		if (done > 0 && l.taken >= room)
			break;
		ask_ahead(&l, done);
		made[done] = make(&l, done);
	}
	drop_ahead(&l, done);
	for (size_t k = 0; k < l.n_kinds; k++) {
		r = keep(s, l.kinds[k]->kind, serials, ret, made, done);
		if (r < 0)
			return r;
	}
	*ret_n = done;
	return 0;
}
