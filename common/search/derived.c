#include "derived.h"

#include "fd.h"
#include "limits.h"
#include "vec.h"

/* One kind, as the cache has it. */
struct reading {
	struct arena              *a;
	struct derived            *ret;
	const struct derived_kind *kind;
	size_t                     room, taken, n;      /* n: how many are filled */
};

static void take(void *arg, size_t i, struct str text)
{
	struct reading *r = arg;

	if (i != r->n)
		return;                         /* one before it was too much */
	if (text.p && str_starts(text, r->kind->version)) {
		if (i > 0 && r->taken + text.n > r->room)
			return;
		r->ret[i].text[r->kind->kind] = arena_str(r->a, text);
		r->taken += text.n;
	}
	r->n++;
}

/* The file, or as much of it as the missing kinds need. */
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

static int source_open(struct source *src, struct store *s, uint64_t serial, bool whole)
{
	int r;

	if (whole) {
		r = mail_open(s, serial, &src->mail);
		src->msg = src->mail.bytes;
	} else {
		r = mail_header(s, serial, MIME_HEADER_MAX, &src->header);
		src->msg = buf_view(&src->header);
	}
	return r;
}

static bool missing(const struct derived *d, const struct derived_kind *const *kinds, size_t n_kinds, bool *ret_whole)
{
	bool any = false;

	*ret_whole = false;
	for (size_t k = 0; k < n_kinds; k++)
		if (!d->text[kinds[k]->kind].p) {
			any = true;
			*ret_whole |= kinds[k]->whole;
		}
	return any;
}

/* What one mail lacks. Returns the octets made. */
static size_t make(struct store *s, const struct derived_kind *const *kinds, size_t n_kinds, uint64_t serial, struct arena *a,
	struct derived *d, unsigned *ret_made)
{
	CLEAN(source_close) struct source src = { .header = BUF(2 * MIME_HEADER_MAX) };
	struct arena tmp = ARENA_INIT;
	struct buf   out = BUF(DERIVED_MAX);
	size_t       octets = 0;
	bool         whole;

	*ret_made = 0;
	if (!missing(d, kinds, n_kinds, &whole))
		return 0;
	d->error = source_open(&src, s, serial, whole);
	if (d->error < 0)
		return 0;
	for (size_t k = 0; k < n_kinds; k++) {
		if (d->text[kinds[k]->kind].p)
			continue;
		buf_reset(&out);
		kinds[k]->make(&tmp, src.msg, &out);
		if (out.failed || out.n == 0)
			continue;
		d->text[kinds[k]->kind] = arena_str(a, buf_view(&out));
		*ret_made |= 1U << kinds[k]->kind;
		octets += out.n;
	}
	buf_free(&out);
	arena_free(&tmp);
	return octets;
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
	unsigned *made = ARENA_NEW_N(a, n, unsigned);
	size_t    taken = 0, done = 0;
	bool      whole;
	int       r;

	for (size_t i = 0; i < n; i++)
		ret[i] = (struct derived){ .error = 0 };
	for (size_t k = 0; k < n_kinds; k++) {
		struct reading rd = { .a = a, .ret = ret, .kind = kinds[k], .room = room };

		r = mail_cached(s, kinds[k]->kind, serials, n, take, &rd);
		if (r < 0)
			return r;
		n = rd.n;
		taken += rd.taken;
	}
	for (; done < n; done++) {
		if (done > 0 && taken >= room && missing(&ret[done], kinds, n_kinds, &whole))
			break;
		taken += make(s, kinds, n_kinds, serials[done], a, &ret[done], &made[done]);
	}
	for (size_t k = 0; k < n_kinds; k++) {
		r = keep(s, kinds[k]->kind, serials, ret, made, done);
		if (r < 0)
			return r;
	}
	*ret_n = done;
	return 0;
}
