/* All commands, for the table in commands.c. Each is described in the file that is named like it or its family. */
#ifndef REMUCH_CMD_H
#define REMUCH_CMD_H

#include "command.h"

extern const struct command cmd_append;
extern const struct command cmd_authenticate;   /* cmd_noauth.c */
extern const struct command cmd_capability;
extern const struct command cmd_check;          /* cmd_noop.c */
extern const struct command cmd_close;          /* cmd_unselect.c */
extern const struct command cmd_copy;
extern const struct command cmd_create;
extern const struct command cmd_delete;
extern const struct command cmd_enable;
extern const struct command cmd_esearch;
extern const struct command cmd_examine;        /* cmd_select.c */
extern const struct command cmd_expunge;
extern const struct command cmd_fetch;
extern const struct command cmd_getmetadata;    /* cmd_metadata.c */
extern const struct command cmd_id;
extern const struct command cmd_idle;
extern const struct command cmd_list;
extern const struct command cmd_login;          /* cmd_noauth.c */
extern const struct command cmd_logout;
extern const struct command cmd_lsub;
extern const struct command cmd_move;           /* cmd_copy.c */
extern const struct command cmd_namespace;
extern const struct command cmd_noop;
extern const struct command cmd_rename;
extern const struct command cmd_search;
extern const struct command cmd_select;
extern const struct command cmd_setmetadata;    /* cmd_metadata.c */
extern const struct command cmd_sort;
extern const struct command cmd_starttls;       /* cmd_noauth.c */
extern const struct command cmd_status;
extern const struct command cmd_store;
extern const struct command cmd_subscribe;
extern const struct command cmd_thread;
extern const struct command cmd_unselect;
extern const struct command cmd_unsubscribe;    /* cmd_subscribe.c */

#endif
