/* Opening a store: what is no store is refused untouched, rights and locks are respected, and reading leaves
 * nothing behind. */
#include "tests/unit/store_fixture.h"

#include "model/store_path.h"

#include <sys/stat.h>
#include <sys/wait.h>

/* --- files that are not stores --- */

static void test_no_store(void **state) {
    (void)state;
    assert_refused(STORE_READ, base, "there is no store at");
    static const char text[] =
        "These are no answers, but they are longer than the header of an SQLite file is.\n"
        "................................................................................";
    write_file(text, sizeof text - 1);
    assert_refused(STORE_READ, base, "not a store");
    assert_refused(STORE_WRITE, base, "not a store");
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_size, sizeof text - 1);
    write_file("S", 1);
    assert_refused(STORE_WRITE, base, "not a store");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_size, 1);
    unlink(path);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_refused(STORE_READ, base, "is a folder");
    assert_refused(STORE_WRITE, base, "is a folder");
    rmdir(path);
    assert_int_equal(symlink(path, path), 0);
    assert_refused(STORE_WRITE, base, "symbolic links");
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused(STORE_WRITE, base, "not a regular file");
}

/* A file that was begun and is still empty is made into a store; read only, it is said to be empty. */
static void test_empty_file(void **state) {
    (void)state;
    write_file("", 0);
    assert_refused(STORE_READ, base, "is empty");
    store_close(open_store(STORE_WRITE, base));
    store_close(open_store(STORE_READ, base));
}

static void patch_file(long offset, const void *bytes, size_t length) {
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, offset, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void test_foreign_and_newer(void **state) {
    (void)state;
    store_close(open_store(STORE_WRITE, base));
    patch_file(60, "\0\0\0\7", 4); /* user_version, in the header of an SQLite file */
    assert_refused(STORE_WRITE, base, "newer version");
    assert_refused(STORE_READ, base, "newer version");
    patch_file(68, "abcd", 4); /* application_id */
    assert_refused(STORE_WRITE, base, "not a store of answers");
    assert_refused(STORE_READ, base, "not a store of answers");
}

static void test_other_questionnaire(void **state) {
    (void)state;
    store_close(open_store(STORE_WRITE, base));
    assert_refused(STORE_WRITE, changed("questionnaire: kept", "questionnaire: another"),
                   "\"kept\", not \"another\"");
}

static void test_folders_are_made(void **state) {
    (void)state;
    const char *deep = arena_format(arena, "%s/one/two/answers.db", folder);
    struct failure failure = {0};
    struct store *store = store_open(deep, STORE_WRITE, base, &failure);
    assert_string_equal(failure.text, "");
    store_close(store);
    struct stat status;
    assert_int_equal(stat(deep, &status), 0);
    assert_int_equal(status.st_mode & 0007, 0); /* not for everybody */
    assert_int_equal(unlink(deep), 0);
    assert_int_equal(rmdir(arena_format(arena, "%s/one/two", folder)), 0); /* nothing else is left */
    assert_int_equal(rmdir(arena_format(arena, "%s/one", folder)), 0);
}

static void test_locked_at_opening(void **state) {
    (void)state;
    struct store *one = open_store(STORE_WRITE, base);
    assert_int_equal(store_begin(one), STORE_DONE);
    assert_refused(STORE_WRITE, base, "another program is writing to it");
    store_close(open_store(STORE_READ, base)); /* reading does not need the lock */
    store_close(one);
    assert_refused(STORE_UPDATE, changed("questionnaire: kept", "questionnaire: another"), "\"kept\"");
}

/* What is needed to change a store does not make one. */
static void test_update_needs_a_store(void **state) {
    (void)state;
    assert_refused(STORE_UPDATE, base, "there is no store");
    assert_int_not_equal(access(path, F_OK), 0);
    write_file("", 0);
    assert_refused(STORE_UPDATE, base, "is empty");
}

/* --- rights --- */

/* Opens the store as somebody without rights; gives the text of the failure through a file of the parent.
 * Root would be let in everywhere, so a child gives its rights up first. */
static const char *open_without_rights(enum store_access access) {
    static char text[1024];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct failure failure = {0};
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(2);
        struct store *store = store_open(path, access, base, &failure);
        if (store)
            snprintf(failure.text, sizeof failure.text, "opened, %zu", count_responses(store));
        store_close(store);
        _exit(write(ends[1], failure.text, sizeof failure.text) != sizeof failure.text);
    }
    close(ends[1]);
    size_t length = 0;
    for (ssize_t got; (got = read(ends[0], text + length, sizeof text - length)) > 0;)
        length += (size_t)got;
    close(ends[0]);
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(length, sizeof text);
    return text;
}

static void assert_no_leftovers(void) {
    assert_int_not_equal(access(arena_format(arena, "%s-wal", path), F_OK), 0);
    assert_int_not_equal(access(arena_format(arena, "%s-shm", path), F_OK), 0);
}

static void test_rights(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL);
    add(store, &response);
    store_close(store);
    assert_no_leftovers();
    assert_int_equal(chmod(folder, 0555), 0);
    assert_int_equal(chmod(path, 0444), 0);
    assert_string_equal(open_without_rights(STORE_READ), "opened, 1");
    assert_non_null(strstr(open_without_rights(STORE_WRITE), "cannot write to the store"));
    assert_int_equal(chmod(path, 0666), 0);
    assert_string_equal(open_without_rights(STORE_READ), "opened, 1");
    assert_non_null(strstr(open_without_rights(STORE_WRITE), "the folder of the store"));
    assert_int_equal(chmod(path, 0000), 0);
    assert_non_null(strstr(open_without_rights(STORE_READ), "Permission denied"));
    assert_int_equal(chmod(folder, 0777), 0);
    assert_int_equal(chmod(path, 0444), 0);
    assert_string_equal(open_without_rights(STORE_READ), "opened, 1");
    assert_int_equal(chmod(folder, 0755), 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(chmod(folder, 0555), 0);
    assert_non_null(strstr(open_without_rights(STORE_WRITE), "cannot make the store"));
    assert_int_equal(chmod(folder, 0700), 0);
}

/* A reader sees what a running server has committed, and leaves everything as it was. */
static void test_read_beside_a_server(void **state) {
    (void)state;
    struct store *server = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL);
    add(server, &response);
    struct store *reader = open_store(STORE_READ, base);
    assert_int_equal(count_responses(reader), 1);
    assert_int_equal(store_begin(reader), STORE_FULL); /* never changed through it */
    store_rollback(reader);
    store_close(reader);
    response.key = store_new_key();
    add(server, &response);
    store_close(server);
    assert_no_leftovers();
    reader = open_store(STORE_READ, base);
    assert_int_equal(count_responses(reader), 2);
    store_close(reader);
    assert_no_leftovers();
}

static void test_default_path(void **state) {
    (void)state;
    unsetenv("SURVEY_STORE");
    assert_string_equal(store_path_choose(arena, base, NULL), "results/kept/answers.db");
    setenv("SURVEY_STORE", "", 1);
    assert_string_equal(store_path_choose(arena, base, NULL), "results/kept/answers.db");
    setenv("SURVEY_STORE", "/elsewhere.db", 1);
    assert_string_equal(store_path_choose(arena, base, NULL), "/elsewhere.db");
    assert_string_equal(store_path_choose(arena, base, "given.db"), "given.db");
    unsetenv("SURVEY_STORE");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_store, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_empty_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_foreign_and_newer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_questionnaire, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_folders_are_made, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_locked_at_opening, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_update_needs_a_store, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rights, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_read_beside_a_server, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_default_path, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("store_files", tests, set_up_all, tear_down_all);
}
