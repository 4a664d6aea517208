#include "analysis/theme_frequent.h"

#include "analysis/theme_fold.h"
#include "model/names.h"

#include <stdlib.h>
#include <string.h>

/* What one answer alone holds is not frequent. */
enum { COUNT_LEAST = 2, FIRST_CAPACITY = 4096 };

static const uint32_t NO_WORD = UINT32_MAX;

/* A word, or two that follow each other. */
struct phrase {
    uint32_t first, second; /* second: NO_WORD of a word alone */
    size_t count;
    size_t answer; /* the last one it was counted in, from 1 */
};

/* All phrases of a corpus: open addressing in a table that is a power of two and at most half full. */
struct phrases {
    struct phrase *all;
    size_t count, capacity;
};

static void *claim(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory)
        abort();
    return memory;
}

static struct phrase *find_place(struct phrases *phrases, uint32_t first, uint32_t second) {
    uint64_t hash = ((uint64_t)first << 32 | second) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t at = (size_t)(hash >> 20);; at++) {
        struct phrase *place = &phrases->all[at & (phrases->capacity - 1)];
        if (place->answer == 0 || (place->first == first && place->second == second))
            return place;
    }
}

static void grow(struct phrases *phrases) {
    struct phrases old = *phrases;
    phrases->capacity = old.capacity ? 2 * old.capacity : FIRST_CAPACITY;
    phrases->all = claim(phrases->capacity, sizeof *phrases->all);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.all[i].answer)
            *find_place(phrases, old.all[i].first, old.all[i].second) = old.all[i];
    free(old.all);
}

/* Once for an answer, however often it holds the phrase. */
static void note(struct phrases *phrases, uint32_t first, uint32_t second, size_t answer, size_t weight) {
    if (2 * phrases->count >= phrases->capacity)
        grow(phrases);
    struct phrase *place = find_place(phrases, first, second);
    if (place->answer == answer + 1)
        return;
    if (place->answer == 0) {
        *place = (struct phrase){.first = first, .second = second};
        phrases->count++;
    }
    place->count += weight;
    place->answer = answer + 1;
}

/* How many answers hold each word. */
static size_t *count_words(const struct theme_corpus *corpus) {
    size_t *counts = claim(corpus->word_count + 1, sizeof *counts);
    size_t *last = claim(corpus->word_count + 1, sizeof *last);
    for (size_t i = 0; i < corpus->count; i++)
        for (size_t at = corpus->first[i]; at < corpus->first[i + 1]; at++) {
            uint32_t word = corpus->tokens[at].word;
            counts[word] += last[word] == i + 1 ? 0 : corpus->weights[i];
            last[word] = i + 1;
        }
    free(last);
    return counts;
}

static bool makes_pair(const struct theme_corpus *corpus, size_t answer, size_t at) {
    return at > corpus->first[answer] && corpus->tokens[at].follows;
}

/* A pair is at most as frequent as its words: those of rare words, which are most, need no memory. */
static void count_pairs(const struct theme_corpus *corpus, const size_t *counts, struct phrases *phrases) {
    for (size_t i = 0; i < corpus->count; i++)
        for (size_t at = corpus->first[i]; at < corpus->first[i + 1]; at++) {
            if (!makes_pair(corpus, i, at))
                continue;
            uint32_t first = corpus->tokens[at - 1].word, second = corpus->tokens[at].word;
            if (counts[first] >= COUNT_LEAST && counts[second] >= COUNT_LEAST)
                note(phrases, first, second, i, corpus->weights[i]);
        }
}

/* --- The most frequent --- */

static int compare_phrases(const void *left, const void *right, void *given) {
    const struct phrase *one = left, *other = right;
    const char *const *words = given;
    if (one->count != other->count)
        return one->count > other->count ? -1 : 1;
    int order = strcmp(words[one->first], words[other->first]);
    if (order || one->second == NO_WORD)
        return order;
    return strcmp(words[one->second], words[other->second]);
}

/* Keeps the phrases that are frequent enough, sorted; gives how many of them are among the first `most`. */
static size_t sort_frequent(const struct theme_corpus *corpus, struct phrases *phrases, size_t most) {
    size_t count = 0;
    for (size_t i = 0; i < phrases->capacity; i++)
        if (phrases->all[i].count >= COUNT_LEAST)
            phrases->all[count++] = phrases->all[i];
    if (count)
        qsort_r(phrases->all, count, sizeof *phrases->all, compare_phrases, (void *)corpus->words);
    return count < most ? count : most;
}

/* --- As they are written --- */

/* One way of writing a phrase; forms are ways without regard to case and accents: a plural is another. */
struct writing {
    const char *text;
    size_t form, uses;
};

struct form {
    const char *text; /* the way most often written */
    size_t most, uses;
};

struct writings {
    struct arena *arena;
    struct names *texts, *forms;
    struct writing *all;
    size_t count, capacity, form_count;
};

static void note_writing(struct writings *writings, const char *text, size_t weight) {
    size_t at = names_find(writings->texts, text);
    if (at == NAMES_NONE) {
        at = writings->count++;
        if (at == writings->capacity) {
            size_t capacity = at ? 2 * at : 8;
            struct writing *all = ARENA_NEW(writings->arena, struct writing, capacity);
            if (at)
                memcpy(all, writings->all, at * sizeof *all);
            writings->all = all;
            writings->capacity = capacity;
        }
        size_t form =
            names_add(writings->forms, theme_fold_text(writings->arena, text), writings->form_count);
        writings->all[at] = (struct writing){text, form == NAMES_NONE ? writings->form_count++ : form, 0};
        names_add(writings->texts, text, at);
    }
    writings->all[at].uses += weight;
}

/* Of ways as frequent, the last in the order of bytes: without capitals, with accents. */
static bool is_better(const struct writing *writing, const struct form *form) {
    return !form->text || writing->uses > form->most ||
           (writing->uses == form->most && strcmp(writing->text, form->text) > 0);
}

static int compare_forms(const void *left, const void *right) {
    const struct form *one = left, *other = right;
    if (one->uses != other->uses)
        return one->uses > other->uses ? -1 : 1;
    size_t length = strlen(one->text), other_length = strlen(other->text);
    if (length != other_length)
        return length < other_length ? -1 : 1;
    return strcmp(other->text, one->text);
}

static const char *list_forms(const struct writings *writings) {
    struct form *forms = ARENA_NEW(writings->arena, struct form, writings->form_count);
    for (size_t i = 0; i < writings->count; i++) {
        struct form *form = &forms[writings->all[i].form];
        form->uses += writings->all[i].uses;
        if (!is_better(&writings->all[i], form))
            continue;
        form->text = writings->all[i].text;
        form->most = writings->all[i].uses;
    }
    qsort(forms, writings->form_count, sizeof *forms, compare_forms);
    const char *list = forms[0].text;
    for (size_t i = 1; i < writings->form_count; i++)
        list = arena_format(writings->arena, "%s, %s", list, forms[i].text);
    return list;
}

/* Runs of blanks as one, since that is not a way of writing. */
static const char *cut(struct arena *arena, const char *start, size_t length) {
    char *text = arena_copy_bytes(arena, start, length), *to = text;
    for (const char *from = text; *from; from++)
        if (*from != ' ' || to == text || to[-1] != ' ')
            *to++ = *from;
    *to = '\0';
    return text;
}

/* A pair is shown in the one form that is most frequent: its list would be long, and say nothing more. */
static const char *choose(struct writings *writings, bool pair) {
    const char *list = list_forms(writings);
    return pair ? arena_copy_bytes(writings->arena, list, strcspn(list, ",")) : list;
}

/* The text of each phrase of those chosen. Whose token is not of one of them is passed over. */
static struct theme_phrases write(struct arena *arena, const struct theme_corpus *corpus,
                                  const struct phrase *chosen, size_t count) {
    bool pairs = count && chosen[0].second != NO_WORD;
    struct theme_phrase *all = ARENA_NEW(arena, struct theme_phrase, count);
    struct writings *writings = ARENA_NEW(arena, struct writings, count);
    struct phrases numbers = {0}; /* by phrase: its number, as a count */
    for (size_t i = 0; i < count; i++) {
        note(&numbers, chosen[i].first, chosen[i].second, 0, i);
        writings[i] = (struct writings){
            .arena = arena, .texts = names_create(arena, false), .forms = names_create(arena, false)};
    }
    for (size_t i = 0; count && i < corpus->count; i++)
        for (size_t at = corpus->first[i]; at < corpus->first[i + 1]; at++) {
            if (pairs && !makes_pair(corpus, i, at))
                continue;
            const struct theme_token *last = &corpus->tokens[at], *first = pairs ? last - 1 : last;
            const struct phrase *found = find_place(&numbers, first->word, pairs ? last->word : NO_WORD);
            if (found->answer)
                note_writing(
                    &writings[found->count],
                    cut(arena, corpus->answers[i] + first->start, last->start + last->length - first->start),
                    corpus->weights[i]);
        }
    for (size_t i = 0; i < count; i++)
        all[i] = (struct theme_phrase){choose(&writings[i], pairs), chosen[i].count};
    free(numbers.all);
    return (struct theme_phrases){all, count};
}

struct theme_phrases theme_frequent_words(struct arena *arena, const struct theme_corpus *corpus,
                                          size_t most) {
    size_t *counts = count_words(corpus);
    struct phrases phrases = {claim(corpus->word_count + 1, sizeof(struct phrase)), 0, corpus->word_count};
    for (size_t i = 0; i < corpus->word_count; i++)
        phrases.all[i] = (struct phrase){(uint32_t)i, NO_WORD, counts[i], 1};
    size_t count = sort_frequent(corpus, &phrases, most);
    struct theme_phrases frequent = write(arena, corpus, phrases.all, count);
    free(phrases.all);
    free(counts);
    return frequent;
}

struct theme_phrases theme_frequent_pairs(struct arena *arena, const struct theme_corpus *corpus,
                                          size_t most) {
    size_t *counts = count_words(corpus);
    struct phrases phrases = {0};
    count_pairs(corpus, counts, &phrases);
    size_t count = sort_frequent(corpus, &phrases, most);
    struct theme_phrases frequent = write(arena, corpus, phrases.all, count);
    free(phrases.all);
    free(counts);
    return frequent;
}
