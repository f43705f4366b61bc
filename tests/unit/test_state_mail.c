/* A mail that says it is alone with its id is, whatever mails came, moved, got another id and went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "state_mail.h"
#include "store_priv.h"

enum { STEPS = 2000, MAILS = 40, IDS = 25, BOX = 1 };

struct model {
	struct state_txn t;
	uint64_t         serial[MAILS]; /* 0: none */
	unsigned         id[MAILS];
	unsigned         seed, names;
	struct arena     a;
};

static unsigned any(struct model *m, unsigned below)
{
	return (unsigned)rand_r(&m->seed) % below;
}

static struct str id_text(struct model *m, unsigned id)
{
	return str_of(arena_printf(&m->a, "%u@example.org", id));
}

static struct state_mail mail(struct model *m, unsigned i)
{
	struct str base = str_of(arena_printf(&m->a, "%u.host", m->names++));

	return (struct state_mail){ .serial = m->serial[i], .box = BOX, .uid = i + 1, .base = base, .id = id_text(m, m->id[i]) };
}

static void change(struct model *m, unsigned i)
{
	struct state_mail x;

	if (m->serial[i] == 0) {
		m->id[i] = any(m, IDS);
		x = mail(m, i);
		assert_int_equal(state_mail_add(&m->t, &x, false, STR(":2,")), 0);
		m->serial[i] = x.serial;
	} else if (any(m, 3) == 0) {
		assert_int_equal(state_mail_drop(&m->t, m->serial[i]), 0);
		m->serial[i] = 0;
	} else if (any(m, 2) == 0) {
		x = mail(m, i);
		assert_int_equal(state_mail_move(&m->t, &x, STR(":2,S")), 0);
	} else {
		m->id[i] = any(m, IDS);
		x = mail(m, i);
		assert_int_equal(state_mail_set(&m->t, &x), 0);
	}
}

static unsigned with_id(const struct model *m, unsigned id)
{
	unsigned n = 0;

	for (unsigned i = 0; i < MAILS; i++)
		n += m->serial[i] != 0 && m->id[i] == id;
	return n;
}

/* How many are alone. */
static unsigned assert_true_marks(struct model *m)
{
	unsigned alone = 0;

	for (unsigned i = 0; i < MAILS; i++) {
		struct state_mail x;

		if (m->serial[i] == 0)
			continue;
		assert_int_equal(state_mail_get(&m->t, m->serial[i], &x), 0);
		assert_true(str_eq(x.id, id_text(m, m->id[i])));
		if (x.alone)
			assert_int_equal(with_id(m, m->id[i]), 1);
		alone += x.alone;
	}
	return alone;
}

static void history(void **state)
{
	struct model m = { .seed = 7 };
	unsigned     alone = 0;

	assert_int_equal(state_write(&((struct fixture *)*state)->store->state, &m.t), 0);
	for (unsigned i = 0; i < STEPS; i++) {
		change(&m, any(&m, MAILS));
		alone += assert_true_marks(&m);
	}
	assert_true(alone > STEPS);
	state_abort(&m.t);
	arena_free(&m.a);
}

static void moved_or_renamed(void **state)
{
	struct model      m = { .seed = 1 };
	struct state_mail x;

	assert_int_equal(state_write(&((struct fixture *)*state)->store->state, &m.t), 0);
	x = mail(&m, 0);
	assert_int_equal(state_mail_add(&m.t, &x, true, STR("")), 0);
	m.serial[0] = x.serial;
	assert_int_equal(assert_true_marks(&m), 1);
	x = mail(&m, 0);
	assert_int_equal(state_mail_move(&m.t, &x, STR("")), 0);
	assert_int_equal(assert_true_marks(&m), 1);
	m.id[0] = 1;
	x = mail(&m, 0);
	assert_int_equal(state_mail_set(&m.t, &x), 0);
	assert_int_equal(assert_true_marks(&m), 1);
	state_abort(&m.t);
	arena_free(&m.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(history, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(moved_or_renamed, fixture_start, fixture_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
