/* The configuration: defaults, then /etc/remuch.conf, then the user's own file, in notmuch's INI form.
 * Unknown keys and bad values are errors that name file and line. Every key of the table in conf_keys.c
 * stands in remuch.conf(5); a test compares the two. */
#ifndef REMUCH_CONF_H
#define REMUCH_CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

enum conf_plain { CONF_PLAIN_TLS, CONF_PLAIN_LOOPBACK, CONF_PLAIN_ALWAYS };
enum conf_log { CONF_LOG_AUTO, CONF_LOG_JOURNAL, CONF_LOG_SYSLOG, CONF_LOG_STDERR };
enum conf_layout { CONF_LAYOUT_NESTED, CONF_LAYOUT_MAILDIRPP };

/* "a;b;c" values. */
struct conf_list {
	const char *const *v;
	size_t             n;
};

/* Strings are owned by `arena`; NULL where nothing is configured. A leading "~/" stays as it is until the user is known. */
struct conf {
	struct arena arena;

	/* [mail] */
	const char      *mail_root;             /* NULL: notmuch's database.mail_root */
	const char      *notmuch_config;        /* NULL: as notmuch finds it */
	const char      *state;                 /* NULL: $XDG_STATE_HOME/remuch, ~/.local/state/remuch */
	const char      *inbox;                 /* folder name; NULL: the root when it is a Maildir, else INBOX or Inbox */
	enum conf_layout layout;
	const char      *sent, *drafts, *trash, *junk, *archive;  /* special-use folders; defaults: the usual names */
	bool             search_exact;          /* search = exact | index */
	uint64_t         append_max;            /* octets of one message */

	/* [auth] */
	const char      *users;                 /* file of name:hash lines */
	const char      *pam;                   /* PAM service name; NULL: no PAM */
	enum conf_plain  plain;                 /* where passwords are taken without TLS */

	/* [tls]; certificate i goes with key i; a key may lie in its certificate's file */
	struct conf_list certificates, keys;
	const char      *ticket_keys;           /* file shared by all processes; NULL: beside the run-time state */

	/* [log] */
	enum conf_log    log_to;
	int              log_max;               /* a syslog priority */

	/* [service] */
	bool             sandbox_required;      /* default yes: refuse to run a pre-login process unconfined */
	const char      *run_dir;               /* throttle and tickets; NULL: $RUNTIME_DIRECTORY, /run/remuch (root), $XDG_RUNTIME_DIR/remuch */
};

/* Where an error is: text like "remuch.conf:12: unknown key \"mial.root\" in [mail]"; printable, no secrets. */
struct conf_error {
	char text[512];
};

/* Read `path` (NULL: the system's file, which may be absent) over the defaults, then, when user_file is true, the
 * caller's own $XDG_CONFIG_HOME/remuch.conf (may be absent). Keys of [auth], [tls] and [service] are refused in a user's
 * own file when the process runs as root.
 * 0 and *ret_conf, owned by the caller (conf_free); -errno with *ret_error filled. */
int conf_load(const char *path, bool user_file, struct conf **ret_conf, struct conf_error *ret_error);
void conf_free(struct conf *c);

/* "~/x" becomes home + "/x"; anything else is returned as it is. In c's arena. */
const char *conf_path(struct conf *c, const char *path, const char *home);

#endif
