#include "date.h"

#include <errno.h>
#include <stdbool.h>

#include "num.h"

enum { DAY_S = 86400, NAME_LENGTH = 3 };

/* The next run of letters or of digits; comments, commas and spaces are passed over. ':' , '+' and '-' come alone. */
static struct str token(struct str *rest)
{
	size_t at = 0, end;
	int    depth = 0;

	for (; at < rest->n; at++) {
		char c = rest->p[at];

		if (c == '(')
			depth++;
		else if (c == ')' && depth > 0)
			depth--;
		else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != ',')
			break;
	}
	end = at;
	while (end < rest->n && rest->p[end] >= '0' && rest->p[end] <= '9')
		end++;
	if (end == at)
		while (end < rest->n && ((rest->p[end] | 0x20) >= 'a' && (rest->p[end] | 0x20) <= 'z'))
			end++;
	if (end == at && end < rest->n)
		end++;

	struct str t = str_mid(*rest, at, end - at);

	*rest = str_from(*rest, end);
	return t;
}

static struct str peek(struct str rest)
{
	return token(&rest);
}

static bool is_number(struct str s)
{
	uint32_t n;

	return num_u32(s, &n) == 0;
}

/* A number of at most `most`; UINT32_MAX for anything else. */
static uint32_t number(struct str s, uint32_t most)
{
	uint32_t n;

	return num_u32(s, &n) == 0 && n <= most ? n : UINT32_MAX;
}

static uint32_t month_of(struct str s)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	if (s.n < NAME_LENGTH)
		return UINT32_MAX;
	for (uint32_t i = 0; i < 12; i++)
		if (str_ieq(str_mid(s, 0, NAME_LENGTH), (struct str){ names + i * NAME_LENGTH, NAME_LENGTH }))
			return i + 1;
	return UINT32_MAX;
}

/* Days since 1970-01-01 of a date of the Gregorian calendar. */
static int64_t days(int64_t year, uint32_t month, uint32_t day)
{
	static const unsigned before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	int64_t               last = month > 2 ? year : year - 1;

	return (year - 1) * 365 + last / 4 - last / 100 + last / 400 + before[month - 1] + day - 1 - 719162;
}

static int zone_of(struct str *rest)
{
	static const struct {
		const char *name;
		int         hours;
	} named[] = { { "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 }, { "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 } };
	struct str t = token(rest);
	uint32_t   n;
	bool       west = str_eq(t, STR("-"));

	if (west || str_eq(t, STR("+"))) {
		n = number(token(rest), 9959);
		if (n == UINT32_MAX || n % 100 >= 60)
			return 0;
		n = n / 100 * 60 + n % 100;
		return west ? -(int)n : (int)n;
	}
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (str_ieq(t, str_of(named[i].name)))
			return named[i].hours * 60;
	return 0;
}

/* "10:20", "10:20:30": seconds into the day; 0 when there is no time; -EBADMSG for an impossible one. */
static int64_t time_of(struct str *rest)
{
	uint32_t h, m, s = 0;

	if (!is_number(peek(*rest)))
		return 0;
	h = number(token(rest), 23);
	if (!str_eq(token(rest), STR(":")))
		return -EBADMSG;
	m = number(token(rest), 59);
	if (str_eq(peek(*rest), STR(":"))) {
		token(rest);
		s = number(token(rest), 60);
	}
	if (h == UINT32_MAX || m == UINT32_MAX || s == UINT32_MAX)
		return -EBADMSG;
	return (int64_t)h * 3600 + m * 60 + s;
}

int date_read(struct str value, struct date *ret)
{
	struct str t = token(&value);
	uint32_t   day, month, year;
	int64_t    time;
	int        zone;

	if (!is_number(t))
		t = token(&value);              /* behind the day of the week */
	day = number(t, 31);
	t = token(&value);
	if (str_eq(t, STR("-")))                /* 1-Feb-1994 */
		t = token(&value);
	month = month_of(t);
	t = token(&value);
	if (str_eq(t, STR("-")))
		t = token(&value);
	year = number(t, 9999);
	if (day == 0 || day == UINT32_MAX || month == UINT32_MAX || year == UINT32_MAX)
		return -EBADMSG;
	if (t.n <= 2)                           /* RFC 5322 section 4.3 */
		year += year < 50 ? 2000 : 1900;
	else if (t.n == 3)
		year += 1900;
	time = time_of(&value);
	zone = time < 0 ? 0 : zone_of(&value);
	if (time < 0)                           /* RFC 5256 section 2.2 */
		time = 0;
	*ret = (struct date){ .seconds = days(year, month, day) * DAY_S + time - (int64_t)zone * 60, .zone = zone };
	return 0;
}

int64_t date_utc_day(int64_t seconds)
{
	return seconds >= 0 ? seconds / DAY_S : -((-seconds + DAY_S - 1) / DAY_S);
}

int64_t date_day(struct date d)
{
	return date_utc_day(d.seconds + (int64_t)d.zone * 60);
}
