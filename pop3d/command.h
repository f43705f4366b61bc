/* What a POP3 command is, and the session it works on. */
#ifndef REMUCH_COMMAND_H
#define REMUCH_COMMAND_H

#include "conn.h"
#include "drop.h"
#include "str.h"

struct session {
	struct conn *conn;
	struct drop  drop;
	bool         over;              /* the last answer was the last */
	unsigned     bad;               /* commands that were not understood */
	unsigned     retrieved, removed;
};

struct args {
	struct drop_mail *mail;         /* ARG_MAIL, or ARG_MAIL_MAY when it is there; never a deleted one */
	uint32_t          number;       /* of that message */
	uint32_t          lines;        /* ARG_LINES */
	struct str        text;         /* ARG_TEXT: the rest of the line, may be empty */
};

/* The dispatcher (commands.c) checks these, so that no command has to. */
enum arg_rule {
	ARG_NONE,
	ARG_MAIL,                       /* one message number */
	ARG_MAIL_MAY,                   /* one or nothing */
	ARG_MAIL_LINES,                 /* a message number and a count */
	ARG_TEXT,
};

struct command {
	const char   *name;
	enum arg_rule rule;
	void        (*run)(struct session *s, const struct args *args);
};

extern const struct command cmd_capa, cmd_dele, cmd_lang, cmd_list, cmd_noop, cmd_quit, cmd_retr, cmd_rset, cmd_stat, cmd_top,
	cmd_uidl;

#endif
