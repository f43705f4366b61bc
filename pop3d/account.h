/* Where the mail of a user lies: from the configuration to the store's view of it. */
#ifndef REMUCH_ACCOUNT_H
#define REMUCH_ACCOUNT_H

#include "conf.h"
#include "store.h"

/* conf_file: as given by --config, for the drainer's command line; NULL: the default file. drain: may a drainer be
 * started? What *ret points to is owned by conf. */
void account_conf(struct conf *conf, const char *conf_file, const char *home, bool drain, struct store_conf *ret);

#endif
