/* Every limit that a stranger, or the content of a mail, can push against. Smaller before login. */
#ifndef REMUCH_LIMITS_H
#define REMUCH_LIMITS_H

enum {
	/* Before login. */
	NOAUTH_LINE_MAX    = 8 * 1024,          /* octets of a command, its literals with it */
	NOAUTH_LITERAL_MAX = 4 * 1024,
	NOAUTH_TIME_S      = 60,                /* in all */
	NOAUTH_FAILURES    = 3,                 /* failed logins, then BYE */
	NOAUTH_BAD_MAX     = 10,                /* commands that are not understood, then BYE */
	SECRET_MAX         = 1024,
	USER_MAX           = 255,
	HANDSHAKE_TIME_S   = 30,
	LOGIN_TAG_MAX      = 255,               /* octets of the tag of the command that logs in */
	TICKET_ROTATE_S    = 12 * 3600,         /* TLS session tickets: a new key */
	TICKET_LIFE_S      = 24 * 3600,
	PREAUTH_MEMORY_MAX = 512 * 1024 * 1024, /* address space, most of it shared libraries */
	PREAUTH_CPU_S      = 3600,              /* it relays TLS after login */
	PAM_TIME_S         = 30,                /* then PAM counts as broken */
	USERS_FILE_MAX     = 1024 * 1024,       /* octets of the file of users */
	THROTTLE_FIRST_MS  = 1000,              /* delay after one failed login; doubles with each further one */
	THROTTLE_MAX_MS    = 15 * 1000,
	THROTTLE_FORGET_S  = 60,                /* for each failure */
	THROTTLE_COUNT_MAX = 30,                /* failures that are counted; at most 255 */

	/* The configuration. */
	CONF_SIZE_MAX      = 256 * 1024,        /* octets of a file */
	CONF_LINE_MAX      = 4096,
	CONF_LIST_MAX      = 64,                /* members of a list */

	/* After login. */
	LINE_LENGTH_MAX    = 64 * 1024,         /* octets of one line of a command */
	COMMAND_MAX        = 1024 * 1024,       /* a command, its literals with it, a message not */
	LITERAL_MAX        = 256 * 1024,        /* one literal that is no message */
	LITERAL_DROP_MAX   = 64 * 1024 * 1024,  /* one that is refused but comes anyway: more ends the session */
	BAD_MAX            = 20,                /* bad commands in a session */
	NEST_MAX           = 32,                /* lists in lists, SEARCH keys in SEARCH keys */
	SEQSET_MAX         = 32 * 1024,         /* ranges in one set */
	SEARCH_KEYS_MAX    = 4096,
	SEARCH_TEXTS_MAX   = 256,               /* BODY, TEXT, X-GM-RAW among them: each keeps what the index found */
	SEARCH_SOURCES_MAX = 1024,              /* mailboxes that one ESEARCH names */
	FUZZY_WORDS_MAX    = 32,                /* of one text that are looked for; the others count as found */
	FILTER_LEVELS_MAX  = 8,                 /* filters in filters; RFC 5466 wants 3 */
	FILTERS_SIZE_MAX   = 1024 * 1024,       /* octets of all filters that are put in place for one search */
	FETCH_ITEMS_MAX    = 256,
	FIELDS_MAX         = 256,               /* header names in one HEADER.FIELDS */
	KEYWORDS_MAX       = 256,               /* in one flag list */
	KEYWORD_LENGTH_MAX = 200,               /* octets of a tag; notmuch's own limit */
	BOXNAME_MAX        = 1024,              /* octets of UTF-8 */
	BOXNAME_LEVELS_MAX = 32,
	PATTERNS_MAX       = 64,
	QUERY_MAX          = 32 * 1024,         /* octets of a named query */
	QUERY_NAME_MAX     = 200,               /* octets of its name; Xapian's keys have no room for more */
	METADATA_VALUE_MAX = 64 * 1024,         /* octets of one annotation */
	METADATA_NAME_MAX  = 250,               /* octets of an entry's name */
	METADATA_COUNT_MAX = 256,               /* annotations of one mailbox, or of the server */
	METADATA_LOG_MAX   = 4096,              /* changes that a session may be behind and still be told of each */
	METADATA_NAMES_MAX = 256,               /* entries in one command */
	EXPUNGED_MAX       = 128 * 1024,        /* records of expunged messages, of all mailboxes: half of them goes when there are more */
	COPYUID_MAX        = 4 * 1024 * 1024,   /* octets of a COPYUID; it is left out when it would be longer */
	ID_PAIRS_MAX       = 30,                /* RFC 2971 */
	AUTOLOGOUT_S       = 30 * 60,           /* RFC 9051 section 5.4 */
	POP3_LINE_MAX      = 512,               /* RFC 2449 section 4 asks for 255 */
	POP3_AUTOLOGOUT_S  = 10 * 60,           /* RFC 1939 section 3 */
	WRITE_TIME_S       = 5 * 60,            /* a peer that does not read */

	/* What a mail may hold before the rest of it counts as plain text. */
	MIME_DEPTH_MAX     = 100,
	MIME_PARTS_MAX     = 20000,
	MIME_PARAMS_MAX    = 64,
	MIME_HEADER_MAX    = 1024 * 1024,       /* octets of one part's header that are read for its fields */
	MIME_ENVELOPES_MAX = 4 * 1024 * 1024,   /* octets of headers, of all embedded messages together, for their ENVELOPEs */
	ADDRESSES_MAX      = 10000,
	REFERENCES_MAX     = 1000,
	SAME_ID_MAX        = 32,                /* mails of one message-id that a new one is compared with */
	THREAD_DEPTH_MAX   = 1000,              /* ancestors that are looked at for one link of a thread */
	ATTACHED_MAX       = 256 * 1024,        /* octets of one mail's attached texts that are kept for SEARCH */
	DERIVED_MAX        = 32 * 1024 * 1024,  /* octets of one mail's BODYSTRUCTURE, ENVELOPE ... as text */
};

#define APPEND_MAX_DEFAULT (256ULL * 1024 * 1024)

#endif
