/* Growing arrays of one type: VEC(uint32_t) uids = { 0 }; VEC_PUSH(&uids, 7); ... VEC_FREE(&uids);
 * Out of memory ends the process (die_memory). */
#ifndef REMUCH_VEC_H
#define REMUCH_VEC_H

#include <stddef.h>

#define VEC(type) struct { type *p; size_t n, cap; }

#define VEC_PUSH(v, item)                                                                \
	do {                                                                             \
		if ((v)->n == (v)->cap)                                                  \
			(v)->p = vec_grow((v)->p, &(v)->cap, (v)->n + 1, sizeof(*(v)->p)); \
		(v)->p[(v)->n++] = (item);                                               \
	} while (0)

#define VEC_FREE(v) vec_free((void **)&(v)->p, &(v)->n, &(v)->cap)

/* p, made to hold at least `need` items of `size` octets. */
void *vec_grow(void *p, size_t *cap, size_t need, size_t size);
void vec_free(void **p, size_t *n, size_t *cap);

#endif
