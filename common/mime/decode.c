#include "decode.h"

#include <errno.h>
#include <string.h>

int decode_kind_of(struct str encoding, enum decode_kind *ret_kind)
{
	static const struct {
		struct str       name;
		enum decode_kind kind;
	} kinds[] = {
		{ { "", 0 },                  DECODE_NONE },
		{ { "7bit", 4 },              DECODE_NONE },
		{ { "8bit", 4 },              DECODE_NONE },
		{ { "binary", 6 },            DECODE_NONE },
		{ { "base64", 6 },            DECODE_BASE64 },
		{ { "quoted-printable", 16 }, DECODE_QP },
	};

	encoding = str_trim(encoding);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (str_ieq(encoding, kinds[i].name)) {
			*ret_kind = kinds[i].kind;
			return 0;
		}
	}
	return -EOPNOTSUPP;
}

struct decoder decode_begin(enum decode_kind kind, struct str body)
{
	return (struct decoder){ .kind = kind, .rest = body, .lines = octets_reader(body) };
}

/* RFC 4648 section 4: letter + 1, 0 for what is not in the alphabet. */
static const unsigned char alphabet[256] = {
	['A'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
	['a'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
	['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
	['+'] = 63, ['/'] = 64,
};

/* Four letters at once; false when one of them is something else. */
static bool read_four(const char *p, char *out)
{
	unsigned char a = alphabet[(unsigned char)p[0]], b = alphabet[(unsigned char)p[1]];
	unsigned char c = alphabet[(unsigned char)p[2]], d = alphabet[(unsigned char)p[3]];
	uint32_t      v;

	if (!a || !b || !c || !d)
		return false;
	v = (uint32_t)(a - 1) << 18 | (uint32_t)(b - 1) << 12 | (uint32_t)(c - 1) << 6 | (uint32_t)(d - 1);
	out[0] = (char)(v >> 16);
	out[1] = (char)(v >> 8);
	out[2] = (char)v;
	return true;
}

static size_t read_base64(struct decoder *d, char *out, size_t n)
{
	const char *p = d->rest.p, *end = p + d->rest.n;
	size_t      done = 0;

	while (p < end && done < n) {
		if (d->n_bits == 0 && end - p >= 4 && n - done >= 3 && read_four(p, out + done)) {
			p += 4;
			done += 3;
			continue;
		}
		if (*p == '=')
			d->n_bits = 0;
		if (alphabet[(unsigned char)*p]) {
			d->bits = (d->bits << 6 | (uint32_t)(alphabet[(unsigned char)*p] - 1)) & 0xffff;
			d->n_bits += 6;
		}
		p++;
		if (d->n_bits >= 8) {
			d->n_bits -= 8;
			out[done++] = (char)(d->bits >> d->n_bits);
		}
	}
	d->rest = (struct str){ p, (size_t)(end - p) };
	return done;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Octets of the line end at s: 2, 1, or 0 when there is none. */
static size_t line_end(struct str s)
{
	if (s.n > 0 && s.p[0] == '\n')
		return 1;
	return s.n > 1 && s.p[0] == '\r' && s.p[1] == '\n' ? 2 : 0;
}

static size_t blanks(struct str s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return n;
}

/* Behind an '=': one octet, the end of a line that goes on, or nothing of quoted-printable. True: *out is one octet. */
static bool read_escape(struct decoder *d, char *out)
{
	struct str s = str_from(d->rest, 1);
	int        hi = s.n >= 2 ? hex_digit(s.p[0]) : -1, lo = hi >= 0 ? hex_digit(s.p[1]) : -1;
	size_t     n = blanks(s);

	if (lo >= 0) {
		*out = (char)(hi * 16 + lo);
		d->rest = str_from(s, 2);
		return true;
	}
	if (n == s.n || line_end(str_from(s, n)) > 0) {
		d->rest = str_from(s, n + line_end(str_from(s, n)));
		return false;
	}
	*out = '=';
	d->rest = s;
	return true;
}

/* What goes out next as it stands: blanks in front of a line end do not (RFC 2045 section 6.7, rule 3). */
static void read_plain(struct decoder *d)
{
	struct str s = d->rest;
	size_t     n = blanks(s), end = line_end(str_from(s, n));

	if (n == s.n || end > 0) {
		d->pending = end > 0 ? STR("\r\n") : STR_NONE;
		d->rest = str_from(s, n + end);
		return;
	}
	if (n == 0 && s.p[0] == '\r')
		n = 1;
	while (n < s.n && s.p[n] != '=' && s.p[n] != ' ' && s.p[n] != '\t' && s.p[n] != '\r' && s.p[n] != '\n')
		n++;
	d->pending = str_mid(s, 0, n);
	d->rest = str_from(s, n);
}

static size_t read_qp(struct decoder *d, char *out, size_t n)
{
	size_t done = 0;

	while (done < n && (d->pending.n > 0 || d->rest.n > 0)) {
		struct str piece = str_mid(d->pending, 0, n - done);

		if (piece.n > 0) {
			memcpy(out + done, piece.p, piece.n);
			done += piece.n;
			d->pending = str_from(d->pending, piece.n);
		} else if (d->rest.p[0] != '=') {
			read_plain(d);
		} else if (read_escape(d, out + done)) {
			done++;
		}
	}
	return done;
}

size_t decode_read(struct decoder *d, char *out, size_t n)
{
	switch (d->kind) {
	case DECODE_BASE64:
		return read_base64(d, out, n);
	case DECODE_QP:
		return read_qp(d, out, n);
	case DECODE_NONE:
		break;
	}
	return octets_read(&d->lines, out, n);
}

uint64_t decode_size(enum decode_kind kind, struct str body)
{
	struct decoder d = decode_begin(kind, body);
	char           room[16 * 1024];
	uint64_t       size = 0;
	uint32_t       lines;
	size_t         n;

	if (kind == DECODE_NONE)
		return octets_count(body, &lines);
	while ((n = decode_read(&d, room, sizeof(room))) > 0)
		size += n;
	return size;
}
