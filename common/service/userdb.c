#include "userdb.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "die.h"
#include "fd.h"

enum { ENTRY_MAX = 64 * 1024, GROUPS_MAX = 64 * 1024, ANSWER_MAX = 2 * ENTRY_MAX + GROUPS_MAX * sizeof(gid_t), PIECE = 4096 };

static void *room(size_t n)
{
	void *p = malloc(n);

	if (!p)
		die_memory();
	return p;
}

static void *copy(const void *from, size_t n)
{
	return memcpy(room(n), from, n);
}

/* As initgroups(3) would set them: of more than the kernel takes, the first. */
static void find_groups(struct become *e)
{
	int    n = GROUPS_MAX;
	gid_t *all = room(GROUPS_MAX * sizeof(*all));

	if (getgrouplist(e->name, e->gid, all, &n) < 0)
		n = GROUPS_MAX;
	e->n_groups = (size_t)n;
	e->groups = copy(all, e->n_groups * sizeof(*all));
	free(all);
}

int userdb_find(const char *name, uid_t uid, struct become *ret)
{
	struct passwd pw, *found = NULL;
	char         *entry = room(ENTRY_MAX);
	int           r;

	r = name ? getpwnam_r(name, &pw, entry, ENTRY_MAX, &found) : getpwuid_r(uid, &pw, entry, ENTRY_MAX, &found);
	if (r == 0 && !found)
		r = ENOENT;
	if (r == 0) {
		*ret = (struct become){
			.name = copy(pw.pw_name, strlen(pw.pw_name) + 1), .home = copy(pw.pw_dir, strlen(pw.pw_dir) + 1),
			.uid = pw.pw_uid, .gid = pw.pw_gid,
		};
	}
	free(entry);
	return -r;
}

/* What the child answers: this, the groups, the name and the home, each with its NUL. */
struct answer {
	int    error;                   /* as userdb_find returns it; else the rest is there */
	uid_t  uid;
	gid_t  gid;
	size_t n_groups, n_name, n_home;
};

static void child(const char *name, int out)
{
	struct become e = { 0 };
	struct answer a = { .error = userdb_find(name, 0, &e) };
	struct buf    b = BUF(ANSWER_MAX);

	if (a.error == 0) {
		find_groups(&e);
		a = (struct answer){ 0, e.uid, e.gid, e.n_groups, strlen(e.name) + 1, strlen(e.home) + 1 };
	}
	buf_put(&b, &a, sizeof(a));
	if (a.error == 0) {
		buf_put(&b, e.groups, e.n_groups * sizeof(*e.groups));
		buf_put(&b, e.name, a.n_name);
		buf_put(&b, e.home, a.n_home);
	}
	_exit(fd_write_all(out, b.p, b.n) < 0);
}

/* To the end; 0 or -errno. */
static int hear(int in, struct buf *b)
{
	ssize_t n;

	do {
		char *at = buf_room(b, PIECE);

		if (!at)
			return -EMSGSIZE;
		n = read(in, at, PIECE);
		if (n > 0)
			b->n += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	return n < 0 ? -errno : 0;
}

static int understand(const struct buf *b, struct become *ret)
{
	const char   *at = b->p + sizeof(struct answer);
	struct answer a;
	size_t        n_groups;

	if (b->n < sizeof(a))
		return -EIO;            /* it died */
	memcpy(&a, b->p, sizeof(a));
	if (a.error != 0)
		return a.error;
	n_groups = a.n_groups * sizeof(gid_t);
	if (b->n != sizeof(a) + n_groups + a.n_name + a.n_home)
		return -EIO;
	*ret = (struct become){
		.uid = a.uid, .gid = a.gid, .groups = copy(at, n_groups), .n_groups = a.n_groups,
		.name = copy(at + n_groups, a.n_name), .home = copy(at + n_groups + a.n_name, a.n_home),
	};
	return 0;
}

int userdb_find_apart(const char *name, struct become *ret)
{
	CLEAN(buf_free) struct buf b = BUF(ANSWER_MAX);
	CLEAN(fd_closep) int       in = -1, out = -1;
	int                        ends[2], r;
	pid_t                      pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	in = ends[0];
	out = ends[1];
	pid = fork();
	if (pid < 0)
		return -errno;
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		child(name, out);
	}
	fd_closep(&out);                /* so the child's death is an end of file */
	r = hear(in, &b);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	return r < 0 ? r : understand(&b, ret);
}
