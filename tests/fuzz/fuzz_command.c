/* A command after login, from its name on: found in the table and parsed, or refused with a reason fit for the wire. */
#include <errno.h>
#include <stdlib.h>

#include "commands.h"
#include "limits.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static void run(struct str in, bool rev2, struct arena *a)
{
	struct request rq = { .arena = a, .rev2 = rev2, .has_literal = true };
	struct str     name;
	void          *args = NULL;
	int            r;

	lex_init(&rq.lx, in, a);
	if (lex_word(&rq.lx, &name) < 0)
		return;
	rq.by_uid = str_ieq(name, STR("UID"));
	if (rq.by_uid && (lex_sp(&rq.lx) < 0 || lex_word(&rq.lx, &name) < 0))
		return;
	rq.command = commands_find(name, rq.by_uid);
	if (!rq.command)
		return;
	must(str_ieq(name, str_of(rq.command->name)));
	r = rq.command->parse ? rq.command->parse(&rq, &args) : lex_end(&rq.lx);
	must(rq.lx.at <= in.n);
	if (r == 0)
		must(lex_at_end(&rq.lx));
	else
		must((r == -EBADMSG || r == -EMSGSIZE || r == -EINVAL) && text_is_ascii(str_of(lex_why(&rq.lx))));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct str   in = { (const char *)data, size };

	if (size <= COMMAND_MAX) {
		run(in, false, &a);
		run(in, true, &a);
		commands_streams(in);
	}
	arena_free(&a);
	return 0;
}
