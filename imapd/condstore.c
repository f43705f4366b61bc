#include "condstore.h"

#include <inttypes.h>
#include <stdio.h>

#include "command.h"

const char *condstore_code(const struct session *s, char *code)
{
	snprintf(code, CONDSTORE_CODE_MAX, "HIGHESTMODSEQ %" PRIu64, box_modseq_told(s->box));
	return code;
}

void condstore_tell(struct session *s)
{
	char code[CONDSTORE_CODE_MAX];

	reply_untagged(s, REPLY_OK, condstore_code(s, code), "All changes up to this one are told");
}

void condstore_enable(struct session *s)
{
	if (s->condstore)
		return;
	s->condstore = true;
	if (s->box)
		condstore_tell(s);
}
