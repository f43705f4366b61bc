/* The configuration: defaults, then /etc/remuch.conf, then the user's own file, in notmuch's INI form.
 * Unknown keys and bad values are errors that name file and line. Every key of the table in conf_keys.c
 * stands in remuch.conf(5); a test compares the two. */
#ifndef REMUCH_CONF_H
#define REMUCH_CONF_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"

enum conf_plain { CONF_PLAIN_TLS, CONF_PLAIN_LOOPBACK, CONF_PLAIN_ALWAYS };
enum conf_log { CONF_LOG_AUTO, CONF_LOG_JOURNAL, CONF_LOG_SYSLOG, CONF_LOG_STDERR };
enum conf_layout { CONF_LAYOUT_NESTED, CONF_LAYOUT_MAILDIRPP };

/* "a;b;c" values. */
struct conf_list {
	const char *const *v;
	size_t             n;
};

/* "$Junk=spam;$Important=important": IMAP keywords and the tags that they are. */
struct conf_keyword {
	const char *keyword, *tag;
};
struct conf_keywords {
	const struct conf_keyword *v;
	size_t                     n;
};

/* Whose own file is read, and what may stand in it. */
enum conf_user {
	CONF_USER_NO,           /* none */
	CONF_USER_OWN,          /* the user started the program: everything */
	CONF_USER_SERVED,       /* root started it and has become the user: [mail] only */
};

/* Where a value comes from. */
struct conf_origin {
	const char *file;       /* NULL: the default */
	unsigned    line;       /* 0: no line */
};

/* Strings are owned by `arena`; NULL where nothing is configured. A leading "~/" stays until the user is known. */
struct conf {
	struct arena        arena;
	struct conf_origin *origins;            /* for conf_describe: one for each row of conf_keys */

	/* [mail] */
	const char      *mail_root;             /* NULL: notmuch's database.mail_root */
	const char      *notmuch_config;        /* NULL: as notmuch finds it */
	const char      *state;                 /* NULL: $XDG_STATE_HOME/remuch, ~/.local/state/remuch */
	const char      *inbox;                 /* a folder; NULL: the root when it is a Maildir, else INBOX or Inbox */
	enum conf_layout layout;
	const char      *sent, *drafts, *trash, *junk, *archive;  /* special-use folders; defaults: the usual names */
	const char      *tags, *queries;        /* mailboxes above those of tags and of notmuch's named queries; NULL: none */
	const char      *all, *flagged;         /* mailboxes of all and of flagged mail; NULL: none */
	struct conf_list hide_tags;             /* tags that have no mailbox */
	struct conf_keywords keywords;          /* no keyword twice (ASCII case apart), no tag twice, none that is a flag */
	struct conf_list fixed_tags;            /* tags that notmuch gives by itself: clients cannot change them */
	const char      *append;                /* folder for what is appended to a tag; NULL: INBOX */
	const char      *deleted_tag;           /* given by EXPUNGE where a message cannot be taken out */
	bool             gmail;                 /* gmail_extension = advertise | hide */
	bool             search_exact;          /* search = exact | index */
	uint64_t         append_max;            /* octets of one message */

	/* [auth] */
	const char      *users;                 /* file of name:hash lines */
	const char      *pam;                   /* PAM service name; NULL: no PAM */
	enum conf_plain  plain;                 /* where passwords are taken without TLS */

	/* [tls]; certificate i goes with key i, and there are as many: a key that lies in its certificate's file
	 * is that file. Absolute paths or ~/; relative ones were looked up in $CREDENTIALS_DIRECTORY. None configured,
	 * and cert.pem and key.pem exist in $CREDENTIALS_DIRECTORY: those. */
	struct conf_list certificates, keys;
	const char      *ticket_keys;           /* file shared by all processes; NULL: beside the run-time state */

	/* [log] */
	enum conf_log    log_to;
	int              log_max;               /* a syslog priority */

	/* [service] */
	bool             sandbox_required;      /* default yes: refuse to run a pre-login process unconfined */
	const char      *run_dir;               /* throttle and tickets; NULL: $RUNTIME_DIRECTORY,
						 * /run/remuch (root), $XDG_RUNTIME_DIR/remuch */
};

/* Where an error is: text like "remuch.conf:12: unknown key \"mial.root\" in [mail]"; printable, no secrets. */
struct conf_error {
	char text[512];
};

/* Read `path` (NULL: the system's file, which may be absent) over the defaults, then the caller's own
 * $XDG_CONFIG_HOME/remuch.conf or ~/.config/remuch.conf, which may be absent. For CONF_USER_SERVED be that user
 * already: the file is opened with the caller's rights and found through the caller's environment. As root CONF_USER_OWN
 * allows no more than CONF_USER_SERVED does.
 * 0 and *ret_conf, owned by the caller (conf_free); with *ret_error filled: -EBADMSG, the content is wrong;
 * -errno, a file cannot be read. */
int conf_load(const char *path, enum conf_user user, struct conf **ret_conf, struct conf_error *ret_error);
void conf_free(struct conf *c);

/* "~/x" becomes home + "/x"; anything else, NULL too, is returned as it is. In c's arena. */
const char *conf_path(struct conf *c, const char *path, const char *home);

/* The same for all that the server itself uses: certificates, keys, users, ticket keys, run-time folder. */
void conf_expand(struct conf *c, const char *home);

/* Print every key with its value and where it comes from, a line each. There are no secrets among them. */
void conf_describe(const struct conf *c, FILE *out);

#endif
