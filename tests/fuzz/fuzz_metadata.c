/* Arguments of GETMETADATA and SETMETADATA: whatever comes is read or refused; what was read keeps to the limits, and finds itself. */
#include <stdlib.h>

#include "command.h"
#include "limits.h"
#include "read_metadata.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_name(struct str name)
{
	if (name.n > METADATA_NAME_MAX || str_chr(name, '*') < name.n || str_chr(name, '%') < name.n || str_ends(name, STR("/")) ||
	    !metadata_wants(&(struct metadata_wanted){ &name, 1, 0 }, name))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int (*const parsers[])(struct request *, void **) = { read_metadata_get, read_metadata_set };

	for (size_t i = 0; i < 2; i++) {
		struct arena                    a = ARENA_INIT;
		struct request                  rq = { .arena = &a, .rev2 = size % 2 };
		const struct read_metadata_get *get;
		const struct read_metadata_set *set;
		void                           *args;

		lex_init(&rq.lx, (struct str){ (const char *)data, size }, &a);
		if (parsers[i](&rq, &args) < 0) {
			if (!rq.lx.why)
				abort();
			arena_free(&a);
			continue;
		}
		get = args;
		set = args;
		if ((i == 0 ? get->wanted.n : set->n) == 0 || (i == 0 ? get->wanted.n : set->n) > METADATA_NAMES_MAX)
			abort();
		for (size_t k = 0; k < (i == 0 ? get->wanted.n : set->n); k++)
			check_name(i == 0 ? get->wanted.entries[k] : set->v[k].entry);
		arena_free(&a);
	}
	return 0;
}
