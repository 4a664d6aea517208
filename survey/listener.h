/* The socket that respondents connect to. */
#ifndef SURVEY_LISTENER_H
#define SURVEY_LISTENER_H

#include "model/base/arena.h"
#include "model/base/failure.h"

#include <stdbool.h>

/* Listens at `address`: "127.0.0.1:8080", "[::1]:8080", "localhost:8080", "[::]:8080" (every address of the
 * machine); port 0 takes a free one. -1 after a failure, which says what is in the way. */
int listener_open(const char *address, struct failure *failure);

/* The address it listens at, as it stands in a URL. Memory from `arena`. */
const char *listener_address(int listener, struct arena *arena);

/* Whether it is ADDRESS:PORT, with an IPv6 address in brackets. */
bool listener_is_address(const char *address);

/* Whether only this machine can connect. */
bool listener_is_local(int listener);

#endif
