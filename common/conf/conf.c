#include "conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "conf_keys.h"
#include "die.h"
#include "fd.h"
#include "ini.h"
#include "limits.h"
#include "text.h"

/* One file while it is read. */
struct reading {
	struct conf       *conf;
	const char        *file;        /* in the arena of conf */
	bool               mail_only;
	struct conf_error *error;
};

static int fail(struct conf_error *e, int err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static int fail(struct conf_error *e, int err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	text_printable(e->text);
	return err;
}

static struct conf_origin *origin_of(struct conf *c, const char *section, const char *key)
{
	return &c->origins[conf_keys_find(str_of(section), str_of(key)) - conf_keys];
}

static int unknown(const struct reading *rd, const struct ini_entry *e)
{
	const char *near = conf_keys_near_section(e->section);

	if (near && str_eq(e->section, str_of(near))) {
		near = conf_keys_near_key(e->section, e->key);
		return fail(rd->error, -EBADMSG, "%s:%u: [%.*s] has no key \"%.*s\"%s%s%s", rd->file, e->line,
			    STR_ARG(e->section), STR_ARG(e->key), near ? "; did you mean \"" : "", near ? near : "",
			    near ? "\"?" : "");
	}
	return fail(rd->error, -EBADMSG, "%s:%u: there is no section [%.*s]%s%s%s", rd->file, e->line,
		    STR_ARG(e->section), near ? "; did you mean [" : "", near ? near : "", near ? "]?" : "");
}

static int take(void *ctx, const struct ini_entry *e)
{
	struct reading        *rd = ctx;
	struct conf           *c = rd->conf;
	const struct conf_key *k = conf_keys_find(e->section, e->key);
	struct conf_origin    *origin;
	const char            *why;

	if (!k)
		return unknown(rd, e);
	if (rd->mail_only && !k->user)
		return fail(rd->error, -EBADMSG, "%s:%u: [%s] %s is for the system's file; here only [mail] counts",
			    rd->file, e->line, k->section, k->key);
	origin = &c->origins[k - conf_keys];
	if (origin->file == rd->file)
		return fail(rd->error, -EBADMSG, "%s:%u: [%s] %s stands already in line %u", rd->file, e->line,
			    k->section, k->key, origin->line);
	if (conf_keys_set(c, k, e->value, &why) < 0)
		return fail(rd->error, -EBADMSG, "%s:%u: [%s] %s %s", rd->file, e->line, k->section, k->key, why);
	*origin = (struct conf_origin){ rd->file, e->line };
	return 0;
}

/* A file's certificates come with the keys of the same file, never with those of a file that it overrules. */
static void drop_old_keys(struct conf *c, const char *file)
{
	struct conf_origin *keys = origin_of(c, "tls", "key");

	if (origin_of(c, "tls", "certificate")->file != file || keys->file == file)
		return;
	c->keys = (struct conf_list){ NULL, 0 };
	*keys = (struct conf_origin){ NULL, 0 };
}

static int read_file(struct conf *c, const char *path, bool may_lack, bool mail_only, struct conf_error *error)
{
	struct reading    rd = { c, arena_z(&c->arena, str_of(path)), mail_only, error };
	CLEAN(buf_free) struct buf text = BUF(CONF_SIZE_MAX);
	struct ini_error  bad = { 0, NULL };
	int               r = fd_read_file(AT_FDCWD, path, &text);

	if (r == -ENOENT && may_lack)
		return 0;
	if (r < 0)
		return fail(error, r, "%s cannot be read: %s", path, strerror(-r));
	r = ini_parse(buf_view(&text), take, &rd, &bad);
	if (r < 0 && bad.why)
		return fail(error, r, "%s:%u: %s", path, bad.line, bad.why);
	if (r == 0)
		drop_old_keys(c, rd.file);
	return r;
}

/* NULL when the environment does not say where a user's own file would be. */
static const char *own_path(struct conf *c)
{
	const char *xdg = secure_getenv("XDG_CONFIG_HOME"), *home = secure_getenv("HOME");

	if (xdg && xdg[0] == '/')
		return arena_printf(&c->arena, "%s/remuch.conf", xdg);
	if (home && home[0] == '/')
		return arena_printf(&c->arena, "%s/.config/remuch.conf", home);
	return NULL;
}

static void use_credentials(struct conf *c)
{
	static const struct conf_origin from = { "$CREDENTIALS_DIRECTORY", 0 };
	const char  *dir = secure_getenv("CREDENTIALS_DIRECTORY");
	const char **v = ARENA_NEW_N(&c->arena, 2, const char *);

	if (!dir || dir[0] != '/')
		return;
	v[0] = arena_printf(&c->arena, "%s/cert.pem", dir);
	v[1] = arena_printf(&c->arena, "%s/key.pem", dir);
	if (access(v[0], F_OK) < 0 || access(v[1], F_OK) < 0)
		return;
	c->certificates = (struct conf_list){ v, 1 };
	c->keys = (struct conf_list){ v + 1, 1 };
	*origin_of(c, "tls", "certificate") = *origin_of(c, "tls", "key") = from;
}

static int pair_keys(struct conf *c, struct conf_error *error)
{
	struct conf_origin *certs = origin_of(c, "tls", "certificate"), *keys = origin_of(c, "tls", "key");

	if (c->certificates.n == 0 && c->keys.n == 0 && !certs->file)
		use_credentials(c);
	if (c->keys.n == 0) {
		c->keys = c->certificates;
		*keys = *certs;
	}
	if (c->keys.n == c->certificates.n)
		return 0;
	return fail(error, -EBADMSG, "%s:%u: [tls] names %zu keys, but %zu certificates", keys->file, keys->line,
		    c->keys.n, c->certificates.n);
}

static int load(struct conf *c, const char *path, enum conf_user user, struct conf_error *error)
{
	const char *own, *why;
	int         r;

	c->origins = ARENA_NEW_N(&c->arena, conf_keys_n, struct conf_origin);
	for (size_t i = 0; i < conf_keys_n; i++)
		if (conf_keys[i].value && conf_keys_set(c, &conf_keys[i], str_of(conf_keys[i].value), &why) < 0)
			return fail(error, -EINVAL, "default of %s %s", conf_keys[i].key, why);
	r = read_file(c, path ? path : REMUCH_SYSCONFDIR "/remuch.conf", !path, false, error);
	if (r < 0)
		return r;
	own = user == CONF_USER_NO ? NULL : own_path(c);
	r = own ? read_file(c, own, true, user == CONF_USER_SERVED || geteuid() == 0, error) : 0;
	return r < 0 ? r : pair_keys(c, error);
}

int conf_load(const char *path, enum conf_user user, struct conf **ret_conf, struct conf_error *ret_error)
{
	struct conf *c = calloc(1, sizeof(*c));
	int          r;

	if (!c)
		die_memory();
	c->arena = ARENA_INIT;
	r = load(c, path, user, ret_error);
	if (r < 0) {
		conf_free(c);
		return r;
	}
	*ret_conf = c;
	return 0;
}

void conf_free(struct conf *c)
{
	if (!c)
		return;
	arena_free(&c->arena);
	free(c);
}

const char *conf_path(struct conf *c, const char *path, const char *home)
{
	if (!path || strncmp(path, "~/", 2) != 0)
		return path;
	return arena_printf(&c->arena, "%s/%s", home, path + 2);
}

/* Lists are read-only for everybody else. */
static void expand_list(struct conf *c, struct conf_list *l, const char *home)
{
	const char **v = ARENA_NEW_N(&c->arena, l->n, const char *);

	for (size_t i = 0; i < l->n; i++)
		v[i] = conf_path(c, l->v[i], home);
	l->v = v;
}

void conf_expand(struct conf *c, const char *home)
{
	expand_list(c, &c->certificates, home);
	expand_list(c, &c->keys, home);
	c->users = conf_path(c, c->users, home);
	c->ticket_keys = conf_path(c, c->ticket_keys, home);
	c->run_dir = conf_path(c, c->run_dir, home);
}

void conf_describe(const struct conf *c, FILE *out)
{
	CLEAN(buf_free) struct buf value = BUF(CONF_SIZE_MAX);

	for (size_t i = 0; i < conf_keys_n; i++) {
		const struct conf_key    *k = &conf_keys[i];
		const struct conf_origin *from = &c->origins[i];

		buf_reset(&value);
		conf_keys_show(c, k, &value);
		fprintf(out, "[%s] %s %s%s (%s", k->section, k->key, value.n > 0 ? "= " : "is not set",
			buf_z(&value), from->file ? from->file : "default");
		if (from->line > 0)
			fprintf(out, ":%u", from->line);
		fputs(")\n", out);
	}
}
