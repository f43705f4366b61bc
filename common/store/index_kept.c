/* What is kept: the length of what the answer depends on (u32, native), that, and the answer. That is: the file, the environment and the
 * stamp of the database, which has settings of its own. The answer: records of a letter and a text, each with a NUL behind it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fd.h"
#include "index_said.h"
#include "index_stamp.h"

enum {
	FILE_MAX = 64 * 1024,
	TICK_NS = 20 * 1000 * 1000,             /* of a file system's clock: two commits in one look the same */
};

static bool put_file(struct buf *b, const char *path)
{
	CLEAN(fd_closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	char                *room = fd < 0 ? NULL : buf_room(b, FILE_MAX);
	ssize_t              n = room ? read(fd, room, FILE_MAX) : -1;

	if (n < 0 || n == FILE_MAX)
		return false;
	b->n += (size_t)n;
	return true;
}

/* Without it notmuch looks in several places for a database, and one may appear in any of them. */
static bool names_database(struct str file)
{
	struct str line;

	if (getenv("NOTMUCH_DATABASE"))
		return true;
	while (file.n > 0) {
		str_cut(file, '\n', &line, &file);
		if (str_starts(str_trim(line), STR("path")))
			return true;
	}
	return false;
}

/* All that the answer depends on. False: it cannot be told. */
static bool depends(const char *config, const struct index_said *said, struct buf *b, struct index_stamp *ret_stamp)
{
	static const char *const variables[] = { "NOTMUCH_DATABASE", "NOTMUCH_PROFILE", "HOME" };
	const struct index_conf  c = { .mail_root = said->mail_root, .database = said->database, .open_config = config };

	*ret_stamp = (struct index_stamp){ 0 };
	if (index_stamp(&c, ret_stamp) < 0 || !put_file(b, config) || !names_database(buf_view(b)))
		return false;
	buf_put(b, config, strlen(config) + 1);
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		const char *value = getenv(variables[i]);

		buf_printf(b, "%s=%s%c", variables[i], value ? value : "", '\0');
	}
	buf_put(b, ret_stamp, sizeof(*ret_stamp));
	return !b->failed;
}

static void put(struct buf *b, char letter, struct str text)
{
	buf_putc(b, letter);
	buf_str(b, text);
	buf_putc(b, '\0');
}

void index_said_keep(const char *config, const struct index_said *said, int64_t asked_ns, struct buf *ret)
{
	struct buf         b = BUF(2 * FILE_MAX);
	struct index_stamp stamp;
	uint32_t           n;
	bool               good = said->whole && depends(config, said, &b, &stamp) && stamp.mtime_ns < asked_ns - TICK_NS;

	buf_reset(ret);
	n = (uint32_t)b.n;
	buf_put(ret, &n, sizeof(n));
	buf_str(ret, buf_view(&b));
	buf_free(&b);
	put(ret, 'r', str_of(said->mail_root));
	put(ret, 'd', str_of(said->database));
	put(ret, 's', said->synchronize_flags ? STR("1") : STR("0"));
	for (size_t i = 0; i < said->n_new_tags; i++)
		put(ret, 't', said->new_tags[i]);
	for (size_t i = 0; i < said->n_ignore; i++)
		put(ret, 'i', said->ignore[i]);
	if (!good || ret->failed)
		buf_reset(ret);
}

static void take(struct index_said *said, char letter, struct str text, struct str *tags, struct str *ignore)
{
	switch (letter) {
	case 'r':
		said->mail_root = text.p;
		return;
	case 'd':
		said->database = text.p;
		return;
	case 's':
		said->synchronize_flags = str_eq(text, STR("1"));
		return;
	case 't':
		tags[said->n_new_tags++] = text;
		return;
	case 'i':
		ignore[said->n_ignore++] = text;
		return;
	}
}

int index_said_recall(struct arena *a, const char *config, struct str kept, struct index_said *ret)
{
	struct index_said  said = { .mail_root = NULL };
	struct buf         now = BUF(2 * FILE_MAX);
	struct str         was, rest, *tags, *ignore;
	struct index_stamp stamp;
	size_t             most = 0;
	uint32_t           n;
	bool               same;

	if (kept.n < sizeof(n))
		return -ESTALE;
	memcpy(&n, kept.p, sizeof(n));
	was = str_mid(kept, sizeof(n), n);
	rest = arena_str(a, str_from(kept, sizeof(n) + n));
	for (size_t i = 0; i < rest.n; i++)
		most += rest.p[i] == '\0';
	said.new_tags = tags = ARENA_NEW_N(a, most, struct str);
	said.ignore = ignore = ARENA_NEW_N(a, most, struct str);
	while (rest.n > 0) {
		struct str record;

		if (!str_cut(rest, '\0', &record, &rest) || record.n == 0)
			return -ESTALE;
		take(&said, record.p[0], str_from(record, 1), tags, ignore);
	}
	same = said.mail_root && said.database && depends(config, &said, &now, &stamp) && str_eq(buf_view(&now), was);
	buf_free(&now);
	if (!same)
		return -ESTALE;
	*ret = said;
	return 0;
}
