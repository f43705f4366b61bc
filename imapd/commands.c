#include "commands.h"

#include <stdlib.h>

#include "cmd.h"
#include "limits.h"

/* Sorted by name. */
static const struct command *const commands[] = {
	&cmd_append,
	&cmd_authenticate,
	&cmd_capability,
	&cmd_check,
	&cmd_close,
	&cmd_copy,
	&cmd_create,
	&cmd_delete,
	&cmd_enable,
	&cmd_esearch,
	&cmd_examine,
	&cmd_expunge,
	&cmd_fetch,
	&cmd_getmetadata,
	&cmd_id,
	&cmd_idle,
	&cmd_list,
	&cmd_login,
	&cmd_logout,
	&cmd_lsub,
	&cmd_move,
	&cmd_namespace,
	&cmd_noop,
	&cmd_rename,
	&cmd_search,
	&cmd_select,
	&cmd_setmetadata,
	&cmd_sort,
	&cmd_starttls,
	&cmd_status,
	&cmd_store,
	&cmd_subscribe,
	&cmd_thread,
	&cmd_unselect,
	&cmd_unsubscribe,
};

/* One for each feature that has no command of its own name. */
static const char *const features[] = {
	"IMAP4rev2", "IMAP4rev1", "LITERAL+", "SASL-IR", "UIDPLUS", "ESEARCH", "SEARCHRES", "BINARY", "LIST-EXTENDED",
	"LIST-STATUS", "CHILDREN", "SPECIAL-USE", "CREATE-SPECIAL-USE", "STATUS=SIZE", "CONDSTORE", "QRESYNC",
	"METADATA", "LIST-METADATA", "FILTERS", "OBJECTID", "SORT=DISPLAY", "ESORT", "THREAD=ORDEREDSUBJECT", "THREAD=REFERENCES",
	"THREAD=REFS", "I18NLEVEL=1", "SEARCH=FUZZY", "MULTISEARCH",
};

static int by_name(const void *key, const void *item)
{
	const struct str *name = key;
	const char       *z = (*(const struct command *const *)item)->name;

	for (size_t i = 0; i < name->n; i++) {
		int c = name->p[i] >= 'a' && name->p[i] <= 'z' ? name->p[i] - 'a' + 'A' : name->p[i];

		if (c != z[i] || z[i] == '\0')
			return c - z[i];
	}
	return z[name->n] == '\0' ? 0 : -1;
}

const struct command *commands_find(struct str name, bool by_uid)
{
	const struct command *const *found =
		bsearch(&name, commands, sizeof(commands) / sizeof(commands[0]), sizeof(commands[0]), by_name);

	if (!found || (by_uid && !((*found)->flags & CF_UID_FORM)))
		return NULL;
	return *found;
}

const struct reply *commands_admit(const struct session *s, const struct command *c)
{
	static const struct reply logged_in = { REPLY_BAD, NULL, "You are logged in already" };
	static const struct reply unselected = { REPLY_BAD, NULL, "No mailbox is selected" };
	static const struct reply selected = { REPLY_BAD, NULL, "Not while a mailbox is selected" };
	static const struct reply readonly = { REPLY_NO, "NOPERM", "The mailbox was opened read-only (EXAMINE)" };
	unsigned                  state = s->box ? ST_SELECTED : ST_AUTH;

	if (c->states == ST_NOAUTH)
		return &logged_in;
	if (!(c->states & state))
		return s->box ? &selected : &unselected;
	if ((c->flags & CF_WRITES) && s->box && box_readonly(s->box))
		return &readonly;
	return NULL;
}

bool commands_streams(struct str begun)
{
	struct arena          a = ARENA_INIT;
	const struct command *c;
	struct lexer          lx;
	struct str            tag, name;
	bool                  streams = false;

	lex_init(&lx, begun, &a);
	if (lex_tag(&lx, &tag) == 0 && lex_sp(&lx) == 0 && lex_word(&lx, &name) == 0) {
		c = commands_find(name, false);
		streams = c && (c->flags & CF_STREAMS) && begun.n > lx.at + 1;
	}
	arena_free(&a);
	return streams;
}

void commands_capabilities(struct buf *b, bool gmail)
{
	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
		buf_printf(b, "%s%s", i > 0 ? " " : "", features[i]);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (commands[i]->flags & CF_CAPABILITY)
			buf_printf(b, " %s", commands[i]->name);
	if (gmail)
		buf_puts(b, " X-GM-EXT-1");
}
