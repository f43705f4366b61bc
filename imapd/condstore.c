#include "condstore.h"

#include <inttypes.h>
#include <stdio.h>

#include "command.h"

void condstore_tell(struct session *s)
{
	char code[64];

	snprintf(code, sizeof(code), "HIGHESTMODSEQ %" PRIu64, box_highestmodseq(s->box));
	reply_untagged(s, REPLY_OK, code, "All changes up to this one are told");
}

void condstore_enable(struct session *s)
{
	if (s->condstore)
		return;
	s->condstore = true;
	if (s->box)
		condstore_tell(s);
}
