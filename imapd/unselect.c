#include "unselect.h"

#include "command.h"
#include "searchres.h"

void unselect_silently(struct session *s)
{
	box_close(s->box);
	s->box = NULL;
	s->held_back = false;
	searchres_clear(s->searchres);
}

void unselect(struct session *s)
{
	if (!s->box)
		return;
	unselect_silently(s);
	reply_untagged(s, REPLY_OK, "CLOSED", "The mailbox that was selected is closed");
}
