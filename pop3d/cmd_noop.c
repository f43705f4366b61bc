/* NOOP, CAPA and LANG: nothing that touches mail. RFC 1939 section 5, RFC 2449 section 5, RFC 6856 section 3. */
#include "capa.h"
#include "command.h"
#include "lang.h"
#include "reply.h"

static void run_noop(struct session *s, const struct args *args)
{
	reply_ok(s->conn, "still here");
}

static void run_capa(struct session *s, const struct args *args)
{
	capa_put(s->conn, CAPA_PASSWORDS);
}

static void run_lang(struct session *s, const struct args *args)
{
	lang_put(s->conn, args->text);
}

const struct command cmd_noop = { "NOOP", ARG_NONE, run_noop };
const struct command cmd_capa = { "CAPA", ARG_NONE, run_capa };
const struct command cmd_lang = { "LANG", ARG_TEXT, run_lang };
