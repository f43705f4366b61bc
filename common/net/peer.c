#include "peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>

/* ::ffff:a.b.c.d is how an IPv4 client looks on a socket for both families. */
static void unmap(struct sockaddr_storage *a)
{
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)a;
	struct sockaddr_in         four = { .sin_family = AF_INET };

	if (a->ss_family != AF_INET6 || !IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
		return;
	four.sin_port = six->sin6_port;
	memcpy(&four.sin_addr, &six->sin6_addr.s6_addr[12], 4);
	memset(a, 0, sizeof(*a));
	memcpy(a, &four, sizeof(four));
}

void peer_from(const struct sockaddr_storage *addr, struct peer *ret_peer)
{
	struct peer p = { .addr = *addr, .text = "-" };
	char        host[INET6_ADDRSTRLEN];

	unmap(&p.addr);
	if (p.addr.ss_family == AF_INET) {
		const struct sockaddr_in *a = (const struct sockaddr_in *)&p.addr;

		inet_ntop(AF_INET, &a->sin_addr, host, sizeof(host));
		snprintf(p.text, sizeof(p.text), "%s:%u", host, ntohs(a->sin_port));
		p.local = ntohl(a->sin_addr.s_addr) >> 24 == 127;
	} else if (p.addr.ss_family == AF_INET6) {
		const struct sockaddr_in6 *a = (const struct sockaddr_in6 *)&p.addr;

		inet_ntop(AF_INET6, &a->sin6_addr, host, sizeof(host));
		snprintf(p.text, sizeof(p.text), "[%s]:%u", host, ntohs(a->sin6_port));
		p.local = IN6_IS_ADDR_LOOPBACK(&a->sin6_addr);
	} else {
		p.local = p.addr.ss_family == AF_UNIX || p.addr.ss_family == AF_UNSPEC;
	}
	*ret_peer = p;
}

int peer_of(int fd, struct peer *ret_peer)
{
	struct sockaddr_storage a = { .ss_family = AF_UNSPEC };
	socklen_t               n = sizeof(a);

	if (getpeername(fd, (struct sockaddr *)&a, &n) < 0 && errno != ENOTSOCK)
		return -errno;
	peer_from(&a, ret_peer);
	return 0;
}

void peer_tune(int fd)
{
	int on = 1;

	/* A pipe or a local socket knows neither, and needs neither. */
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
}
