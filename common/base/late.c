#include "late.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>

#include "die.h"

void *late_symbol(const char *library, const char *name)
{
	/* Never closed: it is counted, and mapped once however often it is opened. */
	void *lib = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
	void *symbol = lib ? dlsym(lib, name) : NULL;

	if (!symbol)
		die_system(ENOENT, "loading %s", dlerror());
	return symbol;
}
