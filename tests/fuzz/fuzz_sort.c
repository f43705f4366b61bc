/* SORT's arguments: whatever comes is read or refused, and no field comes twice. */
#include <stdlib.h>

#include "command.h"
#include "read_sort.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct sort_args *args)
{
	if (args->n_keys == 0 || args->n_keys > SORT_FIELDS || args->search.options == 0 || !args->search.root != args->search.bad_charset)
		abort();
	for (size_t i = 0; i < args->n_keys; i++)
		for (size_t k = 0; k < i; k++)
			if (args->keys[i].field == args->keys[k].field)
				abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int (*const parsers[])(struct request *, void **) = { read_sort, read_sort_thread };

	for (size_t i = 0; i < 2; i++) {
		struct arena   a = ARENA_INIT;
		struct request rq = { .arena = &a };
		void          *args;

		lex_init(&rq.lx, (struct str){ (const char *)data, size }, &a);
		if (parsers[i](&rq, &args) < 0) {
			if (!rq.lx.why)
				abort();
		} else if (i == 0) {
			check(args);
		}
		arena_free(&a);
	}
	return 0;
}
