#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "text.h"

enum { LONGEST_NAME = 40 };

struct charset {
	iconv_t    cd;
	bool       utf8;                /* cd is not open: UTF-8, and windows-1252 where it is none */
	struct buf in;                  /* octets that wait for what completes them */
};

/* What mail means by a name, where that is not what iconv means. */
static const struct {
	struct str name;
	const char *is;                 /* NULL: UTF-8 */
} aliases[] = {
	{ { "", 0 },                NULL },
	{ { "us-ascii", 8 },        NULL },
	{ { "ascii", 5 },           NULL },
	{ { "ansi_x3.4-1968", 14 }, NULL },
	{ { "utf-8", 5 },           NULL },
	{ { "utf8", 4 },            NULL },
	{ { "iso-8859-1", 10 },     "CP1252" },
	{ { "iso8859-1", 9 },       "CP1252" },
	{ { "latin1", 6 },          "CP1252" },
	{ { "gb2312", 6 },          "GB18030" },
	{ { "gbk", 3 },             "GB18030" },
	{ { "ks_c_5601-1987", 14 }, "CP949" },
	{ { "euc-kr", 6 },          "CP949" },
	{ { "shift_jis", 9 },       "CP932" },
	{ { "x-sjis", 6 },          "CP932" },
	{ { "unicode-1-1-utf-7", 17 }, "UTF-7" },
};

/* windows-1252, octets 0x80 to 0x9F; 0: not assigned. */
static const uint16_t cp1252[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
	0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
	0x0153, 0,      0x017E, 0x0178,
};

/* Whether iconv may be asked: no "/" in it, which would mean options or a path. */
static bool is_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      (c && strchr("-_.:+", c))))
			return false;
	}
	return name.n <= LONGEST_NAME;
}

int charset_open(struct str name, struct charset **ret_charset)
{
	struct charset  c = { .cd = (iconv_t)-1, .in = BUF(SIZE_MAX) };
	char            z[LONGEST_NAME + 1] = "";
	const char     *is = z;

	name = str_trim(name);
	if (!is_name(name))
		return -EOPNOTSUPP;
	if (name.n > 0)
		memcpy(z, name.p, name.n);
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (str_ieq(name, aliases[i].name))
			is = aliases[i].is;
	c.utf8 = !is;
	if (!c.utf8)
		c.cd = iconv_open("UTF-8", is);
	if (!c.utf8 && c.cd == (iconv_t)-1)
		return -EOPNOTSUPP;
	*ret_charset = malloc(sizeof(c));
	if (!*ret_charset)
		die_memory();
	**ret_charset = c;
	return 0;
}

void charset_close(struct charset *c)
{
	if (!c)
		return;
	if (!c->utf8)
		iconv_close(c->cd);
	buf_free(&c->in);
	free(c);
}

/* Whether s, at most 3 octets long, may become a character when more octets come. */
static bool is_cut(struct str s)
{
	unsigned char lead = (unsigned char)s.p[0];
	size_t        want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (lead < 0xC2 || lead > 0xF4 || s.n >= want)
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (((unsigned char)s.p[i] & 0xC0) != 0x80)
			return false;
	return true;
}

static void put_octet(unsigned char c, struct buf *out)
{
	uint32_t u = c >= 0xA0 ? c : cp1252[c & 31];
	char     p[4];

	buf_put(out, p, text_utf8_put(u ? u : 0xFFFD, p));
}

/* Octets of s that are done; those left are a character's beginning. */
static size_t put_utf8(struct str s, bool last, struct buf *out)
{
	size_t   i = 0, good = 0;
	uint32_t u;

	while (i < s.n && !out->failed) {
		unsigned n = (unsigned char)s.p[i] < 128 ? 1 : text_utf8_next(str_from(s, i), &u);

		if (n > 0) {
			i += n;
			continue;
		}
		buf_put(out, s.p + good, i - good);
		good = i;
		if (!last && s.n - i < 4 && is_cut(str_from(s, i)))
			return i;
		put_octet((unsigned char)s.p[i], out);
		good = ++i;
	}
	buf_put(out, s.p + good, i - good);
	return i;
}

/* What iconv made, whole characters: some of its converters pass on what lies above U+10FFFF. */
static void put_valid(struct str s, struct buf *out)
{
	size_t   good = 0;
	uint32_t u;

	for (size_t i = 0; i < s.n;) {
		unsigned n = text_utf8_next(str_from(s, i), &u);

		i += n > 0 ? n : 1;
		if (n > 0)
			continue;
		buf_put(out, s.p + good, i - 1 - good);
		buf_puts(out, "\xEF\xBF\xBD");
		good = i;
	}
	buf_put(out, s.p + good, s.n - good);
}

static size_t put_iconv(iconv_t cd, struct str s, bool last, struct buf *out)
{
	enum { ROOM = 4096 };
	char  *in = (char *)s.p;
	size_t left = s.n;

	while (left > 0 && !out->failed) {
		char   room[ROOM], *to = room;
		size_t free_octets = ROOM;
		int    err = iconv(cd, &in, &left, &to, &free_octets) == (size_t)-1 ? errno : 0;

		put_valid((struct str){ room, (size_t)(to - room) }, out);
		if (err == 0 || err == E2BIG)
			continue;
		if (err == EINVAL && !last)
			break;
		buf_puts(out, "\xEF\xBF\xBD");
		in++;
		left--;
	}
	return s.n - left;
}

static void flush(iconv_t cd, struct buf *out)
{
	char   room[16], *to = room;
	size_t left = sizeof(room);

	iconv(cd, NULL, NULL, &to, &left);
	buf_put(out, room, (size_t)(to - room));
}

void charset_put(struct charset *c, struct str in, bool last, struct buf *out)
{
	struct str s = in;
	size_t     done = 0;

	if (c->in.n > 0) {
		buf_str(&c->in, in);
		s = buf_view(&c->in);
	}
	if (s.n > 0)
		done = c->utf8 ? put_utf8(s, last, out) : put_iconv(c->cd, s, last, out);
	if (c->in.n > 0)
		buf_skip(&c->in, done);
	else
		buf_str(&c->in, str_from(s, done));
	if (last && !c->utf8)
		flush(c->cd, out);
	if (last || out->failed)
		buf_reset(&c->in);
}

int charset_to_utf8(struct str name, struct str in, struct buf *out)
{
	struct charset *c;
	int             r = charset_open(name, &c);

	if (r < 0)
		return r;
	charset_put(c, in, true, out);
	charset_close(c);
	return 0;
}
