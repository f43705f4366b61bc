#include "claim.h"

#include <string.h>

/* At this "+", if a user's name and a mailbox's are on its sides. */
static bool split(const char *name, const char *plus, bool (*exists)(const char *user), struct claim *ret)
{
	if (!plus || plus == name || plus[1] == '\0')
		return false;
	memcpy(ret->user, name, (size_t)(plus - name));
	ret->user[plus - name] = '\0';
	strcpy(ret->mailbox, plus + 1);
	return exists(ret->user);
}

void claim_read(const char *name, bool (*exists)(const char *user), struct claim *ret)
{
	if (!exists(name) && (split(name, strrchr(name, '+'), exists, ret) || split(name, strchr(name, '+'), exists, ret)))
		return;
	strcpy(ret->user, name);
	ret->mailbox[0] = '\0';
}
