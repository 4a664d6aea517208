/* The store: what goes in comes out, once; it ends; two processes and a full disk do no harm; a process cut
 * off loses nothing that was acknowledged. */
#include "tests/unit/store_fixture.h"

#include "model/base/digest.h"

#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void assert_same_answer(const struct answer *left, const struct answer *right) {
    assert_int_equal(left->state, right->state);
    if (left->state != ANSWER_GIVEN)
        return;
    assert_int_equal(left->choice_count, right->choice_count);
    for (size_t i = 0; i < left->choice_count; i++)
        assert_int_equal(left->choices[i], right->choices[i]);
    assert_true(left->number == right->number);
    assert_string_equal(left->text ? left->text : "", right->text ? right->text : "");
    assert_string_equal(left->specify ? left->specify : "", right->specify ? right->specify : "");
}

/* --- what goes in comes out --- */

static void test_round_trip(void **state) {
    (void)state;
    const char *const other[ITEMS] = {[ROLE] = "other", [ROOM] = "not_concerned", [HATS] = "none"};
    struct response given[] = {respond(base, FULL, NULL), respond(base, EMPTY, NULL),
                               respond(base, other, "  Élu ")};
    given[0].language = 1;
    given[1].channel = CHANNEL_PAPER;
    given[1].sheet = 17;
    struct store *store = open_store(STORE_WRITE, base);
    for (size_t i = 0; i < 3; i++)
        add(store, &given[i]);
    store_close(store);

    store = open_store(STORE_READ, base);
    struct failure failure = {0};
    struct store_pass *pass = store_pass_begin(store, &failure);
    struct response read;
    size_t seen = 0;
    while (store_pass_next(pass, &read, &failure))
        for (size_t i = 0; i < 3; i++) {
            if (read.key != given[i].key)
                continue;
            seen++;
            assert_int_equal(read.channel, given[i].channel);
            assert_int_equal(read.language, given[i].language);
            assert_int_equal(read.sheet, given[i].sheet);
            for (size_t item = 0; item < ITEMS; item++)
                assert_same_answer(&read.answers[item], &given[i].answers[item]);
        }
    store_pass_end(pass);
    assert_string_equal(failure.text, "");
    assert_int_equal(seen, 3);
    size_t days;
    const struct store_day *day = store_days(store, arena, &days, &failure);
    assert_int_equal(days, 1);
    assert_string_equal(day->day, "2024-03-01");
    assert_int_equal(day->count[CHANNEL_WEB], 2);
    assert_int_equal(day->count[CHANNEL_PAPER], 1);
    assert_true(store_has_sheet(store, 17));
    assert_false(store_has_sheet(store, 18));
    store_close(store);
}

static void test_sent_twice_is_kept_once(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL);
    add(store, &response);
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add(store, &response, "2024-03-02"), STORE_ALREADY);
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_int_equal(count_responses(store), 1);
    struct failure failure = {0};
    size_t days;
    store_days(store, arena, &days, &failure);
    assert_int_equal(days, 1);
    store_close(store);
}

static void test_rollback_keeps_nothing(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL);
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add(store, &response, "2024-03-01"), STORE_DONE);
    store_rollback(store);
    store_rollback(store); /* without a transaction it has no effect */
    assert_int_equal(count_responses(store), 0);
    add(store, &response);
    assert_int_equal(count_responses(store), 1);
    store_close(store);
}

static void test_imports_and_sheets(void **state) {
    (void)state;
    char digest[DIGEST_HEX_SIZE];
    digest_sha256("abc", 3, digest);
    assert_string_equal(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    struct store *store = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL);
    response.channel = CHANNEL_PAPER;
    response.sheet = 4;
    add(store, &response);
    assert_false(store_was_imported(store, digest));
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_note_import(store, digest), STORE_DONE);
    assert_int_equal(store_remove_sheet(store, 5), STORE_ALREADY);
    assert_int_equal(store_remove_sheet(store, 4), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_true(store_was_imported(store, digest));
    assert_int_equal(count_responses(store), 0);
    struct failure failure = {0};
    size_t days;
    store_days(store, arena, &days, &failure);
    assert_int_equal(days, 0);
    store_close(store);
}

static void test_keys_are_random_and_positive(void **state) {
    (void)state;
    int64_t highest = 0, before = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t key = store_new_key();
        assert_true(key > 0);
        assert_true(key != before);
        before = key;
        highest = key > highest ? key : highest;
    }
    assert_true(highest > INT64_MAX / 2);
}

/* --- the end of the collection --- */

static void test_ended(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base), *closer = open_store(STORE_WRITE, base);
    struct response web = respond(base, FULL, NULL), paper = respond(base, EMPTY, NULL);
    paper.channel = CHANNEL_PAPER;
    add(store, &web);
    assert_int_equal(store_health(store), STORE_DONE);
    struct failure failure = {0};
    assert_true(store_end_collection(closer, &failure));
    assert_true(store_end_collection(closer, &failure));
    assert_string_equal(failure.text, "");
    store_close(closer);

    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add(store, &web, "2024-03-01"), STORE_ALREADY);
    web.key = store_new_key();
    assert_int_equal(store_add(store, &web, "2024-03-01"), STORE_ENDED);
    assert_int_equal(store_add(store, &paper, "2024-03-01"), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    assert_int_equal(store_health(store), STORE_ENDED);
    assert_int_equal(count_responses(store), 2);
    store_close(store);
    store = open_store(STORE_READ, base);
    assert_true(store_is_ended(store));
    store_close(store);
}

/* --- two processes --- */

static void test_two_writers(void **state) {
    (void)state;
    struct store *one = open_store(STORE_WRITE, base), *other = open_store(STORE_WRITE, base);
    struct response first = respond(base, FULL, NULL), second = respond(base, FULL, NULL);
    assert_int_equal(store_begin(one), STORE_DONE);
    assert_int_equal(store_begin(other), STORE_BUSY);
    assert_non_null(strstr(store_reason(other), "another program"));
    assert_int_equal(store_health(other), STORE_BUSY);
    store_rollback(other);
    assert_int_equal(store_add(one, &first, "2024-03-01"), STORE_DONE);
    assert_int_equal(count_responses(other), 0); /* readers see what is committed */
    assert_int_equal(store_commit(one), STORE_DONE);
    add(other, &second);
    assert_int_equal(count_responses(one), 2);
    store_close(one);
    store_close(other);
}

static void test_moved_away(void **state) {
    (void)state;
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    struct store *store = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL);
    add(store, &response);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        const char *place = arena_format(arena, "%s%s", path, suffixes[i]);
        const char *elsewhere = arena_format(arena, "%s/elsewhere", folder);
        assert_int_equal(rename(place, elsewhere), 0);
        assert_int_equal(store_begin(store), STORE_FULL);
        assert_non_null(strstr(store_reason(store), place));
        assert_int_equal(store_health(store), STORE_FULL);
        assert_int_equal(rename(elsewhere, place), 0);
        assert_int_equal(store_health(store), STORE_DONE); /* put back, it is as good as before */
    }
    store_close(store);
}

/* What is moved between the beginning and the end of a transaction is not acknowledged either. */
static void test_moved_in_between(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL);
    const char *elsewhere = arena_format(arena, "%s/elsewhere", folder);
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add(store, &response, "2024-03-01"), STORE_DONE);
    assert_int_equal(rename(path, elsewhere), 0);
    assert_int_equal(store_commit(store), STORE_FULL);
    store_rollback(store);
    assert_int_equal(rename(elsewhere, path), 0);
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add(store, &response, "2024-03-01"), STORE_ALREADY);
    assert_int_equal(store_commit(store), STORE_DONE);
    store_close(store);
}

/* Adds responses in a child, which tells each key after its commit, until it is killed. */
static void child_adds(int output) {
    struct failure failure = {0};
    struct store *store = store_open(path, STORE_WRITE, base, &failure);
    for (;;) {
        int64_t keys[7];
        if (!store || store_begin(store) != STORE_DONE)
            _exit(1);
        for (size_t i = 0; i < 7; i++) {
            struct response response = respond(base, FULL, NULL);
            keys[i] = response.key;
            if (store_add(store, &response, "2024-03-01") != STORE_DONE)
                _exit(1);
        }
        if (store_commit(store) != STORE_DONE || write(output, keys, sizeof keys) != sizeof keys)
            _exit(1);
    }
}

static void assert_all_there(const int64_t *keys, size_t count) {
    struct store *store = open_store(STORE_READ, base);
    struct failure failure = {0};
    struct store_pass *pass = store_pass_begin(store, &failure);
    struct response response;
    size_t found = 0, total = 0;
    while (store_pass_next(pass, &response, &failure)) {
        total++;
        for (size_t i = 0; i < count; i++)
            found += keys[i] == response.key;
    }
    store_pass_end(pass);
    assert_string_equal(failure.text, "");
    assert_int_equal(found, count);
    assert_int_equal(total % 7, 0); /* a group of the loop is there as a whole or not at all */
    store_close(store);
}

static void test_some_items_alone(void **state) {
    (void)state;
    struct failure failure = {0};
    struct store *store = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL), found;
    bool wanted[ITEMS] = {false};
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add(store, &response, "2024-03-01"), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
    wanted[ROLE] = true;
    struct store_pass *pass = store_pass_begin_items(store, wanted, &failure);
    assert_true(store_pass_next(pass, &found, &failure));
    assert_int_equal(found.key, response.key);
    assert_int_equal(found.answers[ROLE].choices[0], response.answers[ROLE].choices[0]);
    assert_int_equal(response.answers[ROOM].state, ANSWER_GIVEN);
    assert_int_not_equal(found.answers[ROOM].state, ANSWER_GIVEN);
    assert_false(store_pass_next(pass, &found, &failure));
    store_pass_end(pass);
    store_close(store);
}

static void test_killed_while_committing(void **state) {
    (void)state;
    for (int round = 0; round < 10; round++) {
        remove_store();
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            close(ends[0]);
            child_adds(ends[1]);
        }
        close(ends[1]);
        static int64_t keys[7 * 1000];
        size_t length = 0, wanted = sizeof *keys * 7 * (size_t)(round * 3 + 1);
        while (length < wanted) {
            ssize_t got = read(ends[0], (char *)keys + length, wanted - length);
            assert_true(got > 0);
            length += (size_t)got;
        }
        kill(child, SIGKILL);
        for (ssize_t got; (got = read(ends[0], (char *)keys + length, sizeof keys - length)) > 0;)
            length += (size_t)got;
        close(ends[0]);
        waitpid(child, NULL, 0);
        assert_all_there(keys, length / sizeof *keys);
    }
}

/* --- a full disk --- */

/* Fills the disk in groups; gives how many responses were acknowledged before it was full. */
static size_t add_until_full(struct store *store, const char *const *cells) {
    for (size_t kept = 0;;) {
        enum store_outcome outcome = store_begin(store);
        for (size_t i = 0; i < 5 && outcome == STORE_DONE; i++) {
            struct response response = respond(base, cells, NULL);
            outcome = store_add(store, &response, "2024-03-01");
        }
        if (outcome == STORE_DONE)
            outcome = store_commit(store);
        if (outcome != STORE_DONE) {
            assert_int_equal(outcome, STORE_FULL);
            assert_non_null(strstr(store_reason(store), "no space"));
            store_rollback(store);
            return kept;
        }
        kept += 5;
        assert_true(kept < 100000);
    }
}

static void test_full_disk(void **state) {
    (void)state;
    char *disk = arena_format(arena, "%s/disk", folder);
    assert_int_equal(mkdir(disk, 0700), 0);
    if (mount("none", disk, "tmpfs", 0, "size=512k") != 0) {
        rmdir(disk);
        print_message("SKIPPED test_full_disk: only root can mount a small disk\n");
        skip();
    }
    const char *inside = arena_format(arena, "%s/answers.db", disk);
    char *words = arena_allocate(arena, 2001, 1);
    memset(words, 'x', 2000);
    const char *const cells[ITEMS] = {[ROLE] = "member", [WORDS] = words};
    struct failure failure = {0};
    struct store *store = store_open(inside, STORE_WRITE, base, &failure);
    assert_string_equal(failure.text, "");
    size_t kept = add_until_full(store, cells);
    assert_true(kept > 0);
    assert_int_equal(count_responses(store), kept);
    /* It stays full but for what its log gives back, and stays usable. */
    for (size_t more = add_until_full(store, cells); more > 0; more = add_until_full(store, cells))
        kept += more;
    assert_int_equal(count_responses(store), kept);
    assert_int_equal(mount("none", disk, "tmpfs", MS_REMOUNT, "size=4m"), 0);
    struct response late = respond(base, cells, NULL);
    add(store, &late);
    assert_int_equal(count_responses(store), kept + 1);
    store_close(store);
    assert_int_equal(umount(disk), 0);
    rmdir(disk);
}

/* A store that cannot be made for want of space is refused in one line. */
static void test_full_disk_at_opening(void **state) {
    (void)state;
    char *disk = arena_format(arena, "%s/disk", folder);
    assert_int_equal(mkdir(disk, 0700), 0);
    if (mount("none", disk, "tmpfs", 0, "size=16k") != 0) {
        rmdir(disk);
        print_message("SKIPPED test_full_disk_at_opening: only root can mount a small disk\n");
        skip();
    }
    struct failure failure = {0};
    const char *inside = arena_format(arena, "%s/answers.db", disk);
    assert_null(store_open(inside, STORE_WRITE, base, &failure));
    assert_non_null(strstr(failure.text, "no space is left"));
    assert_int_equal(umount(disk), 0);
    rmdir(disk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_some_items_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sent_twice_is_kept_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rollback_keeps_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_imports_and_sheets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_keys_are_random_and_positive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_two_writers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_moved_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_moved_in_between, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_killed_while_committing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_disk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_disk_at_opening, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("store", tests, set_up_all, tear_down_all);
}
