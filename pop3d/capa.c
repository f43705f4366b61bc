#include "capa.h"

#include "reply.h"
#include "sasl.h"

enum { NAMES_MAX = 256 };

static const struct {
	const char *text;
	unsigned    needs;      /* all of these bits */
} capabilities[] = {
	{ "TOP",             0 },
	{ "USER",            CAPA_PASSWORDS },
	{ "RESP-CODES",      0 },
	{ "AUTH-RESP-CODE",  0 },       /* RFC 3206 */
	{ "PIPELINING",      0 },
	{ "EXPIRE NEVER",    0 },
	{ "UIDL",            0 },
	{ "STLS",            CAPA_STLS },       /* RFC 2595 */
	{ "UTF8 USER",       0 },       /* RFC 6856 section 2 */
	{ "LANG",            0 },       /* RFC 6856 section 3 */
	{ "IMPLEMENTATION remuch", 0 },
};

void capa_put(struct conn *c, unsigned now)
{
	struct buf names = BUF(NAMES_MAX);

	reply_ok(c, "what this server can do:");
	for (size_t i = 0; i < sizeof(capabilities) / sizeof(capabilities[0]); i++)
		if ((capabilities[i].needs & ~now) == 0)
			conn_printf(c, "%s\r\n", capabilities[i].text);
	sasl_names(&names, " ", now & CAPA_PASSWORDS);
	if (names.n > 0)
		conn_printf(c, "SASL%s\r\n", buf_z(&names));
	buf_free(&names);
	reply_end(c);
}
