/* The texts of a mail that are kept for SEARCH: each can be made of whatever a file holds, is read again, and is as a search expects it. */
#include <stdlib.h>

#include "attached.h"
#include "headtext.h"
#include "limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct derived_kind *kind, int (*read)(struct str, struct str *), struct str msg, size_t max)
{
	struct arena a = ARENA_INIT;
	struct buf   out = BUF(DERIVED_MAX);
	struct str   text;

	kind->make(&a, msg, &out);
	if (out.n > 0 && (!str_starts(buf_view(&out), kind->version) || read(buf_view(&out), &text) < 0 || text.n > max))
		abort();
	buf_free(&out);
	arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str msg = { (const char *)data, size };

	check(&headtext_kind, headtext_read, msg, DERIVED_MAX);
	check(&attached_kind, attached_read, msg, ATTACHED_MAX);
	return 0;
}
