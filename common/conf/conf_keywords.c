#include "conf_keywords.h"

#include <errno.h>
#include <string.h>

#include "ini.h"
#include "limits.h"
#include "text.h"

/* RFC 9051 section 9: atom-specials; "=" would be taken for an escape (store/keywords.h). */
static bool is_keyword(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= 0x20 || c >= 0x7f || memchr("(){%*\"\\]=", c, 9))
			return false;
	}
	return s.n > 0 && s.n <= KEYWORD_LENGTH_MAX;
}

static bool is_flag(struct str tag)
{
	static const struct str flags[] = {
		STR_LIT("draft"), STR_LIT("flagged"), STR_LIT("passed"), STR_LIT("replied"), STR_LIT("unread"),
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (str_eq(tag, flags[i]))
			return true;
	return false;
}

static bool is_tag(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20)
			return false;
	return s.n > 0 && s.n <= KEYWORD_LENGTH_MAX && s.p[0] != '-' && text_is_utf8(s);
}

static const char *fault(struct arena *a, const struct conf_keyword *v, size_t n, struct conf_keyword k)
{
	if (!is_keyword(str_of(k.keyword)))
		return "has a member that is no IMAP keyword before its \"=\"";
	if (str_ieq(str_of(k.keyword), STR("$Forwarded")))
		return "names $Forwarded, which is the tag passed";
	if (!is_tag(str_of(k.tag)))
		return arena_printf(a, "has no tag for %s", k.keyword);
	if (is_flag(str_of(k.tag)))
		return arena_printf(a, "names the tag %s, which is a flag", k.tag);
	for (size_t i = 0; i < n; i++) {
		if (str_ieq(str_of(v[i].keyword), str_of(k.keyword)))
			return arena_printf(a, "names %s twice", k.keyword);
		if (strcmp(v[i].tag, k.tag) == 0)
			return arena_printf(a, "names the tag %s twice", k.tag);
	}
	return NULL;
}

const char *conf_keywords_read(struct arena *a, struct str value, struct conf_keywords *ret)
{
	const char *const   *members;
	struct conf_keyword *v;
	size_t               n;
	int                  r = ini_list(a, value, &members, &n);

	if (r == -E2BIG)
		return "has too many members";
	if (r < 0)
		return "has a \\ that is not followed by s, n, t, r, ; or \\";
	v = ARENA_NEW_N(a, n, struct conf_keyword);
	for (size_t i = 0; i < n; i++) {
		struct str  keyword, tag;
		const char *why;

		if (!str_cut(str_of(members[i]), '=', &keyword, &tag))
			return "must be such as $Junk=spam;$label1=urgent";
		v[i] = (struct conf_keyword){ arena_z(a, keyword), arena_z(a, tag) };
		why = fault(a, v, i, v[i]);
		if (why)
			return why;
	}
	*ret = (struct conf_keywords){ v, n };
	return NULL;
}
