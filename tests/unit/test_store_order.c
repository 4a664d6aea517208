/* The order of arrival is not in the file: the same responses that came in another order give the same bytes.
 * This holds for whatever a copy could be searched for: places of rows, numbers of pages, gaps, remains. */
#include "model/store_invitation.h"

#include "tests/unit/store_fixture.h"

enum { PEOPLE = 60, ORDERS = 3, LONGEST = 9000, DRAFT_LONGEST = 5000 };

static const struct secret KEY = {{7}};

enum kind { OPEN_ACCESS, LINKS, LINKS_WITH_DRAFTS };

/* A fixed sequence of numbers that look random (splitmix64). */
static uint64_t mix(uint64_t number) {
    number += 0x9e3779b97f4a7c15;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
    number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
    return number ^ (number >> 31);
}

static int64_t key_of(uint64_t number) {
    return (int64_t)(mix(number) >> 1);
}

/* Who answers at which place; each order is another. */
static void shuffle(uint64_t order, size_t *people) {
    for (size_t i = 0; i < PEOPLE; i++)
        people[i] = i;
    for (size_t i = PEOPLE - 1; i > 0; i--) {
        size_t other = mix(order * PEOPLE + i) % (i + 1), kept = people[i];
        people[i] = people[other];
        people[other] = kept;
    }
}

/* --- one person --- */

static struct link link_of(size_t person) {
    return link_make(&KEY, key_of(person), 0);
}

static void invite(struct store *store, size_t person) {
    struct invitation invitation = {
        .id = key_of(person), .name = arena_format(arena, "Made Up %zu", person), .known = "role=member"};
    struct link link = link_of(person);
    struct link_hash token, code;
    assert_true(link_token_hash(&KEY, link.token, &token) && link_code_hash(&KEY, link.code, &code));
    assert_int_equal(store_add_invitation(store, &invitation, &token, &code), STORE_DONE);
}

static void begin_form(struct store *store, size_t person) {
    static unsigned char sealed[DRAFT_LONGEST];
    struct link_hash name;
    struct secret secret;
    assert_true(link_draft(link_of(person).token, &name, &secret));
    memset(sealed, (int)person + 1, sizeof sealed);
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_keep_draft(store, &name, sealed, mix(person) % DRAFT_LONGEST + 1), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
}

static struct response response_of(size_t person) {
    size_t length = mix(person + 1000) % LONGEST;
    char *words = arena_allocate(arena, length + 1, 1);
    memset(words, 'a' + (int)(person % 26), length);
    words[length] = '\0';
    const char *const cells[ITEMS] = {
        [ROLE] = "member", [YEARS] = arena_format(arena, "%zu", person), [WORDS] = words};
    struct response response = respond(base, cells, NULL);
    response.key = key_of(person + 2000);
    return response;
}

static void answer(struct store *store, size_t person, enum kind kind) {
    struct response response = response_of(person);
    struct link_hash name;
    struct secret secret;
    assert_true(link_draft(link_of(person).token, &name, &secret));
    struct submission submission = {.response = &response,
                                    .invitation = kind == OPEN_ACCESS ? 0 : key_of(person),
                                    .draft = kind == LINKS_WITH_DRAFTS ? &name : NULL};
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_submit(store, &submission, "2024-03-01"), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
}

/* --- a whole store --- */

struct bytes {
    unsigned char *all;
    size_t length;
};

static struct bytes read_store(void) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    struct bytes bytes = {.length = (size_t)ftell(file)};
    rewind(file);
    bytes.all = ARENA_NEW(arena, unsigned char, bytes.length);
    assert_int_equal(fread(bytes.all, 1, bytes.length, file), bytes.length);
    fclose(file);
    return bytes;
}

static void prepare(struct store *store, enum kind kind) {
    struct failure failure = {0};
    if (kind == OPEN_ACCESS)
        return;
    assert_true(store_keep_links(store, &failure));
    assert_int_equal(store_begin(store), STORE_DONE);
    for (size_t i = 0; i < PEOPLE; i++)
        invite(store, i);
    assert_int_equal(store_commit(store), STORE_DONE);
    /* Every third has begun before, so that what is erased as they send is there as well. */
    for (size_t i = 0; kind == LINKS_WITH_DRAFTS && i < PEOPLE; i += 3)
        begin_form(store, i);
}

/* The first `count` people have answered in that order, and the collection is over or not. */
static struct bytes play(enum kind kind, uint64_t order, size_t count, bool is_closed) {
    struct failure failure = {0};
    size_t people[PEOPLE];
    struct store *store = open_store(STORE_WRITE, base);
    prepare(store, kind);
    shuffle(order, people);
    for (size_t i = 0; i < PEOPLE; i++)
        if (people[i] < count)
            answer(store, people[i], kind);
    assert_true(!is_closed || store_end_collection(store, &failure));
    assert_int_equal(count_responses(store), count);
    store_close(store);
    struct bytes bytes = read_store();
    remove_store();
    return bytes;
}

static bool is_same(struct bytes one, struct bytes other) {
    return one.length == other.length && !memcmp(one.all, other.all, one.length);
}

/* How many of the other orders give the bytes that the first gives. */
static size_t count_same(enum kind kind, size_t count, bool is_closed) {
    struct bytes first = play(kind, 0, count, is_closed);
    size_t same = 0;
    for (uint64_t order = 1; order < ORDERS; order++)
        same += is_same(first, play(kind, order, count, is_closed));
    return same;
}

/* --- the tests --- */

static void test_links(void **state) {
    (void)state;
    assert_int_equal(count_same(LINKS, PEOPLE, false), ORDERS - 1);
    assert_int_equal(count_same(LINKS, PEOPLE / 2, false), ORDERS - 1);
}

static void test_drafts(void **state) {
    (void)state;
    assert_int_equal(count_same(LINKS_WITH_DRAFTS, PEOPLE, false), ORDERS - 1);
    assert_int_equal(count_same(LINKS_WITH_DRAFTS, PEOPLE / 2, false), ORDERS - 1);
}

static void test_closed(void **state) {
    (void)state;
    assert_int_equal(count_same(LINKS_WITH_DRAFTS, PEOPLE / 2, true), ORDERS - 1);
    assert_int_equal(count_same(OPEN_ACCESS, PEOPLE, true), ORDERS - 1);
}

/* With open access, until it is closed, the order can be read: so this test can find it. */
static void test_open_access(void **state) {
    (void)state;
    assert_int_equal(count_same(OPEN_ACCESS, PEOPLE, false), 0);
}

/* Hundreds of commits: in memory, where there is a place for it. */
static int set_up_in_memory(void **state) {
    static const char place[] = "/dev/shm/bilan-XXXXXX", otherwise[] = "/tmp/bilan-XXXXXX";
    snprintf(folder, sizeof folder, "%s", access("/dev/shm", W_OK) == 0 ? place : otherwise);
    return set_up_all(state);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(test_links), TEST(test_drafts), TEST(test_closed),
                                       TEST(test_open_access)};
    return cmocka_run_group_tests(tests, set_up_in_memory, tear_down_all);
}
