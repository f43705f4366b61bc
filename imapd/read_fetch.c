#include "read_fetch.h"

#include <errno.h>

#include "command.h"
#include "fields.h"
#include "limits.h"

static const char *const all[] = { "FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY" };

/* Macros stand for the first so many of these. */
static const struct {
	const char *name;
	size_t      n;
} macros[] = { { "FAST", 3 }, { "ALL", 4 }, { "FULL", 5 } };

static bool has(const struct fetch_args *args, const struct item *item)
{
	for (size_t i = 0; i < args->n_wants; i++)
		if (args->wants[i].item == item)
			return true;
	return false;
}

static void name_want(struct request *rq, struct want *w)
{
	struct buf     b = BUF(COMMAND_MAX);
	struct section whole = w->section;

	whole.partial = false;
	buf_puts(&b, w->item->label ? w->item->label : w->item->name);
	if (w->item->brackets != ITEM_NO_BRACKETS)
		section_put(&b, &whole);
	w->name = arena_str(rq->arena, buf_view(&b));
	w->label = w->name;
	if (w->section.partial) {
		buf_printf(&b, "<%llu>", (unsigned long long)w->section.offset);
		w->label = arena_str(rq->arena, buf_view(&b));
	}
	buf_free(&b);
}

static bool all_known(const struct section *s)
{
	if (s->kind != SECTION_FIELDS || s->n_parts > 0)
		return false;
	for (size_t i = 0; i < s->n_fields; i++)
		if (!fields_known(s->fields[i]))
			return false;
	return true;
}

static int add(struct request *rq, struct fetch_args *args, const struct item *item, const struct section *section)
{
	struct want *w = &args->wants[args->n_wants];

	if (item->brackets == ITEM_NO_BRACKETS && has(args, item))
		return 0;
	if (args->n_wants == FETCH_ITEMS_MAX)
		return lex_fail(&rq->lx, -EMSGSIZE, "too many items");
	*w = (struct want){ .item = item, .section = *section, .derived = item->derived };
	if (item->brackets == ITEM_SECTION && all_known(section))
		w->derived = &fields_kind;
	name_want(rq, w);
	args->seen |= item->seen;
	args->size |= item->size;
	args->email |= item->email;
	args->thread |= item->thread;
	args->content |= item->prepare && !w->derived;
	args->body |= item->prepare && item->brackets != ITEM_BINARY_SIZE && (section->kind == SECTION_ALL || section->kind == SECTION_TEXT);
	args->flags |= item == items_find(STR("FLAGS"), false);
	args->uid |= item == items_find(STR("UID"), false);
	args->modseq |= item->modseq;
	args->n_wants++;
	return 0;
}

static int read_brackets(struct lexer *lx, enum item_brackets brackets, struct section *ret)
{
	switch (brackets) {
	case ITEM_SECTION:
		return section_read(lx, ret);
	case ITEM_BINARY:
		return section_read_binary(lx, ret);
	case ITEM_BINARY_SIZE:
		return section_read_binary_size(lx, ret);
	default:
		return 0;
	}
}

/* fetch-att, its name read already */
static int read_item(struct request *rq, struct fetch_args *args, struct str name)
{
	const struct item *item = items_find(name, lex_peek(&rq->lx) == '[');
	struct section     section = { .kind = SECTION_ALL };
	int                r;

	if (!item)
		return lex_fail(&rq->lx, -EBADMSG, "unknown item of FETCH");
	section.kind = item->section;
	r = read_brackets(&rq->lx, item->brackets, &section);
	return r < 0 ? r : add(rq, args, item, &section);
}

static int read_list(struct request *rq, struct fetch_args *args)
{
	struct str name;
	int        r;

	do {
		r = lex_word(&rq->lx, &name);
		if (r == 0)
			r = read_item(rq, args, name);
		if (r < 0)
			return r;
	} while (lex_try(&rq->lx, ' '));
	return lex_char(&rq->lx, ')');
}

/* A macro stands alone. */
static int read_one(struct request *rq, struct fetch_args *args)
{
	static const struct section none = { .kind = SECTION_ALL };
	struct str                  name;
	int                         r = lex_word(&rq->lx, &name);

	if (r < 0)
		return r;
	for (size_t m = 0; m < sizeof(macros) / sizeof(macros[0]); m++) {
		if (!str_ieq(name, str_of(macros[m].name)))
			continue;
		for (size_t i = 0; i < macros[m].n; i++)
			add(rq, args, items_find(str_of(all[i]), false), &none);
		return 0;
	}
	return read_item(rq, args, name);
}

static int read_modifier(struct lexer *lx, struct fetch_args *args)
{
	int r;

	if (!args->vanished && lex_accept(lx, "VANISHED")) {
		args->vanished = true;
		return 0;
	}
	if (args->changed_since != 0 || !lex_accept(lx, "CHANGEDSINCE"))
		return lex_fail(lx, -EBADMSG, "expected CHANGEDSINCE or VANISHED, once");
	r = lex_sp(lx);
	return r < 0 ? r : lex_nz_number64(lx, &args->changed_since);
}

/* fetch-modifiers (RFC 4466 section 2.4), behind the space; CHANGEDSINCE implies the item MODSEQ. */
static int read_modifiers(struct request *rq, struct fetch_args *args)
{
	static const struct section none = { .kind = SECTION_ALL };
	int                         r = lex_char(&rq->lx, '(');

	do
		r = r < 0 ? r : read_modifier(&rq->lx, args);
	while (r == 0 && lex_try(&rq->lx, ' '));
	if (r == 0 && args->vanished && (args->changed_since == 0 || !rq->by_uid))
		r = lex_fail(&rq->lx, -EBADMSG, "VANISHED is for UID FETCH with CHANGEDSINCE");
	if (r == 0)
		r = add(rq, args, items_find(STR("MODSEQ"), false), &none);
	return r < 0 ? r : lex_char(&rq->lx, ')');
}

int read_fetch(struct request *rq, void **ret_args)
{
	static const struct section none = { .kind = SECTION_ALL };
	struct fetch_args          *args = ARENA_NEW(rq->arena, struct fetch_args);
	int                         r = lex_sp(&rq->lx);

	args->wants = ARENA_NEW_N(rq->arena, FETCH_ITEMS_MAX + 1, struct want);
	if (rq->by_uid)
		add(rq, args, items_find(STR("UID"), false), &none);
	if (r == 0)
		r = seqset_read(&rq->lx, &args->set);
	if (r == 0)
		r = lex_sp(&rq->lx);
	if (r < 0)
		return r;
	r = lex_try(&rq->lx, '(') ? read_list(rq, args) : read_one(rq, args);
	if (r == 0 && lex_try(&rq->lx, ' '))
		r = read_modifiers(rq, args);
	if (r == 0)
		r = lex_end(&rq->lx);
	if (r == 0)
		*ret_args = args;
	return r;
}
