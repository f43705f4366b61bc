/* The roles of one connection, as service_main.c starts them. */
#ifndef REMUCH_ROLES_H
#define REMUCH_ROLES_H

#include <stdbool.h>

#include "conf.h"
#include "peer.h"
#include "service.h"
#include "tls_ctx.h"

/* What service_main has found out; owned by it. */
struct service {
	const struct protocol *proto;
	struct conf           *conf;
	const char            *conf_path;       /* as given by --config; NULL */
	bool                   implicit;        /* --tls=implicit */
	int                    in, out;         /* the client */
	struct peer            peer;
	char                  *run_dir;         /* exists, is ours; NULL: there is none */
};

/* Fork preauth, verify logins, become the user, run the session. Exit status of the process. */
int supervisor_run(struct service *s);

/* The forked process: cage itself, speak, relay. control: messages.h; session: the far end of the session's socket.
 * Exit status: 0, 100 the TLS configuration is wrong, 111. */
int preauth_main(struct service *s, int control, int session);

/* Certificates as configured. 0 and *ret_ctx, NULL when there are none; -EINVAL, -EIO with *ret_error. */
int service_tls(const struct service *s, struct tls_ctx **ret_ctx, struct tls_error *ret_error);

/* --check: what works and what does not, in plain words on standard output. Exit status 0 or 100. */
int check_run(struct service *s);

#endif
