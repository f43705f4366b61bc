/* libnotmuch, with the Xapian and GMime it brings along, takes longer to load than all else that the program is linked with, and most
 * connections ask it nothing. What it is asked for is listed here. */
#include <notmuch.h>

#include "late.h"

#define LATE_LIBRARY "libnotmuch.so.5"

LATE(const char *, notmuch_config_get, (notmuch_database_t *a, notmuch_config_key_t b), (a, b))
LATE(notmuch_status_t, notmuch_config_get_bool,
     (notmuch_database_t *a, notmuch_config_key_t b, notmuch_bool_t *c),
     (a, b, c))
LATE(notmuch_config_pairs_t *, notmuch_config_get_pairs, (notmuch_database_t *a, const char *b), (a, b))
LATE(notmuch_config_values_t *, notmuch_config_get_values, (notmuch_database_t *a, notmuch_config_key_t b), (a, b))
LATE_VOID(notmuch_config_pairs_destroy, (notmuch_config_pairs_t *a), (a))
LATE(const char *, notmuch_config_pairs_key, (notmuch_config_pairs_t *a), (a))
LATE_VOID(notmuch_config_pairs_move_to_next, (notmuch_config_pairs_t *a), (a))
LATE(notmuch_bool_t, notmuch_config_pairs_valid, (notmuch_config_pairs_t *a), (a))
LATE(const char *, notmuch_config_pairs_value, (notmuch_config_pairs_t *a), (a))
LATE_VOID(notmuch_config_values_destroy, (notmuch_config_values_t *a), (a))
LATE(const char *, notmuch_config_values_get, (notmuch_config_values_t *a), (a))
LATE_VOID(notmuch_config_values_move_to_next, (notmuch_config_values_t *a), (a))
LATE_VOID(notmuch_config_values_start, (notmuch_config_values_t *a), (a))
LATE(notmuch_bool_t, notmuch_config_values_valid, (notmuch_config_values_t *a), (a))
LATE(notmuch_status_t, notmuch_database_begin_atomic, (notmuch_database_t *a), (a))
LATE(notmuch_status_t, notmuch_database_create_with_config,
     (const char *a, const char *b, const char *c, notmuch_database_t **d, char **e),
     (a, b, c, d, e))
LATE(notmuch_status_t, notmuch_database_destroy, (notmuch_database_t *a), (a))
LATE(notmuch_status_t, notmuch_database_end_atomic, (notmuch_database_t *a), (a))
LATE(notmuch_status_t, notmuch_database_find_message,
     (notmuch_database_t *a, const char *b, notmuch_message_t **c),
     (a, b, c))
LATE(notmuch_status_t, notmuch_database_find_message_by_filename,
     (notmuch_database_t *a, const char *b, notmuch_message_t **c),
     (a, b, c))
LATE(notmuch_tags_t *, notmuch_database_get_all_tags, (notmuch_database_t *a), (a))
LATE(notmuch_status_t, notmuch_database_get_config, (notmuch_database_t *a, const char *b, char **c), (a, b, c))
LATE(notmuch_indexopts_t *, notmuch_database_get_default_indexopts, (notmuch_database_t *a), (a))
LATE(notmuch_status_t, notmuch_database_get_directory,
     (notmuch_database_t *a, const char *b, notmuch_directory_t **c),
     (a, b, c))
LATE(unsigned long, notmuch_database_get_revision, (notmuch_database_t *a, const char **b), (a, b))
LATE(notmuch_status_t, notmuch_database_index_file,
     (notmuch_database_t *a, const char *b, notmuch_indexopts_t *c, notmuch_message_t **d),
     (a, b, c, d))
LATE(notmuch_status_t, notmuch_database_load_config,
     (const char *a, const char *b, const char *c, notmuch_database_t **d, char **e),
     (a, b, c, d, e))
LATE(notmuch_bool_t, notmuch_database_needs_upgrade, (notmuch_database_t *a), (a))
LATE(notmuch_status_t, notmuch_database_open_with_config,
     (const char *a, notmuch_database_mode_t b, const char *c, const char *d, notmuch_database_t **e, char **f),
     (a, b, c, d, e, f))
LATE(notmuch_status_t, notmuch_database_remove_message, (notmuch_database_t *a, const char *b), (a, b))
LATE(notmuch_status_t, notmuch_database_reopen, (notmuch_database_t *a, notmuch_database_mode_t b), (a, b))
LATE(notmuch_status_t, notmuch_database_set_config, (notmuch_database_t *a, const char *b, const char *c), (a, b, c))
LATE(const char *, notmuch_database_status_string, (const notmuch_database_t *a), (a))
LATE(notmuch_status_t, notmuch_database_upgrade,
     (notmuch_database_t *a, void (*b)(void *, double), void *c),
     (a, b, c))
LATE_VOID(notmuch_directory_destroy, (notmuch_directory_t *a), (a))
LATE(notmuch_filenames_t *, notmuch_directory_get_child_files, (notmuch_directory_t *a), (a))
LATE(time_t, notmuch_directory_get_mtime, (notmuch_directory_t *a), (a))
LATE_VOID(notmuch_filenames_destroy, (notmuch_filenames_t *a), (a))
LATE(const char *, notmuch_filenames_get, (notmuch_filenames_t *a), (a))
LATE_VOID(notmuch_filenames_move_to_next, (notmuch_filenames_t *a), (a))
LATE(notmuch_bool_t, notmuch_filenames_valid, (notmuch_filenames_t *a), (a))
LATE_VOID(notmuch_indexopts_destroy, (notmuch_indexopts_t *a), (a))
LATE(notmuch_status_t, notmuch_message_add_tag, (notmuch_message_t *a, const char *b), (a, b))
LATE_VOID(notmuch_message_destroy, (notmuch_message_t *a), (a))
LATE(notmuch_status_t, notmuch_message_freeze, (notmuch_message_t *a), (a))
LATE(notmuch_filenames_t *, notmuch_message_get_filenames, (notmuch_message_t *a), (a))
LATE(const char *, notmuch_message_get_header, (notmuch_message_t *a, const char *b), (a, b))
LATE(const char *, notmuch_message_get_message_id, (notmuch_message_t *a), (a))
LATE(notmuch_tags_t *, notmuch_message_get_tags, (notmuch_message_t *a), (a))
LATE(const char *, notmuch_message_get_thread_id, (notmuch_message_t *a), (a))
LATE(notmuch_status_t, notmuch_message_remove_tag, (notmuch_message_t *a, const char *b), (a, b))
LATE(notmuch_status_t, notmuch_message_tags_to_maildir_flags, (notmuch_message_t *a), (a))
LATE(notmuch_status_t, notmuch_message_thaw, (notmuch_message_t *a), (a))
LATE(notmuch_message_t *, notmuch_messages_get, (notmuch_messages_t *a), (a))
LATE_VOID(notmuch_messages_move_to_next, (notmuch_messages_t *a), (a))
LATE(notmuch_bool_t, notmuch_messages_valid, (notmuch_messages_t *a), (a))
LATE(notmuch_status_t, notmuch_query_count_messages, (notmuch_query_t *a, unsigned int *b), (a, b))
LATE(notmuch_status_t, notmuch_query_create_with_syntax,
     (notmuch_database_t *a, const char *b, notmuch_query_syntax_t c, notmuch_query_t **d),
     (a, b, c, d))
LATE_VOID(notmuch_query_destroy, (notmuch_query_t *a), (a))
LATE(notmuch_status_t, notmuch_query_search_messages, (notmuch_query_t *a, notmuch_messages_t **b), (a, b))
LATE_VOID(notmuch_query_set_sort, (notmuch_query_t *a, notmuch_sort_t b), (a, b))
LATE(const char *, notmuch_status_to_string, (notmuch_status_t a), (a))
LATE_VOID(notmuch_tags_destroy, (notmuch_tags_t *a), (a))
LATE(const char *, notmuch_tags_get, (notmuch_tags_t *a), (a))
LATE_VOID(notmuch_tags_move_to_next, (notmuch_tags_t *a), (a))
LATE(notmuch_bool_t, notmuch_tags_valid, (notmuch_tags_t *a), (a))
