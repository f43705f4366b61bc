/* A configuration: every value that its key takes is shown in a form that the key takes again, and means the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "conf_keys.h"
#include "ini.h"
#include "limits.h"

static int take(void *ctx, const struct ini_entry *e)
{
	struct conf           *c = ctx;
	const struct conf_key *k = conf_keys_find(e->section, e->key);
	struct buf             one = BUF(2 * CONF_LINE_MAX), two = BUF(2 * CONF_LINE_MAX);
	const char            *why;

	if (!k) {
		conf_keys_near_section(e->section);
		conf_keys_near_key(e->section, e->key);
		return 0;
	}
	if (conf_keys_set(c, k, e->value, &why) < 0)
		return 0;
	conf_keys_show(c, k, &one);
	if (conf_keys_set(c, k, buf_view(&one), &why) < 0)
		abort();
	conf_keys_show(c, k, &two);
	if (!str_eq(buf_view(&one), buf_view(&two)))
		abort();
	buf_free(&one);
	buf_free(&two);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct conf      c = { .arena = ARENA_INIT };
	struct ini_error e = { 0, NULL };
	int              r = ini_parse((struct str){ (const char *)data, n }, take, &c, &e);

	if ((r < 0) != (e.why != NULL))
		abort();
	arena_free(&c.arena);
	return 0;
}
