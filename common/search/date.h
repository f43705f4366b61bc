/* The Date field: RFC 5322 section 3.3, with the obsolete forms of section 4.3 and what broken mailers write. */
#ifndef REMUCH_DATE_H
#define REMUCH_DATE_H

#include <stdint.h>

#include "str.h"

struct date {
	int64_t seconds;        /* Unix */
	int     zone;           /* minutes east of Greenwich, as the sender wrote it */
};

/* 0; -EBADMSG for what is no date: no day, month and year, or impossible ones. A missing or impossible time is 00:00:00, a missing or
 * unknown zone is UTC. */
int date_read(struct str value, struct date *ret);

/* Days since 1970-01-01 in the date's own zone. */
int64_t date_day(struct date d);

/* Days since 1970-01-01 of a moment in UTC. */
int64_t date_utc_day(int64_t seconds);

#endif
