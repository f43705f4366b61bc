/* Runs a fuzz target once over each file named, and over each file of each folder named: what was found before, in every
 * `make check`, with any compiler. Exit status 0 when all came back; a missing path or a crash is not 0. */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fd.h"

enum { INPUT_MAX = 16 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input lies in memory of just its size, so that ASan sees a read past its end. */
static int replay_file(int dir, const char *name)
{
	struct buf b = BUF(INPUT_MAX);
	uint8_t   *exact;
	int        r = fd_read_file(dir, name, &b);

	if (r < 0) {
		fprintf(stderr, "%s: %s\n", name, strerror(-r));
		buf_free(&b);
		return r;
	}
	exact = malloc(b.n > 0 ? b.n : 1);
	if (!exact)
		abort();
	if (b.n > 0)
		memcpy(exact, b.p, b.n);
	LLVMFuzzerTestOneInput(exact, b.n);
	free(exact);
	buf_free(&b);
	return 0;
}

static int replay(const char *path, unsigned *count)
{
	DIR           *dir = opendir(path);
	struct dirent *e;
	int            r = 0;

	if (!dir) {
		++*count;
		return replay_file(AT_FDCWD, path);
	}
	while (r == 0 && (e = readdir(dir))) {
		if (e->d_name[0] == '.')
			continue;
		r = replay_file(dirfd(dir), e->d_name);
		++*count;
	}
	closedir(dir);
	return r;
}

int main(int argc, char **argv)
{
	unsigned count = 0;

	for (int i = 1; i < argc; i++)
		if (replay(argv[i], &count) < 0)
			return 1;
	printf("%u inputs\n", count);
	return 0;
}
