#include "content.h"

#include "structure.h"

int content_open(struct content *c, struct store *s, uint64_t serial)
{
	int r;

	if (c->open)
		return 0;
	r = mail_open(s, serial, &c->mail);
	if (r < 0)
		return r;
	c->open = true;
	return 0;
}

struct part *content_root(struct content *c)
{
	if (!c->root) {
		c->root = structure_read(&c->arena, c->mail.bytes);
		mail_pass(&c->mail, c->mail.bytes.p + c->mail.bytes.n);
	}
	return c->root;
}

void content_close(struct content *c)
{
	if (c->open)
		mail_close(&c->mail);
	c->open = false;
	c->root = NULL;
	arena_reset(&c->arena);
}
