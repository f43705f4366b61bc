#include "structure.h"

#include <string.h>

#include "header.h"
#include "limits.h"
#include "part_fields.h"

/* A place in the file, with what was counted on the way to it. */
struct place {
	size_t   off;
	uint64_t bare;                  /* LFs without CR before it */
	uint32_t lines;
};

/* A part that is being read. */
struct frame {
	struct part *part;
	struct part *last;              /* of its children */
	struct place start, body;
	struct str   boundary;          /* n == 0: not a multipart, or its end boundary was seen */
	uint32_t     hash;
	bool         digest;
};

/* The walk goes line by line. The parts a line is in are a stack. Boundaries are compared, by hash, only when a line
 * begins with "--". One closes all frames above its own, in front of the line end before it. */
struct walk {
	struct arena *a;
	struct str    msg;
	struct place  at;               /* the beginning of a line */
	bool          in_header;        /* of the part on top */
	struct frame  stack[MIME_DEPTH_MAX];
	size_t        depth;
	size_t        parts;
	size_t        envelope_left;    /* octets of header that embedded envelopes may still be read from */
	uint64_t      hashes;           /* a bit for the low 6 bits of each open boundary's hash */
};

static uint32_t hash(struct str s)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h ^ h >> 16;
}

static void next_line(struct walk *w)
{
	const char *p = w->msg.p + w->at.off;
	const char *lf = memchr(p, '\n', w->msg.n - w->at.off);

	if (!lf) {
		w->at.off = w->msg.n;
		return;
	}
	w->at.off += (size_t)(lf - p) + 1;
	w->at.lines++;
	w->at.bare += lf == w->msg.p || lf[-1] != '\r';
}

/* The place before the line end in front of `at`. */
static struct place before_line_end(const struct walk *w)
{
	struct place at = w->at;
	bool         crlf = at.off >= 2 && w->msg.p[at.off - 2] == '\r';

	if (at.off == 0)
		return at;
	at.off -= crlf ? 2 : 1;
	at.bare -= crlf ? 0 : 1;
	at.lines--;
	return at;
}

static void note_boundaries(struct walk *w)
{
	w->hashes = 0;
	for (size_t i = 0; i < w->depth; i++)
		if (w->stack[i].boundary.n > 0)
			w->hashes |= 1ull << (w->stack[i].hash & 63);
}

/* The body ends here, or where it begins: the line end of a boundary may be that of the empty line before the body, and
 * is then the header's; returns which. A multipart in which no part was found turns out to be text. */
static struct place close_part(const struct frame *f, struct place end)
{
	struct part *p = f->part;

	if (end.off < f->body.off)
		end = f->body;
	p->body_len = end.off - f->body.off;
	p->body_octets = p->body_len + (end.bare - f->body.bare);
	p->body_lines = end.lines - f->body.lines;
	if (p->kind == PART_MULTIPART && !p->child)
		part_fields_demote(p);
	return end;
}

static void close_down_to(struct walk *w, size_t depth, struct place end)
{
	while (w->depth > depth)
		end = close_part(&w->stack[--w->depth], end);
	note_boundaries(w);
}

/* A part begins here, in the one on top of the stack, with its header. */
static void open_part(struct walk *w)
{
	struct frame *f = w->depth > 0 ? &w->stack[w->depth - 1] : NULL;
	struct part  *p = ARENA_NEW(w->a, struct part);

	p->number = 1;
	if (f && f->last) {
		f->last->next = p;
		p->number = f->last->number + 1;
	} else if (f) {
		f->part->child = p;
	}
	if (f) {
		p->parent = f->part;
		f->last = p;
	}
	w->stack[w->depth++] = (struct frame){ .part = p, .start = w->at };
	w->parts++;
	w->in_header = true;
}

static void read_envelope(struct walk *w, struct part *message, struct str header)
{
	header = str_mid(header, 0, w->envelope_left);
	w->envelope_left -= header.n;
	message->envelope = ARENA_NEW(w->a, struct envelope);
	*message->envelope = envelope_read(w->a, header);
}

/* The header of the part on top ends here. */
static void end_header(struct walk *w)
{
	struct frame *f = &w->stack[w->depth - 1], *up = w->depth > 1 ? f - 1 : NULL;
	struct part  *p = f->part;

	w->in_header = false;
	f->body = w->at;
	p->hdr_off = f->start.off;
	p->hdr_len = f->body.off - f->start.off;
	p->hdr_octets = p->hdr_len + (f->body.bare - f->start.bare);
	p->body_off = f->body.off;
	part_fields_read(w->a, p, part_header(p, w->msg), up && up->digest);
	if (up && up->part->kind == PART_MESSAGE)
		read_envelope(w, up->part, part_header(p, w->msg));
	if (p->kind != PART_LEAF && (w->depth == MIME_DEPTH_MAX || w->parts == MIME_PARTS_MAX))
		part_fields_demote(p);
	if (p->kind == PART_MULTIPART) {
		f->boundary = part_fields_boundary(w->a, p);
		f->hash = hash(f->boundary);
		f->digest = str_ieq(p->subtype, STR("digest"));
		note_boundaries(w);
	} else if (p->kind == PART_MESSAGE) {
		open_part(w);
	}
}

/* The frame whose boundary the line is, the innermost; w->depth when it is none. */
static size_t find_boundary(const struct walk *w, bool *ret_last)
{
	struct str rest = str_from(w->msg, w->at.off), line;
	uint32_t   plain, end;
	size_t     i = w->depth;

	if (w->hashes == 0 || !str_starts(rest, STR("--")))
		return w->depth;
	line = str_from(str_mid(rest, 0, str_chr(rest, '\n')), 2);
	while (line.n > 0 && (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
		line.n--;
	*ret_last = str_ends(line, STR("--"));
	plain = hash(line);
	end = *ret_last ? hash(str_mid(line, 0, line.n - 2)) : plain;
	if (!(w->hashes & (1ull << (plain & 63) | 1ull << (end & 63))))
		return w->depth;
	while (i-- > 0) {
		const struct frame *f = &w->stack[i];

		if (f->boundary.n == 0)
			continue;
		if (f->hash == plain && str_eq(f->boundary, line)) {
			*ret_last = false;
			return i;
		}
		if (*ret_last && f->hash == end && str_eq(f->boundary, str_mid(line, 0, line.n - 2)))
			return i;
	}
	return w->depth;
}

static void at_boundary(struct walk *w, size_t of, bool last)
{
	struct place line = w->at, end = before_line_end(w);

	if (!last && w->parts == MIME_PARTS_MAX) {
		w->hashes = 0;          /* no line is a boundary from now on */
		return;
	}
	if (w->in_header && end.off >= w->stack[w->depth - 1].start.off)
		w->at = end;
	while (w->in_header)
		end_header(w);
	w->at = line;
	close_down_to(w, of + 1, end);
	next_line(w);
	if (last) {
		w->stack[of].boundary.n = 0;
		note_boundaries(w);
	} else {
		open_part(w);
	}
}

struct part *structure_read(struct arena *a, struct str msg)
{
	struct walk  w = { .a = a, .msg = msg, .envelope_left = MIME_ENVELOPES_MAX };
	struct part *root;

	open_part(&w);
	root = w.stack[0].part;
	while (w.at.off < msg.n) {
		struct str   rest = str_from(msg, w.at.off);
		bool         last = false;
		size_t       of = find_boundary(&w, &last);

		if (of < w.depth) {
			at_boundary(&w, of, last);
		} else if (!w.in_header) {
			next_line(&w);
		} else if (w.at.off == w.stack[w.depth - 1].start.off && !header_begins(rest)) {
			end_header(&w);
		} else {
			next_line(&w);
			if (header_at_end(rest))
				end_header(&w);
		}
	}
	while (w.in_header)
		end_header(&w);
	close_down_to(&w, 0, w.at);
	return root;
}
