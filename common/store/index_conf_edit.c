#include "index_conf_edit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fd.h"

enum {
	FILE_SIZE_MAX = 1024 * 1024,
	PATH_SIZE = 4096,               /* realpath(3): PATH_MAX */
};

/* Where the file is indeed, and the directory it is in. */
struct place {
	char path[PATH_SIZE], dir[PATH_SIZE];
};

static int find_place(const struct index_conf *c, struct place *ret)
{
	if (c->open_config[0] == '\0')
		return -ENOENT;
	if (!realpath(c->open_config, ret->path))
		return -errno;
	strcpy(ret->dir, ret->path);
	*strrchr(ret->dir, '/') = '\0';
	return 0;
}

bool index_conf_writable(const struct index_conf *c)
{
	struct place p;

	return find_place(c, &p) == 0 && access(p.path, W_OK) == 0 && access(p.dir[0] ? p.dir : "/", W_OK) == 0;
}

/* GLib's key files: what begins a value with a space, and backslashes, are escaped. */
static void put_value(struct buf *b, struct str text)
{
	bool leading = true;

	for (size_t i = 0; i < text.n; i++) {
		leading &= text.p[i] == ' ';
		if (leading)
			buf_puts(b, "\\s");
		else if (text.p[i] == '\\')
			buf_puts(b, "\\\\");
		else
			buf_putc(b, text.p[i]);
	}
}

/* "[group]": is it that of the queries? */
static bool begins_group(struct str line, bool *is_query)
{
	line = str_trim(line);
	if (line.n == 0 || line.p[0] != '[')
		return false;
	*is_query = str_eq(line, STR("[query]"));
	return true;
}

static bool defines(struct str line, struct str query)
{
	struct str key, value;

	return str_cut(line, '=', &key, &value) && str_eq(str_trim(key), query);
}

/* All lines but those of the query; the first of these with its new text. */
static bool edit(struct str in, struct str query, struct str text, struct buf *out)
{
	bool in_queries = false, found = false;

	while (in.n > 0) {
		size_t     end = str_chr(in, '\n');
		struct str line = str_mid(in, 0, end < in.n ? end + 1 : end);

		in = str_from(in, line.n);
		if (begins_group(line, &in_queries) || !in_queries || !defines(line, query)) {
			buf_str(out, line);
			continue;
		}
		if (!found && text.n > 0) {
			buf_printf(out, "%.*s=", STR_ARG(query));
			put_value(out, text);
			buf_putc(out, '\n');
		}
		found = true;
	}
	return found;
}

/* A new file with the old one's rights, on disk before it takes its place. There is one drainer, so a name that is always the same will
 * do. */
static int replace(const struct place *p, struct str content)
{
	char        tmp[PATH_SIZE + 32];
	struct stat st;
	int         r = 0;

	snprintf(tmp, sizeof(tmp), "%s.remuch", p->path);
	CLEAN(fd_closep) int dir = open(p->dir[0] ? p->dir : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	CLEAN(fd_closep) int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || dir < 0)
		return -errno;
	r = fd_write_all(fd, content.p, content.n);
	if (r == 0 && (stat(p->path, &st) < 0 || fchmod(fd, st.st_mode & 07777) < 0 || fsync(fd) < 0 || rename(tmp, p->path) < 0))
		r = -errno;
	if (r < 0)
		unlink(tmp);
	else if (fsync(dir) < 0)
		r = -errno;
	return r;
}

int index_conf_edit(const struct index_conf *c, struct str query, struct str text)
{
	struct buf   was = BUF(FILE_SIZE_MAX), is = BUF(2 * FILE_SIZE_MAX);
	struct place p;
	int          r = find_place(c, &p);

	if (r == 0)
		r = fd_read_file(AT_FDCWD, p.path, &was);
	if (r == 0 && edit(buf_view(&was), query, text, &is))
		r = is.failed ? -EFBIG : str_eq(buf_view(&is), buf_view(&was)) ? 0 : replace(&p, buf_view(&is));
	buf_free(&was);
	buf_free(&is);
	return r == -ENOENT ? 0 : r;
}
