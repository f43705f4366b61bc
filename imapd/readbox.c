#include "readbox.h"

#include <errno.h>

#include "boxname.h"

int readbox_name(struct request *rq, struct str *ret)
{
	int r = lex_sp(&rq->lx);

	return r < 0 ? r : boxname_read(&rq->lx, rq->rev2, ret);
}

int readbox_new(struct request *rq, struct str *ret)
{
	struct str  name;
	const char *why;
	int         r = readbox_name(rq, &name);

	if (r < 0)
		return r;
	if (str_ends(name, STR("/")))
		name.n--;
	if (boxname_check(name, &why) < 0)
		return lex_fail(&rq->lx, -EINVAL, why);
	*ret = name;
	return 0;
}

int readbox_only(struct request *rq, void **ret_args)
{
	struct str *name = ARENA_NEW(rq->arena, struct str);
	int         r = readbox_name(rq, name);

	*ret_args = name;
	return r < 0 ? r : lex_end(&rq->lx);
}
