#include "read_command.h"

#include <errno.h>

#include "commands.h"
#include "limits.h"

void read_command_ask(struct conn *c, const struct literal *literal)
{
	if (!literal->sync)
		return;
	conn_puts(c, "+ OK\r\n");
	conn_flush(c);
}

int read_command_drop(struct conn *c, const struct literal *literal)
{
	struct literal next = *literal;
	struct str     line;
	bool           there = true;
	int            r;

	while (there && !next.sync) {
		if (next.size > LITERAL_DROP_MAX)
			return -E2BIG;
		r = conn_skip(c, next.size);
		if (r < 0)
			return r;
		r = conn_line(c, LINE_LENGTH_MAX, &line);
		if (r == -EMSGSIZE)
			return 0;
		if (r < 0)
			return r;
		if (literal_at_end(line, &there, &next) < 0)
			there = false;
	}
	return 0;
}

/* The literal's header line is in text already. */
static int take_literal(struct conn *c, const struct literal *literal, struct buf *text)
{
	size_t want = (size_t)literal->size;

	read_command_ask(c, literal);
	while (want > 0) {
		size_t got;
		char  *room = buf_room(text, want);
		int    r;

		if (!room)
			return -EMSGSIZE;
		r = conn_read(c, room, want, &got);
		if (r < 0)
			return r;
		text->n += got;
		want -= got;
	}
	return 0;
}

/* One line more. *ret_there: it announces a literal. A number in it that is too large for any counting is as good as
 * a literal without end when the client does not wait. */
static int take_line(struct conn *c, struct buf *text, bool *ret_there, struct literal *ret_literal)
{
	struct str line;
	int        r = conn_line(c, LINE_LENGTH_MAX, &line);

	if (r < 0)
		return r;
	*ret_there = false;
	r = literal_at_end(line, ret_there, ret_literal);
	if (r == -ERANGE && str_ends(line, STR("+}"))) {
		*ret_there = true;
		*ret_literal = (struct literal){ .size = INT64_MAX, .sync = false, .header_at = line.n };
	}
	if (*ret_there)
		ret_literal->header_at += text->n;
	buf_str(text, line);
	buf_puts(text, "\r\n");
	return 0;
}

/* The end of a command that is over a limit. */
static int give_up(struct conn *c, const struct literal *literal, enum read_command_end *ret_end)
{
	int r = read_command_drop(c, literal);

	*ret_end = r == -E2BIG ? READ_COMMAND_ENDLESS : READ_COMMAND_TOO_LONG;
	return r == -E2BIG ? 0 : r;
}

int read_command(struct conn *c, struct buf *text, enum read_command_end *ret_end, struct literal *ret_literal)
{
	struct literal literal = { 0 };
	bool           there;
	int            r;

	buf_reset(text);
	for (;;) {
		r = take_line(c, text, &there, &literal);
		if (r == -EMSGSIZE) {
			*ret_end = READ_COMMAND_TOO_LONG;
			return 0;
		}
		if (r < 0)
			return r;
		if (text->failed) {
			*ret_end = READ_COMMAND_TOO_LONG;
			return there ? give_up(c, &literal, ret_end) : 0;
		}
		if (!there) {
			*ret_end = READ_COMMAND_WHOLE;
			return 0;
		}
		if (commands_streams((struct str){ text->p, literal.header_at })) {
			text->n = literal.header_at;
			*ret_literal = literal;
			*ret_end = READ_COMMAND_LITERAL;
			return 0;
		}
		if (literal.size > LITERAL_MAX || literal.size > text->max - text->n)
			return give_up(c, &literal, ret_end);
		r = take_literal(c, &literal, text);
		if (r < 0)
			return r;
	}
}
