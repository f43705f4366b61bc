/* Who is at the other end of a descriptor. */
#ifndef REMUCH_PEER_H
#define REMUCH_PEER_H

#include <stdbool.h>
#include <sys/socket.h>

struct peer {
	struct sockaddr_storage addr;   /* AF_UNSPEC for pipes, AF_UNIX for local sockets; IPv4-mapped IPv6 as IPv4 */
	bool                    local;  /* on this machine: a pipe, a local socket, a loopback address */
	char                    text[64];       /* "192.0.2.1:4711", "[2001:db8::1]:4711", "-" for what has no address */
};

/* 0 and *ret_peer; -ENOTCONN when the peer of a socket is gone already; -errno. */
int peer_of(int fd, struct peer *ret_peer);

/* Likewise of an address. */
void peer_from(const struct sockaddr_storage *addr, struct peer *ret_peer);

/* For the socket of a client: send what is written at once, notice a peer that vanished. Anything else is left alone. */
void peer_tune(int fd);

#endif
