/* libpam is loaded where it is configured. */
#include <security/pam_appl.h>

#include "late.h"

#define LATE_LIBRARY "libpam.so.0"

LATE(int, pam_acct_mgmt, (pam_handle_t *a, int b), (a, b))
LATE(int, pam_authenticate, (pam_handle_t *a, int b), (a, b))
LATE(int, pam_end, (pam_handle_t *a, int b), (a, b))
LATE(int, pam_get_item, (const pam_handle_t *a, int b, const void **c), (a, b, c))
LATE(int, pam_set_item, (pam_handle_t *a, int b, const void *c), (a, b, c))
LATE(int, pam_start, (const char *a, const char *b, const struct pam_conv *c, pam_handle_t **d), (a, b, c, d))
LATE(int, pam_start_confdir, (const char *a, const char *b, const struct pam_conv *c, const char *d, pam_handle_t **e), (a, b, c, d, e))
LATE(const char *, pam_strerror, (pam_handle_t *a, int b), (a, b))
