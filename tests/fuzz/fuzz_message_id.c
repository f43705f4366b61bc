/* An id is never empty, never too long for notmuch; parameters, too, are read from the same octets. */
#include <stdint.h>
#include <stdlib.h>

#include "buf.h"
#include "header.h"
#include "limits.h"
#include "message_id.h"
#include "param.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena       a = ARENA_INIT;
	struct str         in = { (const char *)data, size }, id, main, sub, v;
	struct buf         b = BUF(size + 100);
	struct message_ids l = message_id_list(&a, in);
	struct params      p;

	must(l.n <= REFERENCES_MAX);
	for (size_t i = 0; i < l.n; i++)
		must(l.p[i].n > 0 && str_chr(l.p[i], '>') == l.p[i].n);
	buf_puts(&b, "Message-Id:");
	buf_str(&b, in);
	buf_puts(&b, "\n\nbody");
	id = message_id_notmuch(&a, buf_view(&b));
	must(id.n > 0 && id.n <= 189 && str_chr(id, '\0') == id.n);
	if (param_read(&a, in, &main, &sub, &p)) {
		must(main.n > 0 && p.n <= MIME_PARAMS_MAX && param_join(&a, p).n <= p.n);
		param_find(&a, p, STR("a"), &v);
	}
	buf_free(&b);
	arena_free(&a);
	return 0;
}
