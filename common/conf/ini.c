#include "ini.h"

#include <errno.h>
#include <stdbool.h>

#include "limits.h"
#include "text.h"

static int bad(struct ini_error *e, unsigned line, const char *why)
{
	*e = (struct ini_error){ line, why };
	return -EBADMSG;
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f)
			return true;
	return false;
}

static const char *line_fault(struct str line)
{
	if (line.n > CONF_LINE_MAX)
		return "the line is too long";
	if (!text_is_utf8(line))
		return "the line is not UTF-8";
	if (has_control(line))
		return "the line holds a control character";
	return NULL;
}

/* "[name]" into the name; false when it is something else. */
static bool read_section(struct str line, struct str *ret_name)
{
	struct str name;

	if (line.n < 3 || line.p[line.n - 1] != ']')
		return false;
	name = str_mid(line, 1, line.n - 2);
	if (str_chr(name, '[') < name.n || str_chr(name, ']') < name.n)
		return false;
	*ret_name = name;
	return true;
}

int ini_parse(struct str text, int (*entry)(void *ctx, const struct ini_entry *e), void *ctx,
	      struct ini_error *ret_error)
{
	struct ini_entry e = { .line = 0 };

	if (text.n > CONF_SIZE_MAX)
		return bad(ret_error, 1, "the file is too large");
	while (text.n > 0) {
		struct str  line;
		const char *why;
		int         r;

		e.line++;
		str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		why = line_fault(line);
		if (why)
			return bad(ret_error, e.line, why);
		if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
			continue;
		if (line.p[0] == '[') {
			if (!read_section(line, &e.section))
				return bad(ret_error, e.line, "this is no [section]");
			continue;
		}
		if (!str_cut(line, '=', &e.key, &e.value))
			return bad(ret_error, e.line, "this is neither [section] nor key = value");
		e.key = str_trim(e.key);
		e.value = str_trim(e.value);
		if (e.key.n == 0)
			return bad(ret_error, e.line, "there is no key before the =");
		if (e.section.n == 0)
			return bad(ret_error, e.line, "there is no [section] above this line");
		r = entry(ctx, &e);
		if (r != 0)
			return r;
	}
	return 0;
}

/* What stands for an escaped c; 0 when nothing does. */
static char unescaped(char c, bool in_list)
{
	switch (c) {
	case 's':
		return ' ';
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'r':
		return '\r';
	case '\\':
		return '\\';
	case ';':
		return in_list ? ';' : 0;
	default:
		return 0;
	}
}

/* The string at the head of *s, up to the end or to a bare ';' of a list, which is eaten. */
static int read_piece(struct arena *a, struct str *s, bool in_list, const char **ret_z)
{
	char  *out = arena_alloc(a, s->n + 1);
	size_t n = 0, i = 0;

	for (; i < s->n && !(in_list && s->p[i] == ';'); i++) {
		char c = s->p[i];

		if (c == '\\') {
			c = ++i < s->n ? unescaped(s->p[i], in_list) : 0;
			if (c == 0)
				return -EBADMSG;
		}
		out[n++] = c;
	}
	*s = str_from(*s, i + 1);
	*ret_z = out;
	return 0;
}

int ini_string(struct arena *a, struct str value, const char **ret_z)
{
	return read_piece(a, &value, false, ret_z);
}

int ini_list(struct arena *a, struct str value, const char *const **ret_v, size_t *ret_n)
{
	const char **v = ARENA_NEW_N(a, CONF_LIST_MAX, const char *);
	size_t       n = 0;

	while (value.n > 0) {
		int r;

		if (n == CONF_LIST_MAX)
			return -E2BIG;
		r = read_piece(a, &value, true, &v[n]);
		if (r < 0)
			return r;
		n++;
		/* A blank behind a ';' is there for the eye. */
		value = str_trim(value);
	}
	*ret_v = v;
	*ret_n = n;
	return 0;
}
