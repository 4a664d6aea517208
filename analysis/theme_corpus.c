#include "analysis/theme_corpus.h"

#include "analysis/theme_fold.h"
#include "analysis/theme_stop_words.h"
#include "model/base/buffer.h"
#include "model/names.h"

#include <string.h>

/* A word of fewer characters than this is not made singular: "bus", "pays" and the like are none. */
enum { SINGULAR_LEAST = 4 };

struct reading {
    struct arena *arena;
    struct names *numbers;
    const char **words;
    size_t word_count, word_capacity;
    struct theme_token *tokens;
    size_t token_count, token_capacity;
    struct buffer folded; /* the word being read */
};

static void *grow(struct arena *arena, void *all, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return all;
    *capacity = *capacity ? 2 * *capacity : 1024;
    void *larger = arena_allocate(arena, *capacity, size);
    if (count)
        memcpy(larger, all, count * size);
    return larger;
}

static uint32_t number_of(struct reading *reading, const char *word) {
    size_t at = names_find(reading->numbers, word);
    if (at != NAMES_NONE)
        return (uint32_t)at;
    reading->words = grow(reading->arena, reading->words, reading->word_count, &reading->word_capacity,
                          sizeof *reading->words);
    reading->words[reading->word_count] = arena_copy(reading->arena, word);
    names_add(reading->numbers, reading->words[reading->word_count], reading->word_count);
    return (uint32_t)reading->word_count++;
}

/* --- Words of an answer --- */

static bool is_apostrophe(unsigned character) {
    return character == '\'' || character == 0x2019 || character == 0x2BC;
}

/* Signs between words that do not end a sentence or a part of one. */
static bool joins(unsigned character) {
    return character == ' ' || character == '\t' || character == 0xA0 || character == 0x202F ||
           character == '-' || character == 0x2010 || character == 0x2011 || is_apostrophe(character);
}

static size_t letters(const char *at) {
    size_t length = 0, size;
    unsigned character;
    while (at[length] && (size = theme_fold_decode(at + length, &character), theme_fold_is_letter(character)))
        length += size;
    return length;
}

/* The length of an apostrophe at the place, if a letter follows it; else 0. */
static size_t apostrophe(const char *at) {
    unsigned character, next;
    if (!*at)
        return 0;
    size_t size = theme_fold_decode(at, &character);
    if (!is_apostrophe(character) || !at[size])
        return 0;
    theme_fold_decode(at + size, &next);
    return theme_fold_is_letter(next) ? size : 0;
}

static const char *fold(struct reading *reading, const char *text, size_t length) {
    buffer_clear(&reading->folded);
    theme_fold_append(&reading->folded, text, length);
    return buffer_text(&reading->folded);
}

/* The bytes of the word at the place, where a letter stands; `*skipped` of what belongs to it before and
 * `*behind` after it are no part of it: "l’" of "l’équipe", "’s" of "manager’s". */
static size_t word_length(struct reading *reading, const char *at, size_t *skipped, size_t *behind) {
    size_t length = letters(at), gap;
    *skipped = *behind = 0;
    while ((gap = apostrophe(at + length)) > 0) {
        size_t next = letters(at + length + gap);
        if (theme_stop_words_is_elided(fold(reading, at, length))) {
            *skipped += length + gap;
            at += length + gap;
            length = next;
        } else if (theme_stop_words_is_suffix(fold(reading, at + length + gap, next))) {
            *behind = gap + next;
            break;
        } else {
            length += gap + next;
        }
    }
    return length;
}

static bool is_number(const char *word) {
    return word[strspn(word, "0123456789")] == '\0';
}

static void add_token(struct reading *reading, struct theme_token token) {
    reading->tokens = grow(reading->arena, reading->tokens, reading->token_count, &reading->token_capacity,
                           sizeof *reading->tokens);
    reading->tokens[reading->token_count++] = token;
}

static void read_answer(struct reading *reading, const char *answer) {
    bool follows = false;
    for (const char *at = answer; *at;) {
        unsigned character;
        size_t size = theme_fold_decode(at, &character), skipped, behind;
        if (!theme_fold_is_letter(character)) {
            follows = follows && joins(character);
            at += size;
            continue;
        }
        size_t length = word_length(reading, at, &skipped, &behind);
        const char *word = fold(reading, at + skipped, length);
        if (is_number(word)) {
            follows = false;
        } else if (!theme_stop_words_has(word) && word[1]) {
            add_token(reading, (struct theme_token){number_of(reading, word),
                                                    (uint32_t)(at - answer + (ptrdiff_t)skipped),
                                                    (uint32_t)length, follows});
            follows = true;
        }
        at += skipped + length + behind;
    }
}

/* --- Plurals --- */

/* The number of the singular of a word, if that was written somewhere, too: "services" is "service" then, and
 * "moyens" stays what it is where nobody wrote "moyen". */
static uint32_t singular(const struct reading *reading, uint32_t word, struct buffer *form) {
    const char *text = reading->words[word];
    size_t length = strlen(text);
    if (length <= SINGULAR_LEAST || (text[length - 1] != 's' && text[length - 1] != 'x') ||
        text[length - 2] == 's')
        return word;
    buffer_clear(form);
    buffer_append_bytes(form, text, length - 1);
    size_t at = names_find(reading->numbers, buffer_text(form));
    return at == NAMES_NONE ? word : (uint32_t)at;
}

static void join_plurals(struct reading *reading) {
    struct buffer form = {0};
    uint32_t *meant = ARENA_NEW(reading->arena, uint32_t, reading->word_count);
    for (size_t i = 0; i < reading->word_count; i++)
        meant[i] = singular(reading, (uint32_t)i, &form);
    for (size_t i = 0; i < reading->token_count; i++)
        reading->tokens[i].word = meant[reading->tokens[i].word];
    buffer_destroy(&form);
}

const struct theme_corpus *theme_corpus_create(struct arena *arena, const char *const *answers,
                                               const size_t *weights, size_t count) {
    struct reading reading = {.arena = arena, .numbers = names_create(arena, false)};
    size_t *first = ARENA_NEW(arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_answer(&reading, answers[i]);
        first[i + 1] = reading.token_count;
    }
    join_plurals(&reading);
    buffer_destroy(&reading.folded);
    struct theme_corpus *corpus = ARENA_NEW(arena, struct theme_corpus, 1);
    *corpus = (struct theme_corpus){.answers = answers,
                                    .weights = weights,
                                    .count = count,
                                    .tokens = reading.tokens,
                                    .first = first,
                                    .word_count = reading.word_count,
                                    .words = reading.words};
    return corpus;
}
