#include "listline.h"

#include "boxname.h"
#include "fold.h"
#include "limits.h"

static void put_attr(struct buf *b, const char *attr)
{
	if (b->p[b->n - 1] != '(')
		buf_putc(b, ' ');
	buf_puts(b, attr);
}

static void put_attrs(struct buf *b, const struct box_info *box, unsigned how)
{
	buf_putc(b, '(');
	if ((how & LISTLINE_SUBSCRIBED) && (box->attrs & BOX_SUBSCRIBED))
		put_attr(b, "\\Subscribed");
	if (box->attrs & BOX_NONEXISTENT)
		put_attr(b, "\\NonExistent");
	else if (box->attrs & BOX_NOSELECT)
		put_attr(b, "\\Noselect");
	if (!(how & LISTLINE_PLAIN)) {
		put_attr(b, box->attrs & BOX_HAS_CHILDREN ? "\\HasChildren" : "\\HasNoChildren");
		if (box->special != SPECIAL_NONE)
			put_attr(b, boxes_use_name(box->special));
	}
	buf_putc(b, ')');
}

void listline_put(struct session *s, const struct box_info *box, unsigned how, const char *childinfo,
	struct str oldname)
{
	struct buf b = BUF(16 * BOXNAME_MAX);

	buf_puts(&b, how & LISTLINE_LSUB ? "* LSUB " : "* LIST ");
	put_attrs(&b, box, how);
	buf_puts(&b, " \"/\" ");
	boxname_put(&b, box->name, s->rev2);
	if (childinfo || oldname.p) {
		buf_puts(&b, " (");
		if (childinfo)
			buf_printf(&b, "\"CHILDINFO\" %s", childinfo);
		if (oldname.p) {
			buf_puts(&b, childinfo ? " \"OLDNAME\" (" : "\"OLDNAME\" (");
			boxname_put(&b, oldname, s->rev2);
			buf_putc(&b, ')');
		}
		buf_putc(&b, ')');
	}
	buf_puts(&b, "\r\n");
	conn_str(s->conn, buf_view(&b));
	buf_free(&b);
}

static const struct box_info *find(const struct box_info *list, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].name, name))
			return &list[i];
	return NULL;
}

void listline_tell(struct session *s, struct str name, struct str oldname, struct arena *a)
{
	struct buf             composed = BUF(4 * BOXNAME_MAX);
	const struct box_info *box;
	struct box_info       *list;
	size_t                 n;

	if (boxes_list(s->store, a, &list, &n) < 0)
		return;
	box = find(list, n, name);
	if (!box) {
		fold_nfc(name, &composed);
		box = find(list, n, buf_view(&composed));
		if (!oldname.p)
			oldname = name;
	}
	if (box)
		listline_put(s, box, LISTLINE_SUBSCRIBED, NULL, oldname);
	buf_free(&composed);
}
