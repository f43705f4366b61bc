/* Numbers from octets: digits only, all of them, no sign, no overflow. */
#ifndef REMUCH_NUM_H
#define REMUCH_NUM_H

#include <stdint.h>

#include "str.h"

/* 0 and *ret_n; -EINVAL when s is no number, -ERANGE when it does not fit. */
int num_u32(struct str s, uint32_t *ret_n);
int num_u64(struct str s, uint64_t *ret_n);

#endif
