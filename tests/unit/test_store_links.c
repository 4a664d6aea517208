/* A store with personal links: one link, one response; drafts; what its file shows of the order of arrival.
 */
#include "model/store_invitation.h"

#include "tests/unit/store_fixture.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

static const struct secret KEY = {{7}};

static int64_t invite(struct store *store, const char *name) {
    struct invitation invitation = {.id = store_new_key(), .name = name, .known = "role=member"};
    struct link link = link_make(&KEY, invitation.id, 0);
    struct link_hash token, code;
    assert_true(link_token_hash(&KEY, link.token, &token) && link_code_hash(&KEY, link.code, &code));
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add_invitation(store, &invitation, &token, &code), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    return invitation.id;
}

static struct store *open_with_links(void) {
    struct failure failure = {0};
    struct store *store = open_store(STORE_WRITE, base);
    assert_true(store_keep_links(store, &failure));
    return store;
}

static enum store_outcome submit(struct store *store, struct response *response, int64_t invitation,
                                 const struct link_hash *draft) {
    struct submission submission = {.response = response, .invitation = invitation, .draft = draft};
    assert_int_equal(store_begin(store), STORE_DONE);
    enum store_outcome outcome = store_submit(store, &submission, "2024-03-01");
    assert_int_equal(store_commit(store), STORE_DONE);
    return outcome;
}

static struct invitation find(struct store *store, int64_t id) {
    struct failure failure = {0};
    size_t count;
    const struct invitation *all = store_invitations(store, arena, &count, &failure);
    for (size_t i = 0; i < count; i++)
        if (all[i].id == id)
            return all[i];
    fail_msg("invitation %lld is not there", (long long)id);
    abort();
}

static size_t count_invited(struct store *store) {
    struct failure failure = {0};
    size_t count;
    assert_true(store_invited(store, &count, &failure));
    return count;
}

static void test_one_link_one_response(void **state) {
    (void)state;
    struct store *store = open_with_links();
    int64_t id = invite(store, "Made Up");
    struct response first = respond(base, FULL, NULL), second = respond(base, FULL, NULL);
    assert_false(find(store, id).is_used);
    assert_int_equal(submit(store, &first, id, NULL), STORE_DONE);
    assert_true(find(store, id).is_used);
    assert_int_equal(submit(store, &first, id, NULL), STORE_ALREADY);
    assert_int_equal(submit(store, &second, id, NULL), STORE_USED);
    assert_int_equal(submit(store, &second, id + 1, NULL), STORE_NONE);
    assert_int_equal(count_responses(store), 1);
    store_close(store);
}

static void test_two_at_once(void **state) {
    (void)state;
    struct store *store = open_with_links();
    int64_t id = invite(store, "Made Up");
    struct response responses[] = {respond(base, FULL, NULL), respond(base, FULL, NULL)};
    assert_int_equal(store_begin(store), STORE_DONE);
    for (size_t i = 0; i < 2; i++) {
        struct submission submission = {.response = &responses[i], .invitation = id};
        assert_int_equal(store_submit(store, &submission, "2024-03-01"), i ? STORE_USED : STORE_DONE);
    }
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_int_equal(count_responses(store), 1);
    store_close(store);
}

/* Neither what was rolled back nor what came too late uses a link. */
static void test_unused(void **state) {
    (void)state;
    struct store *store = open_with_links();
    int64_t id = invite(store, "Made Up");
    struct response response = respond(base, FULL, NULL);
    struct submission submission = {.response = &response, .invitation = id};
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_submit(store, &submission, "2024-03-01"), STORE_DONE);
    store_rollback(store);
    assert_false(find(store, id).is_used);
    response.is_late = true;
    assert_int_equal(submit(store, &response, id, NULL), STORE_ENDED);
    assert_false(find(store, id).is_used);
    assert_int_equal(count_responses(store), 0);
    store_close(store);
}

static void test_change(void **state) {
    (void)state;
    struct store *store = open_with_links();
    int64_t id = invite(store, "Made Up");
    struct link old = link_make(&KEY, id, 0), new = link_make(&KEY, id, 1);
    struct link_hash old_token, token, code;
    assert_true(link_token_hash(&KEY, old.token, &old_token) && link_token_hash(&KEY, new.token, &token) &&
                link_code_hash(&KEY, new.code, &code));
    struct invitation found = {0};
    assert_int_equal(store_find_invitation(store, arena, STORE_TOKEN, &old_token, &found), STORE_DONE);
    assert_string_equal(found.name, "Made Up");
    assert_null(found.email);
    found.generation = 1;
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_change_invitation(store, &found, &token, &code), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_int_equal(store_find_invitation(store, arena, STORE_TOKEN, &old_token, &found), STORE_NONE);
    assert_int_equal(store_find_invitation(store, arena, STORE_TOKEN, &token, &found), STORE_DONE);
    assert_int_equal(store_find_invitation(store, arena, STORE_CODE, &code, &found), STORE_DONE);
    assert_int_equal(found.generation, 1);
    found.is_revoked = found.mail_begun = found.remind_done = true;
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_change_invitation(store, &found, NULL, NULL), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    found = find(store, id);
    assert_true(found.is_revoked && found.mail_begun && found.remind_done && !found.mail_done);
    struct response response = respond(base, FULL, NULL);
    assert_int_equal(submit(store, &response, id, NULL), STORE_NONE);
    assert_int_equal(count_invited(store), 0);
    store_close(store);
}

/* Who is revoked leaves the count, whether they have answered or not: else it would tell. */
static void test_revoking_does_not_tell(void **state) {
    (void)state;
    struct store *store = open_with_links();
    struct failure failure = {0};
    int64_t ids[] = {invite(store, "Silent Person"), invite(store, "Quick Person"),
                     invite(store, "Third Person")};
    struct response response = respond(base, FULL, NULL);
    assert_int_equal(submit(store, &response, ids[1], NULL), STORE_DONE);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(count_invited(store), 3 - i);
        struct invitation person = find(store, ids[i]);
        person.is_revoked = true;
        person.name = "Another Name";
        person.language = "en";
        person.known = "";
        assert_int_equal(store_begin(store), STORE_DONE);
        assert_int_equal(store_change_invitation(store, &person, NULL, NULL), STORE_DONE);
        assert_int_equal(store_commit(store), STORE_DONE);
        person = find(store, ids[i]);
        assert_string_equal(person.name, "Another Name");
        assert_string_equal(person.language, "en");
        assert_string_equal(person.known, "");
        assert_int_equal(person.is_used, i == 1);
    }
    assert_int_equal(count_invited(store), 1);
    assert_true(store_end_collection(store, &failure));
    assert_int_equal(count_invited(store), 1);
    store_close(store);
}

/* Between the moment when a page was shown and that when it is sent, the link was replaced. */
static void test_replaced_link(void **state) {
    (void)state;
    struct store *store = open_with_links();
    struct invitation person = find(store, invite(store, "Made Up"));
    struct response response = respond(base, FULL, NULL);
    person.generation = 1;
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_change_invitation(store, &person, NULL, NULL), STORE_DONE);
    assert_int_equal(store_check_link(store, person.id, 0), STORE_NONE);
    assert_int_equal(store_check_link(store, person.id, 1), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_int_equal(submit(store, &response, person.id, NULL), STORE_NONE);
    assert_int_equal(count_responses(store), 0);
    struct submission submission = {.response = &response, .invitation = person.id, .generation = 1};
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_submit(store, &submission, "2024-03-01"), STORE_DONE);
    assert_int_equal(store_check_link(store, person.id, 1), STORE_USED);
    assert_int_equal(store_commit(store), STORE_DONE);
    store_close(store);
}

static void test_foreign_key(void **state) {
    (void)state;
    struct store *store = open_with_links();
    struct failure failure = {0};
    const struct secret foreign = {{8}};
    assert_true(store_fits_key(store, &foreign, &failure));
    invite(store, "Made Up");
    assert_true(store_fits_key(store, &KEY, &failure));
    assert_false(store_fits_key(store, &foreign, &failure));
    store_close(store);
}

/* Whoever holds a lock for a moment does not make those invited disappear. */
static void test_invited_while_busy(void **state) {
    (void)state;
    struct store *store = open_with_links();
    invite(store, "Made Up");
    sqlite3 *other;
    assert_int_equal(sqlite3_open_v2(path, &other, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    pid_t child = fork();
    if (child == 0) {
        struct timespec while_locked = {.tv_nsec = 300 * 1000 * 1000};
        sqlite3 *own;
        bool locked = sqlite3_open_v2(path, &own, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                      sqlite3_exec(own, "BEGIN EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK;
        nanosleep(&while_locked, NULL);
        _exit(locked ? 0 : 1);
    }
    while (sqlite3_exec(other, "SELECT count(*) FROM state", NULL, NULL, NULL) == SQLITE_OK &&
           !waitpid(child, NULL, WNOHANG))
        ;
    size_t count;
    struct failure failure = {0};
    assert_non_null(store_invitations(store, arena, &count, &failure));
    assert_int_equal(count, 1);
    assert_int_equal(count_invited(store), 1);
    sqlite3_close(other);
    waitpid(child, NULL, 0);
    store_close(store);
}

static void test_reminders(void **state) {
    (void)state;
    struct store *store = open_with_links();
    struct invitation person = find(store, invite(store, "Made Up"));
    assert_false(store_is_reminding(store));
    person.remind_begun = person.remind_done = true;
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_begin_reminder(store), STORE_DONE);
    assert_int_equal(store_change_invitation(store, &person, NULL, NULL), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_true(store_is_reminding(store));
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_end_reminder(store, "2024-03-01"), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_false(store_is_reminding(store));
    assert_false(find(store, person.id).remind_done);
    assert_true(store_has_reminded(store, "2024-03-01"));
    assert_false(store_has_reminded(store, "2024-03-02"));
    store_close(store);
}

static void test_drafts(void **state) {
    (void)state;
    struct store *store = open_with_links();
    int64_t id = invite(store, "Made Up");
    const struct link_hash name = {{1}}, other = {{2}};
    size_t length;
    assert_null(store_read_draft(store, arena, &name, &length));
    for (unsigned char i = 0; i < 3; i++) {
        const unsigned char sealed[] = {'a', i};
        assert_int_equal(store_begin(store), STORE_DONE);
        assert_int_equal(store_keep_draft(store, &name, sealed, sizeof sealed), STORE_DONE);
        assert_int_equal(store_keep_draft(store, &other, sealed, 1), STORE_DONE);
        assert_int_equal(store_commit(store), STORE_DONE);
        assert_memory_equal(store_read_draft(store, arena, &name, &length), sealed, 2);
    }
    assert_int_equal(length, 2);
    struct response response = respond(base, FULL, NULL);
    assert_int_equal(submit(store, &response, id, &name), STORE_DONE);
    assert_null(store_read_draft(store, arena, &name, &length));
    assert_non_null(store_read_draft(store, arena, &other, &length));
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_drop_draft(store, &other), STORE_DONE);
    assert_int_equal(store_drop_draft(store, &other), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_null(store_read_draft(store, arena, &other, &length));
    store_close(store);
}

static void keep_drafts(struct store *store, uint32_t from, uint32_t to) {
    assert_int_equal(store_begin(store), STORE_DONE);
    for (uint32_t i = from; i < to; i++) {
        struct link_hash name = {{0}};
        memcpy(name.bytes, &i, sizeof i);
        assert_int_equal(store_keep_draft(store, &name, name.bytes, 4), STORE_DONE);
    }
    assert_int_equal(store_commit(store), STORE_DONE);
}

/* Without links anybody can begin a form, over and over. */
static void test_drafts_are_limited(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    keep_drafts(store, 0, STORE_DRAFTS_MOST);
    const struct link_hash known = {{1}}, unknown = {{1, 2, 3, 4, 5}};
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_keep_draft(store, &known, known.bytes, 4), STORE_DONE);
    assert_int_equal(store_keep_draft(store, &unknown, known.bytes, 4), STORE_FULL);
    assert_int_equal(store_drop_draft(store, &known), STORE_DONE);
    assert_int_equal(store_keep_draft(store, &unknown, known.bytes, 4), STORE_DONE);
    store_rollback(store);
    store_close(store);
}

/* --- what the file shows --- */

static unsigned char *read_store(size_t *length) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    unsigned char *bytes = (unsigned char *)arena_copy_bytes(arena, "", 0);
    struct stat status;
    assert_int_equal(fstat(fileno(file), &status), 0);
    bytes = ARENA_NEW(arena, unsigned char, (size_t)status.st_size);
    *length = fread(bytes, 1, (size_t)status.st_size, file);
    fclose(file);
    return bytes;
}

static bool contains(const unsigned char *bytes, size_t length, const char *word) {
    return memmem(bytes, length, word, strlen(word)) != NULL;
}

/* The root page of a table. */
static size_t root_of(const char *table) {
    sqlite3 *database;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    sqlite3_prepare_v2(database, "SELECT rootpage FROM sqlite_schema WHERE name = ?1", -1, &statement, NULL);
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    size_t root = (size_t)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return root;
}

static unsigned two(const unsigned char *bytes) {
    return (unsigned)bytes[0] << 8 | bytes[1];
}

/* 65536 does not fit into two bytes, and is written as 1. */
static size_t page_size(const unsigned char *bytes) {
    return two(bytes + 16) == 1 ? 65536 : two(bytes + 16);
}

/* Whether the cells of a table that fits one page lie in the order of their keys, the first at the end, with
 * nothing between and before them. */
static bool is_in_order(const unsigned char *bytes, size_t root) {
    size_t size = page_size(bytes);
    const unsigned char *page = bytes + (root - 1) * size;
    unsigned count = two(page + 3), last = (unsigned)size;
    if (page[0] != 0x0D || two(page + 1) != 0 || page[7] != 0)
        return false;
    for (unsigned i = 0; i < count; i++) {
        unsigned at = two(page + 8 + 2 * i);
        if (at >= last)
            return false;
        last = at;
    }
    for (unsigned i = 8 + 2 * count; i < last; i++)
        if (page[i])
            return false;
    return count > 0;
}

static void assert_no_journal(void) {
    struct stat status;
    assert_true(stat(arena_format(arena, "%s-journal", path), &status) != 0 || status.st_size == 0);
    assert_int_equal(access(arena_format(arena, "%s-wal", path), F_OK), -1);
}

/* After each submission alone, the rows of responses lie in the order of their random keys. */
static void test_order_is_hidden(void **state) {
    (void)state;
    struct store *store = open_with_links();
    int64_t ids[12];
    for (size_t i = 0; i < 12; i++)
        ids[i] = invite(store, arena_format(arena, "Person %zu", i));
    size_t invitation = root_of("invitation"), length;
    unsigned char *before = read_store(&length);
    for (size_t i = 0; i < 12; i++) {
        struct response given = respond(base, FULL, NULL);
        assert_int_equal(submit(store, &given, ids[i], NULL), STORE_DONE);
        unsigned char *bytes = read_store(&length);
        assert_no_journal();
        assert_true(is_in_order(bytes, root_of("response")));
        assert_int_equal(two(bytes + 36) << 16 | two(bytes + 38), 0); /* no free pages */
        /* Only the one bit has changed of those invited. */
        const size_t size = page_size(bytes);
        size_t different = 0, now = root_of("invitation");
        for (size_t at = 0; at < size; at++)
            different += bytes[(now - 1) * size + at] != before[(invitation - 1) * size + at];
        /* The first of all VACUUMs has put those invited into their order. */
        if (i == 0)
            before = bytes, invitation = now;
        else
            assert_int_equal(different, i);
    }
    store_close(store);
}

/* The same inserts without links show that the test above can fail. */
static void test_order_shows_without_links(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    for (size_t i = 0; i < 12; i++) {
        struct response given = respond(base, FULL, NULL);
        assert_int_equal(submit(store, &given, 0, NULL), STORE_DONE);
    }
    struct failure failure = {0};
    assert_true(store_forget_log(store, &failure));
    size_t length;
    assert_false(is_in_order(read_store(&length), root_of("response")));
    store_close(store);
}

static void test_close_forgets(void **state) {
    (void)state;
    struct store *store = open_with_links();
    struct failure failure = {0};
    const struct link_hash name = {{9}};
    int64_t id = invite(store, "Unforgettable Person");
    invite(store, "Another Person");
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_keep_draft(store, &name, (const unsigned char *)"sealed words", 12), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    struct response response = respond(base, FULL, NULL);
    assert_int_equal(submit(store, &response, id, NULL), STORE_DONE);
    size_t length;
    unsigned char *bytes = read_store(&length);
    assert_true(contains(bytes, length, "Unforgettable") && contains(bytes, length, "sealed words"));
    assert_true(store_links_are_open(store));
    assert_true(store_end_collection(store, &failure));
    assert_true(store_end_collection(store, &failure));
    assert_int_equal(count_invited(store), 2);
    assert_false(store_links_are_open(store));
    bytes = read_store(&length);
    assert_false(contains(bytes, length, "Unforgettable") || contains(bytes, length, "Another") ||
                 contains(bytes, length, "sealed words"));
    assert_no_journal();
    assert_int_equal(count_responses(store), 1);
    store_close(store);
    store = open_store(STORE_READ, base);
    assert_true(store_has_links(store));
    assert_int_equal(count_invited(store), 2);
    store_close(store);
}

/* --- becoming one --- */

static void test_others_keep_the_log(void **state) {
    (void)state;
    struct store *server = open_store(STORE_WRITE, base), *store = open_store(STORE_WRITE, base);
    struct failure failure = {0};
    assert_false(store_keep_links(store, &failure));
    assert_non_null(strstr(failure.text, "another program has it open"));
    assert_false(store_has_links(store));
    store_close(server);
    failure = (struct failure){0};
    assert_true(store_keep_links(store, &failure));
    assert_true(store_keep_links(store, &failure));
    store_close(store);
}

/* A store made before there were links is read as it is, and gets their tables when it is written to. */
static void test_older_store(void **state) {
    (void)state;
    struct response response = respond(base, FULL, NULL);
    struct store *store = open_store(STORE_WRITE, base);
    add(store, &response);
    store_close(store);
    sqlite3 *database;
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "DROP TABLE invitation; DROP TABLE draft; DROP TABLE access;"
                                  "DROP TABLE paper_page; DROP TABLE paper_entry; DROP TABLE paper_review;"
                                  "PRAGMA user_version = 1",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(database);
    store = open_store(STORE_READ, base);
    assert_false(store_has_links(store));
    assert_int_equal(count_invited(store), 0);
    assert_int_equal(count_responses(store), 1);
    store_close(store);
    store = open_with_links();
    invite(store, "Made Up");
    assert_int_equal(count_invited(store), 1);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
        TEST(test_one_link_one_response),
        TEST(test_two_at_once),
        TEST(test_unused),
        TEST(test_change),
        TEST(test_revoking_does_not_tell),
        TEST(test_replaced_link),
        TEST(test_foreign_key),
        TEST(test_invited_while_busy),
        TEST(test_reminders),
        TEST(test_drafts),
        TEST(test_drafts_are_limited),
        TEST(test_order_is_hidden),
        TEST(test_order_shows_without_links),
        TEST(test_close_forgets),
        TEST(test_others_keep_the_log),
        TEST(test_older_store),
#undef TEST
    };
    return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
