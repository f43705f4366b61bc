#include "message_id.h"

#include <errno.h>
#include <stdlib.h>                     /* before gmime.h: our limits.h hides a part of the system one from it */
#include <gmime/gmime.h>
#include <string.h>

#include "header.h"
#include "limits.h"
#include "text.h"
#include "token.h"
#include "vec.h"

enum { LONGEST = 189 };                 /* NOTMUCH_MESSAGE_ID_MAX: 200 less sizeof "thread_id_" */

static struct str sha1(struct arena *a, struct str s)
{
	char      *hex = g_compute_checksum_for_data(G_CHECKSUM_SHA1, (const guchar *)(s.n > 0 ? s.p : ""), s.n);
	struct str id = str_of(arena_printf(a, "notmuch-sha1-%s", hex));

	g_free(hex);
	return id;
}

/* notmuch has GMime decode the value as unstructured text, twice. Of plain ASCII nothing changes by it. */
static struct str decoded(struct arena *a, struct str value)
{
	char      *once, *twice;
	struct str res;

	if (text_is_ascii(value) && str_find(value, STR("=?")) == value.n)
		return value;
	g_mime_init();                  /* counts; all but the first time it is cheap */
	once = g_mime_utils_header_decode_text(NULL, arena_z(a, value));
	twice = g_mime_utils_header_decode_text(NULL, once);
	res = arena_str(a, str_of(twice));
	g_free(once);
	g_free(twice);
	return res;
}

/* As isspace(3) in the C locale. */
static bool is_space(char c)
{
	return token_is_space(c) || c == '\v' || c == '\f';
}

/* notmuch's comment: one that is not closed goes to the end. */
static void skip_comments(struct str *s)
{
	while (s->n > 0 && (is_space(s->p[0]) || s->p[0] == '(')) {
		size_t n = 0, depth = 0;

		do {
			if (s->p[n] == '(')
				depth++;
			else if (s->p[n] == ')' && depth > 0)
				depth--;
			else if (s->p[n] == '\\' && n + 1 < s->n)
				n++;
			n++;
		} while (depth > 0 && n < s->n);
		*s = str_from(*s, n);
	}
}

/* The next id in angle brackets; *s goes behind it. STR_NONE when there is none, or less than `least` octets in it. */
static struct str next_id(struct arena *a, struct str *s, size_t least)
{
	struct str id;
	size_t     n = 0;
	bool       closed;
	char      *p;

	skip_comments(s);
	*s = str_from(*s, str_chr(*s, '<'));
	*s = str_from(*s, 1);
	skip_comments(s);
	closed = str_cut(*s, '>', &id, s);      /* without '>' it goes to the end */
	if (id.n == 0 || (closed && id.n < least))
		return STR_NONE;
	if (str_chr(id, ' ') == id.n && str_chr(id, '\t') == id.n)
		return id;
	p = arena_alloc(a, id.n);
	for (size_t i = 0; i < id.n; i++) {
		if ((id.p[i] == ' ' || id.p[i] == '\t') && ++i == id.n)
			break;
		p[n++] = id.p[i];       /* behind a blank anything: notmuch drops but every second one of a run */
	}
	return (struct str){ p, n };
}

/* GMime's value: a C string, in which no CR or LF is left. */
static struct str plain_value(struct arena *a, struct str value)
{
	size_t n = 0;
	char  *p;

	value = str_mid(value, 0, str_chr(value, '\0'));
	if (str_chr(value, '\r') == value.n && str_chr(value, '\n') == value.n)
		return value;
	p = arena_alloc(a, value.n);
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] != '\r' && value.p[i] != '\n')
			p[n++] = value.p[i];
	return (struct str){ p, n };
}

int message_id_of_header(struct arena *a, struct str header, struct str *ret_id)
{
	struct str value, id, rest;

	if (!header_find(header, STR("Message-Id"), &value) || value.n == 0)
		return -ENODATA;
	value = decoded(a, plain_value(a, value));
	if (value.n == 0)
		return -ENODATA;
	rest = value;
	id = next_id(a, &rest, 2);      /* notmuch sees nothing in "<a>" */
	if (id.n == 0)
		id = value;             /* no id by any standard, but notmuch takes it */
	if (id.n > LONGEST)
		id = sha1(a, (struct str){ arena_z(a, id), id.n + 1 }); /* notmuch takes the NUL at the end, too */
	*ret_id = id;
	return 0;
}

struct str message_id_notmuch(struct arena *a, struct str msg)
{
	struct str id;

	if (message_id_of_header(a, str_mid(msg, 0, header_end(msg)), &id) < 0)
		id = sha1(a, msg);
	return id;
}

struct message_ids message_id_list(struct arena *a, struct str value)
{
	struct message_ids res;
	VEC(struct str)    found = { 0 };
	struct str         id;
	size_t             skip;

	value = plain_value(a, value);
	while (value.n > 0) {
		id = next_id(a, &value, 1);
		if (id.n > 0)
			VEC_PUSH(&found, id);
	}
	skip = found.n > REFERENCES_MAX ? found.n - REFERENCES_MAX : 0;
	res = (struct message_ids){ ARENA_NEW_N(a, found.n - skip, struct str), found.n - skip };
	if (res.n > 0)
		memcpy(res.p, found.p + skip, res.n * sizeof(*res.p));
	VEC_FREE(&found);
	return res;
}
