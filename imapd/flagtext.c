#include "flagtext.h"

#include <stdlib.h>

#include "arena.h"
#include "boxname.h"
#include "buf.h"
#include "die.h"
#include "flags.h"
#include "keywords.h"
#include "labels.h"
#include "limits.h"

/* Open addressing; emptied when three quarters full, which takes more different sets than mailboxes have. */
enum { SLOTS = 1024, FULL = SLOTS * 3 / 4 };

struct slot {
	uint64_t   key;
	struct str text;                /* p NULL: free */
};

struct flagtext {
	struct store *store;
	struct arena  arena;
	struct slot   slots[SLOTS];
	size_t        n;
};

struct flagtext *flagtext_new(struct store *s)
{
	struct flagtext *t = calloc(1, sizeof(*t));

	if (!t)
		die_memory();
	t->store = s;
	t->arena = ARENA_INIT;
	return t;
}

void flagtext_free(struct flagtext *t)
{
	if (!t)
		return;
	arena_free(&t->arena);
	free(t);
}

/* What a slot is of, beside the flags and the set: below 256 with them (MAIL_* take six bits). */
enum { PLAIN = 0, RECENT = 128, LABELS = 64, LABELS_UTF8 = 64 + 128 };

static void put_flags(struct flagtext *t, const struct row *row, bool recent, struct buf *b)
{
	struct keyword_set kw = { 0 };

	if (recent)
		buf_puts(b, row->flags ? "\\Recent " : "\\Recent");
	flags_put(b, row->flags);
	if (keywords_of(t->store, row->kwset, &kw) < 0)
		kw.n = 0;
	for (size_t i = 0; i < kw.n; i++) {
		if (b->n > 1)
			buf_putc(b, ' ');
		buf_str(b, kw.v[i]);
	}
}

static void put_labels(struct flagtext *t, const struct row *row, bool utf8, struct buf *b)
{
	struct arena a = ARENA_INIT;
	struct str  *labels;
	size_t       n;

	if (labels_list(t->store, row, &a, &labels, &n) < 0)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_putc(b, ' ');
		boxname_put(b, labels[i], utf8);
	}
	arena_free(&a);
}

static struct str make(struct flagtext *t, const struct row *row, unsigned what)
{
	struct buf b = BUF(2 * KEYWORDS_MAX * KEYWORD_LENGTH_MAX * 3);
	struct str text;

	buf_putc(&b, '(');
	if (what & LABELS)
		put_labels(t, row, what == LABELS_UTF8, &b);
	else
		put_flags(t, row, what == RECENT, &b);
	buf_putc(&b, ')');
	text = arena_str(&t->arena, buf_view(&b));
	buf_free(&b);
	return text;
}

static struct str find(struct flagtext *t, const struct row *row, unsigned what)
{
	uint64_t key = (uint64_t)row->kwset << 8 | what | row->flags;
	size_t   at = (size_t)((key * 0x9e3779b97f4a7c15ULL) >> 54);

	for (; t->slots[at].text.p; at = (at + 1) % SLOTS)
		if (t->slots[at].key == key)
			return t->slots[at].text;
	if (t->n == FULL) {
		for (size_t i = 0; i < SLOTS; i++)
			t->slots[i].text = STR_NONE;
		arena_reset(&t->arena);
		t->n = 0;
		at = (size_t)((key * 0x9e3779b97f4a7c15ULL) >> 54);
	}
	t->slots[at] = (struct slot){ .key = key, .text = make(t, row, what) };
	t->n++;
	return t->slots[at].text;
}

struct str flagtext_of(struct flagtext *t, const struct row *row, bool recent)
{
	return find(t, row, recent ? RECENT : PLAIN);
}

struct str flagtext_labels(struct flagtext *t, const struct row *row, bool utf8)
{
	return find(t, row, utf8 ? LABELS_UTF8 : LABELS);
}
