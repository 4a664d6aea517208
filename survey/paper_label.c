#include "survey/paper_label.h"

#include "survey/paper_sheet.h"

#include <inttypes.h>
#include <string.h>

#define BEGIN         "BILAN1"
#define NAME_SIGNS    "abcdefghijklmnopqrstuvwxyz0123456789-"
#define VERSION_SIGNS "0123456789abcdef"
#define DIGITS        "0123456789"
#define LETTERS       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

enum { WORD_COUNT = 6, LENGTH_MOST = 1000 };

const char *paper_label_format(struct arena *arena, const struct paper_label *label) {
    return arena_format(arena, BEGIN " %s %s %s %" PRId64 " %u", label->questionnaire, label->version,
                        label->language, label->sheet, label->page);
}

/* The words between single blanks; false if there are more or fewer, or one is empty. */
static bool split(struct arena *arena, const char *text, char *words[static WORD_COUNT]) {
    char *rest = arena_copy(arena, text);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        words[i] = strsep(&rest, " ");
        if (!words[i] || !*words[i])
            return false;
    }
    return rest == NULL;
}

static bool has_only(const char *word, const char *signs) {
    return word[strspn(word, signs)] == '\0';
}

/* Digits without a zero before them, so that a number has one writing. */
static bool read_number(const char *word, size_t digits_most, int64_t *number) {
    if (!has_only(word, DIGITS) || strlen(word) > digits_most || *word == '0')
        return false;
    *number = 0;
    for (; *word; word++)
        *number = *number * 10 + (*word - '0');
    return true;
}

bool paper_label_parse(struct paper_label *label, struct arena *arena, const char *text) {
    enum { SHEET_DIGITS = 8, PAGE_DIGITS = 4, VERSION_DIGITS = 8 };
    char *words[WORD_COUNT];
    int64_t page;
    *label = (struct paper_label){0};
    if (strlen(text) > LENGTH_MOST || !split(arena, text, words) || strcmp(words[0], BEGIN) != 0)
        return false;
    if (!has_only(words[1], NAME_SIGNS) || words[1][0] < 'a' || strlen(words[2]) != VERSION_DIGITS ||
        !has_only(words[2], VERSION_SIGNS) || !has_only(words[3], LETTERS DIGITS "-"))
        return false;
    if (!read_number(words[4], SHEET_DIGITS, &label->sheet) || !paper_sheet_is_sound(label->sheet) ||
        !read_number(words[5], PAGE_DIGITS, &page))
        return false;
    label->questionnaire = words[1];
    label->version = words[2];
    label->language = words[3];
    label->page = (unsigned)page;
    return true;
}
