/* Outputs: all files appear or none does, and no file that Bilan did not write is touched. */
#include "analysis/manifest.h"
#include "analysis/output.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char root[] = "/tmp/bilan-test-output-XXXXXX";
static char folder[64];

static char *at(const char *name) {
    static char paths[4][256];
    static int next;
    next = (next + 1) % 4;
    snprintf(paths[next], sizeof paths[next], "%s/%s", folder, name);
    return paths[next];
}

static void put(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void assert_file(const char *path, const char *text) {
    char found[4096] = "";
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s is missing", path);
    size_t length = fread(found, 1, sizeof found - 1, file);
    found[length] = '\0';
    fclose(file);
    assert_string_equal(found, text);
}

/* How many entries a folder has, hidden ones too; -1 if it is none. */
static int entries(const char *path) {
    DIR *open = opendir(path);
    int count = -2;
    if (!open)
        return -1;
    while (readdir(open))
        count++;
    closedir(open);
    return count;
}

static struct output *begin(void) {
    struct failure failure = {0};
    struct output *output = output_begin(folder, &failure);
    assert_string_equal(failure.text, "");
    assert_non_null(output);
    return output;
}

static void write_file(struct output *output, const char *name, const char *text) {
    struct failure failure = {0};
    assert_true(output_write(output, name, text, strlen(text), &failure));
}

static void write_chart(struct output *output, const char *name, const char *text) {
    struct failure failure = {0};
    const char *charts = output_folder(output, "charts", &failure);
    assert_non_null(charts);
    char path[512];
    snprintf(path, sizeof path, "%s/%s", charts, name);
    put(path, text);
}

static void commit(struct output *output) {
    struct failure failure = {0};
    bool done = output_commit(output, &failure);
    assert_string_equal(failure.text, "");
    assert_true(done);
}

static void refuse(struct output *output, const char *reason) {
    struct failure failure = {0};
    assert_false(output_commit(output, &failure));
    if (!strstr(failure.text, reason))
        fail_msg("\"%s\" does not say \"%s\"", failure.text, reason);
}

static int set_up(void **state) {
    (void)state;
    static int number;
    snprintf(folder, sizeof folder, "%s/%d/results", root, number++);
    return 0;
}

static void test_files_appear_at_commit(void **state) {
    (void)state;
    struct output *output = begin();
    write_file(output, "report.md", "one");
    write_chart(output, "a.svg", "chart");
    assert_int_equal(access(at("report.md"), F_OK), -1);
    commit(output);
    assert_file(at("report.md"), "one");
    assert_file(at("charts/a.svg"), "chart");
    assert_int_equal(entries(folder), 3); /* and the list */
}

static void test_second_set_replaces_the_first(void **state) {
    (void)state;
    struct output *output = begin();
    write_file(output, "report.md", "one");
    write_file(output, "report.html", "page");
    write_chart(output, "a.svg", "chart");
    commit(output);
    put(at("answers.db"), "not Bilan's report");
    output = begin();
    write_file(output, "report.md", "two");
    commit(output);
    assert_file(at("report.md"), "two");
    assert_file(at("answers.db"), "not Bilan's report");
    assert_int_equal(entries(folder), 3); /* report.md, answers.db and the list */
}

static void test_foreign_files_stay(void **state) {
    (void)state;
    struct output *output = begin();
    write_file(output, "report.html", "one");
    commit(output);
    put(at("report.md"), "mine");
    output = begin();
    write_file(output, "report.html", "two");
    write_file(output, "report.md", "two");
    refuse(output, "report.md was not written by Bilan");
    assert_file(at("report.md"), "mine");
    assert_file(at("report.html"), "one");
    assert_int_equal(entries(folder), 3);
}

static void test_changed_files_stay(void **state) {
    (void)state;
    struct output *output = begin();
    write_file(output, "report.md", "as written");
    write_file(output, "tables.csv", "a,b");
    commit(output);
    put(at("report.md"), "as edited!");
    output = begin();
    write_file(output, "report.md", "again");
    refuse(output, "report.md was not written by Bilan, or was changed since");
    assert_file(at("report.md"), "as edited!");
    assert_file(at("tables.csv"), "a,b");
    output = begin();
    write_file(output, "tables.csv", "c,d"); /* a set without the edited file goes on, and leaves it alone */
    commit(output);
    assert_file(at("report.md"), "as edited!");
    assert_file(at("tables.csv"), "c,d");
}

static void test_links_are_not_followed(void **state) {
    (void)state;
    struct output *output = begin();
    commit(output);
    char elsewhere[128];
    snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere", root);
    mkdir(elsewhere, 0777);
    assert_int_equal(symlink(elsewhere, at("charts")), 0);
    output = begin();
    write_file(output, "report.md", "one");
    write_chart(output, "a.svg", "chart");
    refuse(output, "charts is not a folder");
    assert_int_equal(entries(elsewhere), 0);
    assert_int_equal(access(at("report.md"), F_OK), -1);
    assert_int_equal(entries(folder), 1);
    assert_int_equal(symlink("/etc/hostname", at("report.md")), 0);
    output = begin();
    write_file(output, "report.md", "one");
    refuse(output, "report.md was not written by Bilan");
}

/* A folder in the place of a file makes the exchange fail after some files have moved. */
static void test_failure_in_the_middle_is_undone(void **state) {
    (void)state;
    struct output *output = begin();
    write_file(output, "a.md", "old a");
    write_file(output, "b.md", "old b");
    commit(output);
    char list[4096] = "";
    FILE *file = fopen(at(".bilan"), "r");
    assert_non_null(file);
    assert_true(fread(list, 1, sizeof list - 1, file) > 0);
    fclose(file);
    put(at("charts"), "a file in the way");
    output = begin();
    write_file(output, "a.md", "new a");
    write_file(output, "b.md", "new b");
    write_chart(output, "a.svg", "chart");
    refuse(output, "charts is not a folder");
    assert_file(at("a.md"), "old a");
    assert_file(at("b.md"), "old b");
    assert_file(at(".bilan"), list);
    assert_int_equal(entries(folder), 4);
}

static void test_abandoned_set_leaves_nothing(void **state) {
    (void)state;
    struct output *output = begin();
    write_file(output, "report.md", "one");
    output_abandon(output);
    char parent[256];
    snprintf(parent, sizeof parent, "%.*s", (int)(strlen(folder) - strlen("/results")), folder);
    assert_int_equal(entries(folder), -1);
    assert_int_equal(entries(parent), -1);
    output_abandon(NULL);
}

/* A name like ours does not make it ours, and a link leads to somebody else's. */
static void test_what_only_looks_like_a_leftover_stays(void **state) {
    (void)state;
    commit(begin());
    mkdir(at(".bilan-bbbbbb"), 0700);
    put(at(".bilan-bbbbbb/notes"), "mine");
    mkdir(at("elsewhere"), 0700);
    put(at("elsewhere/.made-by-bilan"), "");
    put(at("elsewhere/notes"), "mine");
    assert_int_equal(symlink("elsewhere", at(".bilan-cccccc")), 0);
    commit(begin());
    assert_file(at(".bilan-bbbbbb/notes"), "mine");
    assert_file(at("elsewhere/notes"), "mine");
}

static void test_leftovers_of_a_killed_run_go(void **state) {
    (void)state;
    commit(begin());
    mkdir(at(".bilan-aaaaaa"), 0700);
    mkdir(at(".bilan-aaaaaa/charts"), 0700);
    put(at(".bilan-aaaaaa/charts/a.svg"), "half");
    put(at(".bilan-aaaaaa/.made-by-bilan"), "");
    struct output *running = begin();
    assert_int_equal(access(at(".bilan-aaaaaa"), F_OK), -1);
    write_file(running, "report.md", "of the first");
    struct output *second = begin(); /* does not take the running one for a leftover */
    write_file(second, "report.md", "of the second");
    commit(running);
    commit(second);
    assert_file(at("report.md"), "of the second");
    assert_int_equal(entries(folder), 2);
}

static void test_lists_that_lie_are_refused(void **state) {
    (void)state;
    static const char *const lists[] = {
        "something else\n",
        "Written by Bilan, which replaces and removes these files and no other. Size, checksum, name:\n"
        "4 0 ../precious\n",
        "Written by Bilan, which replaces and removes these files and no other. Size, checksum, name:\n"
        "4 0 charts/../../precious\n",
        "Written by Bilan, which replaces and removes these files and no other. Size, checksum, name:\n"
        "4 0 /etc/passwd\n",
        "Written by Bilan, which replaces and removes these files and no other. Size, checksum, name:\n"
        "four 0 report.md\n",
    };
    commit(begin());
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        put(at(".bilan"), lists[i]);
        struct output *output = begin();
        write_file(output, "report.md", "one");
        refuse(output, ".bilan is not the list");
        assert_file(at(".bilan"), lists[i]);
    }
}

static void test_folder_that_cannot_be(void **state) {
    (void)state;
    struct failure failure = {0};
    char path[256];
    snprintf(path, sizeof path, "%s/file", root);
    put(path, "");
    assert_null(output_begin(path, &failure));
    assert_non_null(strstr(failure.text, "/file is not a folder"));
    failure = (struct failure){0};
    snprintf(path, sizeof path, "%s/file/below", root);
    assert_null(output_begin(path, &failure));
    assert_non_null(strstr(failure.text, "/file is not a folder"));
}

static void test_full_disk_is_a_failure(void **state) {
    (void)state;
    struct failure failure = {0};
    struct output *output = begin();
    assert_false(output_write(output, "no/such/folder", "x", 1, &failure));
    assert_non_null(strstr(failure.text, "cannot write"));
    output_abandon(output);
    assert_int_equal(entries(folder), -1);
}

/* A killed exchange leaves a list of both sets: either version of a file is known as Bilan's. */
static void test_list_knows_both_versions(void **state) {
    (void)state;
    struct failure failure = {0};
    struct arena *arena = arena_create();
    commit(begin());
    struct manifest *both = manifest_create(arena), *other = manifest_create(arena);
    put(at("x"), "old");
    assert_true(manifest_add(both, "report.md", at("x"), &failure));
    put(at("x"), "new");
    assert_true(manifest_add(other, "report.md", at("x"), &failure));
    manifest_join(both, other);
    assert_true(manifest_knows(both, "report.md", at("x")));
    put(at("x"), "old");
    assert_true(manifest_knows(both, "report.md", at("x")));
    put(at("x"), "owl");
    assert_false(manifest_knows(both, "report.md", at("x")));
    assert_false(manifest_knows(both, "tables.csv", at("x")));
    arena_destroy(arena);
}

/* A set with a picture, drawn with something. */
static struct output *begin_picture(const char *maker, const char *script) {
    struct failure failure = {0};
    struct output *output = begin();
    assert_non_null(output_folder(output, "charts", &failure));
    output_set_maker(output, maker);
    assert_true(output_write(output, "charts/a.gp", script, strlen(script), &failure));
    return output;
}

static void leave_picture(void) {
    struct failure failure = {0};
    struct output *output = begin_picture("pen", "draw");
    assert_true(output_write(output, "charts/a.svg", "picture", 7, &failure));
    commit(output);
}

/* What an earlier set left is taken over if the same has drawn it, and it is as it was left. */
static void test_pictures_are_taken_over(void **state) {
    (void)state;
    leave_picture();
    struct output *output = begin_picture("pen", "draw");
    assert_true(output_is_unchanged(output, "charts/a.gp"));
    assert_true(output_take_over(output, "charts/a.svg"));
    assert_false(output_take_over(output, "charts/a.svg")); /* it is there already */
    assert_false(output_take_over(output, "charts/b.svg"));
    commit(output);
    assert_file(at("charts/a.svg"), "picture");
    output = begin_picture("pen", "draw otherwise"); /* the list still says what drew it */
    assert_false(output_is_unchanged(output, "charts/a.gp"));
    assert_true(output_take_over(output, "charts/a.svg"));
    output_drop(output, "charts/a.svg");
    commit(output);
    assert_int_equal(access(at("charts/a.svg"), F_OK), -1);
}

static void test_pictures_of_others_are_not(void **state) {
    (void)state;
    leave_picture();
    struct output *output = begin_picture("brush", "draw");
    assert_false(output_is_unchanged(output, "charts/a.gp"));
    assert_false(output_take_over(output, "charts/a.svg"));
    output_abandon(output);
    output = begin(); /* nobody says what draws */
    assert_false(output_take_over(output, "charts/a.svg"));
    output_abandon(output);
    put(at("charts/a.svg"), "pictures");
    output = begin_picture("pen", "draw");
    assert_false(output_take_over(output, "charts/a.svg"));
    output_abandon(output);
    put(at("elsewhere"), "picture");
    assert_int_equal(unlink(at("charts/a.svg")), 0);
    assert_int_equal(symlink("../elsewhere", at("charts/a.svg")), 0);
    output = begin_picture("pen", "draw");
    assert_false(output_take_over(output, "charts/a.svg"));
    output_abandon(output);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_files_appear_at_commit, set_up),
        cmocka_unit_test_setup(test_second_set_replaces_the_first, set_up),
        cmocka_unit_test_setup(test_foreign_files_stay, set_up),
        cmocka_unit_test_setup(test_changed_files_stay, set_up),
        cmocka_unit_test_setup(test_links_are_not_followed, set_up),
        cmocka_unit_test_setup(test_failure_in_the_middle_is_undone, set_up),
        cmocka_unit_test_setup(test_abandoned_set_leaves_nothing, set_up),
        cmocka_unit_test_setup(test_what_only_looks_like_a_leftover_stays, set_up),
        cmocka_unit_test_setup(test_leftovers_of_a_killed_run_go, set_up),
        cmocka_unit_test_setup(test_lists_that_lie_are_refused, set_up),
        cmocka_unit_test_setup(test_folder_that_cannot_be, set_up),
        cmocka_unit_test_setup(test_full_disk_is_a_failure, set_up),
        cmocka_unit_test_setup(test_list_knows_both_versions, set_up),
        cmocka_unit_test_setup(test_pictures_are_taken_over, set_up),
        cmocka_unit_test_setup(test_pictures_of_others_are_not, set_up),
    };
    if (!mkdtemp(root))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", root);
    return system(command) != 0 || failed;
}
