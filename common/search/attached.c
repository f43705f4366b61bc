/* The text is "1" LF and the texts. */
#include "attached.h"

#include <errno.h>

#include "limits.h"
#include "scan.h"
#include "structure.h"

#define VERSION "1\n"

/* What libnotmuch takes for an attachment; messages in it are indexed all the same. */
static bool is_attached_text(const struct part *p)
{
	return p->kind == PART_LEAF && str_ieq(p->type, STR("text")) && p->disposition.p && str_ieq(p->disposition, STR("attachment"));
}

static void make(struct arena *a, struct str msg, struct buf *out)
{
	struct buf texts = BUF(ATTACHED_MAX);

	for (const struct part *p = structure_read(a, msg); p && !texts.failed; p = part_following(p))
		if (is_attached_text(p)) {
			scan_part_text(p, msg, &texts);
			buf_putc(&texts, '\n');
		}
	if (!texts.failed) {
		buf_puts(out, VERSION);
		buf_str(out, buf_view(&texts));
	}
	buf_free(&texts);
}

const struct derived_kind attached_kind = { .kind = MAIL_CACHE_ATTACHED, .from = DERIVED_FROM_FILE, .version = STR_LIT(VERSION), .make = make };

int attached_read(struct str text, struct str *ret)
{
	if (!str_starts(text, STR(VERSION)))
		return -EBADMSG;
	*ret = str_from(text, sizeof(VERSION) - 1);
	return 0;
}
