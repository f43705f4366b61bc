/* Octets as text. */
#ifndef REMUCH_TEXT_H
#define REMUCH_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

/* The first character of s (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
 * Its length in octets, 1 to 4, and *ret_c; 0 when s does not begin with one. */
unsigned text_utf8_next(struct str s, uint32_t *ret_c);

bool text_is_utf8(struct str s);
bool text_is_ascii(struct str s);               /* all octets below 128 */

/* Put c as UTF-8 into out; its length in octets, 1 to 4. c must be a Unicode scalar value. */
unsigned text_utf8_put(uint32_t c, char out[4]);

/* In place: controls, and octets that are no UTF-8, become '?'. */
void text_printable(char *z);

#endif
