/* Commands of the not-authenticated state, which imapd/preauth.c serves. Here they only are in the wrong state. */
#include "cmd.h"

const struct command cmd_authenticate = { .name = "AUTHENTICATE", .states = ST_NOAUTH };
const struct command cmd_login = { .name = "LOGIN", .states = ST_NOAUTH };
const struct command cmd_starttls = { .name = "STARTTLS", .states = ST_NOAUTH };
