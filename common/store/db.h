/* A thin wall around LMDB: tables of ordered keys, transactions, cursors. */
#ifndef REMUCH_DB_H
#define REMUCH_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "str.h"

struct db;
struct db_txn;
struct db_cursor;

enum { DB_KEY_MAX = 511 };

/* Open or make `path` with `n` tables. fast: commits are not made durable (a cache). -EUCLEAN: no database, or a broken
 * one; -errno. */
int db_open(const char *path, unsigned n, bool fast, struct db **ret);
void db_close(struct db *d);

/* For when nothing is read for a while: pages of the file that were read are no longer mapped, where they count as memory of this
 * process. Reading maps them again. Nothing happens while there is a transaction. */
void db_rest(struct db *d);

/* The file was deleted, or another is in its place: what is written here is lost. */
bool db_replaced(const struct db *d);

/* A process may hold one writing transaction (db_write waits for other processes). End both with commit or abort.
 * -ESTALE: db_write, of a durable database that was replaced. */
int db_read(struct db *d, struct db_txn **ret);
int db_write(struct db *d, struct db_txn **ret);
int db_commit(struct db_txn *t);                /* ends t also when it fails */
void db_abort(struct db_txn *t);                /* NULL is fine */

/* Which commit a reading transaction sees: grows with each. */
uint64_t db_number(struct db_txn *t);

size_t db_entries(struct db_txn *t, unsigned table);    /* how many there are; no table is walked for that */

/* Values point into the database: valid until the transaction ends or, in a writing one, until the next change.
 * -ENOENT: no such key. -ENOSPC: disk or map full. */
int db_get(struct db_txn *t, unsigned table, struct str key, struct str *ret_value);
int db_put(struct db_txn *t, unsigned table, struct str key, struct str value);
int db_add(struct db_txn *t, unsigned table, struct str key, struct str value);         /* -EEXIST */
int db_del(struct db_txn *t, unsigned table, struct str key);                           /* absent is fine */

/* Walk keys in order: the first key >= from, then the next ones; `prefix` ends the walk at the first key without it. Both have to
 * outlive the walk.
 * In a writing transaction what else is changed in the table makes key and value of the walk invalid, not its place. */
struct db_walk {
	struct db_cursor *cursor;
	struct str        prefix, key, value;
	bool              started;
};
int db_walk_begin(struct db_txn *t, unsigned table, struct str from, struct str prefix, struct db_walk *ret);
bool db_walk_next(struct db_walk *w);           /* false at the end */
void db_walk_seek(struct db_walk *w, struct str from);    /* the next db_walk_next gives the first key >= from */
bool db_walk_last(struct db_walk *w);           /* instead of next: the last key with the prefix */
bool db_walk_floor(struct db_walk *w, struct str key);    /* instead of next: the last key <= that one, with the prefix */
bool db_walk_find(struct db_walk *w, struct str key);     /* that key; cheap when it comes behind the last one that was found */
int db_walk_del(struct db_walk *w);             /* the key just given */
int db_walk_put(struct db_walk *w, struct str value);     /* its value, of the same size as before */
void db_walk_end(struct db_walk *w);

/* Keys built of big-endian numbers and bytes. */
struct db_key {
	char   p[DB_KEY_MAX];
	size_t n;
	bool   failed;                          /* too long */
};
void db_key_begin(struct db_key *k);            /* as { .n = 0 }, without clearing all that there is room for: for keys of many rows */
void db_key_u32(struct db_key *k, uint32_t v);
void db_key_u64(struct db_key *k, uint64_t v);
void db_key_str(struct db_key *k, struct str s);
struct str db_key_view(const struct db_key *k);
uint32_t db_be32(const char *p);
uint64_t db_be64(const char *p);

#endif
