/* Users from a file.
 *
 * An unknown name is given the entries of a known one as a stand-in, always the same for that name: the same number
 * of hashes of the same methods is computed, so the time tells nothing. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "die.h"
#include "fd.h"
#include "passhash.h"
#include "text.h"
#include "users.h"
#include "users_priv.h"
#include "vec.h"

struct entry {
	struct str  name;
	const char *hash, *label;
};

struct file {
	char *path;
	uid_t euid;
	bool (*verify)(const char *hash, const struct secret *password);
	char  why[512];
	char  label[128];
};

/* What one reading of the file gave. */
struct reading {
	struct file *self;
	struct arena arena;
	struct buf   text;
	VEC(struct entry) entries;
	bool         own_only;          /* only lines of the caller's name count */
};

static bool no(struct file *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static bool no(struct file *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f->why, sizeof(f->why), fmt, ap);
	va_end(ap);
	text_printable(f->why);
	return false;
}

static bool permitted(struct reading *rd, int fd)
{
	struct file *f = rd->self;
	struct stat  st;

	if (fstat(fd, &st) < 0)
		return no(f, "%s: %s", f->path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return no(f, "%s is no file", f->path);
	if (st.st_uid != 0 && st.st_uid != f->euid)
		return no(f, "%s belongs to another user (uid %u)", f->path, (unsigned)st.st_uid);
	if (st.st_mode & (S_IRWXO | S_IWGRP))
		return no(f, "%s can be read or changed by others; chmod 600 it", f->path);
	rd->own_only = f->euid != 0 && st.st_uid != f->euid;
	return true;
}

static bool read_line(struct reading *rd, struct str line, unsigned number)
{
	struct entry e = { .label = "" };
	struct str   hash, label;

	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return true;
	if (str_chr(line, '\0') < line.n || !str_cut(line, ':', &e.name, &hash) || e.name.n == 0)
		return no(rd->self, "%s:%u: this is not name:hash", rd->self->path, number);
	if (str_cut(hash, ':', &hash, &label))
		e.label = arena_z(&rd->arena, label);
	e.hash = arena_z(&rd->arena, hash);
	if (hash.n > 0 && hash.p[0] != '!' && hash.p[0] != '*' && !passhash_usable(e.hash))
		return no(rd->self, "%s:%u: this is no password hash that crypt(5) knows", rd->self->path, number);
	if (hash.n == 0)
		return no(rd->self, "%s:%u: there is no password hash", rd->self->path, number);
	VEC_PUSH(&rd->entries, e);
	return true;
}

static bool read_entries(struct reading *rd)
{
	struct file *f = rd->self;
	CLEAN(fd_closep) int fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct str           text, line;
	ssize_t              n;

	if (fd < 0)
		return no(f, "%s: %s", f->path, strerror(errno));
	if (!permitted(rd, fd))
		return false;
	do {
		char *at = buf_room(&rd->text, 4096);

		if (!at)
			return no(f, "%s is too large", f->path);
		n = read(fd, at, 4096);
		if (n > 0)
			rd->text.n += (size_t)n;
	} while (n > 0);
	if (n < 0)
		return no(f, "%s: %s", f->path, strerror(errno));
	text = buf_view(&rd->text);
	for (unsigned number = 1; text.n > 0; number++) {
		str_cut(text, '\n', &line, &text);
		if (!read_line(rd, line, number))
			return false;
	}
	return true;
}

/* FNV-1a: spreads names over the entries, no more is asked of it. */
static uint64_t spread(struct str s)
{
	uint64_t h = 0xcbf29ce484222325ULL;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3ULL;
	return h ^ h >> 32;
}

static bool is_user(const struct reading *rd, struct str name)
{
	char own[USER_MAX + 1];

	if (rd->own_only && (!users_name_of(rd->self->euid, own) || !str_eq(name, str_of(own))))
		return false;
	for (size_t i = 0; i < rd->entries.n; i++)
		if (str_eq(rd->entries.p[i].name, name))
			return true;
	return false;
}

static enum users_verdict verify(struct reading *rd, struct str name, const struct secret *password)
{
	struct file        *f = rd->self;
	bool                known = is_user(rd, name);
	const struct entry *good = NULL;

	if (rd->entries.n == 0) {
		f->verify("*", password);
		return USERS_REFUSED;
	}
	if (!known)
		name = rd->entries.p[spread(name) % rd->entries.n].name;
	for (size_t i = 0; i < rd->entries.n; i++) {
		const struct entry *e = &rd->entries.p[i];

		if (str_eq(e->name, name) && f->verify(e->hash, password) && !good)
			good = e;
	}
	if (!good || !known)
		return USERS_REFUSED;
	snprintf(f->label, sizeof(f->label), "%s", good->label);
	text_printable(f->label);
	return USERS_OK;
}

static enum users_verdict file_check(void *self, const char *user, const struct secret *password, const char *peer)
{
	struct file       *f = self;
	struct reading     rd = { .self = f, .arena = ARENA_INIT, .text = BUF(USERS_FILE_MAX) };
	enum users_verdict v = USERS_UNAVAILABLE;

	f->why[0] = f->label[0] = '\0';
	if (read_entries(&rd))
		v = verify(&rd, str_of(user), password);
	VEC_FREE(&rd.entries);
	buf_free(&rd.text);
	arena_free(&rd.arena);
	return v;
}

int users_file_open_with(const char *path, uid_t euid, bool (*verify_hash)(const char *, const struct secret *),
			 void **ret_self)
{
	struct file *f = calloc(1, sizeof(*f));

	if (!f)
		die_memory();
	f->path = strdup(path);
	if (!f->path)
		die_memory();
	f->euid = euid;
	f->verify = verify_hash;
	*ret_self = f;
	return 0;
}

static int file_open(const char *where, void **ret_self)
{
	return users_file_open_with(where, geteuid(), passhash_verify, ret_self);
}

static const char *file_why(void *self)
{
	return ((struct file *)self)->why;
}

static const char *file_label(void *self)
{
	return ((struct file *)self)->label;
}

static void file_close(void *self)
{
	struct file *f = self;

	free(f->path);
	free(f);
}

const struct users_driver users_file = {
	.name = "file",
	.open = file_open,
	.check = file_check,
	.why = file_why,
	.label = file_label,
	.close = file_close,
};
