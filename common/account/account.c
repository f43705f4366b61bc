#include "account.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "boxes.h"
#include "die.h"
#include "drain.h"
#include "log.h"

/* This program, found again by the kernel's name for it: argv[0] may be relative to a folder that was left. */
static const char *program(struct arena *a)
{
	char    path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	if (n <= 0 || (size_t)n == sizeof(path))
		return NULL;
	return arena_z(a, (struct str){ path, (size_t)n });
}

static const char *const *drain_args(struct arena *a, const char *conf_path)
{
	const char **args = ARENA_NEW_N(a, 3, const char *);

	args[0] = "--drain";
	if (conf_path)
		args[1] = arena_printf(a, "--config=%s", conf_path);
	return args;
}

/* notmuch's prefixes end with a colon, and a folder's name seldom has one. */
static bool is_query(const char *inbox)
{
	return inbox && strchr(inbox, ':');
}

static const struct keyword_name *keyword_names(struct arena *a, const struct conf_keywords *list)
{
	struct keyword_name *v = ARENA_NEW_N(a, list->n, struct keyword_name);

	for (size_t i = 0; i < list->n; i++)
		v[i] = (struct keyword_name){ list->v[i].keyword, list->v[i].tag };
	return v;
}

void account_conf(struct conf *conf, const char *path, const char *home, bool drain, struct store_conf *ret)
{
	const char *self = drain ? program(&conf->arena) : NULL;

	*ret = (struct store_conf){
		.home = home,
		.mail_root = conf_path(conf, conf->mail_root, home),
		.notmuch_config = conf_path(conf, conf->notmuch_config, home),
		.state_dir = conf_path(conf, conf->state, home),
		.inbox = is_query(conf->inbox) ? NULL : conf->inbox,
		.inbox_query = is_query(conf->inbox) ? conf->inbox : NULL,
		.tags = conf->tags,
		.queries = conf->queries,
		.all = conf->all,
		.flagged = conf->flagged,
		.hidden = conf->hide_tags.v,
		.n_hidden = conf->hide_tags.n,
		.keywords = keyword_names(&conf->arena, &conf->keywords),
		.n_keywords = conf->keywords.n,
		.fixed_tags = conf->fixed_tags.v,
		.n_fixed_tags = conf->fixed_tags.n,
		.append = conf->append,
		.deleted_tag = conf->deleted_tag ? conf->deleted_tag : "deleted",
		.special = {
			[SPECIAL_SENT] = conf->sent,
			[SPECIAL_DRAFTS] = conf->drafts,
			[SPECIAL_TRASH] = conf->trash,
			[SPECIAL_JUNK] = conf->junk,
			[SPECIAL_ARCHIVE] = conf->archive,
		},
		.maildirpp = conf->layout == CONF_LAYOUT_MAILDIRPP,
		.program = self,
		.drain_args = self ? drain_args(&conf->arena, path) : NULL,
	};
}

int account_drain(struct conf *conf, const char *home)
{
	struct store_conf sc;
	const char       *why = "";
	int               r;

	account_conf(conf, NULL, home, false, &sc);
	r = drain_run(&sc, &why);
	if (r < 0) {
		log_line(LOG_ERR, "drain: %s (%s)", why, strerror(-r));
		return EXIT_SYSTEM;
	}
	return 0;
}

/* The mailboxes, counted: reads directories only. */
static bool check_boxes(struct store *st)
{
	struct arena     a = ARENA_INIT;
	struct box_info *list;
	size_t           n, selectable = 0;
	bool             inbox = false;
	int              r = boxes_list(st, &a, &list, &n);

	if (r < 0) {
		printf("mailboxes: cannot be listed: %s (%s)\n", store_why(st), strerror(-r));
		arena_free(&a);
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		if (list[i].attrs & (BOX_NOSELECT | BOX_NONEXISTENT))
			continue;
		selectable++;
		inbox |= str_eq(list[i].name, STR("INBOX"));
	}
	printf("mailboxes: %zu\n", selectable);
	if (!inbox)
		printf("mailboxes: there is no INBOX; set \"inbox\" in [mail] to the folder that new mail goes to\n");
	arena_free(&a);
	return inbox;
}

bool account_check(struct conf *conf, const char *user, const char *home)
{
	struct store_conf sc;
	struct store     *st;
	const char       *why = "";
	bool              ok;
	int               r;

	account_conf(conf, NULL, home, false, &sc);
	r = store_open(&sc, &st, &why);
	if (r < 0) {
		printf("mail of %s: cannot be opened: %s (%s)\n", user, why, strerror(-r));
		return false;
	}
	printf("mail of %s: opened\n", user);
	ok = check_boxes(st);
	store_close(st);
	return ok;
}
