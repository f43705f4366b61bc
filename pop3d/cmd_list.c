/* STAT, LIST and UIDL: what is in the maildrop. RFC 1939 sections 5 and 7. */
#include "command.h"
#include "reply.h"

typedef void (*describe)(struct session *s, const struct drop_mail *m, uint32_t number);

static void put_size(struct session *s, const struct drop_mail *m, uint32_t number)
{
	conn_printf(s->conn, "%u %llu\r\n", number, (unsigned long long)m->size);
}

static void put_uidl(struct session *s, const struct drop_mail *m, uint32_t number)
{
	char id[DROP_UIDL_MAX + 1];

	drop_uidl(&s->drop, m, id);
	conn_printf(s->conn, "%u %s\r\n", number, id);
}

/* The line of one message behind +OK, or the lines of all that are not marked. */
static void put_all(struct session *s, const struct args *args, describe fn)
{
	if (args->mail) {
		conn_puts(s->conn, "+OK ");
		fn(s, args->mail, args->number);
		return;
	}
	reply_ok(s->conn, "%u messages (%llu octets)", s->drop.left, (unsigned long long)s->drop.size);
	for (uint32_t i = 0; i < s->drop.n; i++)
		if (!s->drop.mails[i].deleted)
			fn(s, &s->drop.mails[i], i + 1);
	reply_end(s->conn);
}

static void run_stat(struct session *s, const struct args *args)
{
	reply_ok(s->conn, "%u %llu", s->drop.left, (unsigned long long)s->drop.size);
}

static void run_list(struct session *s, const struct args *args)
{
	put_all(s, args, put_size);
}

static void run_uidl(struct session *s, const struct args *args)
{
	put_all(s, args, put_uidl);
}

const struct command cmd_stat = { "STAT", ARG_NONE, run_stat };
const struct command cmd_list = { "LIST", ARG_MAIL_MAY, run_list };
const struct command cmd_uidl = { "UIDL", ARG_MAIL_MAY, run_uidl };
