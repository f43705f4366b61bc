#include "commands.h"

#include "num.h"
#include "reply.h"

static const struct command *const commands[] = {
	&cmd_capa, &cmd_dele, &cmd_lang, &cmd_list, &cmd_noop, &cmd_quit, &cmd_retr, &cmd_rset, &cmd_stat, &cmd_top, &cmd_uidl,
};

static const struct command *find(struct str name)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (str_ieq(name, str_of(commands[i]->name)))
			return commands[i];
	return NULL;
}

/* Why a message number is refused; NULL: *args is filled. */
static const char *take_mail(struct session *s, struct str word, struct args *args)
{
	if (num_u32(word, &args->number) < 0)
		return "that is no message number";
	args->mail = drop_mail(&s->drop, args->number);
	if (!args->mail)
		return "no such message";
	return args->mail->deleted ? "that message is marked as deleted" : NULL;
}

/* Why the arguments are refused; NULL: *args is filled. */
static const char *take_args(struct session *s, const struct command *c, struct str rest, struct args *args)
{
	struct str word, more;

	args->text = rest;
	if (c->rule == ARG_TEXT || (rest.n == 0 && (c->rule == ARG_NONE || c->rule == ARG_MAIL_MAY)))
		return NULL;
	if (c->rule == ARG_NONE)
		return "this command has no arguments";
	str_cut(rest, ' ', &word, &more);
	more = str_trim(more);
	if (c->rule == ARG_MAIL_LINES) {
		if (num_u32(more, &args->lines) < 0)
			return "a message number and a number of lines are needed";
	} else if (more.n > 0) {
		return "one message number is all this command takes";
	}
	return take_mail(s, word, args);
}

void commands_run(struct session *s, struct str line)
{
	const struct command *c;
	struct args           args = { 0 };
	struct str            name, rest;
	const char           *why;

	str_cut(line, ' ', &name, &rest);
	c = find(name);
	if (!c) {
		s->bad++;
		reply_err(s->conn, NULL, "there is no such command now");
		return;
	}
	why = take_args(s, c, str_trim(rest), &args);
	if (why)
		reply_err(s->conn, NULL, "%s", why);
	else
		c->run(s, &args);
}
