/* The state: what IMAP needs and neither Maildir nor notmuch can keep. An LMDB file; all integers in keys are big-endian.
 *
 * schema 3
 *   meta      name                      u64 counter (serial, modseq, box, validity, kwset, journal, drained, swept), or text
 *   box       box u32                   struct state_box, name
 *   name      mailbox name              box u32
 *   mail      serial u64                struct state_mail, base name, message-id
 *   file      box u32, base name        struct state_file, info (":2,S", or nothing)
 *   new       box u32, base name        as in file: the files in new/
 *   id        message-id, NUL, serial  -
 *   row       box u32, uid u32          struct row
 *   changed   box u32, modseq u64, uid  last uid of the range u32; nothing: that one (state_changed.h)
 *   expunged  box u32, modseq u64, uid  last uid of the range u32; of modseq 0: see state_expunged.h
 *   kwset     set u32                   tags, sorted, each ended by NUL
 *   kwkey     hash of the tags u64, set -
 *   sub       mailbox name              -                      subscriptions
 *   unindexed serial u64                -                      mails that notmuch does not know yet
 *   vbox      box u32                   kind u8, tag or query: a virtual mailbox (state_virtual.h)
 *   place     message-id, NUL, box u32  uid u32: the message in a virtual mailbox; 0: it matches the query, and there is no file of it
 *   journal   seq u64                   a record (journal_record.c)
 *   pending   message-id, NUL, seq u64  kind of the record u8 (journal records by message; of many messages: without the id)
 *   metadata  mailbox name, NUL, entry  an annotation (state_metadata.c); the mailbox "" is the server
 *   metalog   seq u64                   mailbox name, NUL, entry: annotations that changed, the last of them
 *   email     serial u64                serial u64 of the mail that this one is a copy of (state_email.c)
 *   copies    serial u64, serial u64    -                      the other way: original, copy
 *   query     name of a query           seq u64: the journal record that defines it anew
 */
#ifndef REMUCH_STATE_H
#define REMUCH_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "row.h"
#include "str.h"
#include "vec.h"

struct state {
	struct db *db;
};

/* One transaction. All changes made in a writing one share a MODSEQ. */
struct state_txn {
	struct db_txn *db;
	uint64_t       modseq;          /* 0 until something changed */
	uint64_t       virtuals;        /* virtual mailboxes ever made; 0: nothing is noted in touched */
	VEC(struct str) touched;        /* message-ids for state_virtual_settle, in arena */
	struct arena   arena;
};

enum state_table {
	STATE_META, STATE_BOX, STATE_NAME, STATE_MAIL, STATE_FILE, STATE_ID, STATE_ROW, STATE_CHANGED, STATE_EXPUNGED,
	STATE_KWSET, STATE_KWKEY, STATE_SUB, STATE_UNINDEXED, STATE_JOURNAL, STATE_PENDING, STATE_VBOX,
	STATE_PLACE, STATE_METADATA, STATE_METALOG, STATE_EMAIL, STATE_COPIES, STATE_QUERY, STATE_NEW, STATE_TABLES,
};

/* dir/state.mdb. A file that is no state, or of a schema we do not know, is moved aside and *ret_fresh says so. */
int state_open(const char *dir, struct state *ret, bool *ret_fresh);
void state_close(struct state *st);

int state_read(struct state *st, struct state_txn *ret);
int state_write(struct state *st, struct state_txn *ret);      /* waits for other writers */
int state_commit(struct state_txn *t);                         /* durable when it returns 0; ends t in any case */
void state_abort(struct state_txn *t);                         /* also fine after state_commit */

int state_next(struct state_txn *t, const char *counter, uint64_t *ret);        /* counter + 1, kept */
uint64_t state_counter(struct state_txn *t, const char *counter);               /* 0 when never set */
int state_set(struct state_txn *t, const char *counter, uint64_t value);
int state_modseq(struct state_txn *t, uint64_t *ret);           /* this transaction's */

/* ---- mailboxes (state_box.c) ---- */

/* As cur_mtime: what the state has of the files may be wrong, though nothing is done to them any more. Only reading the directory tells. */
#define STATE_READ_AGAIN ((int64_t)-1)

struct state_box {
	uint32_t id, uidvalidity, uidnext;
	uint32_t recent;                /* first UID no session was told of */
	uint64_t highestmodseq;
	uint32_t messages, unseen, deleted;
	uint32_t special;               /* enum special_use set by a client; SPECIAL_USES: none, whatever it is called */
	union {
		struct {                /* a folder */
			int64_t cur_mtime, new_mtime;   /* of the directories as last followed, ns; 0: follow them */
		};
		struct {                /* a query */
			int64_t  asked; /* when, seconds since 1970 */
			uint64_t index; /* which index that was (sync_query.c) */
		};
	};
	uint64_t followed;              /* a query: the index's revision that membership is of; 0: to be asked anew */
};

/* -ENOENT where there is none. Names point into the database: valid until the transaction ends or writes. */
int state_box_get(struct state_txn *t, uint32_t id, struct state_box *ret, struct str *ret_name);
int state_box_find(struct state_txn *t, struct str name, struct state_box *ret);
int state_box_make(struct state_txn *t, struct str name, struct state_box *ret);
int state_box_put(struct state_txn *t, const struct state_box *b, struct str name);     /* name.p NULL: keep it */
int state_box_rename(struct state_txn *t, uint32_t id, struct str to);
int state_box_drop(struct state_txn *t, uint32_t id);          /* with all its rows, mails, history and annotations */

/* ---- rows (state_row.c): keep counts, MODSEQ, changed and expunged; the caller puts b back when it is done ---- */

int state_row_get(struct state_txn *t, uint32_t box, uint32_t uid, struct row *ret);
int state_row_add(struct state_txn *t, struct state_box *b, struct row *row);   /* sets uid and modseq */
int state_row_flags(struct state_txn *t, struct state_box *b, struct row *row, uint32_t flags, uint32_t kwset);
int state_row_serial(struct state_txn *t, uint32_t box, uint32_t uid, uint64_t serial); /* of another file of the same message */
int state_row_size(struct state_txn *t, uint32_t box, const struct row *from);       /* takes size and open_line */
int state_row_expunge(struct state_txn *t, struct state_box *b, uint32_t uid);

#endif
