/* The store: what goes in comes out, once; bad files are refused untouched; a changed questionnaire is taken
 * up or refused; a cut-off process loses nothing that was acknowledged. */
#include "model/base/digest.h"
#include "model/column.h"
#include "model/store.h"
#include "model/store_path.h"
#include "model/store_read.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char BASE[] = "questionnaire: kept\n"
                           "languages: [fr, en]\n"
                           "title: Kept\n"
                           "privacy: Made up.\n"
                           "scales:\n"
                           "  agreement:\n"
                           "    - {code: 2, text: Yes}\n"
                           "    - {code: 1, text: Half}\n"
                           "    - {code: 0, text: \"No\"}\n"
                           "pages:\n"
                           "  - title: All\n"
                           "    questions:\n"
                           "      - id: role\n"
                           "        type: single\n"
                           "        text: Role?\n"
                           "        options:\n"
                           "          - {code: member, text: Member}\n"
                           "          - {code: head, text: \"Head; of all\"}\n"
                           "          - {code: other, text: Other, specify: true}\n"
                           "      - id: good\n"
                           "        type: scale\n"
                           "        scale: agreement\n"
                           "        no_opinion: true\n"
                           "        not_concerned: true\n"
                           "        text: Good?\n"
                           "        items:\n"
                           "          - {id: room, text: Room}\n"
                           "          - {id: staff, text: Staff}\n"
                           "      - id: hats\n"
                           "        type: multiple\n"
                           "        text: Hats?\n"
                           "        options:\n"
                           "          - {code: a, text: A}\n"
                           "          - {code: b, text: B}\n"
                           "          - {code: c, text: C}\n"
                           "          - {code: none, text: None, exclusive: true}\n"
                           "      - id: first\n"
                           "        type: ranking\n"
                           "        text: Order?\n"
                           "        options: [{code: p, text: P}, {code: q, text: Q}, {code: r, text: R}]\n"
                           "      - id: hours\n"
                           "        type: number\n"
                           "        decimals: 2\n"
                           "        when: role = member\n"
                           "        text: Hours?\n"
                           "      - id: years\n"
                           "        type: number\n"
                           "        text: Years?\n"
                           "      - id: seen\n"
                           "        type: date\n"
                           "        text: Seen?\n"
                           "      - id: words\n"
                           "        type: text\n"
                           "        text: Words?\n";

enum { ROLE, ROOM, STAFF, HATS, FIRST, HOURS, YEARS, SEEN, WORDS, ITEMS };

static char folder[] = "/tmp/bilan-store-XXXXXX";
static char path[64];
static struct arena *arena;
static const struct questionnaire *base;

static const struct questionnaire *parse(const char *source) {
    struct diagnostics *diagnostics = diagnostics_create(arena, "kept.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "kept.yaml", source, strlen(source), diagnostics);
    if (!questionnaire)
        diagnostics_print(diagnostics, stderr);
    assert_non_null(questionnaire);
    return questionnaire;
}

/* The base questionnaire with one piece of its text replaced. */
static const struct questionnaire *changed(const char *from, const char *to) {
    const char *at = strstr(BASE, from);
    assert_non_null(at);
    return parse(arena_format(arena, "%.*s%s%s", (int)(at - BASE), BASE, to, at + strlen(from)));
}

static void remove_store(void) {
    unlink(path);
    unlink(arena_format(arena, "%s-wal", path));
    unlink(arena_format(arena, "%s-shm", path));
}

static int set_up_all(void **state) {
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/answers.db", folder);
    return 0;
}

static int tear_down_all(void **state) {
    (void)state;
    return rmdir(folder);
}

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    base = parse(BASE);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    remove_store();
    arena_destroy(arena);
    return 0;
}

static void write_file(const char *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static struct store *open_store(enum store_access access, const struct questionnaire *questionnaire) {
    struct failure failure = {0};
    struct store *store = store_open(path, access, questionnaire, &failure);
    assert_string_equal(failure.text, "");
    assert_non_null(store);
    return store;
}

/* Opening must be refused, in words that hold `reason`. */
static void assert_refused(enum store_access access, const struct questionnaire *questionnaire,
                           const char *reason) {
    struct failure failure = {0};
    struct store *store = store_open(path, access, questionnaire, &failure);
    assert_null(store);
    if (!strstr(failure.text, reason))
        fail_msg("\"%s\" does not say \"%s\"", failure.text, reason);
}

/* A response from what would be typed; several values of one item are separated by spaces. */
static struct response respond(const struct questionnaire *questionnaire, const char *const *cells,
                               const char *specify) {
    struct entry *entries = ARENA_NEW(arena, struct entry, questionnaire->item_count);
    struct answer *answers = ARENA_NEW(arena, struct answer, questionnaire->item_count);
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        bool several = questionnaire->items[i].question->type == QUESTION_MULTIPLE ||
                       questionnaire->items[i].question->type == QUESTION_RANKING;
        const char **values = ARENA_NEW(arena, const char *, 8);
        char *rest = arena_copy(arena, cells[i] ? cells[i] : "");
        size_t count = 0;
        if (!several)
            values[count++] = rest;
        for (char *word = several ? strtok(rest, " ") : NULL; word; word = strtok(NULL, " "))
            values[count++] = word;
        entries[i] = (struct entry){.values = values, .value_count = count};
    }
    entries[0].specify = specify;
    struct problems problems = answer_check(arena, questionnaire, entries, CHANNEL_WEB, answers);
    assert_int_equal(problems.count, 0);
    return (struct response){.key = store_new_key(), .answers = answers};
}

static const char *const FULL[ITEMS] = {
    "member", "0", "no_opinion", "b a", "r p", "1.25", "-3", "2024-02-29", "Dire « Oui »,\n\"non\""};
static const char *const EMPTY[ITEMS] = {0};

static void add(struct store *store, const struct response *response) {
    assert_int_equal(store_begin(store), STORE_DONE);
    assert_int_equal(store_add(store, response, "2024-03-01"), STORE_DONE);
    assert_int_equal(store_commit(store), STORE_DONE);
}

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

static size_t count_responses(struct store *store) {
    struct failure failure = {0};
    struct store_pass *pass = store_pass_begin(store, &failure);
    struct response response;
    size_t count = 0;
    while (store_pass_next(pass, &response, &failure))
        count++;
    store_pass_end(pass);
    assert_string_equal(failure.text, "");
    return count;
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

    web.key = store_new_key();
    assert_int_equal(store_begin(store), STORE_DONE);
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

static void test_moved_away(void **state) {
    (void)state;
    struct store *store = open_store(STORE_WRITE, base);
    struct response response = respond(base, FULL, NULL);
    add(store, &response);
    const char *elsewhere = arena_format(arena, "%s/elsewhere", folder);
    assert_int_equal(rename(path, elsewhere), 0);
    assert_int_equal(store_begin(store), STORE_FULL);
    assert_non_null(strstr(store_reason(store), "moved"));
    store_close(store);
    unlink(elsewhere);
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
    assert_int_equal(add_until_full(store, cells), 0); /* it stays full, and stays usable */
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

/* --- a questionnaire that changes --- */

/* A store with one full response, one of another role with words, and one empty. */
static void fill_store(void) {
    const char *const other[ITEMS] = {[ROLE] = "other", [HATS] = "none"};
    struct response responses[] = {respond(base, FULL, NULL), respond(base, other, "Élu"),
                                   respond(base, EMPTY, NULL)};
    responses[0].language = 1;
    struct store *store = open_store(STORE_WRITE, base);
    for (size_t i = 0; i < 3; i++)
        add(store, &responses[i]);
    store_close(store);
}

/* What the store holds, as text, without the keys, in a fixed order: enough to see that nothing changed. */
static const char *describe(const struct questionnaire *questionnaire) {
    struct store *store = open_store(STORE_READ, questionnaire);
    struct failure failure = {0};
    struct store_pass *pass = store_pass_begin(store, &failure);
    struct response response;
    struct buffer text = {0}, row = {0};
    size_t count = 0;
    static const char *const states[] = {"", "", "", "", "not_asked"};
    const char *rows[8];
    while (store_pass_next(pass, &response, &failure)) {
        buffer_clear(&row);
        for (size_t i = 0; i < questionnaire->item_count; i++) {
            answer_format(&row, &questionnaire->items[i], &response.answers[i]);
            buffer_append(&row, states[response.answers[i].state]);
            buffer_append(&row, "|");
        }
        rows[count++] = arena_copy(arena, buffer_text(&row));
    }
    store_pass_end(pass);
    store_close(store);
    assert_string_equal(failure.text, "");
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (strcmp(rows[i], rows[j]) > 0) {
                const char *swap = rows[i];
                rows[i] = rows[j];
                rows[j] = swap;
            }
    for (size_t i = 0; i < count; i++)
        buffer_format(&text, "%s\n", rows[i]);
    const char *described = arena_copy(arena, buffer_text(&text));
    buffer_destroy(&text);
    buffer_destroy(&row);
    return described;
}

struct refused_change {
    const char *from, *to, *reason;
};

static void test_changes_refused(void **state) {
    (void)state;
    static const struct refused_change changes[] = {
        {"languages: [fr, en]", "languages: [fr]", "the language \"en\""},
        {"          - {code: other, text: Other, specify: true}\n", "",
         "the answer \"other\" of \"role\" is gone"},
        {"    - {code: 0, text: \"No\"}\n", "", "the answer \"0\" of \"room\" is gone"},
        {"{code: 0, text: \"No\"}", "{code: 0, text: \"No\", value: 7}", "the value of the answer \"0\""},
        {"{code: a, text: A}", "{code: a, text: A, exclusive: true}", "is now exclusive"},
        {"text: Other, specify: true", "text: Other", "no longer takes words"},
        {"        no_opinion: true\n", "", "no longer offers no_opinion"},
        {"        text: Hats?\n", "        text: Hats?\n        at_most: 1\n", "at most 1"},
        {"        text: Hats?\n", "        text: Hats?\n        at_least: 3\n", "at least 3"},
        {"        text: Order?\n", "        text: Order?\n        at_most: 1\n", "at most 1"},
        {"        text: Years?\n", "        text: Years?\n        minimum: 0\n", "the minimum of \"years\""},
        {"        text: Hours?\n", "        text: Hours?\n        maximum: 1\n", "the maximum of \"hours\""},
        {"        decimals: 2\n", "        decimals: 1\n", "fewer decimals"},
        {"        text: Words?\n", "        text: Words?\n        maximum_length: 5\n", "the maximum length"},
        {"        type: date\n", "        type: text\n", "the type of \"seen\""},
        {"          - {id: room, text: Room}\n", "", "the question \"room\" is gone"},
        {"id: words", "id: other_words", "the question \"words\" is gone"},
    };
    fill_store();
    const char *before = describe(base);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const char *source = changes[i].from;
        const struct questionnaire *now = changed(source, changes[i].to);
        assert_refused(STORE_WRITE, now, changes[i].reason);
        assert_refused(STORE_READ, now, changes[i].reason);
        assert_string_equal(describe(base), before);
    }
}

/* Each is read as it will be, first from the store as it stands, then from the store brought up to it. */
static void assert_taken_up(const struct questionnaire *now, const char *expected) {
    assert_string_equal(describe(now), expected);
    store_close(open_store(STORE_WRITE, now));
    assert_string_equal(describe(now), expected);
    struct store *store = open_store(STORE_WRITE, now);
    struct response response = respond(now, (const char *const[32]){0}, NULL);
    add(store, &response);
    assert_int_equal(count_responses(store), 4);
    store_close(store);
    remove_store();
    fill_store();
}

static void test_changes_taken_up(void **state) {
    (void)state;
    fill_store();
    assert_string_equal(describe(base),
                        "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                        "other|||none||not_asked||||\n"
                        "|||||not_asked||||\n");
    assert_taken_up(changed("title: Kept", "title: Kept on"),
                    "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked||||\n"
                    "|||||not_asked||||\n");
    assert_taken_up(changed("      - id: years\n",
                            "      - id: added\n        type: single\n        text: New?\n"
                            "        options: [{code: x, text: X}, {code: y, text: Y}]\n"
                            "      - id: years\n"),
                    "member|0|no_opinion|a b|r p|1.25|not_asked|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked|not_asked||||\n"
                    "|||||not_asked|not_asked||||\n");
    /* A code that is no number turns the column into text; an added box was not ticked. */
    assert_taken_up(
        changed("    - {code: 2, text: Yes}\n    - {code: 1, text: Half}\n    - {code: 0, text: \"No\"}\n",
                "    - {code: 2, text: Yes, value: 2}\n    - {code: half, text: Half, value: 1}\n"
                "    - {code: 0, text: \"No\", value: 0}\n"),
        "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
        "other|||none||not_asked||||\n"
        "|||||not_asked||||\n");
    assert_taken_up(changed("          - {code: b, text: B}\n", "          - {code: b, text: B}\n"
                                                                "          - {code: d, text: D}\n"),
                    "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked||||\n"
                    "|||||not_asked||||\n");
    /* What nobody answered may go. */
    assert_taken_up(changed("          - {code: head, text: \"Head; of all\"}\n", ""),
                    "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked||||\n"
                    "|||||not_asked||||\n");
    assert_taken_up(changed("        decimals: 2\n", "        decimals: 4\n"),
                    "member|0|no_opinion|a b|r p|1.25|-3|2024-02-29|Dire « Oui »,\n\"non\"|\n"
                    "other|||none||not_asked||||\n"
                    "|||||not_asked||||\n");
}

static void test_changed_beside_a_server(void **state) {
    (void)state;
    struct store *server = open_store(STORE_WRITE, base);
    store_close(open_store(STORE_WRITE, changed("id: years", "id: ages")));
    assert_int_equal(store_begin(server), STORE_FULL);
    assert_non_null(strstr(store_reason(server), "was changed"));
    store_rollback(server);
    store_close(server);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sent_twice_is_kept_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rollback_keeps_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_imports_and_sheets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_keys_are_random_and_positive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_two_writers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_locked_at_opening, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_update_needs_a_store, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_moved_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_killed_while_committing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_disk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_disk_at_opening, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_store, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_empty_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_foreign_and_newer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_questionnaire, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_folders_are_made, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rights, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_read_beside_a_server, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_default_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changes_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changes_taken_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changed_beside_a_server, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("store", tests, set_up_all, tear_down_all);
}
