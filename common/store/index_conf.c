#include <errno.h>
#include <notmuch.h>
#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"
#include "index.h"

/* One entry of new.ignore: a name that is ignored wherever it is, or /regex/ for the path below the mail root. */
struct index_ignore {
	const char *name;       /* NULL: see regex */
	regex_t     regex;
};

__attribute__((format(printf, 3, 4))) static int fail(const char **ret_why, int r, const char *fmt, ...)
{
	static char why[512];
	va_list     ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	*ret_why = why;
	return r;
}

/* The file notmuch-config(1) would read, in its order; NULL: none. */
static const char *find_config(struct arena *a)
{
	const char *home = getenv("HOME"), *xdg = getenv("XDG_CONFIG_HOME"), *profile = getenv("NOTMUCH_PROFILE");
	const char *path = getenv("NOTMUCH_CONFIG");

	if (path && path[0])
		return arena_z(a, str_of(path));
	if (!home)
		home = "";
	if (xdg)
		path = arena_printf(a, "%s/notmuch/%s/config", xdg, profile ? profile : "default");
	else
		path = arena_printf(a, "%s/.config/notmuch/%s/config", home, profile ? profile : "default");
	if (access(path, R_OK) == 0)
		return path;
	path = arena_printf(a, "%s/.notmuch-config%s%s", home, profile ? "." : "", profile ? profile : "");
	return access(path, R_OK) == 0 ? path : NULL;
}

static char *path_of(struct arena *a, const char *z)
{
	struct str s = str_of(z);

	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	return arena_z(a, s);
}

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

/* An expression that does not compile ignores nothing, as with notmuch. */
static void load_ignore(struct index_conf *c, notmuch_database_t *db)
{
	size_t            n;
	const struct str *v = list_of(&c->arena, db, NOTMUCH_CONFIG_NEW_IGNORE, &n);

	c->ignore = ARENA_NEW_N(&c->arena, n, struct index_ignore);
	for (size_t i = 0; i < n; i++) {
		struct index_ignore *ig = &c->ignore[c->n_ignore];
		bool                 regex = v[i].n > 2 && v[i].p[0] == '/' && v[i].p[v[i].n - 1] == '/';

		if (!regex)
			ig->name = v[i].p;
		else if (regcomp(&ig->regex, arena_z(&c->arena, str_mid(v[i], 1, v[i].n - 2)), REG_EXTENDED | REG_NOSUB) != 0)
			continue;
		c->n_ignore++;
	}
}

static bool same_directory(const char *a, const char *b)
{
	struct stat x, y;

	return strcmp(a, b) == 0 || (stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

static void take(struct index_conf *c, notmuch_database_t *db, const char *mail_root)
{
	notmuch_bool_t on = true;

	c->new_tags = list_of(&c->arena, db, NOTMUCH_CONFIG_NEW_TAGS, &c->n_new_tags);
	if (notmuch_config_get_bool(db, NOTMUCH_CONFIG_SYNC_MAILDIR_FLAGS, &on) == NOTMUCH_STATUS_SUCCESS)
		c->synchronize_flags = on;
	load_ignore(c, db);
	c->mail_root = path_of(&c->arena, notmuch_config_get(db, NOTMUCH_CONFIG_MAIL_ROOT));
	c->database = path_of(&c->arena, notmuch_config_get(db, NOTMUCH_CONFIG_DATABASE_PATH));
	if (!mail_root || same_directory(mail_root, c->mail_root))
		return;
	/* Other mail than notmuch's configuration speaks of has a database of its own. */
	c->mail_root = path_of(&c->arena, mail_root);
	c->database = c->mail_root;
	c->open_config = "";
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
static notmuch_status_t load(const char *config, notmuch_database_t **ret)
{
	notmuch_status_t st = load_file(NULL, config, ret);

	if (!*ret)
		st = load_file("/nonexistent", config, ret);
	if (st == NOTMUCH_STATUS_NO_DATABASE || (st == NOTMUCH_STATUS_NO_CONFIG && config[0] == '\0'))
		return NOTMUCH_STATUS_SUCCESS;
	return st;
}

int index_conf_load(const char *config, const char *mail_root, struct index_conf **ret, const char **ret_why)
{
	struct index_conf  *c = calloc(1, sizeof(*c));
	notmuch_database_t *db = NULL;
	notmuch_status_t    st;
	int                 r = 0;

	if (!c)
		die_memory();
	c->synchronize_flags = true;
	c->config = !config ? find_config(&c->arena) : *config ? arena_z(&c->arena, str_of(config)) : NULL;
	c->open_config = c->config ? c->config : "";
	st = load(c->open_config, &db);
	if (st == NOTMUCH_STATUS_SUCCESS)
		take(c, db, mail_root);
	else if (st == NOTMUCH_STATUS_NO_CONFIG)
		r = fail(ret_why, access(c->config, R_OK) < 0 ? -errno : -EINVAL, "cannot read notmuch's configuration %s", c->config);
	else
		r = fail(ret_why, -EIO, "notmuch's configuration does not load: %s", notmuch_status_to_string(st));
	if (db)
		notmuch_database_destroy(db);
	if (r == 0 && !c->config && !mail_root && access(c->mail_root, F_OK) < 0)
		r = fail(ret_why, -ENOENT, "no mail root is configured, and there is no %s", c->mail_root);
	if (r < 0) {
		index_conf_free(c);
		return r;
	}
	*ret = c;
	return 0;
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

void index_conf_free(struct index_conf *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n_ignore; i++)
		if (!c->ignore[i].name)
			regfree(&c->ignore[i].regex);
	arena_free(&c->arena);
	free(c);
}

static bool ignored_here(const struct index_conf *c, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

	if (strcmp(name, ".notmuch") == 0)
		return true;
	for (size_t i = 0; i < c->n_ignore; i++) {
		const struct index_ignore *ig = &c->ignore[i];

		if (ig->name ? strcmp(ig->name, name) == 0 : regexec(&ig->regex, path, 0, NULL, 0) == 0)
			return true;
	}
	return false;
}

/* What is below an ignored directory is never looked at. */
bool index_ignored(const struct index_conf *c, const char *path)
{
	char  part[4096];
	char *slash = part;

	if ((size_t)snprintf(part, sizeof(part), "%s", path) >= sizeof(part))
		return ignored_here(c, path);
	while ((slash = strchr(slash, '/'))) {
		*slash = '\0';
		if (ignored_here(c, part))
			return true;
		*slash++ = '/';
	}
	return ignored_here(c, path);
}
