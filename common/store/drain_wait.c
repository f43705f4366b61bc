#include <poll.h>

#include "clock.h"
#include "drain.h"
#include "journal.h"
#include "store_priv.h"
#include "watch.h"

enum {
	WAIT_MS = 2000,
	LOOK_MS = 20,                   /* where the state cannot be watched */
};

/* Until something was written, perhaps. */
static void rest(struct watch *w, int64_t deadline)
{
	struct pollfd p = { .fd = w ? watch_fd(w) : -1, .events = POLLIN };
	int           left = clock_left(deadline);

	poll(&p, 1, w || left < LOOK_MS ? left : LOOK_MS);
	if (w)
		watch_clear(w);
}

void drain_wait(struct store *s)
{
	struct watch *w = NULL;
	int64_t       deadline = clock_ms() + WAIT_MS;
	uint64_t      last, given, oldest = s->conf.drain_args ? journal_oldest(&s->state, &last) : 0;

	if (oldest == 0 || oldest == s->drain.in_vain)
		return;
	drain_kick(s);
	drain_go(s);
	if (watch_open(s, NULL, &w) < 0)
		w = NULL;
	for (;;) {
		oldest = journal_oldest(&s->state, &given);
		if (oldest == 0 || oldest > last || clock_left(deadline) == 0)
			break;
		rest(w, deadline);
	}
	s->drain.in_vain = oldest > last ? 0 : oldest;
	watch_close(w);
}
