#include "item.h"

#include "command.h"
#include "item_envelope.h"
#include "item_structure.h"

/* RFC 9051 section 6.4.5; RFC822, RFC822.HEADER and RFC822.TEXT are IMAP4rev1's (RFC 3501 section 6.4.5). EMAILID and THREADID: RFC 8474
 * section 5.3; MODSEQ: RFC 7162 section 3.1.4.2; X-GM-*: Gmail's IMAP extensions. */
static const struct item items[] = {
	{ .name = "UID", .put = item_uid_put },
	{ .name = "FLAGS", .put = item_flags_put },
	{ .name = "INTERNALDATE", .put = item_internaldate_put },
	{ .name = "RFC822.SIZE", .size = true, .put = item_size_put },
	{ .name = "MODSEQ", .modseq = true, .put = item_modseq_put },
	{ .name = "ENVELOPE", .derived = &item_envelope_kind, .put = item_derived_put },
	{ .name = "EMAILID", .email = true, .put = item_emailid_put },
	{ .name = "THREADID", .thread = true, .put = item_threadid_put },
	{ .name = "X-GM-LABELS", .put = item_labels_put },
	{ .name = "X-GM-MSGID", .email = true, .put = item_gm_msgid_put },
	{ .name = "X-GM-THRID", .thread = true, .put = item_gm_thrid_put },
	{ .name = "BODY", .derived = &item_structure_body_kind, .put = item_derived_put },
	{ .name = "BODYSTRUCTURE", .derived = &item_structure_kind, .put = item_derived_put },
	{ .name = "BODY", .brackets = ITEM_SECTION, .seen = true, .prepare = item_body_prepare, .put = item_body_put },
	{ .name = "BODY.PEEK", .label = "BODY", .brackets = ITEM_SECTION, .prepare = item_body_prepare, .put = item_body_put },
	{ .name = "BINARY", .brackets = ITEM_BINARY, .seen = true, .prepare = item_binary_prepare, .put = item_body_put },
	{ .name = "BINARY.PEEK", .label = "BINARY", .brackets = ITEM_BINARY, .prepare = item_binary_prepare, .put = item_body_put },
	{ .name = "BINARY.SIZE", .brackets = ITEM_BINARY_SIZE, .prepare = item_binary_prepare, .put = item_binary_size_put },
	{ .name = "RFC822", .section = SECTION_ALL, .seen = true, .prepare = item_body_prepare, .put = item_body_put },
	{ .name = "RFC822.HEADER", .section = SECTION_HEADER, .prepare = item_body_prepare, .put = item_body_put },
	{ .name = "RFC822.TEXT", .section = SECTION_TEXT, .seen = true, .prepare = item_body_prepare, .put = item_body_put },
};

const struct item *items_find(struct str name, bool brackets)
{
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++)
		if ((items[i].brackets != ITEM_NO_BRACKETS) == brackets && str_ieq(name, str_of(items[i].name)))
			return &items[i];
	return NULL;
}

void items_flush(struct fetch *f)
{
	conn_str(f->s->conn, buf_view(&f->line));
	buf_reset(&f->line);
}
