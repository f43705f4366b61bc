/* Items that a row or a kept text answers. They are written by the ten thousand: no printf. */
#include "box.h"
#include "command.h"
#include "flagtext.h"
#include "imapdate.h"
#include "item.h"
#include "line.h"

void item_flags_put(struct fetch *f, struct want *w)
{
	bool recent = !f->s->rev2 && box_is_recent(f->s->box, f->row->uid);

	buf_str(&f->line, flagtext_of(f->s->flagtext, f->row, recent));
}

void item_labels_put(struct fetch *f, struct want *w)
{
	buf_str(&f->line, flagtext_labels(f->s->flagtext, f->row, f->s->rev2));
}

void item_internaldate_put(struct fetch *f, struct want *w)
{
	imapdate_put(&f->line, f->row->date);
}

void item_size_put(struct fetch *f, struct want *w)
{
	line_number(&f->line, f->row->size);
}

void item_uid_put(struct fetch *f, struct want *w)
{
	line_number(&f->line, f->row->uid);
}

void item_modseq_put(struct fetch *f, struct want *w)
{
	buf_putc(&f->line, '(');
	line_number(&f->line, f->row->modseq);
	buf_putc(&f->line, ')');
}

void item_derived_put(struct fetch *f, struct want *w)
{
	items_flush(f);
	conn_str(f->s->conn, str_from(f->derived->text[w->derived->kind], w->derived->version.n));
}
