/* Every part lies inside the one it is in, behind its header, its counts are those of its octets, and its number finds it. */
#include <stdint.h>
#include <stdlib.h>

#include "limits.h"
#include "octets.h"
#include "structure.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

struct check {
	struct arena a;
	struct part *root;
	struct str   msg;
	uint32_t     path[MIME_DEPTH_MAX];
};

static void check_part(struct check *c, struct part *p, size_t depth, size_t n, uint64_t from, uint64_t to)
{
	uint32_t     lines;
	struct part *up = p->parent;

	must(depth < MIME_DEPTH_MAX && p->hdr_off >= from && p->hdr_off + p->hdr_len == p->body_off);
	must(p->body_off + p->body_len <= to);
	must(octets_count(part_header(p, c->msg), &lines) == p->hdr_octets);
	must(octets_count(part_body(p, c->msg), &lines) == p->body_octets && lines == p->body_lines);
	must(p->type.n > 0 && p->subtype.n > 0 && p->encoding.n > 0);
	must((p->kind != PART_LEAF) == (p->child != NULL) && (p->kind == PART_MESSAGE) == (p->envelope != NULL));
	/* A multipart that is a whole message has no number of its own. */
	if ((up && up->kind == PART_MULTIPART) || p->kind != PART_MULTIPART) {
		c->path[n++] = p->number;
		must(part_find(c->root, c->path, n) == p);
	}
	param_join(&c->a, p->params);
	from = p->body_off;
	for (struct part *child = p->child; child; child = child->next) {
		must(child->parent == p && (p->kind == PART_MULTIPART || !child->next));
		check_part(c, child, depth + 1, n, from, p->body_off + p->body_len);
		from = child->body_off + child->body_len;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct check c = { .a = ARENA_INIT, .msg = { (const char *)data, size } };

	c.root = structure_read(&c.a, c.msg);
	must(c.root->hdr_off == 0 && c.root->body_off + c.root->body_len == size);
	check_part(&c, c.root, 0, 0, 0, size);
	arena_free(&c.a);
	return 0;
}
