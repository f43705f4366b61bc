#include <errno.h>
#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "die.h"
#include "index.h"
#include "index_said.h"

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

/* An expression that does not compile ignores nothing, as with notmuch. */
static void take_ignore(struct index_conf *c, const struct str *v, size_t n)
{
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

static void take(struct index_conf *c, const struct index_said *said, const char *mail_root)
{
	c->new_tags = said->new_tags;
	c->n_new_tags = said->n_new_tags;
	c->synchronize_flags = said->synchronize_flags;
	take_ignore(c, said->ignore, said->n_ignore);
	c->mail_root = path_of(&c->arena, said->mail_root);
	c->database = path_of(&c->arena, said->database);
	if (!mail_root || same_directory(mail_root, c->mail_root))
		return;
	/* Other mail than notmuch's configuration speaks of has a database of its own. */
	c->mail_root = path_of(&c->arena, mail_root);
	c->database = c->mail_root;
	c->open_config = "";
}

/* What is kept of an earlier answer, or a new one. */
static int learn(struct index_conf *c, struct buf *kept, struct index_said *ret, const char **ret_why)
{
	int64_t now = clock_now_ns();
	int     r = index_said_recall(&c->arena, c->open_config, buf_view(kept), ret);

	if (r == 0)
		return 0;
	r = index_said_ask(&c->arena, c->open_config, ret, ret_why);
	if (r == 0)
		index_said_keep(c->open_config, ret, now, kept);
	return r;
}

int index_conf_load(const char *config, const char *mail_root, struct buf *kept, struct index_conf **ret, const char **ret_why)
{
	struct index_conf *c = calloc(1, sizeof(*c));
	struct index_said  said;
	const char        *why = "";
	int                r;

	if (!c)
		die_memory();
	c->config = !config ? find_config(&c->arena) : *config ? arena_z(&c->arena, str_of(config)) : NULL;
	c->open_config = c->config ? c->config : "";
	r = learn(c, kept, &said, &why);
	if (r == 0)
		take(c, &said, mail_root);
	else if (r == -EINVAL)
		r = fail(ret_why, access(c->config, R_OK) < 0 ? -errno : -EINVAL, "cannot read notmuch's configuration %s", c->config);
	else
		r = fail(ret_why, r, "notmuch's configuration does not load: %s", why);
	if (r == 0 && !c->config && !mail_root && access(c->mail_root, F_OK) < 0)
		r = fail(ret_why, -ENOENT, "no mail root is configured, and there is no %s", c->mail_root);
	if (r < 0) {
		index_conf_free(c);
		return r;
	}
	*ret = c;
	return 0;
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
