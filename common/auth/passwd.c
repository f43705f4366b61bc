#include "passwd.h"

#include <errno.h>
#include <string.h>

#include "fd.h"
#include "limits.h"
#include "passhash.h"
#include "text.h"

static bool name_fits(const char *name)
{
	struct str s = str_of(name);

	if (s.n == 0 || s.n > USER_MAX || !text_is_utf8(s) || s.p[0] == '#' || str_trim(s).n != s.n)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f || s.p[i] == ':')
			return false;
	return true;
}

int passwd_entry(const char *name, const struct secret *password, struct buf *b)
{
	CLEAN(buf_free) struct buf hash = BUF(PASSHASH_MAX);
	int                        r;

	if (!name_fits(name))
		return -EINVAL;
	if (password->n == 0)
		return -ENODATA;
	r = passhash_make(&hash, password);
	if (r < 0)
		return r;
	buf_printf(b, "%s:%s\n", name, buf_z(&hash));
	return 0;
}
