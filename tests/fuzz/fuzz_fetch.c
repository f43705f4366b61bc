/* Arguments of FETCH: whatever comes is read or refused; a label that is shown reads as the item that was asked for. */
#include <stdlib.h>

#include "command.h"
#include "limits.h"
#include "read_fetch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static struct fetch_args *read_args(struct str in, struct arena *a)
{
	struct request rq = { .arena = a };
	void          *p = NULL;

	lex_init(&rq.lx, in, a);
	return read_fetch(&rq, &p) == 0 ? p : NULL;
}

/* As a command has it: " 1 BODY[1.TEXT]<0.5>". */
static void check_want(const struct want *w, struct arena *a)
{
	struct buf         b = BUF(COMMAND_MAX + 100);
	struct fetch_args *again;

	buf_puts(&b, " 1 ");
	buf_puts(&b, w->item->name);
	if (w->item->brackets != ITEM_NO_BRACKETS)
		section_put_command(&b, &w->section);
	again = read_args(buf_view(&b), a);
	must(again && again->n_wants == 1 && again->wants[0].item == w->item && str_eq(again->wants[0].label, w->label));
	must(str_starts(w->label, w->name));
	buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena       a = ARENA_INIT;
	struct fetch_args *args = read_args((struct str){ (const char *)data, size }, &a);

	if (args) {
		must(args->n_wants > 0 && args->n_wants <= FETCH_ITEMS_MAX);
		must(args->changed_since <= INT64_MAX && (args->changed_since == 0 || args->modseq));
		for (size_t i = 0; i < args->n_wants; i++)
			check_want(&args->wants[i], &a);
	}
	arena_free(&a);
	return 0;
}
