#include "analysis/tabulation.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { STATES = ANSWER_NOT_ASKED + 1, WORD_BITS = 64 };

/* Where the counts of an item lie in a cell: its states, then its options (a ranking's three times). */
struct layout {
    size_t offset;
    size_t options;
    enum question_type type;
};

/* One combination of breakdown answers. `key` has one word for a single answer (option index + 1, 0: none),
 * a bit for each option of a multiple one, and last one word for the channel. */
struct cell {
    const uint64_t *key;
    size_t responses;
    size_t *counts;
};

/* How often a value was given to one item in one cell; empty while `count` is 0. */
struct entry_of_value {
    double value;
    size_t cell;
    size_t count;
};

/* Open addressing; `capacity` is a power of two, and at most half of it is used. */
struct value_table {
    struct entry_of_value *entries;
    size_t capacity, used;
};

struct text_list {
    const char **texts;
    size_t count, capacity;
};

struct tabulation {
    struct arena *arena;
    size_t item_count;
    struct layout *layouts;
    size_t cell_size; /* counts in a cell */
    const struct item *const *by;
    size_t by_count;
    size_t *by_offset; /* of the key, in words; by_count is the channel's */
    size_t key_words;
    uint64_t *key; /* of the response being counted */
    struct cell *cells;
    size_t cell_count, cell_capacity;
    size_t *index; /* hash → cell + 1, 0: empty; always twice as long as `cells` */
    size_t index_size;
    struct value_table *values; /* by item; used for numbers and dates */
    struct text_list *texts;    /* by item; used for texts */
};

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0xFF51AFD7ED558CCD);
    return hash ^ (hash >> 32);
}

static void lay_out_counts(struct tabulation *tabulation, const struct questionnaire *questionnaire) {
    tabulation->layouts = ARENA_NEW(tabulation->arena, struct layout, questionnaire->item_count);
    size_t offset = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct question *question = questionnaire->items[i].question;
        size_t options = question->option_count;
        tabulation->layouts[i] = (struct layout){offset, options, question->type};
        offset += STATES + (question->type == QUESTION_RANKING ? 3 * options : options);
    }
    tabulation->cell_size = offset;
}

static void lay_out_key(struct tabulation *tabulation) {
    tabulation->by_offset = ARENA_NEW(tabulation->arena, size_t, tabulation->by_count + 1);
    size_t words = 0;
    for (size_t i = 0; i < tabulation->by_count; i++) {
        const struct question *question = tabulation->by[i]->question;
        if (question->type != QUESTION_SINGLE && question->type != QUESTION_SCALE &&
            question->type != QUESTION_MULTIPLE)
            abort();
        tabulation->by_offset[i] = words;
        words += question->type == QUESTION_MULTIPLE ? question->option_count / WORD_BITS + 1 : 1;
    }
    tabulation->by_offset[tabulation->by_count] = words;
    tabulation->key_words = words + 1;
    tabulation->key = ARENA_NEW(tabulation->arena, uint64_t, tabulation->key_words);
}

struct tabulation *tabulation_create(struct arena *arena, const struct questionnaire *questionnaire,
                                     const struct item *const *by, size_t by_count) {
    struct tabulation *tabulation = ARENA_NEW(arena, struct tabulation, 1);
    tabulation->arena = arena;
    tabulation->item_count = questionnaire->item_count;
    tabulation->by = by;
    tabulation->by_count = by_count;
    lay_out_counts(tabulation, questionnaire);
    lay_out_key(tabulation);
    tabulation->values = ARENA_NEW(arena, struct value_table, questionnaire->item_count);
    tabulation->texts = ARENA_NEW(arena, struct text_list, questionnaire->item_count);
    return tabulation;
}

static void write_key(struct tabulation *tabulation, const struct response *response) {
    memset(tabulation->key, 0, tabulation->key_words * sizeof *tabulation->key);
    for (size_t i = 0; i < tabulation->by_count; i++) {
        const struct answer *answer = &response->answers[tabulation->by[i]->index];
        uint64_t *words = tabulation->key + tabulation->by_offset[i];
        if (answer->state != ANSWER_GIVEN)
            continue;
        if (tabulation->by[i]->question->type != QUESTION_MULTIPLE)
            words[0] = answer->choices[0] + 1;
        else
            for (size_t j = 0; j < answer->choice_count; j++)
                words[answer->choices[j] / WORD_BITS] |= UINT64_C(1) << (answer->choices[j] % WORD_BITS);
    }
    tabulation->key[tabulation->key_words - 1] = (uint64_t)response->channel;
}

/* The place in the index where the key is, or where it belongs. */
static size_t *find_place(const struct tabulation *tabulation, const uint64_t *key) {
    uint64_t hash = 0;
    for (size_t i = 0; i < tabulation->key_words; i++)
        hash = mix(hash, key[i]);
    size_t at = (size_t)hash & (tabulation->index_size - 1);
    while (tabulation->index[at] && memcmp(tabulation->cells[tabulation->index[at] - 1].key, key,
                                           tabulation->key_words * sizeof *key) != 0)
        at = (at + 1) & (tabulation->index_size - 1);
    return &tabulation->index[at];
}

static void grow_cells(struct tabulation *tabulation) {
    size_t capacity = tabulation->cell_capacity ? 2 * tabulation->cell_capacity : 16;
    struct cell *cells = ARENA_NEW(tabulation->arena, struct cell, capacity);
    if (tabulation->cell_count)
        memcpy(cells, tabulation->cells, tabulation->cell_count * sizeof *cells);
    tabulation->cells = cells;
    tabulation->cell_capacity = capacity;
    tabulation->index_size = 2 * capacity;
    tabulation->index = ARENA_NEW(tabulation->arena, size_t, tabulation->index_size);
    for (size_t i = 0; i < tabulation->cell_count; i++)
        *find_place(tabulation, cells[i].key) = i + 1;
}

/* The cell of the response whose key was written; made if it is the first of its kind. */
static size_t find_cell(struct tabulation *tabulation) {
    if (tabulation->cell_count == tabulation->cell_capacity)
        grow_cells(tabulation);
    size_t *place = find_place(tabulation, tabulation->key);
    if (*place == 0) {
        uint64_t *key = ARENA_NEW(tabulation->arena, uint64_t, tabulation->key_words);
        memcpy(key, tabulation->key, tabulation->key_words * sizeof *key);
        size_t *counts = ARENA_NEW(tabulation->arena, size_t, tabulation->cell_size);
        tabulation->cells[tabulation->cell_count++] = (struct cell){key, 0, counts};
        *place = tabulation->cell_count;
    }
    return *place - 1;
}

static struct entry_of_value *find_value(const struct value_table *table, size_t cell, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    size_t at = (size_t)mix(mix(0, cell), bits) & (table->capacity - 1);
    while (table->entries[at].count && (table->entries[at].cell != cell || table->entries[at].value != value))
        at = (at + 1) & (table->capacity - 1);
    return &table->entries[at];
}

static void grow_values(struct arena *arena, struct value_table *table) {
    struct value_table old = *table;
    table->capacity = old.capacity ? 2 * old.capacity : 64;
    table->entries = ARENA_NEW(arena, struct entry_of_value, table->capacity);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].count)
            *find_value(table, old.entries[i].cell, old.entries[i].value) = old.entries[i];
}

static void count_value(struct tabulation *tabulation, size_t item, size_t cell, double value) {
    struct value_table *table = &tabulation->values[item];
    if (2 * table->used >= table->capacity)
        grow_values(tabulation->arena, table);
    value += 0.0; /* −0 and 0 are one value */
    struct entry_of_value *entry = find_value(table, cell, value);
    table->used += entry->count == 0;
    *entry = (struct entry_of_value){value, cell, entry->count + 1};
}

static double date_number(const char *date) {
    return atoi(date) * 10000 + atoi(date + 5) * 100 + atoi(date + 8);
}

static void keep_text(struct tabulation *tabulation, size_t item, const char *text) {
    struct text_list *list = &tabulation->texts[item];
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 32;
        const char **texts = ARENA_NEW(tabulation->arena, const char *, list->capacity);
        if (list->count)
            memcpy(texts, list->texts, list->count * sizeof *texts);
        list->texts = texts;
    }
    list->texts[list->count++] = arena_copy(tabulation->arena, text);
}

static void count_ranking(size_t *counts, size_t options, const struct answer *answer) {
    if (answer->choice_count)
        counts[answer->choices[0]]++;
    for (size_t rank = 0; rank < answer->choice_count; rank++) {
        counts[options + answer->choices[rank]]++;
        counts[2 * options + answer->choices[rank]] += rank + 1;
    }
}

static void count_given(struct tabulation *tabulation, size_t item, size_t cell,
                        const struct answer *answer) {
    const struct layout *layout = &tabulation->layouts[item];
    size_t *counts = tabulation->cells[cell].counts + layout->offset + STATES;
    switch (layout->type) {
    case QUESTION_SINGLE:
    case QUESTION_SCALE:
    case QUESTION_MULTIPLE:
        for (size_t i = 0; i < answer->choice_count; i++)
            counts[answer->choices[i]]++;
        break;
    case QUESTION_RANKING:
        count_ranking(counts, layout->options, answer);
        break;
    case QUESTION_NUMBER:
        count_value(tabulation, item, cell, answer->number);
        break;
    case QUESTION_DATE:
        count_value(tabulation, item, cell, date_number(answer->text));
        break;
    case QUESTION_TEXT:
        keep_text(tabulation, item, answer->text);
        break;
    }
}

void tabulation_add(struct tabulation *tabulation, const struct response *response) {
    write_key(tabulation, response);
    size_t cell = find_cell(tabulation);
    tabulation->cells[cell].responses++;
    size_t *counts = tabulation->cells[cell].counts;
    for (size_t i = 0; i < tabulation->item_count; i++) {
        const struct answer *answer = &response->answers[i];
        counts[tabulation->layouts[i].offset + answer->state]++;
        if (answer->state == ANSWER_GIVEN)
            count_given(tabulation, i, cell, answer);
    }
}

static bool is_selected(const struct tabulation *tabulation, const struct cell *cell,
                        struct selection selection) {
    if (selection.by == TABULATION_WHOLE)
        return true;
    const uint64_t *words = cell->key + tabulation->by_offset[selection.by];
    if (selection.by == tabulation->by_count)
        return words[0] == selection.code;
    if (tabulation->by[selection.by]->question->type == QUESTION_MULTIPLE)
        return words[selection.code / WORD_BITS] >> (selection.code % WORD_BITS) & 1;
    return words[0] == selection.code + 1;
}

struct tally tabulation_sum(const struct tabulation *tabulation, struct selection selection) {
    size_t *sum = ARENA_NEW(tabulation->arena, size_t, tabulation->cell_size);
    struct item_tally *items = ARENA_NEW(tabulation->arena, struct item_tally, tabulation->item_count);
    struct tally tally = {0, items};
    for (size_t i = 0; i < tabulation->cell_count; i++) {
        const struct cell *cell = &tabulation->cells[i];
        if (!is_selected(tabulation, cell, selection))
            continue;
        tally.responses += cell->responses;
        for (size_t j = 0; j < tabulation->cell_size; j++)
            sum[j] += cell->counts[j];
    }
    for (size_t i = 0; i < tabulation->item_count; i++) {
        const struct layout *layout = &tabulation->layouts[i];
        const size_t *states = sum + layout->offset, *options = states + STATES;
        bool ranking = layout->type == QUESTION_RANKING;
        items[i] = (struct item_tally){states, options, ranking ? options + layout->options : NULL,
                                       ranking ? options + 2 * layout->options : NULL};
    }
    return tally;
}

size_t tabulation_cell_count(const struct tabulation *tabulation) {
    return tabulation->cell_count;
}

size_t tabulation_cell_group(const struct tabulation *tabulation, size_t cell, size_t by) {
    uint64_t word = tabulation->cells[cell].key[tabulation->by_offset[by]];
    if (by == tabulation->by_count)
        return (size_t)word;
    return word == 0 ? tabulation->by[by]->question->option_count : (size_t)word - 1;
}

size_t tabulation_cell_expressed(const struct tabulation *tabulation, size_t cell, const struct item *item) {
    return tabulation->cells[cell].counts[tabulation->layouts[item->index].offset + ANSWER_GIVEN];
}

static int compare_values(const void *one, const void *other) {
    double a = ((const struct value_count *)one)->value, b = ((const struct value_count *)other)->value;
    return (a > b) - (a < b);
}

/* Makes one of the neighbours that have the same value; gives how many are left. */
static size_t merge_values(struct value_count *values, size_t count) {
    size_t merged = 0;
    for (size_t i = 0; i < count; i++)
        if (merged && values[merged - 1].value == values[i].value)
            values[merged - 1].count += values[i].count;
        else
            values[merged++] = values[i];
    return merged;
}

const struct value_count *tabulation_values(const struct tabulation *tabulation, const struct item *item,
                                            struct selection selection, size_t *count) {
    const struct value_table *table = &tabulation->values[item->index];
    struct value_count *values = ARENA_NEW(tabulation->arena, struct value_count, table->used);
    size_t found = 0;
    for (size_t i = 0; i < table->capacity; i++) {
        const struct entry_of_value *entry = &table->entries[i];
        if (entry->count && is_selected(tabulation, &tabulation->cells[entry->cell], selection))
            values[found++] = (struct value_count){entry->value, entry->count};
    }
    qsort(values, found, sizeof *values, compare_values);
    *count = merge_values(values, found);
    return values;
}

static int compare_texts(const void *one, const void *other) {
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

const char *const *tabulation_texts(const struct tabulation *tabulation, const struct item *item,
                                    size_t *count) {
    const struct text_list *list = &tabulation->texts[item->index];
    const char **texts = ARENA_NEW(tabulation->arena, const char *, list->count);
    if (list->count) {
        memcpy(texts, list->texts, list->count * sizeof *texts);
        qsort(texts, list->count, sizeof *texts, compare_texts);
    }
    *count = list->count;
    return texts;
}
