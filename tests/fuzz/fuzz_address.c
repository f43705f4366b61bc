/* Groups are well formed, and a list written again in the plainest form reads as the same. */
#include <stdint.h>
#include <stdlib.h>

#include "address.h"
#include "buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static void put_quoted(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\' || s.p[i] == '\n' || s.p[i] == '\r')
			buf_putc(b, '\\');
		buf_putc(b, s.p[i]);
	}
	buf_putc(b, '"');
}

/* Whether a quoted string can carry it: no line end, which would be folding. */
static bool is_plain(struct str s)
{
	return str_chr(s, '\n') == s.n && str_chr(s, '\r') == s.n;
}

static void check_again(struct arena *a, struct address x)
{
	struct buf       b = BUF(1 << 20);
	struct addresses again;

	if (!is_plain(x.name) || !is_plain(x.mailbox))
		return;
	put_quoted(&b, x.name);
	buf_putc(&b, '<');
	put_quoted(&b, x.mailbox);
	buf_puts(&b, "@x.test>");
	again = address_read(a, buf_view(&b));
	must(again.n == 1 && str_eq(again.p[0].name, x.name) && str_eq(again.p[0].mailbox, x.mailbox));
	must(str_eq(again.p[0].host, STR("x.test")));
	buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena     a = ARENA_INIT;
	struct addresses l = address_read(&a, (struct str){ (const char *)data, size });
	bool             in_group = false;

	for (size_t i = 0; i < l.n; i++) {
		struct address x = l.p[i];

		must(!x.name.p || x.name.n > 0);
		if (x.host.p) {
			must(x.mailbox.p);
			check_again(&a, x);
			continue;
		}
		must(!x.name.p && !x.adl.p && in_group == !x.mailbox.p);
		in_group = !in_group;
	}
	must(!in_group);
	arena_free(&a);
	return 0;
}
