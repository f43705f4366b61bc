#include "bodymemo.h"

#include <stdlib.h>
#include <string.h>

#include "die.h"

enum { SECTION_TEXT_MAX = 128 };

struct bodymemo {
	bool          valid;
	uint64_t      serial;
	char          section[SECTION_TEXT_MAX];
	size_t        n_section;
	struct str    file;             /* where it lay; not read, it is closed since */
	struct source source;
};

struct bodymemo *bodymemo_new(void)
{
	struct bodymemo *m = calloc(1, sizeof(*m));

	if (!m)
		die_memory();
	return m;
}

void bodymemo_free(struct bodymemo *m)
{
	free(m);
}

bool bodymemo_find(const struct bodymemo *m, uint64_t serial, struct str section, struct str file, struct source *ret)
{
	if (!m->valid || m->serial != serial || m->file.n != file.n || !str_eq((struct str){ m->section, m->n_section }, section))
		return false;
	source_move(ret, &m->source, m->file, file.p);
	return true;
}

void bodymemo_keep(struct bodymemo *m, uint64_t serial, struct str section, struct str file, const struct source *src)
{
	m->valid = !src->slices.p && section.n <= sizeof(m->section);
	if (!m->valid)
		return;
	m->serial = serial;
	memcpy(m->section, section.p, section.n);
	m->n_section = section.n;
	m->file = file;
	source_move(&m->source, src, file, file.p);
}
