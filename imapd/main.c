#include "account.h"
#include "login.h"
#include "service.h"
#include "session.h"

int main(int argc, char **argv)
{
	static const struct protocol imap = {
		.name = "imap",
		.program = "imapd",
		.preauth = imap_preauth,
		.session = imap_session,
		.drain = account_drain,
		.check = account_check,
	};

	return service_main(&imap, argc, argv);
}
