#include "service.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "askpass.h"
#include "become.h"
#include "die.h"
#include "log.h"
#include "passwd.h"
#include "roles.h"
#include "setup.h"

enum mode { SERVE, PREAUTH, CHECK, PASSWD, DRAIN };

struct options {
	enum mode   mode;
	bool        implicit;
	const char *conf_path, *name;
};

static const char usage[] =
	"usage: %s [--config=FILE] [--tls=implicit]     serve the client on standard input, or on the passed socket\n"
	"       %s [--config=FILE] --preauth            the same, for your own mail, without login\n"
	"       %s [--config=FILE] --check              say what is configured and what works\n"
	"       %s [--config=FILE] --drain              tell notmuch what it has still to be told\n"
	"       %s --passwd NAME                        ask for a password, print a line for the file of users\n"
	"       %s --version | --help\n";

/* --version and --help end here. */
static void parse(const struct protocol *proto, int argc, char **argv, struct options *o)
{
	enum { CONFIG = 256, TLS, PRE, CHK, PW, DR, VERSION, HELP };
	static const struct option known[] = {
		{ "config", required_argument, NULL, CONFIG }, { "tls", required_argument, NULL, TLS },
		{ "preauth", no_argument, NULL, PRE },         { "check", no_argument, NULL, CHK },
		{ "passwd", required_argument, NULL, PW },     { "drain", no_argument, NULL, DR },
		{ "version", no_argument, NULL, VERSION },     { "help", no_argument, NULL, HELP },
		{ 0 },
	};
	static const enum mode modes[] = { [PRE - CONFIG] = PREAUTH, [CHK - CONFIG] = CHECK, [PW - CONFIG] = PASSWD,
					   [DR - CONFIG] = DRAIN };
	const char            *p = proto->program;
	int                    c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "", known, NULL)) >= 0) {
		if (c == CONFIG) {
			o->conf_path = optarg;
		} else if (c == TLS && strcmp(optarg, "implicit") == 0) {
			o->implicit = true;
		} else if ((c == PRE || c == CHK || c == PW || c == DR) && o->mode == SERVE) {
			o->mode = modes[c - CONFIG];
			o->name = optarg;
		} else if (c == VERSION) {
			printf("%s (remuch) %s\n", p, REMUCH_VERSION);
			exit(0);
		} else if (c == HELP) {
			printf(usage, p, p, p, p, p, p);
			exit(0);
		} else {
			die_usage("cannot make sense of \"%s\": try --help", argv[optind - 1]);
		}
	}
	if (optind < argc)
		die_usage("cannot make sense of \"%s\": try --help", argv[optind]);
	if (o->mode == DRAIN && !proto->drain)
		die_usage("%s has no --drain", p);
}

int service_tls(const struct service *s, struct tls_ctx **ret_ctx, struct tls_error *ret_error)
{
	const struct conf *c = s->conf;
	char               tickets[4096] = "";
	struct tls_setup   setup = {
		.certificates = c->certificates.v, .keys = c->keys.v, .n = c->certificates.n, .n_keys = c->keys.n,
		.alpn = s->proto->name, .ticket_keys = c->ticket_keys,
	};

	*ret_ctx = NULL;
	ret_error->text[0] = '\0';
	if (setup.n == 0)
		return 0;
	if (!setup.ticket_keys && s->run_dir) {
		snprintf(tickets, sizeof(tickets), "%s/tickets", s->run_dir);
		setup.ticket_keys = tickets;
	}
	return tls_ctx_new(&setup, ret_ctx, ret_error);
}

static int passwd(const char *name)
{
	struct secret password = { 0 };
	struct buf    line = BUF(8192);
	int           r = askpass(name, &password);

	if (r < 0)
		die_usage("password: %s", r == -EINVAL ? "the two differ" : strerror(-r));
	r = passwd_entry(name, &password, &line);
	secret_wipe(&password);
	if (r == -EINVAL)
		die_usage("\"%s\" cannot be a user's name", name);
	if (r == -ENODATA)
		die_usage("the password is empty");
	if (r < 0)
		die_system(-r, "hashing the password");
	if (fwrite(line.p, 1, line.n, stdout) != line.n || fflush(stdout) != 0)
		die_system(errno, "writing");
	buf_free(&line);
	return 0;
}

/* --preauth and --drain: as whoever we are. */
static int own_mail(struct service *s, enum mode mode)
{
	struct become        who;
	struct session_start start;
	int                  r = become_self(&who);

	if (r < 0)
		die_system(-r, "user %u", geteuid());
	log_fact(LOGKEY_USER, who.name);
	if (mode == DRAIN) {
		r = s->proto->drain(s->conf, who.home);
		become_free(&who);
		return r;
	}
	r = become_go(&who);
	if (r < 0)
		die_system(-r, "%s", who.home);
	log_new_id();
	log_fact(LOGKEY_PEER, "-");
	start = (struct session_start){ .in = STDIN_FILENO, .out = STDOUT_FILENO, .peer = "-", .user = who.name,
					.home = who.home, .conf = s->conf, .conf_path = s->conf_path };
	r = s->proto->session(&start);
	become_free(&who);
	return r;
}

static int serve(struct service *s)
{
	int r = peer_of(s->in, &s->peer);

	if (r == -ENOTCONN)
		return 0;
	if (r < 0)
		die_system(-r, "the client's address");
	log_new_id();
	log_fact(LOGKEY_PEER, s->peer.text);
	peer_tune(s->in);
	return supervisor_run(s);
}

/* "~/" in what the server itself uses is the home of whoever runs it. */
static void expand(struct conf *c)
{
	const char   *home = getenv("HOME");
	struct become self;

	if (home && home[0] == '/') {
		conf_expand(c, home);
	} else if (become_self(&self) == 0) {
		conf_expand(c, self.home);
		become_free(&self);
	}
}

int service_main(const struct protocol *proto, int argc, char **argv)
{
	struct options    o = { 0 };
	struct service    s = { .proto = proto };
	struct conf_error error;
	int               r;

	signal(SIGPIPE, SIG_IGN);
	log_open(proto->program, LOG_TO_STDERR, LOG_INFO);
	parse(proto, argc, argv, &o);
	if (o.mode == PASSWD)
		return passwd(o.name);
	/* Before anything is said: standard error may be the client's socket. */
	if (o.mode == SERVE)
		setup_client(&s.in, &s.out);
	s.implicit = o.implicit;
	s.conf_path = o.conf_path ? realpath(o.conf_path, NULL) : NULL;
	if (o.conf_path && !s.conf_path)
		die_usage("%s: %s", o.conf_path, strerror(errno));
	r = conf_load(s.conf_path, geteuid() == 0 && o.mode == SERVE ? CONF_USER_NO : CONF_USER_OWN, &s.conf, &error);
	if (r < 0)
		die_usage("%s", error.text);
	expand(s.conf);
	setup_log(s.conf, proto->program);
	/* A core holds passwords and keys. */
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	s.run_dir = setup_run_dir(s.conf);
	r = o.mode == CHECK ? check_run(&s) : o.mode == SERVE ? serve(&s) : own_mail(&s, o.mode);
	conf_free(s.conf);
	free(s.run_dir);
	free((char *)s.conf_path);
	return r;
}
