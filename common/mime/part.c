#include "part.h"

/* The part that section number n names in `in`, which is the message itself or a part found before. */
static struct part *step(struct part *in, bool top, uint32_t n)
{
	struct part *holder = top ? in : in->kind == PART_MESSAGE ? in->child : in->kind == PART_MULTIPART ? in : NULL;
	struct part *p;

	if (!holder)
		return NULL;
	if (holder->kind != PART_MULTIPART)
		return n == 1 ? holder : NULL;
	for (p = holder->child; p && p->number != n; p = p->next)
		;
	return p;
}

struct part *part_find(struct part *root, const uint32_t *numbers, size_t n)
{
	struct part *p = root;

	for (size_t i = 0; i < n && p; i++)
		p = step(p, i == 0, numbers[i]);
	return p;
}

const struct part *part_following(const struct part *p)
{
	if (p->child)
		return p->child;
	while (p && !p->next)
		p = p->parent;
	return p ? p->next : NULL;
}

struct str part_header(const struct part *p, struct str msg)
{
	return str_mid(msg, (size_t)p->hdr_off, (size_t)p->hdr_len);
}

struct str part_body(const struct part *p, struct str msg)
{
	return str_mid(msg, (size_t)p->body_off, (size_t)p->body_len);
}
