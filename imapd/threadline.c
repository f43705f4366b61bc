#include "threadline.h"

#include "line.h"

static bool is_only_child(const struct thread_node *nodes, uint32_t at)
{
	return nodes[at].next == THREAD_NONE && nodes[nodes[at].parent].child == at;
}

/* The number, and what leads on to the first child. */
static void put_node(struct buf *b, const struct thread_node *nodes, uint32_t at)
{
	uint32_t child = nodes[at].child;

	if (nodes[at].uid != 0)
		line_number(b, nodes[at].uid);
	if (child == THREAD_NONE)
		return;
	if (nodes[at].uid != 0)
		buf_putc(b, ' ');
	if (!is_only_child(nodes, child))
		buf_putc(b, '(');
}

/* A thread may be as deep as the mailbox is large: no recursion. */
static void put_thread(struct buf *b, const struct thread_node *nodes, uint32_t top)
{
	uint32_t at = top;

	buf_putc(b, '(');
	for (;;) {
		put_node(b, nodes, at);
		if (nodes[at].child != THREAD_NONE) {
			at = nodes[at].child;
			continue;
		}
		while (at != top && nodes[at].next == THREAD_NONE) {
			if (!is_only_child(nodes, at))
				buf_putc(b, ')');
			at = nodes[at].parent;
		}
		if (at == top)
			break;
		buf_puts(b, ")(");
		at = nodes[at].next;
	}
	buf_putc(b, ')');
}

void threadline_put(struct buf *b, const struct thread_forest *f)
{
	buf_puts(b, f->first == THREAD_NONE ? "* THREAD" : "* THREAD ");
	for (uint32_t at = f->first; at != THREAD_NONE; at = f->nodes[at].next)
		put_thread(b, f->nodes, at);
	buf_puts(b, "\r\n");
}
