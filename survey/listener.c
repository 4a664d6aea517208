#include "survey/listener.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Splits "host:port" or "[host]:port" at its last colon. False if it is neither. */
static bool split(const char *address, char host[256], const char **port) {
    const char *colon = strrchr(address, ':');
    if (!colon || colon == address || !colon[1] || colon - address >= 256)
        return false;
    size_t length = (size_t)(colon - address);
    bool bracketed = length >= 2 && address[0] == '[' && colon[-1] == ']';
    if (!bracketed && memchr(address, ':', length))
        return false; /* an IPv6 address without brackets could end anywhere */
    memcpy(host, address + bracketed, length - 2 * bracketed);
    host[length - 2 * bracketed] = '\0';
    *port = colon + 1;
    return strspn(*port, "0123456789") == strlen(*port) && strlen(*port) <= 5 && atoi(*port) <= 65535;
}

bool listener_is_address(const char *address) {
    char host[256];
    const char *port;
    return split(address, host, &port);
}

static int open_socket(const struct addrinfo *at) {
    int on = 1, listener = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0)
        return -1;
    /* Without it a server started again would have to wait for its old connections to be forgotten. */
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, at->ai_addr, at->ai_addrlen) == 0 && listen(listener, SOMAXCONN) == 0)
        return listener;
    int reason = errno;
    close(listener);
    errno = reason;
    return -1;
}

int listener_open(const char *address, struct failure *failure) {
    const struct addrinfo hints = {
        .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    char host[256];
    const char *port = NULL;
    if (!split(address, host, &port)) {
        failure_set(failure,
                    "\"%s\" is no address to listen at: give ADDRESS:PORT, such as 127.0.0.1:8080 or "
                    "[::1]:8080",
                    address);
        return -1;
    }
    int code = getaddrinfo(host, port, &hints, &found);
    if (code != 0) {
        failure_set(failure, "cannot listen at %s: %s", address, gai_strerror(code));
        return -1;
    }
    int listener = open_socket(found);
    if (listener < 0 && errno == EADDRINUSE)
        failure_set(failure,
                    "cannot listen at %s: another program uses this port; choose another with --listen",
                    address);
    else if (listener < 0)
        failure_set(failure, "cannot listen at %s: %s", address, strerror(errno));
    freeaddrinfo(found);
    return listener;
}

const char *listener_address(int listener, struct arena *arena) {
    struct sockaddr_storage at = {0};
    socklen_t length = sizeof at;
    char host[256] = "", port[8] = "";
    getsockname(listener, (struct sockaddr *)&at, &length);
    getnameinfo((struct sockaddr *)&at, length, host, sizeof host, port, sizeof port,
                NI_NUMERICHOST | NI_NUMERICSERV);
    return arena_format(arena, at.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

bool listener_is_local(int listener) {
    struct sockaddr_storage at = {0};
    socklen_t length = sizeof at;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    if (getsockname(listener, (struct sockaddr *)&at, &length) != 0)
        return false;
    memcpy(&in, &at, sizeof in);
    memcpy(&in6, &at, sizeof in6);
    return (at.ss_family == AF_INET && ntohl(in.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET) ||
           (at.ss_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr));
}
