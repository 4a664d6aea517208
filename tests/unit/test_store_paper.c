/* Paper sheets on their way into the answers. */
#include "model/store_invitation.h"
#include "model/store_paper.h"
#include "tests/unit/store_fixture.h"

#include <sqlite3.h>

enum { SHEET = 12345672, OTHER = 23456780 };

static const char DIGEST[] = "00000000000000000000000000000000000000000000000000000000000000aa";

static struct store_paper_page page_of(int64_t sheet, unsigned page, const char *digest) {
    return (struct store_paper_page){
        .sheet = sheet, .page = page, .pages = 2, .version = "0a1b2c3d", .digest = digest};
}

static void change(struct store *store, enum store_outcome (*what)(struct store *store)) {
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(what(store), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
}

static enum store_outcome fill(struct store *store) {
    struct store_paper_page page = page_of(SHEET, 1, DIGEST);
    const struct store_paper_entry entry = {SHEET, STORE_PAPER_SCAN, "", "role\nmember\n"};
    const struct store_paper_entry typed = {SHEET, STORE_PAPER_FIRST, "mm", "role\nhead\n"};
    const struct store_paper_review review = {.sheet = SHEET,
                                              .name = "hats",
                                              .page = 1,
                                              .reason = "several",
                                              .reading = "a none",
                                              .picture = (const unsigned char *)"\x89PNG",
                                              .picture_length = 4};
    const struct store_paper_review taken = {.sheet = SHEET,
                                             .name = "role",
                                             .page = 1,
                                             .reason = "corrected",
                                             .reading = "member",
                                             .settled = "member"};
    if (store_paper_add_page(store, &page) != STORE_DONE ||
        store_paper_keep_entry(store, &entry) != STORE_DONE ||
        store_paper_keep_entry(store, &typed) != STORE_DONE ||
        store_paper_add_review(store, &review) != STORE_DONE)
        return STORE_FULL;
    return store_paper_add_review(store, &taken);
}

static size_t count_reviews(struct store *store, int64_t sheet) {
    struct failure failure = {0};
    size_t count;
    assert_non_null(store_paper_reviews(store, arena, sheet, &count, &failure));
    return count;
}

static void test_what_is_kept_is_read_back(void **state) {
    (void)state;
    struct failure failure = {0};
    size_t count, length;
    struct store *store = open_store(STORE_WRITE, base);
    change(store, fill);
    const struct store_paper_page *pages = store_paper_pages(store, arena, 0, &count, &failure);
    assert_int_equal(count, 1);
    assert_int_equal(pages[0].sheet, SHEET);
    assert_int_equal(pages[0].pages, 2);
    assert_string_equal(pages[0].version, "0a1b2c3d");
    assert_string_equal(pages[0].digest, DIGEST);
    const struct store_paper_entry *entries = store_paper_entries(store, arena, SHEET, &count, &failure);
    assert_int_equal(count, 2);
    assert_int_equal(entries[0].source, STORE_PAPER_FIRST);
    assert_string_equal(entries[0].initials, "mm");
    assert_string_equal(entries[1].answers, "role\nmember\n");
    const struct store_paper_review *reviews = store_paper_reviews(store, arena, 0, &count, &failure);
    assert_int_equal(count, 2);
    assert_string_equal(reviews[0].name, "hats");
    assert_string_equal(reviews[0].reading, "a none");
    assert_null(reviews[0].settled);
    assert_int_equal(reviews[0].picture_length, 4);
    assert_string_equal(reviews[1].settled, "member");
    assert_memory_equal(store_paper_picture(store, arena, &reviews[0], &length), "\x89PNG", 4);
    assert_int_equal(length, 4);
    assert_null(store_paper_picture(store, arena, &reviews[1], &length));
    assert_non_null(store_paper_pages(store, arena, OTHER, &count, &failure));
    assert_int_equal(count, 0);
    store_close(store);
}

static void test_no_page_twice(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    change(store, fill);
    assert_int_equal(store_begin(store), STORE_DONE);
    struct store_paper_page again = page_of(SHEET, 1, "bb"), same = page_of(OTHER, 1, DIGEST),
                            next = page_of(SHEET, 2, "cc");
    assert_int_equal(store_paper_add_page(store, &again), STORE_ALREADY);
    assert_int_equal(store_paper_add_page(store, &same), STORE_ALREADY);
    assert_int_equal(store_paper_add_page(store, &next), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    store_close(store);
}

/* A correction taken by the scanner stays until somebody has looked at it. */
static void test_settled_and_finished(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    change(store, fill);
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_paper_settle(store, SHEET, "hats", "a", "mm"), STORE_DONE);
    assert_int_equal(store_paper_settle(store, SHEET, "boots", "a", "mm"), STORE_NONE);
    assert_int_equal(store_paper_finish(store, SHEET), STORE_DONE);
    assert_int_equal(count_reviews(store, SHEET), 1);
    assert_int_equal(store_paper_settle(store, SHEET, "role", "member", "mm"), STORE_DONE);
    assert_int_equal(store_paper_finish(store, SHEET), STORE_DONE);
    assert_int_equal(count_reviews(store, SHEET), 0);
    assert_int_equal(store_paper_forget(store, SHEET), STORE_DONE);
    assert_int_equal(store_paper_forget(store, SHEET), STORE_NONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    store_close(store);
}

/* A store made before there was paper is read as it is, and gets the tables when it is written to. */
static void test_older_store(void **state) {
    (void)state;
    sqlite3 *database;
    store_close(open_store(STORE_WRITE, base));
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "DROP TABLE paper_page; DROP TABLE paper_entry; DROP TABLE paper_review;"
                                  "PRAGMA user_version = 2",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(database);
    struct store *store = open_store(STORE_READ, base);
    assert_int_equal(count_reviews(store, 0), 0);
    store_close(store);
    store = open_store(STORE_UPDATE, base);
    change(store, fill);
    assert_int_equal(count_reviews(store, 0), 2);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
        TEST(test_what_is_kept_is_read_back),
        TEST(test_no_page_twice),
        TEST(test_settled_and_finished),
        TEST(test_older_store),
#undef TEST
    };
    return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
