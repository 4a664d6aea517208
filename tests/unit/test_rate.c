/* Goal: people behind one address are never in each other's way, whoever floods is held back and told for how
 * long, and the table neither grows nor keeps an address longer than it must. */
#include "survey/rate.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND };

static const struct rate_limits usual = {
    .per_minute = 1200, .connections = 1000, .addresses = 4096, .seed = 7};

static struct rate_address read_address(const char *text) {
    struct rate_address address = {0};
    assert_true(rate_read_address(&address, text));
    return address;
}

/* --- addresses --- */

static void reads_what_proxies_write(void **state) {
    (void)state;
    const char *same[] = {"192.0.2.1", "192.0.2.1:4711", "::ffff:192.0.2.1", "[::ffff:192.0.2.1]:4711",
                          "::FFFF:c000:201"};
    const char *none[] = {"",
                          "unknown",
                          "192.0.2",
                          "192.0.2.256",
                          "192.0.2.1 ",
                          "[2001:db8::1",
                          "[192.0.2.1]",
                          ":4711",
                          "2001:db8::1::",
                          "2001:db8:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:1",
                          "_hidden",
                          "%"};
    struct rate_address address;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_int_equal(read_address(same[i]).network, read_address("192.0.2.1").network);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (rate_read_address(&address, none[i]))
            fail_msg("\"%s\" was read as an address", none[i]);
}

static void takes_a_network_of_ipv6_as_one(void **state) {
    (void)state;
    uint64_t network = read_address("2001:db8:1:2::1").network;
    assert_int_equal(network, read_address("2001:db8:1:2:ffff:ffff:ffff:ffff").network);
    assert_int_equal(network, read_address("[2001:db8:1:2::9]:443").network);
    assert_int_not_equal(network, read_address("2001:db8:1:3::1").network);
    assert_int_not_equal(read_address("::1").network, read_address("0.0.0.0").network);
}

static void knows_this_machine(void **state) {
    (void)state;
    const char *local[] = {"127.0.0.1", "127.8.9.1", "::1", "[::1]:80", "::ffff:127.0.0.1"};
    const char *remote[] = {"128.0.0.1", "10.0.0.1", "::2", "::", "fe80::1", "::ffff:10.127.0.1"};
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        assert_true(read_address(local[i]).is_local);
    for (size_t i = 0; i < sizeof remote / sizeof *remote; i++)
        assert_false(read_address(remote[i]).is_local);
}

static void reads_peers(void **state) {
    (void)state;
    struct sockaddr_in in4 = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    const struct sockaddr nothing = {.sa_family = AF_UNIX};
    inet_pton(AF_INET, "192.0.2.1", &in4.sin_addr);
    assert_int_equal(rate_peer((struct sockaddr *)&in4).network, read_address("192.0.2.1").network);
    inet_pton(AF_INET6, "::ffff:192.0.2.1", &in6.sin6_addr);
    assert_int_equal(rate_peer((struct sockaddr *)&in6).network, read_address("192.0.2.1").network);
    inet_pton(AF_INET6, "2001:db8::5", &in6.sin6_addr);
    assert_int_equal(rate_peer((struct sockaddr *)&in6).network, read_address("2001:db8::").network);
    assert_true(rate_peer(&nothing).is_local);
    assert_true(rate_peer(NULL).is_local);
}

/* --- rates --- */

/* 140 people of one office answer in `minutes`, each with twelve requests and three slips of 4 more. */
static unsigned refused_in_office(int minutes) {
    enum { PEOPLE = 140, REQUESTS = 12, SLIPS = 3, SLIP = 4 };
    struct rate *rate = rate_create(&usual);
    struct rate_address office = read_address("192.0.2.1");
    unsigned refused = 0;
    int64_t now = 5 * MINUTE, requests = (int64_t)PEOPLE * REQUESTS;
    for (int64_t i = 0; i < requests; i++) {
        now = 5 * MINUTE + i * minutes * MINUTE / requests;
        refused += rate_take(rate, office, now) != 0;
        if (i % (REQUESTS / SLIPS) == 0)
            rate_charge(rate, office, SLIP, now);
    }
    rate_destroy(rate);
    return refused;
}

static void lets_an_office_answer(void **state) {
    (void)state;
    for (int minutes = 2; minutes <= 20; minutes++)
        assert_int_equal(refused_in_office(minutes), 0);
}

static void lets_an_office_begin_at_once(void **state) {
    (void)state;
    struct rate *rate = rate_create(&usual);
    for (int i = 0; i < 140 * 17; i++)
        assert_int_equal(rate_take(rate, read_address("192.0.2.1"), 1), 0);
    rate_destroy(rate);
}

static void holds_a_flood_back(void **state) {
    (void)state;
    struct rate *rate = rate_create(&usual);
    struct rate_address flood = read_address("192.0.2.1"), other = read_address("192.0.2.2");
    int answered = 0, refused = 0;
    for (int64_t now = 0; now < MINUTE; now += 2) /* 500 a second */
        if (rate_take(rate, flood, now) == 0)
            answered++;
        else
            refused++;
    assert_in_range(answered, 3 * 1200 - 1, 3 * 1200 + 1);
    assert_int_equal(answered + refused, 30000);
    assert_int_equal(rate_take(rate, other, MINUTE), 0);
    /* Who only asks to be refused does not wait longer for it. */
    assert_int_equal(rate_take(rate, flood, MINUTE), 0);
    assert_int_equal(rate_take(rate, flood, MINUTE), 1);
    rate_destroy(rate);
}

static void tells_how_long_to_wait(void **state) {
    (void)state;
    const struct rate_limits slow = {.per_minute = 6, .connections = 1, .addresses = 8};
    struct rate *rate = rate_create(&slow);
    struct rate_address one = read_address("192.0.2.1");
    for (int i = 0; i < 12; i++)
        assert_int_equal(rate_take(rate, one, 0), 0);
    assert_int_equal(rate_take(rate, one, 0), 10);
    assert_int_equal(rate_take(rate, one, 8999), 2);
    assert_int_equal(rate_take(rate, one, 9000), 1);
    assert_int_equal(rate_take(rate, one, 9999), 1);
    assert_int_equal(rate_take(rate, one, 10000), 0);
    assert_int_equal(rate_take(rate, one, 10000), 10);
    /* However much is charged, no more is owed than a minute brings. */
    rate_charge(rate, one, 1000000, 10000);
    assert_int_equal(rate_take(rate, one, 10000), 70);
    assert_int_equal(rate_take(rate, one, 80000), 0);
    rate_destroy(rate);
}

static void makes_guessing_slow(void **state) {
    (void)state;
    struct rate *rate = rate_create(&usual);
    int guesses = 0;
    for (int64_t now = 0; now < 60 * MINUTE; now += 5)
        if (rate_take(rate, read_address("192.0.2.1"), now) == 0) {
            rate_charge(rate, read_address("192.0.2.1"), 9, now);
            guesses++;
        }
    assert_in_range(guesses, 60 * 120, 63 * 120);
    rate_destroy(rate);
}

static void does_not_limit_this_machine(void **state) {
    (void)state;
    const struct rate_limits least = {.per_minute = 1, .connections = 1, .addresses = 2};
    struct rate *rate = rate_create(&least);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(rate_take(rate, read_address("127.0.0.1"), 0), 0);
        assert_true(rate_enter(rate, read_address("::1"), 0));
    }
    assert_int_equal(rate_length(rate), 0);
    rate_destroy(rate);
}

/* --- connections and the table --- */

static void limits_connections(void **state) {
    (void)state;
    const struct rate_limits few = {.per_minute = 60, .connections = 3, .addresses = 8};
    struct rate *rate = rate_create(&few);
    struct rate_address one = read_address("192.0.2.1");
    for (int i = 0; i < 3; i++)
        assert_true(rate_enter(rate, one, i));
    assert_false(rate_enter(rate, one, 3));
    assert_true(rate_enter(rate, read_address("192.0.2.2"), 3));
    rate_leave(rate, one, 4);
    assert_true(rate_enter(rate, one, 5));
    assert_false(rate_enter(rate, one, 60 * MINUTE)); /* not forgotten while they are there */
    rate_destroy(rate);
}

static void forgets_whoever_is_gone(void **state) {
    (void)state;
    struct rate *rate = rate_create(&usual);
    char text[32];
    for (int i = 0; i < 200; i++) {
        snprintf(text, sizeof text, "192.0.2.%d", i);
        rate_take(rate, read_address(text), i);
    }
    assert_int_equal(rate_length(rate), 200);
    rate_take(rate, read_address("198.51.100.1"), 3 * MINUTE + 99);
    assert_int_equal(rate_length(rate), 101);
    rate_take(rate, read_address("198.51.100.1"), 9 * MINUTE);
    assert_int_equal(rate_length(rate), 1);
    rate_destroy(rate);
}

static void keeps_its_size(void **state) {
    (void)state;
    const struct rate_limits small = {.per_minute = 2, .connections = 2, .addresses = 64, .seed = 3};
    struct rate *rate = rate_create(&small);
    struct rate_address present = read_address("203.0.113.1"), recent = read_address("203.0.113.2");
    char text[64];
    assert_true(rate_enter(rate, present, 0));
    for (int i = 0; i < 4; i++)
        rate_take(rate, recent, 0);
    for (int i = 0; i < 10000; i++) {
        snprintf(text, sizeof text, "2001:db8:%x::1", i);
        rate_take(rate, read_address(text), 1);
        assert_true(rate_length(rate) <= 64);
        if (i % 32 == 0)
            assert_int_not_equal(rate_take(rate, recent, 1),
                                 0); /* seen lately: it stays, and is still empty */
    }
    assert_int_equal(rate_length(rate), 64);
    assert_true(rate_enter(rate, present, 1));
    assert_false(rate_enter(rate, present, 1));
    rate_leave(rate, present, 1);
    rate_leave(rate, present, 1);
    rate_destroy(rate);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_proxies_write), cmocka_unit_test(takes_a_network_of_ipv6_as_one),
        cmocka_unit_test(knows_this_machine),       cmocka_unit_test(reads_peers),
        cmocka_unit_test(lets_an_office_answer),    cmocka_unit_test(lets_an_office_begin_at_once),
        cmocka_unit_test(holds_a_flood_back),       cmocka_unit_test(tells_how_long_to_wait),
        cmocka_unit_test(makes_guessing_slow),      cmocka_unit_test(does_not_limit_this_machine),
        cmocka_unit_test(limits_connections),       cmocka_unit_test(forgets_whoever_is_gone),
        cmocka_unit_test(keeps_its_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
