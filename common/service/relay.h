/* After login under TLS: octets between the client's connection and the session's socket, both ways. */
#ifndef REMUCH_RELAY_H
#define REMUCH_RELAY_H

#include "conn.h"

/* Until the session has closed its socket and all it wrote is sent, the client is gone, or the client has read nothing
 * for `patience_ms`. The client's end of stream is passed on, and what the session still says is delivered.
 * Works in fixed memory; a side that does not read stops the other one. The caller closes both. */
void relay_run(struct conn *client, int session, int64_t patience_ms);

#endif
