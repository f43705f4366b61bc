/* Time. Deadlines are monotonic milliseconds; dates are Unix seconds. */
#ifndef REMUCH_CLOCK_H
#define REMUCH_CLOCK_H

#include <stdint.h>

#define CLOCK_NEVER INT64_MAX

int64_t clock_ms(void);                 /* monotonic */
int64_t clock_now(void);                /* Unix seconds */
int64_t clock_now_ns(void);             /* Unix nanoseconds */

/* Milliseconds until the deadline, for poll(2): 0 when it has passed, -1 for CLOCK_NEVER. */
int clock_left(int64_t deadline);

#endif
