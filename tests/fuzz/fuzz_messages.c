/* A record from the pre-login process: what passes the check holds what messages.h promises. The input is a record's
 * beginning, made as long as its type wants. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "conn.h"
#include "messages.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool x)
{
	if (!x)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct message raw, m;

	messages_check(data, size, &m);
	memset(&raw, 0, sizeof(raw));
	memcpy(&raw, data, size < sizeof(raw) ? size : sizeof(raw));
	for (size_t n = sizeof(raw.type); n <= sizeof(raw); n++) {
		if (messages_check(&raw, n, &m) != 0)
			continue;
		must(memcmp(&raw, &m, n) == 0);
		if (m.type == MSG_LOGIN) {
			must(m.login.user[0] != '\0' && text_is_utf8(str_of(m.login.user)));
			must(strlen(m.login.user) <= USER_MAX && strlen(m.login.authzid) <= USER_MAX);
			must(strlen(m.login.password) <= SECRET_MAX && strlen(m.login.tag) <= LOGIN_TAG_MAX);
		}
		if (m.type == MSG_START)
			must(m.start.n <= CONN_AHEAD_MAX);
		return 0;
	}
	return 0;
}
