/* What GLib and GMime are called for: text that is not ASCII. */
#include <stdlib.h>                     /* before gmime.h: our limits.h hides a part of the system one from it */

#include <gmime/gmime.h>

#include "late.h"

#undef g_free                           /* a macro since GLib 2.78 */

#define LATE_LIBRARY "libglib-2.0.so.0"
LATE(gchar *, g_compute_checksum_for_data, (GChecksumType a, const guchar *b, gsize c), (a, b, c))
LATE_VOID(g_free, (gpointer a), (a))
LATE(gsize, g_unichar_fully_decompose, (gunichar a, gboolean b, gunichar *c, gsize d), (a, b, c, d))
LATE(gunichar, g_unichar_totitle, (gunichar a), (a))
LATE(gchar *, g_utf8_strdown, (const gchar *a, gssize b), (a, b))
LATE(gchar *, g_utf8_normalize, (const gchar *a, gssize b, GNormalizeMode c), (a, b, c))

#undef LATE_LIBRARY
#define LATE_LIBRARY "libgmime-3.0.so.0"
LATE_VOID(g_mime_init, (void), ())
LATE(char *, g_mime_utils_header_decode_text, (GMimeParserOptions *a, const char *b), (a, b))
