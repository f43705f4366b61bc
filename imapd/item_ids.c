/* Identifiers of content and thread: RFC 8474 section 5.3, and the decimal numbers of Gmail's extension. */
#include "item.h"
#include "line.h"
#include "objectid.h"

void item_emailid_put(struct fetch *f, struct want *w)
{
	objectid_put_email(&f->line, f->email);
}

void item_threadid_put(struct fetch *f, struct want *w)
{
	objectid_put_thread(&f->line, f->thread);
}

void item_gm_msgid_put(struct fetch *f, struct want *w)
{
	line_number(&f->line, f->email);
}

/* A message that notmuch does not know yet is a thread of its own. */
void item_gm_thrid_put(struct fetch *f, struct want *w)
{
	line_number(&f->line, f->thread != 0 ? f->thread : f->email);
}
