/* The ends of a process that cannot go on. Exit status: 0 said goodbye, 100 our configuration or command
 * line is wrong, 111 the system failed us: try again. Each logs one line first. */
#ifndef REMUCH_DIE_H
#define REMUCH_DIE_H

#include <stdnoreturn.h>

enum { EXIT_USAGE = 100, EXIT_SYSTEM = 111 };

noreturn void die_usage(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
noreturn void die_system(int err, const char *fmt, ...) __attribute__((format(printf, 2, 3))); /* err: errno, > 0 */
noreturn void die_memory(void);

#endif
