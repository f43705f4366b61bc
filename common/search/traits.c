/* The text, version 1, numbers as this machine has them: struct head, then the TRAITS one behind the other. */
#include "traits.h"

#include <errno.h>
#include <string.h>

#include "date.h"
#include "envelope.h"
#include "fold.h"
#include "header.h"
#include "limits.h"
#include "message_id.h"
#include "subject.h"
#include "words.h"

enum { VERSION = 1, CHUNK = 1024, ROOM = 4 * 1024 * 1024 };

struct head {
	uint8_t  version, has_sent, reply, unused[5];
	int64_t  sent;
	uint32_t length[TRAITS];
};

static void put_decoded(struct str s, struct buf *out)
{
	struct buf decoded = BUF(4 * MIME_HEADER_MAX);

	words_decode(s, &decoded);
	fold_utf8(buf_view(&decoded), out);
	buf_free(&decoded);
}

static void put_subject(struct str value, struct head *h, struct buf *out)
{
	struct buf base = BUF(4 * MIME_HEADER_MAX);

	h->reply = subject_base(value, &base);
	fold_utf8(buf_view(&base), out);
	buf_free(&base);
}

static void put_mailbox(struct addresses list, struct buf *out)
{
	if (list.n > 0)
		put_decoded(list.p[0].mailbox, out);
}

/* RFC 5957 section 3 */
static void put_display(struct addresses list, struct buf *out)
{
	const struct address *first = list.p;
	size_t                begin = out->n;

	if (list.n > 0)
		put_decoded(first->name, out);
	if (list.n == 0 || out->n > begin)
		return;
	put_decoded(first->mailbox, out);
	if (first->mailbox.p && first->host.p) {
		buf_putc(out, '@');
		put_decoded(first->host, out);
	}
}

/* The id without what quoting adds: a b@c for "a \b"@c. False for none that is valid: something, "@", something. */
static bool put_id(struct str id, struct buf *out)
{
	size_t begin = out->n, at = id.n;
	bool   quoted = false;

	for (size_t i = 0; i < id.n; i++)
		if (id.p[i] == '@')
			at = i;
	if (at == 0 || at + 1 >= id.n)
		return false;
	for (size_t i = 0; i < at; i++) {
		if (id.p[i] == '"') {
			quoted = !quoted;
			continue;
		}
		if (id.p[i] == '\\' && quoted && i + 1 < at)
			i++;
		buf_putc(out, id.p[i]);
	}
	buf_str(out, str_from(id, at));
	for (size_t i = begin; i < out->n; i++)
		if (out->p[i] == '\n')
			out->p[i] = ' ';
	buf_putc(out, '\n');
	return true;
}

/* At most `most` valid ids of a value. */
static void put_ids(struct arena *a, struct str value, size_t most, struct buf *out)
{
	struct message_ids ids = message_id_list(a, value);

	for (size_t i = 0, n = 0; i < ids.n && n < most; i++)
		n += put_id(ids.p[i], out);
}

static void put_references(struct arena *a, struct str header, struct str in_reply_to, struct buf *out)
{
	struct str value;
	size_t     begin = out->n;

	if (header_find(header, STR("References"), &value))
		put_ids(a, value, REFERENCES_MAX, out);
	if (out->n == begin)
		put_ids(a, in_reply_to, 1, out);
}

static void put_trait(struct arena *a, enum trait trait, struct str header, const struct envelope *e, struct head *h, struct buf *out)
{
	switch (trait) {
	case TRAIT_SUBJECT:
		put_subject(e->subject, h, out);
		return;
	case TRAIT_FROM:
		put_mailbox(e->from, out);
		return;
	case TRAIT_TO:
		put_mailbox(e->to, out);
		return;
	case TRAIT_CC:
		put_mailbox(e->cc, out);
		return;
	case TRAIT_DISPLAY_FROM:
		put_display(e->from, out);
		return;
	case TRAIT_DISPLAY_TO:
		put_display(e->to, out);
		return;
	case TRAIT_ID:
		put_ids(a, e->message_id, 1, out);
		return;
	default:
		put_references(a, header, e->in_reply_to, out);
	}
}

static void make(struct arena *a, struct str msg, struct buf *out)
{
	struct str      header = str_mid(msg, 0, header_end(msg));
	struct envelope e = envelope_read(a, header);
	struct head     h = { .version = VERSION };
	size_t          begin = out->n;
	struct date     d;

	if (date_read(e.date, &d) == 0) {
		h.has_sent = true;
		h.sent = d.seconds;
	}
	buf_put(out, &h, sizeof(h));
	for (int i = 0; i < TRAITS; i++) {
		size_t before = out->n;

		put_trait(a, (enum trait)i, header, &e, &h, out);
		h.length[i] = (uint32_t)(out->n - before);
	}
	if (!out->failed)
		memcpy(out->p + begin, &h, sizeof(h));
}

const struct derived_kind traits_kind = { .kind = MAIL_CACHE_TRAITS, .from = DERIVED_FROM_FIELDS, .version = STR_LIT("\1"), .make = make };

int traits_read(struct str text, struct traits *ret)
{
	struct traits t;
	struct head   h;

	if (text.n < sizeof(h))
		return -EBADMSG;
	memcpy(&h, text.p, sizeof(h));
	if (h.version != VERSION)
		return -EBADMSG;
	text = str_from(text, sizeof(h));
	for (size_t i = 0; i < TRAITS; i++) {
		if (h.length[i] > text.n)
			return -EBADMSG;
		t.text[i] = str_mid(text, 0, h.length[i]);
		text = str_from(text, h.length[i]);
	}
	if (text.n > 0)
		return -EBADMSG;
	t.known = true;
	t.has_sent = h.has_sent;
	t.reply = h.reply;
	t.sent = h.sent;
	*ret = t;
	return 0;
}

/* A stretch of the mails. */
struct loading {
	const uint64_t *serials;
	size_t          first, n, done;         /* n of them, from the first on; done of them were told */
	traits_fn       fn;
	void           *arg;
};

static void tell(struct loading *l, const struct traits *t)
{
	l->fn(l->arg, l->first + l->done++, t);
}

/* In place, without a copy; up to the first that the cache has not. */
static void take(void *arg, size_t i, struct str text)
{
	struct loading *l = arg;
	struct traits   t;

	if (i == l->done && text.p && traits_read(text, &t) == 0)
		tell(l, &t);
}

/* From files what must be; as many of the rest as there is room for. */
static int make_missing(struct store *s, struct loading *l, struct arena *tmp)
{
	const struct derived_kind *kind = &traits_kind;
	size_t                     n = l->n - l->done, some;
	struct derived            *d = ARENA_NEW_N(tmp, n, struct derived);
	int                        r = derived_load(s, &kind, 1, l->serials + l->done, n, ROOM, tmp, d, &some);

	for (size_t i = 0; r == 0 && i < some; i++) {
		struct traits t = { .known = false };

		if (d[i].error == 0 && d[i].text[MAIL_CACHE_TRAITS].p)
			traits_read(d[i].text[MAIL_CACHE_TRAITS], &t);
		tell(l, &t);
	}
	return r;
}

int traits_load(struct store *s, const uint64_t *serials, size_t n, traits_fn fn, void *arg)
{
	struct arena tmp = ARENA_INIT;
	size_t       done = 0;
	int          r = 0;

	while (done < n && r == 0) {
		struct loading l = {
			.serials = serials + done, .first = done, .n = n - done < CHUNK ? n - done : CHUNK, .fn = fn, .arg = arg,
		};

		r = mail_cached(s, MAIL_CACHE_TRAITS, l.serials, l.n, take, &l);
		if (r == 0 && l.done < l.n)
			r = make_missing(s, &l, &tmp);
		arena_reset(&tmp);
		done += l.done;
	}
	arena_free(&tmp);
	return r;
}
