/* Base subjects: whatever comes is UTF-8 afterwards, and a base subject has none but itself. */
#include <stdint.h>
#include <stdlib.h>

#include "arena.h"
#include "subject.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf once = BUF(1 << 24), twice = BUF(1 << 24);

	subject_base((struct str){ (const char *)data, size }, &once);
	if (!text_is_utf8(buf_view(&once)))
		abort();
	/* An encoded word may spell another one. */
	if (str_find(buf_view(&once), STR("=?")) == once.n && (subject_base(buf_view(&once), &twice) || !str_eq(buf_view(&once), buf_view(&twice))))
		abort();
	buf_free(&once);
	buf_free(&twice);
	return 0;
}
