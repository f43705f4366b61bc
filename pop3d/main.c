#include "account.h"
#include "login.h"
#include "service.h"
#include "session.h"

int main(int argc, char **argv)
{
	static const struct protocol pop3 = {
		.name = "pop3",
		.program = "pop3d",
		.names_mailbox = true,
		.preauth = pop3_preauth,
		.session = pop3_session,
		.drain = account_drain,
		.check = account_check,
	};

	return service_main(&pop3, argc, argv);
}
