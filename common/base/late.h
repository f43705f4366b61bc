/* Shared libraries that are loaded when first called: a connection that does not need them neither waits for the dynamic linker to
 * bring them in nor holds the pages that it writes to. The functions are defined here under their own names, a row each, so their
 * callers and headers know nothing of it.
 *
 *      #define LATE_LIBRARY "libx.so.1"
 *      LATE(int, x_add, (int a, int b), (a, b))
 *      LATE_VOID(x_close, (struct x *a), (a))
 */
#ifndef REMUCH_LATE_H
#define REMUCH_LATE_H

/* The function of that library, loaded by the first call. Ends the process (die_system) when there is no such library or function:
 * the program is not installed as it was built. */
void *late_symbol(const char *library, const char *name);

#define LATE(type, name, params, args)                                  \
	type name params                                                \
	{                                                               \
		static type(*real) params;                              \
		if (!real)                                              \
			real = late_symbol(LATE_LIBRARY, #name);        \
		return real args;                                       \
	}
#define LATE_VOID(name, params, args)                                   \
	void name params                                                \
	{                                                               \
		static void(*real) params;                              \
		if (!real)                                              \
			real = late_symbol(LATE_LIBRARY, #name);        \
		real args;                                              \
	}

#endif
