/* What a command is, and what the session that runs it knows.
 *
 * The way of one command: read_command.c has it whole in memory (a message for APPEND is left on the wire), commands.c
 * finds its descriptor and admits it, `parse` makes typed arguments of the bytes, `run` calls the store and writes
 * untagged responses, report.c tells what changed in the mailbox, reply.c writes the tagged line, the arena is reset.
 * Adding one: a file cmd_NAME.c, a row in commands.c, a unit test, a conversation test. */
#ifndef REMUCH_COMMAND_H
#define REMUCH_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "box.h"
#include "conn.h"
#include "lex.h"
#include "literal.h"
#include "reply.h"
#include "service.h"
#include "store.h"

struct bodymemo;
struct flagtext;
struct metawatch;
struct searchres;

/* States of RFC 9051 section 3 (a session begins authenticated), as bits. */
enum {
	ST_NOAUTH   = 1,                /* only for commands that preauth.c has: refused here with a reason */
	ST_AUTH     = 2,
	ST_SELECTED = 4,
	ST_LOGGEDIN = ST_AUTH | ST_SELECTED,
};

enum {
	CF_UID_FORM      = 1,           /* "UID name" is a command as well: rq->by_uid */
	CF_WRITES        = 2,           /* refused in a mailbox opened by EXAMINE */
	CF_KEEP_EXPUNGED = 4,           /* no EXPUNGE during it, save in its UID form (RFC 9051 section 7.5.1) */
	CF_STREAMS       = 8,           /* a literal behind the first argument stays on the wire: rq->literal */
	CF_NO_REPORT     = 16,          /* the command reports changes itself, or must not (LOGOUT) */
	CF_CAPABILITY    = 32,          /* its name is a capability */
};

/* One session: one client that has logged in. Each sub-struct belongs to the file that is named like it. */
struct session {
	const struct session_start *start;
	struct conn      *conn;
	struct store     *store;
	struct box       *box;          /* the selected mailbox; NULL: none */
	struct flagtext  *flagtext;     /* flags as text, remembered */
	struct searchres *searchres;    /* "$" */
	struct bodymemo  *bodymemo;     /* where a partial FETCH stopped */
	struct metawatch *metawatch;    /* what is told of annotations; NULL: METADATA was not enabled */
	bool              rev2;         /* ENABLE IMAP4rev2: answers of RFC 9051, mailbox names in UTF-8 */
	bool              condstore;    /* the client wants mod-sequences: condstore.h */
	bool              qresync;      /* ENABLE QRESYNC: VANISHED in place of EXPUNGE, qresync.h */
	bool              held_back;    /* a HIGHESTMODSEQ was told that is lower than MODSEQs it has seen, since expunges wait */
	bool              leaving;      /* BYE has been said: end after the tagged response */
	const char       *farewell;     /* the text of that BYE, for the log */
	int               stop_fd;      /* readable when the process shall end (SIGTERM) */
	unsigned          bad;          /* commands that were not understood */
	uint64_t          commands;
};

/* One command. */
struct request {
	struct str            tag;
	const struct command *command;
	struct lexer          lx;       /* behind the name, at the space before the first argument or at the end */
	struct arena         *arena;    /* of this command: nothing of it outlives the tagged response */
	bool                  by_uid;   /* "UID name" */
	bool                  rev2;     /* as in the session: how mailbox names are read */
	bool                  keep_expunged; /* no EXPUNGE during it; set by a command in its UID form that has sequence numbers after all */
	bool                  has_literal; /* CF_STREAMS: rq->literal follows on the wire, nothing of it read yet */
	struct literal        literal;
};

struct command {
	const char *name;               /* capitals */
	unsigned    states;             /* ST_* in which it is allowed */
	unsigned    flags;              /* CF_* */

	/* Read the arguments, the end of the command included (lex_end), into a struct of the command's own in
	 * rq->arena. Touches nothing but rq. 0; -EBADMSG, -EMSGSIZE: BAD with lex_why(); -EINVAL (a mailbox name that
	 * cannot be): NO [CANNOT] with lex_why(). NULL: no arguments. */
	int (*parse)(struct request *rq, void **ret_args);

	/* Do it. Returns the tagged response, constant or in rq->arena; NULL: "OK name done". */
	const struct reply *(*run)(struct session *s, struct request *rq, void *args);
};

#endif
