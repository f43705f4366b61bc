#include "part_fields.h"

#include "decode.h"
#include "header.h"
#include "limits.h"
#include "token.h"

enum { BOUNDARY_MAX = 1000 };           /* RFC 2046 allows 70 */

enum { TYPE, ENCODING, ID, DESCRIPTION, DISPOSITION, LANGUAGE, LOCATION, MD5, FIELDS };

static const struct str names[FIELDS] = {
	[TYPE]        = { "Type", 4 },
	[ENCODING]    = { "Transfer-Encoding", 17 },
	[ID]          = { "ID", 2 },
	[DESCRIPTION] = { "Description", 11 },
	[DISPOSITION] = { "Disposition", 11 },
	[LANGUAGE]    = { "Language", 8 },
	[LOCATION]    = { "Location", 8 },
	[MD5]         = { "MD5", 3 },
};

static int which(struct str name)
{
	if (!str_istarts(name, STR("Content-")))
		return FIELDS;
	name = str_from(name, 8);
	for (int i = 0; i < FIELDS; i++)
		if (str_ieq(name, names[i]))
			return i;
	return FIELDS;
}

static void read_type(struct arena *a, struct part *p, struct str value, bool in_digest)
{
	struct str    main, sub;
	struct params params;

	p->type = in_digest && !value.p ? STR("message") : STR("text");
	p->subtype = in_digest && !value.p ? STR("rfc822") : STR("plain");
	if (!value.p || !param_read(a, value, &main, &sub, &params))
		return;
	if (sub.p) {
		p->type = main;
		p->subtype = sub;
	}
	if (sub.p || str_ieq(main, STR("text")))
		p->params = params;
}

static void read_languages(struct arena *a, struct part *p, struct str value)
{
	struct str found[MIME_PARAMS_MAX], tag;
	size_t     n = 0;

	while (value.n > 0 && n < MIME_PARAMS_MAX) {
		str_cut(value, ',', &tag, &value);
		token_skip(&tag);
		tag = str_trim(str_mid(tag, 0, str_chr(tag, '(')));
		if (tag.n > 0)
			found[n++] = tag;
	}
	if (n == 0)
		return;
	p->n_languages = n;
	p->languages = ARENA_NEW_N(a, n, struct str);
	for (size_t i = 0; i < n; i++)
		p->languages[i] = found[i];
}

static void set_kind(struct part *p)
{
	enum decode_kind kind;
	bool             encoded = decode_kind_of(p->encoding, &kind) < 0 || kind != DECODE_NONE;

	if (str_ieq(p->type, STR("multipart"))) {
		p->kind = PART_MULTIPART;
		return;
	}
	if (!str_ieq(p->type, STR("message")) ||
	    (!str_ieq(p->subtype, STR("rfc822")) && !str_ieq(p->subtype, STR("global"))))
		return;
	if (encoded) {
		p->type = STR("application");
		p->subtype = STR("octet-stream");
	} else {
		p->kind = PART_MESSAGE;
	}
}

void part_fields_read(struct arena *a, struct part *p, struct str header, bool in_digest)
{
	struct str          v[FIELDS] = { 0 }, sub;
	struct params       none;
	struct header_field f;

	header = str_mid(header, 0, MIME_HEADER_MAX);
	while (header_next(&header, &f)) {
		int i = which(f.name);

		if (i < FIELDS && !v[i].p)
			v[i] = f.value.n > 0 ? f.value : STR("");
	}
	read_type(a, p, v[TYPE], in_digest);
	if (!param_read(a, v[ENCODING], &p->encoding, &sub, &none))
		p->encoding = STR("7BIT");
	if (!param_read(a, v[DISPOSITION], &p->disposition, &sub, &p->disposition_params))
		p->disposition = STR_NONE;
	p->id = header_unfold(a, v[ID]);
	p->description = header_unfold(a, v[DESCRIPTION]);
	p->location = header_unfold(a, v[LOCATION]);
	p->md5 = header_unfold(a, v[MD5]);
	read_languages(a, p, v[LANGUAGE]);
	set_kind(p);
}

struct str part_fields_boundary(struct arena *a, const struct part *p)
{
	struct str value;

	if (!param_find(a, p->params, STR("boundary"), &value))
		return STR_NONE;
	while (value.n > 0 && token_is_space(value.p[value.n - 1]))
		value.n--;
	return value.n <= BOUNDARY_MAX ? value : STR_NONE;
}

void part_fields_demote(struct part *p)
{
	p->kind = PART_LEAF;
	p->type = STR("text");
	p->subtype = STR("plain");
	p->params = (struct params){ 0 };
}
