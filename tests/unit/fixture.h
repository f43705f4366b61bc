/* A mail root and a state directory of a test's own, and files in them. */
#ifndef REMUCH_FIXTURE_H
#define REMUCH_FIXTURE_H

#include "box.h"
#include "change.h"
#include "index_write.h"

struct fixture {
	char          top[64];          /* everything lies below; removed by fixture_stop */
	char          mail[96], state[96];
	struct store *store;
	struct arena  a;
};

int fixture_start(void **state);        /* cmocka set-up: an INBOX at the root, and a folder "Work" */
int fixture_stop(void **state);

void fixture_reopen(struct fixture *f); /* as a new process would */

/* What a drainer does, until the journal is empty. */
void fixture_drain(struct fixture *f);

/* One section of writing to the index, as notmuch does; the end tells what it did. */
struct index_writer *fixture_index_begin(struct fixture *f);
struct index_section fixture_index_end(struct index_writer *w);
/* `notmuch tag` on a message; NULL: no tag. `notmuch new` for one file, with its full path, no tags. */
void fixture_tag(struct fixture *f, const char *id, const char *add, const char *remove);
void fixture_new(struct fixture *f, const char *path);

size_t fixture_journal(struct fixture *f);      /* how many records it holds */

/* What the index has of a message: "unknown", or "known" and its tags ("known inbox unread"). */
void fixture_index(struct fixture *f, const char *id, const char *want);

/* Put a file below the mail root; mail_text is a small message with that Message-ID. */
void fixture_write(struct fixture *f, const char *path, const char *content);
void fixture_mail(struct fixture *f, const char *path, const char *id);
/* The same, but the time of its directory does not tell of it: only who reads that finds the file. */
void fixture_hide(struct fixture *f, const char *path, const char *id);
void fixture_move(struct fixture *f, const char *from, const char *to);
void fixture_remove(struct fixture *f, const char *path);
bool fixture_has(struct fixture *f, const char *path);
size_t fixture_count(struct fixture *f, const char *dir);

void fixture_wait(struct fixture *f, const char *path);         /* until it is there */

struct box *fixture_open(struct fixture *f, const char *name);
uint32_t fixture_messages(struct fixture *f, const char *name);         /* EXISTS of a SELECT */
/* Until the times of the directories tell of later changes, and note them. */
void fixture_settle(struct fixture *f, const char *name);
bool fixture_is_noted(struct fixture *f, const char *name, const char *dir);    /* those are its directories' times */
/* STORE on one message; keyword NULL: flags alone. */
void fixture_change(struct fixture *f, const char *box, uint32_t uid, enum change_how how, uint32_t flags, const char *keyword);
struct box_changes fixture_poll(struct fixture *f, struct box *b);
struct row fixture_row(struct box *b, uint32_t uid);

#endif
