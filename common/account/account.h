/* A user's mail, from the configuration to the store: what both programs need of it. */
#ifndef REMUCH_ACCOUNT_H
#define REMUCH_ACCOUNT_H

#include "conf.h"
#include "store.h"

/* path: as given by --config, for the drainer's command line; NULL: the default file. drain: may a drainer be started?
 * What *ret points to is owned by conf. */
void account_conf(struct conf *conf, const char *path, const char *home, bool drain, struct store_conf *ret);

/* --drain: bring the index up to the state. Exit status. */
int account_drain(struct conf *conf, const char *home);

/* --check: say on standard output what works of the mail and what does not. True when all is well. */
bool account_check(struct conf *conf, const char *user, const char *home);

#endif
