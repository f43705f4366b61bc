#include "conf_keys.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "conf_keywords.h"
#include "ini.h"
#include "limits.h"
#include "num.h"

static const char *const layouts[] = { "nested", "maildir++", NULL };
static const char *const searches[] = { "index", "exact", NULL };
static const char *const gmails[] = { "hide", "advertise", NULL };
static const char *const plains[] = { "tls", "loopback", "always", NULL };
static const char *const log_targets[] = { "auto", "journal", "syslog", "stderr", NULL };
static const char *const log_levels[] = { "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug", NULL };
static const char *const sandboxes[] = { "optional", "required", NULL };

/* Tags that are flags, and those that notmuch gives by itself. */
#define HIDDEN "unread;flagged;replied;passed;draft;attachment;signed;encrypted"

/* Of those, the ones that are about the message's content and not the reader's. */
#define FIXED "attachment;signed;encrypted"

#define KEYWORDS "$Junk=spam;$Important=important;$HasAttachment=attachment"

#define AT(field) offsetof(struct conf, field)

const struct conf_key conf_keys[] = {
	{ "mail",    "root",           CONF_PATH,   AT(mail_root),        NULL,       NULL,        true  },
	{ "mail",    "notmuch_config", CONF_PATH,   AT(notmuch_config),   NULL,       NULL,        true  },
	{ "mail",    "state",          CONF_PATH,   AT(state),            NULL,       NULL,        true  },
	{ "mail",    "inbox",          CONF_FOLDER, AT(inbox),            NULL,       NULL,        true  },
	{ "mail",    "layout",         CONF_CHOICE, AT(layout),           "nested",   layouts,     true  },
	{ "mail",    "sent",           CONF_FOLDER, AT(sent),             "Sent",     NULL,        true  },
	{ "mail",    "drafts",         CONF_FOLDER, AT(drafts),           "Drafts",   NULL,        true  },
	{ "mail",    "trash",          CONF_FOLDER, AT(trash),            "Trash",    NULL,        true  },
	{ "mail",    "junk",           CONF_FOLDER, AT(junk),             "Junk",     NULL,        true  },
	{ "mail",    "archive",        CONF_FOLDER, AT(archive),          "Archive",  NULL,        true  },
	{ "mail",    "tags",           CONF_FOLDER, AT(tags),             "Tags",     NULL,        true  },
	{ "mail",    "queries",        CONF_FOLDER, AT(queries),          "Queries",  NULL,        true  },
	{ "mail",    "all",            CONF_FOLDER, AT(all),              "All",      NULL,        true  },
	{ "mail",    "flagged",        CONF_FOLDER, AT(flagged),          "Flagged",  NULL,        true  },
	{ "mail",    "hide_tags",      CONF_WORDS,  AT(hide_tags),        HIDDEN,     NULL,        true  },
	{ "mail",    "keywords",       CONF_KEYWORDS, AT(keywords),       KEYWORDS,   NULL,        true  },
	{ "mail",    "fixed_tags",     CONF_WORDS,  AT(fixed_tags),       FIXED,      NULL,        true  },
	{ "mail",    "append",         CONF_FOLDER, AT(append),           NULL,       NULL,        true  },
	{ "mail",    "deleted_tag",    CONF_STRING, AT(deleted_tag),      "deleted",  NULL,        true  },
	{ "mail",    "gmail_extension", CONF_BOOL,  AT(gmail),            "hide",     gmails,      true  },
	{ "mail",    "search",         CONF_BOOL,   AT(search_exact),     "index",    searches,    true  },
	{ "mail",    "append_max",     CONF_SIZE,   AT(append_max),       "256M",     NULL,        true  },
	{ "auth",    "users",          CONF_CRED,   AT(users),            NULL,       NULL,        false },
	{ "auth",    "pam",            CONF_STRING, AT(pam),              NULL,       NULL,        false },
	{ "auth",    "plain",          CONF_CHOICE, AT(plain),            "loopback", plains,      false },
	{ "tls",     "certificate",    CONF_CREDS,  AT(certificates),     NULL,       NULL,        false },
	{ "tls",     "key",            CONF_CREDS,  AT(keys),             NULL,       NULL,        false },
	{ "tls",     "ticket_keys",    CONF_PATH,   AT(ticket_keys),      NULL,       NULL,        false },
	{ "log",     "to",             CONF_CHOICE, AT(log_to),           "auto",     log_targets, false },
	{ "log",     "level",          CONF_CHOICE, AT(log_max),          "info",     log_levels,  false },
	{ "service", "sandbox",        CONF_BOOL,   AT(sandbox_required), "required", sandboxes,   false },
	{ "service", "run_dir",        CONF_PATH,   AT(run_dir),          NULL,       NULL,        false },
};

const size_t conf_keys_n = sizeof(conf_keys) / sizeof(conf_keys[0]);

/* CONF_CHOICE stores through an unsigned. */
_Static_assert(sizeof(enum conf_layout) == sizeof(unsigned) && sizeof(enum conf_plain) == sizeof(unsigned) &&
		       sizeof(enum conf_log) == sizeof(unsigned),
	       "an enum of the configuration has another size");

const struct conf_key *conf_keys_find(struct str section, struct str key)
{
	for (size_t i = 0; i < conf_keys_n; i++)
		if (str_eq(section, str_of(conf_keys[i].section)) && str_eq(key, str_of(conf_keys[i].key)))
			return &conf_keys[i];
	return NULL;
}

/* Can a be made b by at most two letters put in, left out or changed? The names are short, so plain recursion. */
static bool near(struct str a, struct str b, unsigned edits)
{
	while (a.n > 0 && b.n > 0 && a.p[0] == b.p[0]) {
		a = str_from(a, 1);
		b = str_from(b, 1);
	}
	if (a.n == 0 && b.n == 0)
		return true;
	return edits > 0 && ((a.n > 0 && near(str_from(a, 1), b, edits - 1)) ||
			     (b.n > 0 && near(a, str_from(b, 1), edits - 1)) ||
			     (a.n > 0 && b.n > 0 && near(str_from(a, 1), str_from(b, 1), edits - 1)));
}

/* The nearest name wins: one edit before two. Without `section` the names are those of the sections. */
static const char *nearest(const struct str *section, struct str name)
{
	for (unsigned edits = 0; edits <= 2; edits++)
		for (size_t i = 0; i < conf_keys_n; i++) {
			const char *have = section ? conf_keys[i].key : conf_keys[i].section;

			if (section && !str_eq(*section, str_of(conf_keys[i].section)))
				continue;
			if (name.n > edits && near(name, str_of(have), edits))
				return have;
		}
	return NULL;
}

const char *conf_keys_near_section(struct str section)
{
	return nearest(NULL, section);
}

const char *conf_keys_near_key(struct str section, struct str key)
{
	return nearest(&section, key);
}

static const char *string_fault(const char *z)
{
	for (; *z; z++)
		if ((unsigned char)*z < 0x20)
			return "holds a control character";
	return NULL;
}

static const char *folder_fault(const char *z)
{
	struct str left = str_of(z), level;
	bool       more = true;

	if (left.n > BOXNAME_MAX)
		return "is too long for the name of a folder";
	while (more) {
		more = str_cut(left, '/', &level, &left);
		if (level.n == 0 || str_eq(level, STR(".")) || str_eq(level, STR("..")))
			return "is no name of a folder: it has a level that is empty, \".\" or \"..\"";
	}
	return string_fault(z);
}

static const char *path_fault(const char *z)
{
	if (z[0] != '/' && strncmp(z, "~/", 2) != 0)
		return "is no absolute path; begin it with / or ~/";
	return string_fault(z);
}

/* *z becomes the path of the credential when it is the name of one. */
static const char *find_credential(struct arena *a, const char **z)
{
	const char *dir = secure_getenv("CREDENTIALS_DIRECTORY");

	if (strchr(*z, '/'))
		return path_fault(*z);
	if (!dir || dir[0] != '/')
		return "is no absolute path, and there is no $CREDENTIALS_DIRECTORY to look it up in";
	*z = arena_printf(a, "%s/%s", dir, *z);
	return string_fault(*z);
}

static const char *set_string(struct arena *a, enum conf_type type, struct str value, const char **ret_z)
{
	const char *z, *why;

	if (ini_string(a, value, &z) < 0)
		return "has a \\ that is not followed by s, n, t, r or \\";
	if (!z[0]) {
		*ret_z = NULL;
		return NULL;
	}
	why = type == CONF_FOLDER ? folder_fault(z) : type == CONF_PATH ? path_fault(z) :
	      type == CONF_CRED ? find_credential(a, &z) : string_fault(z);
	if (!why)
		*ret_z = z;
	return why;
}

static const char *set_list(struct arena *a, enum conf_type type, struct str value, struct conf_list *ret_list)
{
	const char *const *got;
	const char       **v;
	size_t             n;
	int                r = ini_list(a, value, &got, &n);

	if (r == -E2BIG)
		return "has too many members";
	if (r < 0)
		return "has a \\ that is not followed by s, n, t, r, ; or \\";
	v = ARENA_NEW_N(a, n, const char *);
	for (size_t i = 0; i < n; i++) {
		const char *why;

		v[i] = got[i];
		why = !v[i][0] ? "has an empty member" : type == CONF_CREDS ? find_credential(a, &v[i]) : string_fault(v[i]);
		if (why)
			return why;
	}
	*ret_list = (struct conf_list){ v, n };
	return NULL;
}

static const char *set_size(struct str value, uint64_t *ret_n)
{
	static const char units[] = "KMG";
	const char       *unit = value.n > 0 ? memchr(units, value.p[value.n - 1], sizeof(units) - 1) : NULL;
	unsigned          shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
	uint64_t          n;

	if (unit)
		value.n--;
	if (num_u64(value, &n) < 0 || n == 0)
		return "is no size; write octets, or such as 64K, 256M, 1G";
	if (n > (uint64_t)INT64_MAX >> shift)
		return "is too large";
	*ret_n = n << shift;
	return NULL;
}

static const char *set_choice(struct arena *a, const struct conf_key *k, struct str value, unsigned *ret_n)
{
	const char *all = "";
	unsigned    i;

	for (i = 0; k->words[i]; i++) {
		if (str_eq(value, str_of(k->words[i]))) {
			*ret_n = i;
			return NULL;
		}
		all = arena_printf(a, "%s%s%s", all, i == 0 ? "" : k->words[i + 1] ? ", " : " or ", k->words[i]);
	}
	return arena_printf(a, "must be %s", all);
}

int conf_keys_set(struct conf *c, const struct conf_key *k, struct str value, const char **ret_why)
{
	void       *at = (char *)c + k->offset;
	const char *why;
	unsigned    n = 0;

	switch (k->type) {
	case CONF_CREDS:
	case CONF_WORDS:
		why = set_list(&c->arena, k->type, value, at);
		break;
	case CONF_KEYWORDS:
		why = conf_keywords_read(&c->arena, value, at);
		break;
	case CONF_SIZE:
		why = set_size(value, at);
		break;
	case CONF_CHOICE:
		why = set_choice(&c->arena, k, value, at);
		break;
	case CONF_BOOL:
		why = set_choice(&c->arena, k, value, &n);
		if (!why)
			*(bool *)at = n == 1;
		break;
	default:
		why = set_string(&c->arena, k->type, value, at);
		break;
	}
	if (!why)
		return 0;
	*ret_why = why;
	return -EINVAL;
}

static void show_string(struct buf *b, const char *z, bool in_list)
{
	for (size_t i = 0; z[i]; i++) {
		if (z[i] == ' ' && (i == 0 || !z[i + 1]))
			buf_puts(b, "\\s");
		else if (z[i] == '\\' || (in_list && z[i] == ';'))
			buf_printf(b, "\\%c", z[i]);
		else
			buf_putc(b, z[i]);
	}
}

static void show_keywords(struct buf *b, const struct conf_keywords *list)
{
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			buf_putc(b, ';');
		show_string(b, list->v[i].keyword, true);
		buf_putc(b, '=');
		show_string(b, list->v[i].tag, true);
	}
}

static void show_size(struct buf *b, uint64_t n)
{
	static const char *const units[] = { "", "K", "M", "G" };
	unsigned                 i = 0;

	for (; i < 3 && n % 1024 == 0; i++)
		n /= 1024;
	buf_printf(b, "%" PRIu64 "%s", n, units[i]);
}

void conf_keys_show(const struct conf *c, const struct conf_key *k, struct buf *b)
{
	const void             *at = (const char *)c + k->offset;
	const char             *z;
	const struct conf_list *list;

	switch (k->type) {
	case CONF_CREDS:
	case CONF_WORDS:
		list = at;
		for (size_t i = 0; i < list->n; i++) {
			if (i > 0)
				buf_putc(b, ';');
			show_string(b, list->v[i], true);
		}
		break;
	case CONF_KEYWORDS:
		show_keywords(b, at);
		break;
	case CONF_SIZE:
		show_size(b, *(const uint64_t *)at);
		break;
	case CONF_CHOICE:
		buf_puts(b, k->words[*(const unsigned *)at]);
		break;
	case CONF_BOOL:
		buf_puts(b, k->words[*(const bool *)at]);
		break;
	default:
		z = *(const char *const *)at;
		show_string(b, z ? z : "", false);
		break;
	}
}
