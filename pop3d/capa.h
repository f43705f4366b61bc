/* CAPA's answer, before and after login. RFC 2449 section 5. */
#ifndef REMUCH_CAPA_H
#define REMUCH_CAPA_H

#include "conn.h"

enum {
	CAPA_STLS      = 1,     /* TLS can be started now */
	CAPA_PASSWORDS = 2,     /* logins with a password are allowed: USER, SASL */
};

void capa_put(struct conn *c, unsigned now);

#endif
