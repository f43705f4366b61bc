#include "messages.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "clock.h"
#include "conn.h"
#include "preauth.h"
#include "text.h"

#define SIZE_WITH(member) (offsetof(struct message, member) + sizeof(((struct message *)0)->member))

/* Octets of a whole record; 0: no such type. */
static size_t size_of(uint32_t type)
{
	switch (type) {
	case MSG_TLS:
		return SIZE_WITH(tls);
	case MSG_LOGIN:
		return SIZE_WITH(login);
	case MSG_VERDICT:
		return SIZE_WITH(verdict);
	case MSG_START:
		return SIZE_WITH(start);
	case MSG_BYE:
		return SIZE_WITH(bye);
	}
	return 0;
}

/* NUL-ended within its room. */
static bool ended(const char *z, size_t room)
{
	return memchr(z, '\0', room) != NULL;
}

static bool ascii(const char *z, size_t room)
{
	if (!ended(z, room))
		return false;
	for (; *z; z++)
		if (*z < ' ' || *z > '~')
			return false;
	return true;
}

static bool name(const char *z, size_t room)
{
	if (!ended(z, room) || !text_is_utf8(str_of(z)))
		return false;
	for (; *z; z++)
		if ((unsigned char)*z < ' ' || *z == 0x7f)
			return false;
	return true;
}

static bool login_is_sound(const struct message_login *l)
{
	return ascii(l->mechanism, sizeof(l->mechanism)) &&
	       name(l->user, sizeof(l->user)) && l->user[0] != '\0' && name(l->authzid, sizeof(l->authzid)) &&
	       ended(l->password, sizeof(l->password)) && ascii(l->tag, sizeof(l->tag));
}

bool messages_sound(const struct message *m)
{
	switch (m->type) {
	case MSG_TLS:
		return ascii(m->tls.version, sizeof(m->tls.version)) && ascii(m->tls.cipher, sizeof(m->tls.cipher)) &&
		       m->tls.resumed <= 1;
	case MSG_LOGIN:
		return login_is_sound(&m->login);
	case MSG_VERDICT:
		return m->verdict <= LOGIN_UNAVAILABLE;
	case MSG_START:
		return m->start.relay <= 1 && m->start.n <= (m->start.relay ? 0 : CONN_AHEAD_MAX);
	case MSG_BYE:
		return ascii(m->bye.why, sizeof(m->bye.why));
	}
	return false;
}

int messages_check(const void *p, size_t n, struct message *ret)
{
	uint32_t type = 0;

	if (n >= sizeof(type))
		memcpy(&type, p, sizeof(type));
	if (n == 0 || n != size_of(type))
		return -EBADMSG;
	memcpy(ret, p, n);
	return messages_sound(ret) ? 0 : -EBADMSG;
}

int messages_send(int fd, const struct message *m)
{
	ssize_t n;

	do
		n = send(fd, m, size_of(m->type), MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : 0;
}

int messages_receive(int fd, int64_t deadline, struct message *ret)
{
	struct message raw;

	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int           r = poll(&p, 1, clock_left(deadline));
		ssize_t       n;

		if (r == 0 && clock_left(deadline) == 0)
			return -ETIMEDOUT;
		if (r < 0 && errno != EINTR)
			return -errno;
		if (r <= 0)
			continue;
		n = recv(fd, &raw, sizeof(raw), MSG_DONTWAIT | MSG_TRUNC);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0)
			return errno == ECONNRESET ? -ENODATA : -errno;
		if (n == 0)
			return -ENODATA;
		if ((size_t)n > sizeof(raw))
			return -EBADMSG;
		r = messages_check(&raw, (size_t)n, ret);
		explicit_bzero(&raw, (size_t)n);
		return r;
	}
}
