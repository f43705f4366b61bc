/* Fields and what follows cover a header without a gap; a subset and its complement together are the header again, and
 * reading an envelope stays inside. */
#include <stdint.h>
#include <stdlib.h>

#include "envelope.h"
#include "header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static size_t total(struct header_slices s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i].n;
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str    names[] = { STR("a"), STR("Subject"), STR("To") };
	struct arena        a = ARENA_INIT;
	struct str          msg = { (const char *)data, size };
	struct str          header = str_mid(msg, 0, header_end(msg)), rest = header, v;
	struct header_field f;
	size_t              n = 0, with, without;

	while (header_next(&rest, &f)) {
		must(f.raw.n > 0 && f.raw.p == header.p + n);
		must(!f.name.p || header_find(header, f.name, &v));
		v = header_unfold(&a, f.value);
		must(str_chr(v, '\n') == v.n && v.n <= f.value.n);
		n += f.raw.n;
	}
	must(n + rest.n == header.n && (rest.n == 0 || header_at_end(rest)));
	must(header.n > 0 || !header_begins(msg));
	with = total(header_subset(&a, header, names, 3, true));
	without = total(header_subset(&a, header, names, 3, false));
	must(with + without == header.n + rest.n);
	envelope_read(&a, header);
	arena_free(&a);
	return 0;
}
