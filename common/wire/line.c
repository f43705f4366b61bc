#include "line.h"

void line_number(struct buf *b, uint64_t n)
{
	char   digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	buf_put(b, digits + at, sizeof(digits) - at);
}
