#include "index_stamp.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "index_priv.h"

int index_stamp(const struct index_conf *c, struct index_stamp *ret)
{
	char        path[4096];
	struct arena a = ARENA_INIT;
	struct stat st;

	snprintf(path, sizeof(path), "%s/iamglass", index_dir(c, &a));
	arena_free(&a);
	if (stat(path, &st) < 0)
		return -errno;
	*ret = (struct index_stamp){ st.st_dev, st.st_ino, (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec };
	return 0;
}
