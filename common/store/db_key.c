#include "db.h"

#include <endian.h>
#include <string.h>

void db_key_begin(struct db_key *k)
{
	k->n = 0;
	k->failed = false;
}

void db_key_str(struct db_key *k, struct str s)
{
	if (s.n > sizeof(k->p) - k->n) {
		k->failed = true;
		s.n = sizeof(k->p) - k->n;
	}
	if (s.n > 0)
		memcpy(k->p + k->n, s.p, s.n);
	k->n += s.n;
}

void db_key_u32(struct db_key *k, uint32_t v)
{
	v = htobe32(v);
	db_key_str(k, (struct str){ (const char *)&v, sizeof(v) });
}

void db_key_u64(struct db_key *k, uint64_t v)
{
	v = htobe64(v);
	db_key_str(k, (struct str){ (const char *)&v, sizeof(v) });
}

struct str db_key_view(const struct db_key *k)
{
	return (struct str){ k->p, k->n };
}

uint32_t db_be32(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return be32toh(v);
}

uint64_t db_be64(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return be64toh(v);
}
