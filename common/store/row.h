/* A message in a mailbox, as listings need it. */
#ifndef REMUCH_ROW_H
#define REMUCH_ROW_H

#include <stdint.h>

enum {
	MAIL_SEEN      = 1,
	MAIL_FLAGGED   = 2,
	MAIL_ANSWERED  = 4,
	MAIL_DRAFT     = 8,
	MAIL_FORWARDED = 16,
	MAIL_DELETED   = 32,    /* of the message in this mailbox; all others are shared by all copies */
	MAIL_TAG_FLAGS = 31,    /* those that are tags */
};

#define ROW_SIZE_UNKNOWN UINT64_MAX

struct row {
	uint64_t serial;        /* of the mail (one file), never reused: cache key */
	uint64_t modseq;
	uint64_t size;          /* octets on the wire (CRLF); ROW_SIZE_UNKNOWN until box_sizes() */
	int64_t  date;          /* INTERNALDATE, Unix seconds */
	int64_t  saved;         /* save date, Unix seconds */
	uint32_t uid;           /* 0: the message is gone */
	uint32_t flags;
	uint32_t kwset;         /* its set of keywords: keywords.h */
	uint32_t open_line;     /* 1: the file does not end in a line end, for which POP3 adds one; known together with size */
};

#endif
