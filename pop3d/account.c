#include "account.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "box.h"
#include "die.h"
#include "drain.h"
#include "log.h"
#include "session.h"

/* This program, found by the kernel's name for it: argv[0] may be relative to a folder that was left. */
static const char *program(struct arena *a)
{
	char    path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	if (n <= 0 || (size_t)n == sizeof(path))
		return NULL;
	return arena_z(a, (struct str){ path, (size_t)n });
}

static const char *const *drain_args(struct arena *a, const char *conf_file)
{
	const char **args = ARENA_NEW_N(a, 3, const char *);

	args[0] = "--drain";
	if (conf_file)
		args[1] = arena_printf(a, "--config=%s", conf_file);
	return args;
}

void account_conf(struct conf *conf, const char *conf_file, const char *home, bool drain, struct store_conf *ret)
{
	const char *self = drain ? program(&conf->arena) : NULL;

	*ret = (struct store_conf){
		.home = home,
		.mail_root = conf_path(conf, conf->mail_root, home),
		.notmuch_config = conf_path(conf, conf->notmuch_config, home),
		.state_dir = conf_path(conf, conf->state, home),
		.inbox = conf->inbox,
		.maildirpp = conf->layout == CONF_LAYOUT_MAILDIRPP,
		.program = self,
		.drain_args = self ? drain_args(&conf->arena, conf_file) : NULL,
	};
}

int pop3_drain(struct conf *conf, const char *home)
{
	struct store_conf sc;
	const char       *why = "";
	int               r;

	account_conf(conf, NULL, home, false, &sc);
	r = drain_run(&sc, &why);
	if (r < 0) {
		log_line(LOG_ERR, "drain: %s (%s)", why, strerror(-r));
		return EXIT_SYSTEM;
	}
	return 0;
}

bool pop3_check(struct conf *conf, const char *user, const char *home)
{
	struct store_conf sc;
	struct box_status st;
	struct store     *s;
	const char       *why = "";
	int               r;

	account_conf(conf, NULL, home, false, &sc);
	r = store_open(&sc, &s, &why);
	if (r < 0) {
		printf("mail of %s: cannot be opened: %s (%s)\n", user, why, strerror(-r));
		return false;
	}
	r = boxes_status(s, STR("INBOX"), 0, &st);
	if (r == 0)
		printf("mail of %s: INBOX has %u messages\n", user, st.messages);
	else
		printf("mail of %s: INBOX cannot be read: %s (%s)\n", user, store_why(s), strerror(-r));
	store_close(s);
	return r == 0;
}
