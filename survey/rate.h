/* How often one address may ask, and how many connections it may have: token buckets in a table of fixed
 * size. Nothing here looks at a clock or leaves the memory: an address is forgotten once its bucket is full
 * again. */
#ifndef SURVEY_RATE_H
#define SURVEY_RATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/* An IPv4 address, or the /64 of an IPv6 one, which is what one household or office has at least: within it
 * anyone can choose addresses freely. */
struct rate_address {
    uint64_t network;
    bool is_local; /* of this machine: not limited */
};

struct rate_limits {
    unsigned per_minute;  /* requests that an address may send all the time; at once, twice that many */
    unsigned connections; /* that it may have at once */
    size_t addresses;     /* kept at most; beyond that the longest unseen one goes, if it has no connection */
    uint64_t seed;        /* random: by it nobody can choose addresses that slow the table down */
};

struct rate;

/* An empty table. `addresses` must exceed the number of all connections. */
struct rate *rate_create(const struct rate_limits *limits);
void rate_destroy(struct rate *rate);

/* The address of a peer; an IPv4 address within IPv6 (::ffff:192.0.2.1) is that IPv4 address. */
struct rate_address rate_peer(const struct sockaddr *peer);

/* Reads an address as proxies write it: 192.0.2.1, 2001:db8::1, [2001:db8::1], either with :PORT. False if it
 * is none. */
bool rate_read_address(struct rate_address *address, const char *text);

/* Takes a request from the bucket; `now` in milliseconds, never running back. 0: it may be answered; else the
 * seconds after which the next one may. */
unsigned rate_take(struct rate *rate, struct rate_address address, int64_t now);

/* Takes `cost` requests more from the bucket, which may come to owe up to what a minute brings. */
void rate_charge(struct rate *rate, struct rate_address address, unsigned cost, int64_t now);

/* Counts a connection; false: the address has too many, and it is not counted. Each counted one must leave.
 */
bool rate_enter(struct rate *rate, struct rate_address address, int64_t now);
void rate_leave(struct rate *rate, struct rate_address address, int64_t now);

/* How many addresses are kept now. */
size_t rate_length(const struct rate *rate);

#endif
