/* The address fields, the subject and the date of a mail as SEARCH compares them (MAIL_CACHE_FOLDED). */
#ifndef REMUCH_FOLDED_H
#define REMUCH_FOLDED_H

#include "date.h"
#include "derived.h"
#include "str.h"

enum folded_field { FOLDED_FROM, FOLDED_TO, FOLDED_CC, FOLDED_BCC, FOLDED_SUBJECT, FOLDED_FIELDS };

struct folded {
	bool        has_date;
	struct date date;
	struct str  field[FOLDED_FIELDS];       /* decoded and folded; empty when absent */
};

extern const struct derived_kind folded_kind;

/* 0 and *ret, slices of text; -EBADMSG for a text of another version. */
int folded_read(struct str text, struct folded *ret);

#endif
