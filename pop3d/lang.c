#include "lang.h"

#include "reply.h"

void lang_put(struct conn *c, struct str range)
{
	if (range.n == 0) {
		reply_ok(c, "languages:");
		conn_puts(c, "en English\r\n");
		reply_end(c);
	} else if (str_ieq(range, STR("en")) || str_eq(range, STR("*"))) {
		reply_ok(c, "en English it is");
	} else {
		reply_err(c, NULL, "en only English is spoken here");
	}
}
