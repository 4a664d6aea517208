/* Letters as a file: the same letters are the same bytes, for their owner's eyes only; whatever goes wrong,
 * nothing at the path is touched and nothing is left beside it; no text is too odd to be set. (What stands on
 * the pages: cases/letters.sh.) All names and links are made up. */
#include "survey/letters.h"

#include "model/base/buffer.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define ROOT "https://survey.example.org/"
#define LINK ROOT "r/0123456789abcdefghjkmnpqrs"

const char *__lsan_default_suppressions(void);

/* fontconfig 2.14 loses some bytes of its own configuration, once. */
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig";
}

static char folder[] = "/tmp/bilan-letters-XXXXXX";

static const char *inside(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static size_t file_count(void) {
    DIR *open_folder = opendir(folder);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(open_folder));)
        count += entry->d_name[0] != '.';
    closedir(open_folder);
    return count;
}

static char *contents(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    struct buffer buffer = {0};
    char block[4096];
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        buffer_append_bytes(&buffer, block, got);
    fclose(file);
    *length = buffer.length;
    return buffer_release(&buffer);
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_contents(const char *path, const char *text) {
    size_t length = 0;
    char *bytes = contents(path, &length);
    assert_int_equal(length, strlen(text));
    assert_memory_equal(bytes, text, length);
    free(bytes);
}

/* --- letters --- */

#define BLOCK(KIND, RUNS)                                                                                    \
    { .kind = (KIND), .level = 1, .number = 1, .runs = (RUNS), .run_count = 1 }

static const struct template_run hello[] = {{.text = "Hello,\nthis is made up."}};
static const struct template_block plain[] = {BLOCK(TEMPLATE_PARAGRAPH, hello)};

static struct letter make_letter(const char *name) {
    return (struct letter){.name = name,
                           .organisation = "Town of Example",
                           .language = "en",
                           .link = LINK,
                           .code = "ABCD-EFGH-JKMN-PQRS",
                           .address = ROOT,
                           .text = {.subject = "Your view", .blocks = plain, .count = 1},
                           .scan = "Scan this, or open:",
                           .type = "Or open this, and type:"};
}

static bool write_letters(const char *path, const struct letter *all, size_t count, struct failure *failure) {
    struct letters *letters = letters_begin(path, "A made-up survey", failure);
    if (!letters)
        return false;
    for (size_t i = 0; i < count; i++)
        letters_add(letters, &all[i]);
    return letters_finish(letters, failure);
}

static void assert_refused(const char *path, const struct letter *all, size_t count, const char *reason) {
    struct failure failure = {""};
    assert_false(write_letters(path, all, count, &failure));
    if (!strstr(failure.text, reason))
        fail_msg("“%s” does not say “%s”", failure.text, reason);
}

/* --- tests --- */

static int begin(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : 1;
}

static int end(void **state) {
    (void)state;
    return rmdir(folder);
}

static void test_same_bytes(void **state) {
    (void)state;
    struct failure failure = {""};
    struct letter all[] = {make_letter("Ada Example"), make_letter("Bo Sample"), make_letter(NULL)};
    char one[256], other[256];
    snprintf(one, sizeof one, "%s", inside("one.pdf"));
    snprintf(other, sizeof other, "%s", inside("other.pdf"));
    assert_true(write_letters(one, all, 3, &failure));
    sleep(1); /* a clock in the file would show */
    assert_true(write_letters(other, all, 3, &failure));
    size_t length = 0, other_length = 0;
    char *bytes = contents(one, &length), *other_bytes = contents(other, &other_length);
    assert_int_equal(length, other_length);
    assert_memory_equal(bytes, other_bytes, length);
    assert_memory_equal(bytes, "%PDF-", 5);
    free(bytes);
    free(other_bytes);
    assert_int_equal(file_count(), 2);
    unlink(one);
    unlink(other);
}

static void test_replaces_for_owner_only(void **state) {
    (void)state;
    struct failure failure = {""};
    struct letter letter = make_letter("Ada Example");
    const char *path = inside("letters.pdf");
    write_file(path, "%PDF-before");
    chmod(path, 0644);
    assert_true(write_letters(path, &letter, 1, &failure));
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(status.st_size > 1000);
    assert_int_equal(file_count(), 1);
    unlink(path);
}

static void test_no_place(void **state) {
    (void)state;
    struct letter letter = make_letter("Ada Example");
    assert_refused(inside("missing/letters.pdf"), &letter, 1, "No such file or directory");
    assert_refused(folder, &letter, 1, "it is a folder");
    assert_refused("/dev/null", &letter, 1, "not an ordinary file");
    write_file(inside("roster.csv"), "name\n");
    assert_refused(inside("roster.csv"), &letter, 1, "is no PDF");
    assert_contents(inside("roster.csv"), "name\n");
    unlink(inside("roster.csv"));
    assert_int_equal(file_count(), 0);
}

static void test_nobody(void **state) {
    (void)state;
    write_file(inside("letters.pdf"), "%PDF-before");
    assert_refused(inside("letters.pdf"), NULL, 0, "nobody");
    assert_contents(inside("letters.pdf"), "%PDF-before");
    assert_int_equal(file_count(), 1);
    unlink(inside("letters.pdf"));
}

static void test_abandoned(void **state) {
    (void)state;
    struct failure failure = {""};
    struct letter letter = make_letter("Ada Example");
    struct letters *letters = letters_begin(inside("letters.pdf"), "A made-up survey", &failure);
    assert_non_null(letters);
    letters_add(letters, &letter);
    letters_abandon(letters);
    assert_int_equal(file_count(), 0);
}

/* A disk that is full, at the end or on the way, as a limit on the size of files plays it. */
static void check_full(rlim_t bytes, size_t count) {
    struct letter letter = make_letter("Ada Example");
    struct letter *all = calloc(count, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = letter;
    write_file(inside("letters.pdf"), "%PDF-before");
    struct rlimit before, small = {bytes, RLIM_INFINITY};
    getrlimit(RLIMIT_FSIZE, &before);
    small.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small);
    signal(SIGXFSZ, SIG_IGN);
    assert_refused(inside("letters.pdf"), all, count, "File too large");
    setrlimit(RLIMIT_FSIZE, &before);
    assert_contents(inside("letters.pdf"), "%PDF-before");
    assert_int_equal(file_count(), 1);
    unlink(inside("letters.pdf"));
    free(all);
}

static void test_full_disk(void **state) {
    (void)state;
    check_full(10, 1);
    check_full(20000, 1);
    check_full(20000, 30);
}

/* A link is printed whole and as a QR code, or there is no letter. */
static void test_long_links(void **state) {
    (void)state;
    struct failure failure = {""};
    struct letter letter = make_letter("Ada Example");
    char link[4000] = ROOT, address[16000] = ROOT;
    letter.link = link;
    letter.address = address;
    memset(link + strlen(ROOT), 'a', 1000 - strlen(ROOT));
    memset(address + strlen(ROOT), 'b', 900 - strlen(ROOT));
    assert_true(write_letters(inside("letters.pdf"), &letter, 1, &failure));
    unlink(inside("letters.pdf"));
    memset(link + strlen(ROOT), 'a', 2332 - strlen(ROOT));
    assert_refused(inside("letters.pdf"), &letter, 1, "too long");
    letter.link = LINK;
    memset(address + strlen(ROOT), 'b', sizeof address - 1 - strlen(ROOT));
    struct letter both[] = {make_letter("Bo Sample"), letter};
    assert_refused(inside("letters.pdf"), both, 2, "too long");
    assert_int_equal(file_count(), 0);
}

/* Whatever texts there are, there is a file. */
static void test_odd_texts(void **state) {
    (void)state;
    struct failure failure = {""};
    char word[3000];
    memset(word, 'W', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    const char *const odd[] = {"",
                               " ",
                               "\n\n\n",
                               word,
                               "\xF0\x9F\x98\x80\xEF\xB8\x8F",
                               "\xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A",
                               "\xE2\x80\xAE",
                               "%s'\\]>>",
                               "\x01\x02",
                               "a\xCC\x81\xCC\x81\xCC\x81"};
    struct letter all[10];
    struct template_run runs[10];
    struct template_block blocks[10][6];
    for (size_t i = 0; i < 10; i++) {
        all[i] = make_letter(odd[i]);
        runs[i] = (struct template_run){.text = odd[i], .is_strong = i % 2, .is_emphasis = i % 3};
        const struct template_block made[6] = {
            BLOCK(TEMPLATE_HEADING, &runs[i]),
            BLOCK(TEMPLATE_BULLET, &runs[i]),
            {.kind = TEMPLATE_NUMBER, .level = 99, .number = 1000000000, .runs = &runs[i], .run_count = 1},
            {.kind = TEMPLATE_BULLET, .level = 1, .continues = true, .runs = &runs[i], .run_count = 1},
            {.kind = TEMPLATE_RULE},
            {.kind = TEMPLATE_PARAGRAPH}};
        memcpy(blocks[i], made, sizeof made);
        all[i].organisation = all[i].text.subject = odd[i];
        if (odd[i] != word)
            all[i].scan = all[i].type = odd[i];
        all[i].text.blocks = blocks[i];
        all[i].text.count = 6;
    }
    all[7].link = ROOT "r/'\\](x)";
    all[8].link = "https://\xC3\xA9t\xC3\xA9.example/r/x";
    all[8].language = "not a language";
    bool is_written = write_letters(inside("letters.pdf"), all, 10, &failure);
    assert_string_equal(failure.text, "");
    assert_true(is_written);
    unlink(inside("letters.pdf"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_replaces_for_owner_only),
        cmocka_unit_test(test_no_place),   cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_abandoned),  cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_long_links), cmocka_unit_test(test_odd_texts),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
