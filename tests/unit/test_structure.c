#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "structure.h"

#include <inttypes.h>
#include <string.h>

#include "buf.h"
#include "limits.h"

/* A part as "type/subtype{header|body}", its children in () behind it, siblings joined by "+"; line ends as "~". */
static void put_slice(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			buf_putc(b, s.p[i] == '\n' ? '~' : s.p[i]);
}

static void put_part(struct buf *b, const struct part *p, struct str msg)
{
	buf_printf(b, "%.*s/%.*s{%" PRIu64 "|", STR_ARG(p->type), STR_ARG(p->subtype), p->hdr_len);
	if (p->kind == PART_LEAF)
		put_slice(b, part_body(p, msg));
	buf_putc(b, '}');
	for (const struct part *c = p->child; c; c = c->next) {
		buf_putc(b, c == p->child ? '(' : '+');
		put_part(b, c, msg);
	}
	if (p->child)
		buf_putc(b, ')');
}

#define MIXED "Content-Type: multipart/mixed; boundary=b\n\n"        /* 43 octets */

static const struct {
	const char *in, *want;
} cases[] = {
	{ "", "text/plain{0|}" },
	{ "no header\n", "text/plain{0|no header~}" },
	{ "\nbody\n", "text/plain{1|body~}" },
	{ "A: b\n", "text/plain{5|}" },
	{ "Content-Type: TEXT/Html\n\nx", "TEXT/Html{25|x}" },
	{ "Content-Type: nonsense\n\nx", "text/plain{24|x}" },
	{ MIXED "pre\n--b\n\none\n--b\n\ntwo\n--b--\npost\n", "multipart/mixed{43|}(text/plain{1|one}+text/plain{1|two})" },
	{ MIXED "--b\n\none\n\n--b--", "multipart/mixed{43|}(text/plain{1|one~})" },
	/* white space behind the boundary; none in front of it */
	{ MIXED "--b \t\n\none\n --b\n--b-- \n", "multipart/mixed{43|}(text/plain{1|one~ --b})" },
	/* a line that only begins like the boundary */
	{ MIXED "--b\n\none\n--bc\n--b-\n--b--\n", "multipart/mixed{43|}(text/plain{1|one~--bc~--b-})" },
	/* no end */
	{ MIXED "--b\n\none\n", "multipart/mixed{43|}(text/plain{1|one~})" },
	{ MIXED "--b\n", "multipart/mixed{43|}(text/plain{0|})" },
	{ MIXED "--b", "multipart/mixed{43|}(text/plain{0|})" },
	/* no part, no boundary: text */
	{ MIXED "text\n", "text/plain{43|text~}" },
	{ MIXED "--b--\n", "text/plain{43|--b--~}" },
	{ "Content-Type: multipart/mixed\n\n--b\n\n", "text/plain{31|--b~~}" },
	/* empty parts, parts without a header, headers without an empty line */
	{ MIXED "--b\n--b\n\n--b\n\n\n--b--\n", "multipart/mixed{43|}(text/plain{0|}+text/plain{1|}+text/plain{1|})" },
	{ MIXED "--b\nJust text.\n--b--\n", "multipart/mixed{43|}(text/plain{0|Just text.})" },
	{ MIXED "--b\nContent-Type: a/b\n--b--\n", "multipart/mixed{43|}(a/b{17|})" },
	/* behind the end boundary there is no part */
	{ MIXED "--b\n\none\n--b--\n--b\n\ntwo\n", "multipart/mixed{43|}(text/plain{1|one})" },
	/* nested; the end of the inner one is missing */
	{ MIXED "--b\nContent-Type: multipart/x; boundary=bb\n\n--bb\n\none\n--b\n\ntwo\n--b--\n",
	  "multipart/mixed{43|}(multipart/x{40|}(text/plain{1|one})+text/plain{1|two})" },
	/* nested, one boundary a prefix of the other, both ways */
	{ MIXED "--b\nContent-Type: multipart/x; boundary=bb\n\n--bb\n\none\n--bb--\n--b\n\ntwo\n--b--\n",
	  "multipart/mixed{43|}(multipart/x{40|}(text/plain{1|one})+text/plain{1|two})" },
	{ "Content-Type: multipart/mixed; boundary=bb\n\n--bb\n" MIXED "--b\n\none\n--b--\n--bb\n\ntwo\n--bb--\n",
	  "multipart/mixed{44|}(multipart/mixed{43|}(text/plain{1|one})+text/plain{1|two})" },
	/* a boundary that ends in "--" */
	{ "Content-Type: multipart/mixed; boundary=\"c--\"\n\n--c--\n\none\n--c----\n", "multipart/mixed{47|}(text/plain{1|one})" },
	/* the same boundary twice: the innermost is meant */
	{ MIXED "--b\n" MIXED "--b\n\none\n--b--\n--b\n\ntwo\n--b--\n",
	  "multipart/mixed{43|}(multipart/mixed{43|}(text/plain{1|one})+text/plain{1|two})" },
	/* RFC 2231 continuation of the boundary */
	{ "Content-Type: multipart/mixed; boundary*0=\"a b\";\n boundary*1=c\n\n--a bc\n\none\n--a bc--\n",
	  "multipart/mixed{64|}(text/plain{1|one})" },
	/* messages in it */
	{ "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: s\n\none\n--b\nContent-Type: text/plain\n\ntwo\n--b--\n",
	  "multipart/digest{44|}(message/rfc822{1|}(text/plain{12|one})+text/plain{26|two})" },
	{ "Content-Type: message/rfc822\n\nContent-Type: message/global\n\nA: b\n\nx",
	  "message/rfc822{30|}(message/global{30|}(text/plain{6|x}))" },
	{ MIXED "--b\nContent-Type: message/rfc822\n--b--\n", "multipart/mixed{43|}(message/rfc822{28|}(text/plain{0|}))" },
	{ MIXED "--b\nContent-Type: message/rfc822\n\nA: b\n\n--b--\n", "multipart/mixed{43|}(message/rfc822{30|}(text/plain{6|}))" },
	/* an encoded message cannot be looked into */
	{ "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nQTogYg==\n",
	  "application/octet-stream{64|QTogYg==~}" },
};

static void check_octets(const struct part *p)
{
	assert_true(p->hdr_octets >= p->hdr_len && p->body_octets >= p->body_len);
	assert_true(p->body_octets <= p->body_len + p->body_lines);
	for (const struct part *c = p->child; c; c = c->next) {
		assert_ptr_equal(c->parent, p);
		assert_true(c->hdr_off >= p->body_off && c->body_off + c->body_len <= p->body_off + p->body_len);
		check_octets(c);
	}
}

static void check_case(size_t i, struct str msg, bool crlf)
{
	struct arena a = ARENA_INIT;
	struct buf   b = BUF(10000);
	struct part *p = structure_read(&a, msg);

	check_octets(p);
	if (!crlf) {
		put_part(&b, p, msg);
		assert_string_equal(buf_z(&b), cases[i].want);
	} else {
		assert_true(p->hdr_octets == p->hdr_len && p->body_octets == p->body_len);
	}
	buf_free(&b);
	arena_free(&a);
}

/* The same structure with CRLF: its wire octets are those of the file then. */
static void test_structure(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str msg = str_of(cases[i].in), line, rest = msg;
		struct buf b = BUF(10000);
		bool       more = true;

		print_message("%s\n", cases[i].in);
		check_case(i, msg, false);
		while (more) {
			more = str_cut(rest, '\n', &line, &rest);
			buf_str(&b, line);
			if (more)
				buf_puts(&b, "\r\n");
		}
		check_case(i, buf_view(&b), true);
		buf_free(&b);
	}
}

/* 43 octets of header in two lines are 45 on the wire; "one~two" is 7 and 8, with one line end. */
static void test_counts(void **state)
{
	struct arena a = ARENA_INIT;
	struct str   msg = STR(MIXED "--b\n\none\ntwo\n--b\n\na\r\nb\rc\n\r\n--b--\n");
	struct part *p = structure_read(&a, msg), *one = p->child, *two = one->next;

	assert_int_equal(p->hdr_octets, 45);
	assert_int_equal(p->body_octets, msg.n - 43 + 8);
	assert_int_equal(one->body_octets, 8);
	assert_int_equal(one->body_lines, 1);
	assert_int_equal(two->body_len, 7);
	assert_int_equal(two->body_octets, 8);
	assert_int_equal(two->body_lines, 2);
	assert_int_equal(two->number, 2);
	arena_free(&a);
}

static void test_fields(void **state)
{
	struct arena a = ARENA_INIT;
	struct part *p = structure_read(&a, STR("Content-Type: text/plain; charset=x; charset=y\nContent-ID: <a@b>\n"
	                                        "Content-Description: two\n lines\nContent-MD5: Q2hlY2s=\n"
	                                        "content-transfer-ENCODING: Base64 (really)\nContent-Location: http://x\n"
	                                        "Content-Language: en, (x) de-AT (y),,\n"
	                                        "Content-Disposition: attachment; filename=\"a b\"\n\n"));

	assert_int_equal(p->params.n, 2);
	assert_true(str_eq(p->id, STR("<a@b>")));
	assert_true(str_eq(p->description, STR("two lines")));
	assert_true(str_eq(p->md5, STR("Q2hlY2s=")));
	assert_true(str_eq(p->encoding, STR("Base64")));
	assert_true(str_eq(p->location, STR("http://x")));
	assert_int_equal(p->n_languages, 2);
	assert_true(str_eq(p->languages[1], STR("de-AT")));
	assert_true(str_eq(p->disposition, STR("attachment")));
	assert_true(str_eq(p->disposition_params.p[0].value, STR("a b")));
	p = structure_read(&a, STR("A: b\n\n"));
	assert_true(str_eq(p->encoding, STR("7BIT")));
	assert_true(!p->id.p && !p->description.p && !p->md5.p && !p->disposition.p && !p->location.p);
	assert_int_equal(p->params.n + p->n_languages, 0);
	arena_free(&a);
}

/* The example of RFC 9051 section 6.4.5.1; each leaf says its own number. */
static const char complex[] = MIXED
	"--b\n\n1\n--b\nContent-Type: application/octet-stream\n\n2\n"
	"--b\nContent-Type: message/rfc822\n\nSubject: 3\nContent-Type: multipart/mixed; boundary=c\n\n"
	"--c\n\n3.1\n--c\nContent-Type: application/octet-stream\n\n3.2\n--c--\n"
	"--b\nContent-Type: multipart/mixed; boundary=d\n\n--d\nContent-Type: image/gif\n\n4.1\n"
	"--d\nContent-Type: message/rfc822\n\nSubject: 4.2\nContent-Type: multipart/mixed; boundary=e\n\n"
	"--e\n\n4.2.1\n--e\nContent-Type: multipart/alternative; boundary=f\n\n"
	"--f\n\n4.2.2.1\n--f\nContent-Type: text/richtext\n\n4.2.2.2\n--f--\n--e--\n--d--\n--b--\n";

static const struct {
	const char *msg;
	uint32_t    path[4];
	size_t      n;
	const char *want;               /* the type, and the body of a leaf; NULL: there is none */
} finds[] = {
	{ complex, { 1 }, 1, "text/plain 1" },
	{ complex, { 2 }, 1, "application/octet-stream 2" },
	{ complex, { 3 }, 1, "message/rfc822" },
	{ complex, { 3, 1 }, 2, "text/plain 3.1" },
	{ complex, { 3, 2 }, 2, "application/octet-stream 3.2" },
	{ complex, { 4 }, 1, "multipart/mixed" },
	{ complex, { 4, 1 }, 2, "image/gif 4.1" },
	{ complex, { 4, 2 }, 2, "message/rfc822" },
	{ complex, { 4, 2, 1 }, 3, "text/plain 4.2.1" },
	{ complex, { 4, 2, 2 }, 3, "multipart/alternative" },
	{ complex, { 4, 2, 2, 1 }, 4, "text/plain 4.2.2.1" },
	{ complex, { 4, 2, 2, 2 }, 4, "text/richtext 4.2.2.2" },
	{ complex, { 5 }, 1, NULL },
	{ complex, { 0 }, 1, NULL },
	{ complex, { 1, 1 }, 2, NULL },
	{ complex, { 3, 3 }, 2, NULL },
	{ "A: b\n\nx", { 1 }, 1, "text/plain x" },
	{ "A: b\n\nx", { 2 }, 1, NULL },
	{ "A: b\n\nx", { 1, 1 }, 2, NULL },
	{ "Content-Type: message/rfc822\n\nA: b\n\nx", { 1 }, 1, "message/rfc822" },
	{ "Content-Type: message/rfc822\n\nA: b\n\nx", { 1, 1 }, 2, "text/plain x" },
	{ "Content-Type: message/rfc822\n\nA: b\n\nx", { 1, 1, 1 }, 3, NULL },
	{ "Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nA: b\n\nx", { 1, 1 }, 2, "message/rfc822" },
	{ "Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nA: b\n\nx", { 1, 1, 1 }, 3, "text/plain x" },
};

static void test_find(void **state)
{
	for (size_t i = 0; i < sizeof(finds) / sizeof(*finds); i++) {
		struct arena a = ARENA_INIT;
		struct buf   b = BUF(1000);
		struct str   msg = str_of(finds[i].msg);
		struct part *p = part_find(structure_read(&a, msg), finds[i].path, finds[i].n);

		print_message("%zu\n", i);
		if (p)
			buf_printf(&b, "%.*s/%.*s", STR_ARG(p->type), STR_ARG(p->subtype));
		if (p && p->kind == PART_LEAF)
			buf_printf(&b, " %.*s", STR_ARG(part_body(p, msg)));
		assert_int_equal(p != NULL, finds[i].want != NULL);
		assert_string_equal(buf_z(&b), finds[i].want ? finds[i].want : "");
		buf_free(&b);
		arena_free(&a);
	}
}

static void test_envelope(void **state)
{
	struct arena a = ARENA_INIT;
	struct part *p = structure_read(&a, str_of(complex));

	assert_null(p->envelope);
	assert_true(str_eq(p->child->next->next->envelope->subject, STR("3")));
	arena_free(&a);
}

static void test_limits(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf   b = BUF(16 << 20);
	struct part *p;
	size_t       depth = 1, n = 0;

	for (int i = 0; i < 2 * MIME_DEPTH_MAX; i++)
		buf_puts(&b, "Content-Type: message/rfc822\n\n");
	for (p = structure_read(&a, buf_view(&b)); p->child; p = p->child)
		depth++;
	assert_int_equal(depth, MIME_DEPTH_MAX);
	assert_int_equal(p->kind, PART_LEAF);
	assert_true(str_eq(p->type, STR("text")));

	buf_reset(&b);
	buf_puts(&b, MIXED);
	for (int i = 0; i < MIME_PARTS_MAX + 100; i++)
		buf_puts(&b, "--b\n\nx\n");
	for (p = structure_read(&a, buf_view(&b))->child; p->next; p = p->next)
		n++;
	assert_int_equal(n + 2, MIME_PARTS_MAX);
	assert_int_equal(p->body_off + p->body_len, b.n);
	buf_free(&b);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_structure), cmocka_unit_test(test_counts),   cmocka_unit_test(test_fields),
		cmocka_unit_test(test_find),      cmocka_unit_test(test_envelope), cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
