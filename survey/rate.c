#include "survey/rate.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

/* Tokens are counted in parts of a request, so many that a whole number of them comes in each millisecond. */
enum { MINUTE = 60000, REQUEST = MINUTE, MINUTES_AT_ONCE = 2, MINUTES_OWED_MOST = 1, NONE = 0 };

/* One address. Those without connections stand in a list, the longest unseen first; only they can be
 * forgotten. Entries are named by their index, from 1; NONE ends a list. Those in no use are listed by
 * `next`. */
struct entry {
    uint64_t network;
    int64_t tokens, seen;
    unsigned connections;
    uint32_t next; /* of the same bucket */
    uint32_t earlier, later;
};

struct rate {
    struct rate_limits limits;
    struct entry *entries;
    uint32_t *buckets;
    size_t bucket_count, length;
    uint32_t first, last, unused;
};

/* What comes into a bucket in so many minutes. */
static int64_t income(const struct rate *rate, int minutes) {
    return (int64_t)rate->limits.per_minute * minutes * MINUTE;
}

struct rate *rate_create(const struct rate_limits *limits) {
    struct rate *rate = calloc(1, sizeof *rate);
    size_t buckets = 1;
    while (buckets < limits->addresses)
        buckets *= 2;
    if (!rate || !(rate->entries = calloc(limits->addresses + 1, sizeof *rate->entries)) ||
        !(rate->buckets = calloc(buckets, sizeof *rate->buckets)))
        abort();
    rate->limits = *limits;
    rate->bucket_count = buckets;
    for (size_t i = 1; i <= limits->addresses; i++)
        rate->entries[i].next = i < limits->addresses ? (uint32_t)i + 1 : NONE;
    rate->unused = 1;
    return rate;
}

void rate_destroy(struct rate *rate) {
    if (!rate)
        return;
    free(rate->entries);
    free(rate->buckets);
    free(rate);
}

size_t rate_length(const struct rate *rate) {
    return rate->length;
}

/* --- addresses --- */

static struct rate_address address_4(const unsigned char bytes[4]) {
    uint64_t number = 0;
    for (int i = 0; i < 4; i++)
        number = number << 8 | bytes[i];
    /* No network of IPv6 that is in use begins with these bits: ::ffff:0:0 is where IPv4 is written in it. */
    return (struct rate_address){UINT64_C(0xffff) << 32 | number, bytes[0] == 127};
}

static struct rate_address address_6(const struct in6_addr *in) {
    if (IN6_IS_ADDR_V4MAPPED(in))
        return address_4(in->s6_addr + 12);
    struct rate_address address = {.is_local = IN6_IS_ADDR_LOOPBACK(in)};
    for (int i = 0; i < 8; i++)
        address.network = address.network << 8 | in->s6_addr[i];
    return address;
}

struct rate_address rate_peer(const struct sockaddr *peer) {
    if (peer && peer->sa_family == AF_INET6) {
        struct sockaddr_in6 at;
        memcpy(&at, peer, sizeof at);
        return address_6(&at.sin6_addr);
    }
    if (peer && peer->sa_family == AF_INET) {
        struct sockaddr_in at;
        unsigned char bytes[4];
        memcpy(&at, peer, sizeof at);
        memcpy(bytes, &at.sin_addr, sizeof bytes);
        return address_4(bytes);
    }
    return (struct rate_address){.is_local = true}; /* not a network's */
}

bool rate_read_address(struct rate_address *address, const char *text) {
    char host[INET6_ADDRSTRLEN + 1];
    bool is_bracketed = text[0] == '[';
    const char *begin = text + is_bracketed, *colon = strchr(begin, ':');
    bool has_port = colon && !strchr(colon + 1, ':'); /* a single colon cannot be of IPv6 */
    size_t length = is_bracketed ? strcspn(begin, "]") : has_port ? (size_t)(colon - begin) : strlen(begin);
    struct in6_addr in6;
    struct in_addr in4;
    if (length >= sizeof host || (is_bracketed && begin[length] != ']'))
        return false;
    memcpy(host, begin, length);
    host[length] = '\0';
    if (inet_pton(AF_INET6, host, &in6) == 1) {
        *address = address_6(&in6);
    } else if (!is_bracketed && inet_pton(AF_INET, host, &in4) == 1) {
        unsigned char bytes[4];
        memcpy(bytes, &in4, sizeof bytes);
        *address = address_4(bytes);
    } else {
        return false;
    }
    return true;
}

/* --- the table --- */

/* Mixes all bits into all (the finish of SplitMix64), from a start that nobody outside knows. */
static uint32_t *bucket_of(const struct rate *rate, uint64_t network) {
    uint64_t mixed = network ^ rate->limits.seed;
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return &rate->buckets[(mixed ^ mixed >> 31) & (rate->bucket_count - 1)];
}

static void unlist(struct rate *rate, uint32_t index) {
    struct entry *entry = &rate->entries[index];
    *(entry->earlier ? &rate->entries[entry->earlier].later : &rate->first) = entry->later;
    *(entry->later ? &rate->entries[entry->later].earlier : &rate->last) = entry->earlier;
    entry->earlier = entry->later = NONE;
}

static void list_last(struct rate *rate, uint32_t index) {
    struct entry *entry = &rate->entries[index];
    entry->earlier = rate->last;
    *(rate->last ? &rate->entries[rate->last].later : &rate->first) = index;
    rate->last = index;
}

static void forget_first(struct rate *rate) {
    uint32_t index = rate->first;
    struct entry *entry = &rate->entries[index];
    uint32_t *link = bucket_of(rate, entry->network);
    while (*link != index)
        link = &rate->entries[*link].next;
    *link = entry->next;
    unlist(rate, index);
    *entry = (struct entry){.next = rate->unused};
    rate->unused = index;
    rate->length--;
}

/* However much was owed, after so long the bucket is full, and the address as good as a new one. */
static void forget_old(struct rate *rate, int64_t now) {
    while (rate->first &&
           now - rate->entries[rate->first].seen >= (MINUTES_AT_ONCE + MINUTES_OWED_MOST) * MINUTE)
        forget_first(rate);
}

static void refill(const struct rate *rate, struct entry *entry, int64_t now) {
    int64_t longest = (MINUTES_AT_ONCE + MINUTES_OWED_MOST) * MINUTE;
    int64_t passed = now - entry->seen < longest ? now - entry->seen : longest;
    entry->tokens += passed * rate->limits.per_minute;
    if (entry->tokens > income(rate, MINUTES_AT_ONCE))
        entry->tokens = income(rate, MINUTES_AT_ONCE);
    entry->seen = now;
}

/* The entry of the address as it is now, and out of the list, into which `put_back` returns it. */
static uint32_t take_out(struct rate *rate, uint64_t network, int64_t now) {
    forget_old(rate, now);
    uint32_t *bucket = bucket_of(rate, network), index = *bucket;
    while (index && rate->entries[index].network != network)
        index = rate->entries[index].next;
    if (index) {
        if (!rate->entries[index].connections)
            unlist(rate, index);
        refill(rate, &rate->entries[index], now);
        return index;
    }
    if (!rate->unused)
        forget_first(rate); /* there is one: more addresses are kept than there are connections */
    index = rate->unused;
    rate->unused = rate->entries[index].next;
    rate->entries[index] = (struct entry){
        .network = network, .tokens = income(rate, MINUTES_AT_ONCE), .seen = now, .next = *bucket};
    *bucket = index;
    rate->length++;
    return index;
}

static void put_back(struct rate *rate, uint32_t index) {
    if (!rate->entries[index].connections)
        list_last(rate, index);
}

/* --- limits --- */

unsigned rate_take(struct rate *rate, struct rate_address address, int64_t now) {
    if (address.is_local)
        return 0;
    uint32_t index = take_out(rate, address.network, now);
    int64_t missing = REQUEST - rate->entries[index].tokens;
    if (missing <= 0)
        rate->entries[index].tokens -= REQUEST;
    put_back(rate, index);
    int64_t in_a_second = (int64_t)rate->limits.per_minute * 1000;
    return missing <= 0 ? 0 : (unsigned)((missing + in_a_second - 1) / in_a_second);
}

void rate_charge(struct rate *rate, struct rate_address address, unsigned cost, int64_t now) {
    if (address.is_local)
        return;
    uint32_t index = take_out(rate, address.network, now);
    int64_t *tokens = &rate->entries[index].tokens, least = -income(rate, MINUTES_OWED_MOST);
    *tokens -= (int64_t)cost * REQUEST;
    *tokens = *tokens < least ? least : *tokens;
    put_back(rate, index);
}

bool rate_enter(struct rate *rate, struct rate_address address, int64_t now) {
    if (address.is_local)
        return true;
    uint32_t index = take_out(rate, address.network, now);
    bool enters = rate->entries[index].connections < rate->limits.connections;
    rate->entries[index].connections += enters;
    put_back(rate, index);
    return enters;
}

void rate_leave(struct rate *rate, struct rate_address address, int64_t now) {
    if (address.is_local)
        return;
    uint32_t index = take_out(rate, address.network, now);
    rate->entries[index].connections--;
    put_back(rate, index);
}
