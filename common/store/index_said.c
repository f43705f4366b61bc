#include "index_said.h"

#include <errno.h>
#include <notmuch.h>
#include <stdlib.h>

#include "index.h"

static const struct str *list_of(struct arena *a, notmuch_database_t *db, notmuch_config_key_t key, size_t *ret_n)
{
	notmuch_config_values_t *v = notmuch_config_get_values(db, key);
	struct str              *list;
	size_t                   n = 0;

	for (; v && notmuch_config_values_valid(v); notmuch_config_values_move_to_next(v))
		n++;
	list = ARENA_NEW_N(a, n, struct str);
	if (v)
		notmuch_config_values_start(v);
	for (size_t i = 0; i < n; i++, notmuch_config_values_move_to_next(v))
		list[i] = arena_str(a, str_of(notmuch_config_values_get(v)));
	if (v)
		notmuch_config_values_destroy(v);
	*ret_n = n;
	return list;
}

static const char *path_of(struct arena *a, notmuch_database_t *db, notmuch_config_key_t key)
{
	return arena_z(a, str_of(notmuch_config_get(db, key)));
}

/* The configuration file, and what a database (NULL: that of the file) has besides. */
static notmuch_status_t load_file(const char *database, const char *config, notmuch_database_t **ret)
{
	char            *message = NULL;
	notmuch_status_t st = notmuch_database_load_config(database, config, NULL, ret, &message);

	free(message);
	return st;
}

/* NOTMUCH_STATUS_SUCCESS also without a database, or with a broken one. */
static notmuch_status_t load(const char *config, notmuch_database_t **ret, bool *ret_whole)
{
	notmuch_status_t st = load_file(NULL, config, ret);

	*ret_whole = st == NOTMUCH_STATUS_SUCCESS;
	if (!*ret)
		st = load_file("/nonexistent", config, ret);
	if (st == NOTMUCH_STATUS_NO_DATABASE || (st == NOTMUCH_STATUS_NO_CONFIG && config[0] == '\0'))
		return NOTMUCH_STATUS_SUCCESS;
	return st;
}

int index_said_ask(struct arena *a, const char *config, struct index_said *ret, const char **ret_why)
{
	notmuch_database_t *db = NULL;
	bool                whole;
	notmuch_status_t    st = load(config, &db, &whole);
	notmuch_bool_t      on = true;

	if (st == NOTMUCH_STATUS_SUCCESS) {
		if (notmuch_config_get_bool(db, NOTMUCH_CONFIG_SYNC_MAILDIR_FLAGS, &on) != NOTMUCH_STATUS_SUCCESS)
			on = true;
		*ret = (struct index_said){ .synchronize_flags = on, .whole = whole };
		ret->mail_root = path_of(a, db, NOTMUCH_CONFIG_MAIL_ROOT);
		ret->database = path_of(a, db, NOTMUCH_CONFIG_DATABASE_PATH);
		ret->new_tags = list_of(a, db, NOTMUCH_CONFIG_NEW_TAGS, &ret->n_new_tags);
		ret->ignore = list_of(a, db, NOTMUCH_CONFIG_NEW_IGNORE, &ret->n_ignore);
	} else {
		*ret_why = notmuch_status_to_string(st);
	}
	if (db)
		notmuch_database_destroy(db);
	return st == NOTMUCH_STATUS_SUCCESS ? 0 : st == NOTMUCH_STATUS_NO_CONFIG ? -EINVAL : -EIO;
}

bool index_conf_query(const struct index_conf *c, struct str name)
{
	notmuch_database_t *db = NULL;
	struct arena        a = ARENA_INIT;
	char               *value = NULL;
	bool                is;

	if (c->open_config[0] != '\0')
		load_file("/nonexistent", c->open_config, &db);
	if (db && notmuch_database_get_config(db, arena_printf(&a, "query.%.*s", STR_ARG(name)), &value) != NOTMUCH_STATUS_SUCCESS)
		value = NULL;
	if (db)
		notmuch_database_destroy(db);
	is = value && *value;
	free(value);
	arena_free(&a);
	return is;
}
