/* Modified UTF-7: printable ASCII is itself, "&" is "&-", and runs of all else are UTF-16BE in base64 between "&"
 * and "-", with "," for "/" and no padding. RFC 3501 section 5.1.3. */
#include "boxname.h"

#include <errno.h>
#include <string.h>

#include "text.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

static bool is_plain(uint32_t c)
{
	return c >= 0x20 && c <= 0x7e;
}

static bool is_high(uint32_t unit)
{
	return unit >= 0xd800 && unit <= 0xdbff;
}

static bool is_low(uint32_t unit)
{
	return unit >= 0xdc00 && unit <= 0xdfff;
}

/* One UTF-16 unit; *high holds the first half of a pair until the second comes. */
static int put_unit(struct buf *b, uint32_t unit, uint32_t *high)
{
	char     utf8[4];
	uint32_t c = unit;

	if (is_low(unit) != (*high != 0) || is_plain(unit))
		return -EBADMSG;
	if (is_high(unit)) {
		*high = unit;
		return 0;
	}
	if (*high)
		c = 0x10000 + ((*high - 0xd800) << 10) + (unit - 0xdc00);
	*high = 0;
	buf_put(b, utf8, text_utf8_put(c, utf8));
	return 0;
}

/* A run of base64, without its "&" and "-". */
static int put_run(struct buf *b, struct str run)
{
	uint32_t bits = 0, high = 0;
	unsigned n = 0;

	for (size_t i = 0; i < run.n; i++) {
		const char *digit = run.p[i] ? strchr(digits, run.p[i]) : NULL;

		if (!digit)
			return -EBADMSG;
		bits = bits << 6 | (uint32_t)(digit - digits);
		n += 6;
		if (n >= 16) {
			n -= 16;
			if (put_unit(b, bits >> n & 0xffff, &high) < 0)
				return -EBADMSG;
		}
	}
	/* What fills up the last digit is less than a digit, and zero. */
	return high || n >= 6 || (bits & ((1U << n) - 1)) ? -EBADMSG : 0;
}

int boxname_from_utf7(struct buf *b, struct str utf7)
{
	bool after_run = false;

	while (utf7.n > 0) {
		struct str run;

		if (utf7.p[0] != '&') {
			if (!is_plain((unsigned char)utf7.p[0]))
				return -EBADMSG;
			buf_putc(b, utf7.p[0]);
			utf7 = str_from(utf7, 1);
			after_run = false;
			continue;
		}
		if (!str_cut(str_from(utf7, 1), '-', &run, &utf7))
			return -EBADMSG;
		if (run.n == 0)
			buf_putc(b, '&');
		else if (after_run || put_run(b, run) < 0)
			return -EBADMSG;
		after_run = run.n > 0;
	}
	return 0;
}

/* Bits that wait for a whole digit. */
struct shift {
	bool     on;
	uint32_t bits;
	unsigned n;
};

static void shift_unit(struct buf *b, struct shift *s, uint32_t unit)
{
	if (!s->on)
		buf_putc(b, '&');
	s->on = true;
	s->bits = s->bits << 16 | unit;
	for (s->n += 16; s->n >= 6; s->n -= 6)
		buf_putc(b, digits[s->bits >> (s->n - 6) & 63]);
}

static void shift_end(struct buf *b, struct shift *s)
{
	if (!s->on)
		return;
	if (s->n > 0)
		buf_putc(b, digits[s->bits << (6 - s->n) & 63]);
	buf_putc(b, '-');
	*s = (struct shift){ 0 };
}

int boxname_to_utf7(struct buf *b, struct str utf8)
{
	struct shift s = { 0 };

	while (utf8.n > 0) {
		uint32_t c = 0;
		unsigned n = text_utf8_next(utf8, &c);

		if (n == 0)
			return -EBADMSG;
		if (is_plain(c)) {
			shift_end(b, &s);
			buf_puts(b, c == '&' ? "&-" : (char[]){ (char)c, '\0' });
		} else if (c >= 0x10000) {
			shift_unit(b, &s, 0xd800 + ((c - 0x10000) >> 10));
			shift_unit(b, &s, 0xdc00 + ((c - 0x10000) & 0x3ff));
		} else {
			shift_unit(b, &s, c);
		}
		utf8 = str_from(utf8, n);
	}
	shift_end(b, &s);
	return 0;
}
