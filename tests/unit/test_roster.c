/* Rosters: what is read from them, what is refused; the groups they make; the file of links made from them.
 * All people are made up. */
#include "survey/groups.h"
#include "survey/invitations.h"
#include "survey/roster.h"

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

static const char SOURCE[] =
    "questionnaire: invented\n"
    "languages: [fr, en]\n"
    "title: Invented\n"
    "privacy: Made up.\n"
    "population:\n"
    "  size: 20\n"
    "  role: {member: 14, head: 6}\n"
    "  channel: {web: 20, paper: 0}\n"
    "  service: {north: 12, south: 8}\n"
    "pages:\n"
    "  - title: One\n"
    "    questions:\n"
    "      - id: role\n"
    "        type: single\n"
    "        text: Role?\n"
    "        options: [{code: member, text: Participant}, {code: head, text: Chief}]\n"
    "      - id: service\n"
    "        type: single\n"
    "        text: Service?\n"
    "        options: [{code: north, text: North}, {code: south, text: South}]\n";

static struct arena *arena;
static const struct questionnaire *questionnaire;
static char folder[] = "/tmp/bilan-roster-XXXXXX", path[64];
static struct failure failure;

static int set_up(void **state) {
    (void)state;
    failure = (struct failure){0};
    arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "invented.yaml");
    questionnaire = questionnaire_parse(arena, "invented.yaml", SOURCE, sizeof SOURCE - 1, diagnostics);
    memcpy(strstr(folder, "roster-") + 7, "XXXXXX", 6);
    if (!questionnaire || !mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/people.csv", folder);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    unlink(path);
    return rmdir(folder);
}

static void write_file(const char *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* Reads a roster; what it prints is for the cases. */
static const struct roster *read_bytes(const char *bytes, size_t length) {
    write_file(bytes, length);
    FILE *kept = stderr;
    stderr = fopen("/dev/null", "w");
    const struct roster *roster = roster_read(arena, path, questionnaire, &failure);
    fclose(stderr);
    stderr = kept;
    return roster;
}

static const struct roster *read_text(const char *text) {
    return read_bytes(text, strlen(text));
}

static void assert_text(const char *is, const char *wanted) {
    if (!wanted)
        assert_null(is);
    else if (!is)
        fail_msg("nothing instead of \"%s\"", wanted);
    else
        assert_string_equal(is, wanted);
}

static void assert_person(const struct roster *roster, size_t index, struct roster_person wanted) {
    assert_non_null(roster);
    assert_in_range(index, 0, roster->count - 1);
    const struct roster_person *person = &roster->people[index];
    assert_int_equal(person->line, wanted.line);
    assert_text(person->name, wanted.name);
    assert_text(person->email, wanted.email);
    assert_text(person->language, wanted.language);
    assert_text(person->known, wanted.known);
}

/* --- what is read --- */

static void test_people(void **state) {
    (void)state;
    const struct roster *roster = read_text("email,name,language,role,service\n"
                                            "a@b.example,Ana Exemple,en,member,north\n"
                                            "\n"
                                            ",Ben Sample,,,\n"
                                            "C@B.Example,,fr,,south\n");
    assert_person(roster, 0,
                  (struct roster_person){2, "Ana Exemple", "a@b.example", "en", "role=member service=north"});
    assert_person(roster, 1, (struct roster_person){4, "Ben Sample", NULL, NULL, ""});
    assert_person(roster, 2, (struct roster_person){5, NULL, "C@B.Example", "fr", "service=south"});
    assert_int_equal(roster->count, 3);
    assert_false(failure_is_set(&failure));
}

/* The same person is known by the same text, however the columns stand. */
static void test_order_of_columns(void **state) {
    (void)state;
    const struct roster *roster = read_text("service,name,role\nnorth,Ana Exemple,head\n");
    assert_person(roster, 0, (struct roster_person){2, "Ana Exemple", NULL, NULL, "role=head service=north"});
}

static void test_dialects(void **state) {
    (void)state;
    static const char *const texts[] = {
        "\xEF\xBB\xBFname;role\r\nAna Exemple;head\r\n", " name ,\trole\nAna Exemple  , head\t\n",
        "name,role\rAna Exemple,head", "\"name\",\"role\"\n\"Ana Exemple\",\"head\"\n,\n , \n\n",
        "name,role\n\u00A0Ana Exemple\xE2\x80\xAF\xC2\xA0 ,head\xC2\xA0\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct roster *roster = read_text(texts[i]);
        assert_person(roster, 0, (struct roster_person){2, "Ana Exemple", NULL, NULL, "role=head"});
        assert_int_equal(roster->count, 1);
    }
}

static void test_many(void **state) {
    (void)state;
    enum { COUNT = 10000 };
    struct buffer text = {0};
    buffer_append(&text, "name,email\n");
    for (unsigned i = 0; i < COUNT; i++)
        buffer_format(&text, "Person,p%u@b.example\n", i);
    const struct roster *roster = read_bytes(text.bytes, text.length);
    buffer_destroy(&text);
    assert_non_null(roster);
    assert_int_equal(roster->count, COUNT);
    assert_person(roster, COUNT - 1,
                  (struct roster_person){COUNT + 1, "Person", "p9999@b.example", NULL, ""});
}

/* --- what is refused --- */

static void test_addresses(void **state) {
    (void)state;
    static const char *const good[] = {"a@b.example", "o'neill+survey@mail.b-c.example", "A_b.c@B.EXAMPLE",
                                       "1/2%3@xn--bcher-kva.example"};
    static const char *const bad[] = {"a",
                                      "a@b",
                                      "@b.example",
                                      "a@",
                                      "a@.example",
                                      "a@b.example.",
                                      "a@b..example",
                                      ".a@b.example",
                                      "a.@b.example",
                                      "a..b@b.example",
                                      "a@b@c.example",
                                      "a b@c.example",
                                      "a@b.example;c@d.example",
                                      "<a@b.example>",
                                      "mailto:a@b.example",
                                      "a@b.example\x7F",
                                      "\xC3\xA9@b.example",
                                      "a@b_c.example",
                                      "=a@b.example",
                                      "+a@b.example",
                                      "-a@b.example"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_person(read_text(arena_format(arena, "email\n%s\n", good[i])), 0,
                      (struct roster_person){2, NULL, good[i], NULL, ""});
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (read_text(arena_format(arena, "email\n\"%s\"\n", bad[i])))
            fail_msg("\"%s\" was taken", bad[i]);
}

/* The longest address, and one that is longer by a letter. */
static void test_long_addresses(void **state) {
    (void)state;
    char domain[256];
    memset(domain, 'd', sizeof domain);
    for (size_t i = 60; i < sizeof domain; i += 60)
        domain[i] = '.';
    for (int length = 254; length <= 255; length++) {
        const char *email = arena_format(arena, "ab@%.*s", length - 3, domain);
        assert_int_equal(strlen(email), length);
        assert_int_equal(read_text(arena_format(arena, "email\n%s\n", email)) != NULL, length == 254);
    }
}

static void test_names(void **state) {
    (void)state;
    char name[402] = "";
    for (size_t i = 0; i < 200; i++)
        memcpy(name + 2 * i, "\xC3\xA9", 2);
    assert_non_null(read_text(arena_format(arena, "name\n%s\n", name)));
    assert_null(read_text(arena_format(arena, "name\n%se\n", name)));
    static const char *const bad[] = {
        "Ana\nBcc: a@b.example", "Ana\r\nBen",  "Ana\tBen", "\x1B[1mAna", "Ana\x7F",
        "Ana\xC2\x85",           "Ana\u2028Ben"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (read_text(arena_format(arena, "name\n\"%s\"\n", bad[i])))
            fail_msg("name %zu was taken", i);
    assert_non_null(read_text("name\n\"l’Exemple, dit \"\"Ana\"\" <b>&\"\nAna\xC2\xA0"
                              "Exemple\n"));
}

static void test_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "\xEF\xBB\xBF",
        "\n\n",
        "name\n",
        "name\n,\n",
        "role\nmember\n",
        "name,name\nAna,Ana\n",
        "name,channel\nAna,web\n",
        "name,phone\nAna,1\n",
        "name,\nAna,\n",
        "Name\nAna\n",
        "name,role\nAna,Member\n",
        "name,role\nAna,Participant\n",
        "name,role\nAna,member head\n",
        "name,language\nAna,de\n",
        "name,role\nAna\n",
        "name,role\nAna,member,north\n",
        "name,email,role\n,,member\n",
        "name\nAna\nAna\n",
        "name,email\nAna,a@b.example\nBen,A@B.EXAMPLE\n",
        "name,email\nAna,\nBen,b@b.example\nAna,\n",
        "name\n\"Ana\n",
        "name\nAna \"Exemple\"\n",
        "name\nAn\xE1\n",
        "\xFF\xFEn\n",
        "\xFE\xFFn\n",
        "PK\x03\x04",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (read_text(texts[i]))
            fail_msg("taken: %s", texts[i]);
    assert_null(read_bytes("name\nAna\0\n", 10));
    assert_false(failure_is_set(&failure));
    assert_non_null(read_text("name,email\nAna,\nAna,a@b.example\nAna,b@b.example\n"));
}

static void test_no_file(void **state) {
    (void)state;
    write_file("", 0);
    assert_null(roster_read(arena, "/nowhere/people.csv", questionnaire, &failure));
    assert_non_null(strstr(failure.text, "/nowhere/people.csv"));
    failure = (struct failure){0};
    assert_null(roster_read(arena, folder, questionnaire, &failure));
    assert_true(failure_is_set(&failure));
    failure = (struct failure){0};
    assert_int_equal(truncate(path, 16 * 1024 * 1024 + 1), 0);
    assert_null(roster_read(arena, path, questionnaire, &failure));
    assert_non_null(strstr(failure.text, "16 MiB"));
}

/* --- groups --- */

static void test_groups(void **state) {
    (void)state;
    const struct invitation people[] = {{.known = "role=member service=north"},
                                        {.known = "role=member service=north"},
                                        {.known = "role=member service=south"},
                                        {.known = "role=head service=south", .is_revoked = true},
                                        {.known = "role=head"},
                                        {.known = ""}};
    static const struct group wanted[] = {{"role=head", 1},     {"role=member service=south", 1},
                                          {"service=south", 1}, {"role=member service=north", 2},
                                          {"service=north", 2}, {"role=member", 3}};
    size_t count;
    const struct group *groups = groups_list(arena, people, sizeof people / sizeof *people, &count);
    assert_int_equal(count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(groups[i].known, wanted[i].known);
        assert_int_equal(groups[i].count, wanted[i].count);
    }
}

/* What is said of `count` heads and no members. */
static const char *warnings(size_t count) {
    struct invitation *people = ARENA_NEW(arena, struct invitation, count);
    for (size_t i = 0; i < count; i++)
        people[i].known = "role=head";
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    groups_warn(arena, questionnaire, people, count, stream);
    fclose(stream);
    const char *copy = arena_copy(arena, text);
    free(text);
    return copy;
}

static void test_warnings(void **state) {
    (void)state;
    assert_non_null(strstr(warnings(4), "only 4 people are known as role=head:"));
    assert_null(strstr(warnings(5), "known as"));
    assert_non_null(strstr(warnings(5), "5 people are invited as role=head, and the questionnaire's"
                                        " population has 6"));
    assert_null(strstr(warnings(6), "role=head"));
    assert_non_null(strstr(warnings(6), "0 people are invited as role=member"));
    /* A margin that nobody of the roster names is not compared. */
    assert_null(strstr(warnings(6), "service"));
    assert_string_equal(warnings(0), "");
}

/* --- files of links --- */

static const struct secret KEY = {{3}};

static void test_merge_file(void **state) {
    (void)state;
    const struct invitation people[] = {
        {.id = 1, .name = "Exemple, Ana", .email = "a@b.example", .language = "fr", .known = "service=north"},
        {.id = 2, .generation = 3, .name = "=1+1", .known = "role=head service=south"},
        {.id = 3, .name = "+\"1\"", .known = ""},
        {.id = 4, .name = "-", .known = ""},
        {.id = 5, .name = "@a", .known = ""},
        {.id = 6, .name = "a=b", .known = ""},
        {.id = 7, .email = "b@b.example", .known = "role=member"}};
    static const char *const cells[] = {"\"Exemple, Ana\",a@b.example,fr,,north",
                                        "'=1+1,,,head,south",
                                        "\"'+\"\"1\"\"\",,,,",
                                        "'-,,,,",
                                        "'@a,,,,",
                                        "a=b,,,,",
                                        ",b@b.example,,member,"};
    struct buffer csv = {0}, wanted = {0};
    buffer_append(&wanted, "name,email,language,role,service,link,code\n");
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        const struct link link = link_make(&KEY, people[i].id, people[i].generation);
        buffer_format(&wanted, "%s,https://s.example/r/%s,%s\n", cells[i], link.token, link.code);
    }
    invitations_csv(&csv, arena, questionnaire, &KEY, "https://s.example", people,
                    sizeof people / sizeof *people);
    assert_string_equal(buffer_text(&csv), buffer_text(&wanted));
    buffer_destroy(&csv);
    buffer_destroy(&wanted);
}

static void test_address(void **state) {
    (void)state;
    const struct link link = {.token = "0123456789abcdefghjkmnpqr0"};
    assert_string_equal(invitations_address(arena, "https://s.example", &link),
                        "https://s.example/r/0123456789abcdefghjkmnpqr0");
    assert_string_equal(invitations_address(arena, "https://s.example/town/", &link),
                        "https://s.example/town/r/0123456789abcdefghjkmnpqr0");
}

static const char *content(void) {
    char bytes[256] = "";
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    return arena_copy_bytes(arena, bytes, length);
}

static void test_writing(void **state) {
    (void)state;
    static const char first[] = "name,email,language,link,code\nAna,,,l,c\n",
                      second[] = "name,email,language,role,service,link,code\n",
                      *const others[] = {"", "name,email,language\nAna,a@b.example,fr\n", "link,code\n",
                                         "name,email,language,link,code", "name,email,language,link,code,\n"};
    struct stat status;
    umask(0);
    assert_true(invitations_write(path, first, sizeof first - 1, &failure));
    assert_string_equal(content(), first);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(invitations_write(path, second, sizeof second - 1, &failure));
    assert_string_equal(content(), second);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        failure = (struct failure){0};
        write_file(others[i], strlen(others[i]));
        assert_false(invitations_write(path, first, sizeof first - 1, &failure));
        assert_non_null(strstr(failure.text, "no earlier mail-merge file"));
        assert_string_equal(content(), others[i]);
    }
    failure = (struct failure){0};
    assert_false(invitations_write(folder, first, sizeof first - 1, &failure));
    assert_true(failure_is_set(&failure));
    failure = (struct failure){0};
    assert_false(invitations_write("/nowhere/links.csv", first, sizeof first - 1, &failure));
    assert_non_null(strstr(failure.text, "/nowhere/links.csv"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
        TEST(test_people),    TEST(test_order_of_columns), TEST(test_dialects), TEST(test_many),
        TEST(test_addresses), TEST(test_long_addresses),   TEST(test_names),    TEST(test_refused),
        TEST(test_no_file),   TEST(test_groups),           TEST(test_warnings), TEST(test_merge_file),
        TEST(test_address),   TEST(test_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
