/* One mail's bytes, and what is remembered of them. */
#ifndef REMUCH_MAIL_H
#define REMUCH_MAIL_H

#include "buf.h"
#include "store.h"

/* The whole file, as it lies on disk. Large ones are mapped: what is looked at of `bytes` counts as this process's memory, until
 * mail_pass or mail_close. */
struct mail {
	struct str bytes;
	bool       mapped;
	size_t     passed;              /* of mail_pass */
};

/* -ENOENT when the file is gone (expunged by someone, and looked for again). Close with mail_close. */
int mail_open(struct store *s, uint64_t serial, struct mail *ret);
void mail_close(struct mail *m);                /* CLEAN(mail_close) struct mail m = { 0 }; */

/* Log that a mail cannot be read, and why (r: -errno), with the name of its file: for who goes on without it. */
void mail_unreadable(struct store *s, uint64_t serial, int r);

/* The octets before `at` were read, in order, and will hardly be read soon: they need not stay in memory, though they may be read again.
 * Called as often as one likes: it waits until there is a good deal of them. Where m is NULL or `at` lies elsewhere nothing happens. */
void mail_pass(struct mail *m, const char *at);

/* Who reads many opens so many files, and asks the disk for so much of each, before the first of them is read, and so does not wait for one
 * after the other. */
enum { MAIL_AHEAD = 64, MAIL_AHEAD_OCTETS = 128 * 1024 };

/* mail_open and mail_header in two steps: the first returns a descriptor, or as mail_open. Each of the others takes what it returned, and
 * ends it whatever becomes of it. */
int mail_ask(struct store *s, uint64_t serial, size_t ahead);
int mail_asked_open(int fd, struct mail *ret);
int mail_asked_header(int fd, size_t max, struct buf *b);
void mail_asked_drop(int fd);

/* The first octets of the file, at least its header unless that is longer than `max`: appended to b. */
int mail_header(struct store *s, uint64_t serial, size_t max, struct buf *b);

/* Derived texts, made by the caller from the file and kept under the mail's serial; they never change.
 * A cache may be emptied at any time. */
enum mail_cache {
	MAIL_CACHE_ENVELOPE, MAIL_CACHE_BODY, MAIL_CACHE_BODYSTRUCTURE, MAIL_CACHE_HEADER, MAIL_CACHE_FOLDED, MAIL_CACHE_TRAITS,
	MAIL_CACHE_THREAD,              /* of threads.c, which sees to it that it is followed */
	MAIL_CACHE_HEADTEXT, MAIL_CACHE_ATTACHED,
	MAIL_CACHE_ORDER,               /* of mailboxes, by numbers that are no serials: search/order.h */
	MAIL_CACHES
};

/* For each of n serials: call fn with what is kept (text.p NULL: nothing), in order. The text is valid in fn only. */
typedef void (*mail_cache_fn)(void *arg, size_t i, struct str text);
int mail_cached(struct store *s, enum mail_cache kind, const uint64_t *serials, size_t n, mail_cache_fn fn, void *arg);

/* Keep n texts: one transaction, not made durable (what is lost is made again). A full disk is no error. */
int mail_cache_put(struct store *s, enum mail_cache kind, const uint64_t *serials, const struct str *texts, size_t n);

/* Of mails that are gone. */
void mail_cache_drop(struct store *s, const uint64_t *serials, size_t n);

#endif
