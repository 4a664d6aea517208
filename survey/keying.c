#include "survey/keying.h"

#include "model/base/text.h"

#include <stdlib.h>
#include <string.h>

enum { ONE_DIGIT = 9 };

static bool is_declinable(struct wording wording) {
    return wording.in != NULL;
}

size_t keying_choices(const struct question *question) {
    return question->option_count + is_declinable(question->no_opinion) +
           is_declinable(question->not_concerned);
}

/* Behind the options: no opinion, then not concerned, as far as they are offered. */
static bool is_no_opinion(const struct question *question, size_t index) {
    return index == question->option_count && is_declinable(question->no_opinion);
}

const char *keying_code(const struct question *question, size_t index) {
    if (index < question->option_count)
        return question->options[index].code;
    return is_no_opinion(question, index) ? "no_opinion" : "not_concerned";
}

struct wording keying_text(const struct question *question, size_t index) {
    if (index < question->option_count)
        return question->options[index].text;
    return is_no_opinion(question, index) ? question->no_opinion : question->not_concerned;
}

const char *keying_key(struct arena *arena, const struct question *question, size_t index) {
    return question->option_count ? arena_format(arena, "%zu", index + 1)
                                  : arena_format(arena, "%c", (char)('a' + index));
}

/* --- reading --- */

static void add_word(struct buffer *cell, const char *word) {
    buffer_append(cell, cell->length ? " " : "");
    buffer_append(cell, word);
}

static bool is_separator(char byte) {
    return strchr(" ,;.+/-\t\n", byte) != NULL;
}

/* The next number; 0: there is none. Of lists with nine answers at most each digit is one. */
static size_t next_number(const char **rest, size_t choices) {
    size_t number = 0, digits = 0;
    size_t most = choices <= ONE_DIGIT ? 1 : 3;
    while (**rest && is_separator(**rest))
        (*rest)++;
    for (; digits < most && **rest >= '0' && **rest <= '9'; digits++)
        number = number * 10 + (size_t)(*(*rest)++ - '0');
    return number;
}

static const char *read_numbers(struct arena *arena, const struct question *question, const char *typed) {
    struct buffer cell = {0};
    size_t choices = keying_choices(question);
    const char *rest = typed;
    bool sound = true;
    while (sound && rest[strspn(rest, " ,;.+/-\t\n")]) {
        size_t number = next_number(&rest, choices);
        sound = number > 0 && number <= choices;
        if (sound)
            add_word(&cell, keying_code(question, number - 1));
    }
    const char *copy = sound ? arena_copy(arena, buffer_text(&cell)) : NULL;
    buffer_destroy(&cell);
    return copy;
}

/* 31/1/2024, 31.01.2024 and 31-01-2024 as 2024-01-31; anything else as it is. */
static const char *read_date(struct arena *arena, const char *typed) {
    char *rest;
    long day = strtol(typed, &rest, 10);
    if (rest == typed || !*rest || !strchr("/.-", *rest))
        return typed;
    char *next = rest + 1;
    long month = strtol(next, &rest, 10);
    if (rest == next || !*rest || !strchr("/.-", *rest))
        return typed;
    next = rest + 1;
    long year = strtol(next, &rest, 10);
    const char *date = arena_format(arena, "%04ld-%02ld-%02ld", year, month, day);
    return rest != next && !*rest && text_is_date(date) ? date : typed;
}

static const char *trim(struct arena *arena, const char *typed) {
    typed += strspn(typed, " \t\n");
    size_t length = strlen(typed);
    while (length && strchr(" \t\n", typed[length - 1]))
        length--;
    return arena_copy_bytes(arena, typed, length);
}

const char *keying_read(struct arena *arena, const struct question *question, const char *typed) {
    size_t choices = keying_choices(question);
    const char *text = trim(arena, typed);
    if (question->option_count)
        return read_numbers(arena, question, text);
    if (choices && strlen(text) == 1 && *text >= 'a' && *text < (char)('a' + choices))
        return keying_code(question, (size_t)(*text - 'a'));
    return question->type == QUESTION_DATE ? read_date(arena, text) : text;
}

/* --- writing --- */

/* The index of the code of `length` bytes; the number of choices if none has it. */
static size_t find(const struct question *question, const char *code, size_t length) {
    size_t choices = keying_choices(question), index = 0;
    while (index < choices && (strlen(keying_code(question, index)) != length ||
                               memcmp(keying_code(question, index), code, length) != 0))
        index++;
    return index;
}

static bool is_of_codes(const struct question *question, const char *cell) {
    return question->option_count || find(question, cell, strlen(cell)) < keying_choices(question);
}

const char *keying_write(struct arena *arena, const struct question *question, const char *cell) {
    struct buffer typed = {0};
    if (!is_of_codes(question, cell))
        return cell;
    for (size_t length; *cell; cell += length + (cell[length] == ' ')) {
        length = strcspn(cell, " ");
        size_t index = find(question, cell, length);
        if (length && index < keying_choices(question))
            add_word(&typed, keying_key(arena, question, index));
    }
    const char *copy = arena_copy(arena, buffer_text(&typed));
    buffer_destroy(&typed);
    return copy;
}

const char *keying_words(struct arena *arena, struct wording_language language,
                         const struct question *question, const char *cell) {
    struct buffer words = {0};
    if (!is_of_codes(question, cell))
        return cell;
    for (size_t length; *cell; cell += length + (cell[length] == ' ')) {
        length = strcspn(cell, " ");
        size_t index = find(question, cell, length);
        if (words.length)
            buffer_append(&words, " · ");
        if (index < keying_choices(question))
            buffer_format(&words, "%s %s", keying_key(arena, question, index),
                          wording_plain(arena, language, keying_text(question, index)));
        else
            buffer_append_bytes(&words, cell, length);
    }
    const char *copy = arena_copy(arena, buffer_text(&words));
    buffer_destroy(&words);
    return copy;
}
