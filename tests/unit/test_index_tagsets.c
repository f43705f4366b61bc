/* The tags of all messages of the index at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fixture.h"
#include "index_tagsets.h"
#include "index_write.h"
#include "store_priv.h"
#include "strmap.h"

static const struct str tags[] = { STR_LIT("a \"b\""), STR_LIT("inbox"), STR_LIT("unread"), STR_LIT("zz (x) or *") };

/* Which of the tags a message has: a bit each. */
struct mail {
	const char *id;
	unsigned    tags;
};

static void add(struct fixture *f, const struct mail *m, size_t n)
{
	struct index_writer *w;
	const char          *why = "";

	assert_int_equal(index_writer_open(f->store->index_conf, &w, &why), 0);
	assert_int_equal(index_writer_begin(w), 0);
	for (size_t i = 0; i < n; i++) {
		const char *path = arena_printf(&f->a, "cur/%s:2,S", m[i].id);
		struct str  got, has[4];
		size_t      n_has = 0;

		for (size_t k = 0; k < 4; k++)
			if (m[i].tags >> k & 1)
				has[n_has++] = tags[k];
		fixture_mail(f, path, m[i].id);
		assert_int_equal(index_writer_add(w, STR_NONE, path, has, n_has, &f->a, &got), 0);
	}
	assert_int_equal(index_writer_commit(w), 0);
	index_writer_close(w);
}

static struct index_tagsets *load(struct fixture *f, size_t n, uint32_t at_once)
{
	struct index_tagsets *t;

	assert_int_equal(index_tagsets_load(store_index(f->store), n, at_once, &t), 0);
	return t;
}

static void assert_tags(struct fixture *f, const struct index_tagsets *t, const struct mail *m)
{
	const struct str *has;
	size_t            n, at = 0;

	assert_true(index_tagsets_get(t, str_of(m->id), &f->a, &has, &n));
	for (size_t k = 0; k < 4; k++)
		if (m->tags >> k & 1)
			assert_true(at < n && str_eq(has[at++], tags[k]));
	assert_int_equal(at, n);
}

static void every_set(void **state)
{
	enum { N = 40 };
	struct fixture       *f = *state;
	struct mail           m[N];
	struct index_version  version;
	struct index_tagsets *t;
	const struct str     *has;
	size_t                n;

	for (unsigned i = 0; i < N; i++)
		m[i] = (struct mail){ arena_printf(&f->a, "%u@x", i), i * 7 % 16 };
	for (unsigned i = 0; i < N; i += 8)     /* in revisions of their own */
		add(f, m + i, 8);
	for (uint32_t at_once = 1; at_once < 1000; at_once *= 10) {
		t = load(f, N, at_once);
		for (unsigned i = 0; i < N; i++)
			assert_tags(f, t, &m[i]);
		index_tagsets_free(t);
	}
	t = load(f, N, 1);
	assert_false(index_tagsets_get(t, STR("none@x"), &f->a, &has, &n));
	index_version(store_index(f->store), &version);
	assert_int_equal(index_tagsets_revision(t), version.revision);
	index_tagsets_free(t);

	t = load(f, 2, N);
	assert_null(t);
}

struct hashed {
	uint32_t hash, n;
};

static int by_hash(const void *a, const void *b)
{
	const struct hashed *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Two ids of one hash, as the map of an index with this UUID has it. */
static void collide(struct fixture *f, const char *uuid, struct mail *ret)
{
	enum { MANY = 1 << 20 };        /* some 128 pairs of them */
	uint64_t       seed = strmap_hash(0, str_of(uuid));
	struct hashed *v = calloc(MANY, sizeof(*v));
	size_t         i = 1;
	char           id[20];

	assert_non_null(v);
	for (uint32_t n = 0; n < MANY; n++) {
		snprintf(id, sizeof(id), "%u@y", n);
		v[n] = (struct hashed){ strmap_hash(seed, str_of(id)), n };
	}
	qsort(v, MANY, sizeof(*v), by_hash);
	while (i < MANY && v[i].hash != v[i - 1].hash)
		i++;
	assert_true(i < MANY);
	ret[0].id = arena_printf(&f->a, "%u@y", v[i - 1].n);
	ret[1].id = arena_printf(&f->a, "%u@y", v[i].n);
	free(v);
}

/* They are told apart by asking the messages. */
static void ids_of_one_hash(void **state)
{
	struct fixture       *f = *state;
	struct mail           m[] = { { "1@x", 2 }, { NULL, 1 }, { "2@x", 3 }, { NULL, 4 }, { "3@x", 12 } };
	struct mail           pair[2];
	struct index_version  version;
	struct index_tagsets *t;
	const struct str     *has;
	size_t                n;

	add(f, m, 1);
	index_version(store_index(f->store), &version);
	collide(f, version.uuid, pair);
	m[1].id = pair[0].id;
	m[3].id = pair[1].id;
	add(f, m + 1, 4);
	t = load(f, 5, 100);
	assert_false(index_tagsets_get(t, str_of(m[1].id), &f->a, &has, &n));
	assert_false(index_tagsets_get(t, str_of(m[3].id), &f->a, &has, &n));
	for (size_t i = 0; i < 5; i += 2)
		assert_tags(f, t, &m[i]);
	index_tagsets_free(t);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = { T(every_set), T(ids_of_one_hash) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
