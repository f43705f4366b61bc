#include "imapdate.h"

#include <errno.h>
#include <string.h>

#include "num.h"

enum { DAY_S = 24 * 60 * 60 };

static const char months[12][4] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
};

struct day {
	int64_t year;
	int64_t month;                  /* 1 to 12 */
	int64_t day;
};

/* Days from 1970-01-01 in the Gregorian calendar. Years are counted from March, so that a leap day ends one, and are
 * taken in cycles of 400, which are 146097 days. Year 0 and later. */
static int64_t days_of(struct day d)
{
	int64_t year = d.month > 2 ? d.year : d.year - 1;
	int64_t cycle = (year + 400) / 400 - 1, in_cycle = year - cycle * 400;
	int64_t in_year = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;

	return cycle * 146097 + in_cycle * 365 + in_cycle / 4 - in_cycle / 100 + in_year - 719468;
}

static struct day day_of(int64_t days)
{
	int64_t from_march = days + 719468;
	int64_t cycle = (from_march >= 0 ? from_march : from_march - 146096) / 146097;
	int64_t in_cycle = from_march - cycle * 146097;
	int64_t year = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
	int64_t in_year = in_cycle - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153;

	return (struct day){
		.year = year + cycle * 400 + (month >= 10),
		.month = month < 10 ? month + 3 : month - 9,
		.day = in_year - (153 * month + 2) / 5 + 1,
	};
}

/* least to most digits, as a number of at most `max`. */
static int read_digits(struct lexer *lx, size_t least, size_t most, int64_t max, int64_t *ret)
{
	struct str rest = str_mid(lx->in, lx->at, most);
	size_t     n = 0;
	uint32_t   value;

	while (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9')
		n++;
	if (n < least || num_u32(str_mid(rest, 0, n), &value) < 0 || value > max)
		return lex_fail(lx, -EBADMSG, "bad number in a date");
	lx->at += n;
	*ret = value;
	return 0;
}

static int read_month(struct lexer *lx, int64_t *ret)
{
	for (int i = 0; i < 12; i++) {
		if (str_ieq(str_mid(lx->in, lx->at, 3), str_of(months[i]))) {
			lx->at += 3;
			*ret = i + 1;
			return 0;
		}
	}
	return lex_fail(lx, -EBADMSG, "expected a month, Jan to Dec");
}

static int read_sign(struct lexer *lx, char c)
{
	return lex_try(lx, c) ? 0 : lex_fail(lx, -EBADMSG, "malformed date");
}

/* date-text. */
static int read_day(struct lexer *lx, int64_t *ret_days)
{
	struct day d, again;
	int        r = read_digits(lx, 1, 2, 31, &d.day);

	if (r == 0)
		r = read_sign(lx, '-');
	if (r == 0)
		r = read_month(lx, &d.month);
	if (r == 0)
		r = read_sign(lx, '-');
	if (r == 0)
		r = read_digits(lx, 4, 4, 9999, &d.year);
	if (r < 0)
		return r;
	again = day_of(days_of(d));
	if (again.day != d.day || again.month != d.month)
		return lex_fail(lx, -EBADMSG, "no such day");
	*ret_days = days_of(d);
	return 0;
}

int imapdate_read_day(struct lexer *lx, int64_t *ret)
{
	bool    quoted = lex_try(lx, '"');
	int64_t days;
	int     r = read_day(lx, &days);

	if (r == 0 && quoted)
		r = read_sign(lx, '"');
	if (r == 0)
		*ret = days * DAY_S;
	return r;
}

/* time: 60 is a second, too (a leap second). */
static int read_time(struct lexer *lx, int64_t *ret)
{
	int64_t hour, minute, second;
	int     r = read_digits(lx, 2, 2, 23, &hour);

	if (r == 0)
		r = read_sign(lx, ':');
	if (r == 0)
		r = read_digits(lx, 2, 2, 59, &minute);
	if (r == 0)
		r = read_sign(lx, ':');
	if (r == 0)
		r = read_digits(lx, 2, 2, 60, &second);
	if (r == 0)
		*ret = (hour * 60 + minute) * 60 + second;
	return r;
}

static int read_zone(struct lexer *lx, int64_t *ret)
{
	int64_t sign = lex_peek(lx) == '-' ? -1 : 1, hours, minutes;
	int     r = lex_try(lx, '-') ? 0 : read_sign(lx, '+');

	if (r == 0)
		r = read_digits(lx, 2, 2, 99, &hours);
	if (r == 0)
		r = read_digits(lx, 2, 2, 59, &minutes);
	if (r == 0)
		*ret = sign * (hours * 60 + minutes) * 60;
	return r;
}

int imapdate_read(struct lexer *lx, int64_t *ret)
{
	int64_t days, seconds, zone;
	int     r = read_sign(lx, '"');

	if (r < 0)
		return r;
	lex_try(lx, ' ');
	r = read_day(lx, &days);
	if (r == 0)
		r = lex_sp(lx);
	if (r == 0)
		r = read_time(lx, &seconds);
	if (r == 0)
		r = lex_sp(lx);
	if (r == 0)
		r = read_zone(lx, &zone);
	if (r == 0)
		r = read_sign(lx, '"');
	if (r == 0)
		*ret = days * DAY_S + seconds - zone;
	return r;
}

/* n in so many places, the last of them before `end`. */
static void put_digits(char *end, int places, int64_t n)
{
	while (places-- > 0) {
		*--end = (char)('0' + n % 10);
		n /= 10;
	}
}

/* Lists of mail have one for each message: a printf was a seventh of their cost. */
void imapdate_put(struct buf *b, int64_t seconds)
{
	const int64_t first = days_of((struct day){ 0, 1, 1 }) * DAY_S;
	const int64_t last = (days_of((struct day){ 9999, 12, 31 }) + 1) * DAY_S - 1;
	char          text[] = "\"dd-Mmm-yyyy hh:mm:ss +0000\"";
	int64_t       days, rest;
	struct day    d;

	if (seconds < first)
		seconds = first;
	if (seconds > last)
		seconds = last;
	rest = (seconds % DAY_S + DAY_S) % DAY_S;
	days = (seconds - rest) / DAY_S;
	d = day_of(days);
	put_digits(text + 3, 2, d.day);
	if (d.day < 10)
		text[1] = ' ';
	memcpy(text + 4, months[d.month - 1], 3);
	put_digits(text + 12, 4, d.year);
	put_digits(text + 15, 2, rest / 3600);
	put_digits(text + 18, 2, rest / 60 % 60);
	put_digits(text + 21, 2, rest % 60);
	buf_put(b, text, sizeof(text) - 1);
}
