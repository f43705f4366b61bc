/* libnotmuch lets some of Xapian's exceptions pass, which would end the process: notmuch_messages_get() of a reader that two
 * commits have overtaken, for one. This is the one place that C++ is needed for. */
#ifndef REMUCH_INDEX_GUARD_H
#define REMUCH_INDEX_GUARD_H

#ifdef __cplusplus
extern "C" {
#endif

struct index;

/* What once(x, arg) returns; -EAGAIN when an exception came out of it. once is left where it stands then: what it must not lose belongs
 * to arg. libnotmuch's own objects go with the database handle, which is of no use any more. */
int index_guard(int (*once)(struct index *x, void *arg), struct index *x, void *arg);

#ifdef __cplusplus
}
#endif
#endif
