/* What is made from a header's kept fields: the same as from the header itself. */
#include <stdlib.h>

#include "fields.h"
#include "folded.h"
#include "item_envelope.h"
#include "limits.h"
#include "traits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compare(const struct derived_kind *kind, struct str msg, struct str fields)
{
	struct arena a = ARENA_INIT;
	struct buf   one = BUF(DERIVED_MAX), two = BUF(DERIVED_MAX);

	kind->make(&a, msg, &one);
	kind->make(&a, fields, &two);
	if (!str_eq(buf_view(&one), buf_view(&two)))
		abort();
	buf_free(&one);
	buf_free(&two);
	arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str   msg = { (const char *)data, size }, fields;
	struct arena a = ARENA_INIT;
	struct buf   text = BUF(DERIVED_MAX);

	fields_kind.make(&a, msg, &text);
	if (text.n > 0) {
		if (fields_read(buf_view(&text), &fields) < 0)
			abort();
		compare(&folded_kind, msg, fields);
		compare(&traits_kind, msg, fields);
		compare(&item_envelope_kind, msg, fields);
	}
	buf_free(&text);
	arena_free(&a);
	return 0;
}
