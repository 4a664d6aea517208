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

/* One combination of answers to the dimensions. `key` has one word for a single answer (option index + 1, 0:
 * none), a bit for each option of a multiple one, and last one word for the channel. */
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
    const struct item *const *dimensions;
    size_t dimension_count;
    size_t *offsets; /* of the key, in words, by dimension; the last is the channel's */
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
    tabulation->offsets = ARENA_NEW(tabulation->arena, size_t, tabulation->dimension_count + 1);
    size_t words = 0;
    for (size_t i = 0; i < tabulation->dimension_count; i++) {
        const struct question *question = tabulation->dimensions[i]->question;
        if (question->type != QUESTION_SINGLE && question->type != QUESTION_SCALE &&
            question->type != QUESTION_MULTIPLE)
            abort();
        tabulation->offsets[i] = words;
        words += question->type == QUESTION_MULTIPLE ? question->option_count / WORD_BITS + 1 : 1;
    }
    tabulation->offsets[tabulation->dimension_count] = words;
    tabulation->key_words = words + 1;
    tabulation->key = ARENA_NEW(tabulation->arena, uint64_t, tabulation->key_words);
}

struct tabulation *tabulation_create(struct arena *arena, const struct questionnaire *questionnaire,
                                     const struct item *const *dimensions, size_t dimension_count) {
    struct tabulation *tabulation = ARENA_NEW(arena, struct tabulation, 1);
    tabulation->arena = arena;
    tabulation->item_count = questionnaire->item_count;
    tabulation->dimensions = dimensions;
    tabulation->dimension_count = dimension_count;
    lay_out_counts(tabulation, questionnaire);
    lay_out_key(tabulation);
    tabulation->values = ARENA_NEW(arena, struct value_table, questionnaire->item_count);
    tabulation->texts = ARENA_NEW(arena, struct text_list, questionnaire->item_count);
    return tabulation;
}

static void write_key(struct tabulation *tabulation, const struct response *response) {
    memset(tabulation->key, 0, tabulation->key_words * sizeof *tabulation->key);
    for (size_t i = 0; i < tabulation->dimension_count; i++) {
        const struct answer *answer = &response->answers[tabulation->dimensions[i]->index];
        uint64_t *words = tabulation->key + tabulation->offsets[i];
        if (answer->state != ANSWER_GIVEN)
            continue;
        if (tabulation->dimensions[i]->question->type != QUESTION_MULTIPLE)
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

static void index_cells(struct tabulation *tabulation) {
    memset(tabulation->index, 0, tabulation->index_size * sizeof *tabulation->index);
    for (size_t i = 0; i < tabulation->cell_count; i++)
        *find_place(tabulation, tabulation->cells[i].key) = i + 1;
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
    index_cells(tabulation);
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

static void count_value(struct tabulation *tabulation, size_t item, size_t cell, double value, size_t count) {
    struct value_table *table = &tabulation->values[item];
    if (2 * table->used >= table->capacity)
        grow_values(tabulation->arena, table);
    value += 0.0; /* −0 and 0 are one value */
    struct entry_of_value *entry = find_value(table, cell, value);
    table->used += entry->count == 0;
    *entry = (struct entry_of_value){value, cell, entry->count + count};
}

static double date_number(const char *date) {
    return atoi(date) * 10000 + atoi(date + 5) * 100 + atoi(date + 8);
}

/* Keeps the text itself, which lives as long as the tabulation. */
static void keep_text(struct tabulation *tabulation, size_t item, const char *text) {
    struct text_list *list = &tabulation->texts[item];
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 32;
        const char **texts = ARENA_NEW(tabulation->arena, const char *, list->capacity);
        if (list->count)
            memcpy(texts, list->texts, list->count * sizeof *texts);
        list->texts = texts;
    }
    list->texts[list->count++] = text;
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
        count_value(tabulation, item, cell, answer->number, 1);
        break;
    case QUESTION_DATE:
        count_value(tabulation, item, cell, date_number(answer->text), 1);
        break;
    case QUESTION_TEXT:
        keep_text(tabulation, item, arena_copy(tabulation->arena, answer->text));
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

static void merge_item(struct tabulation *tabulation, const struct tabulation *other, size_t item,
                       const size_t *places) {
    const struct value_table *values = &other->values[item];
    for (size_t i = 0; i < values->capacity; i++) {
        const struct entry_of_value *entry = &values->entries[i];
        if (entry->count)
            count_value(tabulation, item, places[entry->cell], entry->value, entry->count);
    }
    for (size_t i = 0; i < other->texts[item].count; i++)
        keep_text(tabulation, item, other->texts[item].texts[i]);
}

void tabulation_merge(struct tabulation *tabulation, const struct tabulation *other) {
    size_t *places = ARENA_NEW(tabulation->arena, size_t, other->cell_count);
    for (size_t i = 0; i < other->cell_count; i++) {
        memcpy(tabulation->key, other->cells[i].key, tabulation->key_words * sizeof *tabulation->key);
        places[i] = find_cell(tabulation);
        struct cell *cell = &tabulation->cells[places[i]];
        cell->responses += other->cells[i].responses;
        for (size_t j = 0; j < tabulation->cell_size; j++)
            cell->counts[j] += other->cells[i].counts[j];
    }
    for (size_t i = 0; i < tabulation->item_count; i++)
        merge_item(tabulation, other, i, places);
}

static int compare_places(const void *one, const void *other, void *given) {
    const struct tabulation *tabulation = given;
    const uint64_t *a = tabulation->cells[*(const size_t *)one].key;
    const uint64_t *b = tabulation->cells[*(const size_t *)other].key;
    size_t at = 0;
    while (at + 1 < tabulation->key_words && a[at] == b[at])
        at++;
    return (a[at] > b[at]) - (a[at] < b[at]);
}

/* Values know their cell by its number. */
static void renumber_values(struct arena *arena, struct value_table *table, const size_t *numbers) {
    struct value_table old = *table;
    table->entries = ARENA_NEW(arena, struct entry_of_value, table->capacity);
    for (size_t i = 0; i < old.capacity; i++) {
        struct entry_of_value entry = old.entries[i];
        if (entry.count == 0)
            continue;
        entry.cell = numbers[entry.cell];
        *find_value(table, entry.cell, entry.value) = entry;
    }
}

void tabulation_end(struct tabulation *tabulation) {
    if (tabulation->cell_count == 0)
        return;
    size_t *places = ARENA_NEW(tabulation->arena, size_t, tabulation->cell_count);
    size_t *numbers = ARENA_NEW(tabulation->arena, size_t, tabulation->cell_count);
    struct cell *cells = ARENA_NEW(tabulation->arena, struct cell, tabulation->cell_capacity);
    for (size_t i = 0; i < tabulation->cell_count; i++)
        places[i] = i;
    qsort_r(places, tabulation->cell_count, sizeof *places, compare_places, tabulation);
    for (size_t i = 0; i < tabulation->cell_count; i++) {
        cells[i] = tabulation->cells[places[i]];
        numbers[places[i]] = i;
    }
    tabulation->cells = cells;
    index_cells(tabulation);
    for (size_t i = 0; i < tabulation->item_count; i++)
        renumber_values(tabulation->arena, &tabulation->values[i], numbers);
}

static bool holds(const struct tabulation *tabulation, const struct cell *cell, struct condition condition) {
    const uint64_t *words = cell->key + tabulation->offsets[condition.dimension];
    if (condition.dimension == tabulation->dimension_count)
        return words[0] == condition.code;
    if (tabulation->dimensions[condition.dimension]->question->type == QUESTION_MULTIPLE)
        return words[condition.code / WORD_BITS] >> (condition.code % WORD_BITS) & 1;
    return words[0] == condition.code + 1;
}

static bool is_selected(const struct tabulation *tabulation, const struct cell *cell,
                        struct selection selection) {
    for (size_t i = 0; i < selection.condition_count; i++)
        if (!holds(tabulation, cell, selection.conditions[i]))
            return false;
    return true;
}

/* The counts of an item among those of a cell, or of a sum of cells. */
static struct item_tally tally_of(const struct layout *layout, const size_t *counts) {
    const size_t *states = counts + layout->offset, *options = states + STATES;
    bool ranking = layout->type == QUESTION_RANKING;
    return (struct item_tally){states, options, ranking ? options + layout->options : NULL,
                               ranking ? options + 2 * layout->options : NULL};
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
    for (size_t i = 0; i < tabulation->item_count; i++)
        items[i] = tally_of(&tabulation->layouts[i], sum);
    return tally;
}

size_t tabulation_responses(const struct tabulation *tabulation, struct selection selection) {
    size_t sum = 0;
    for (size_t i = 0; i < tabulation->cell_count; i++)
        if (is_selected(tabulation, &tabulation->cells[i], selection))
            sum += tabulation->cells[i].responses;
    return sum;
}

size_t tabulation_cell_count(const struct tabulation *tabulation) {
    return tabulation->cell_count;
}

size_t tabulation_cell_code(const struct tabulation *tabulation, size_t cell, size_t dimension) {
    uint64_t word = tabulation->cells[cell].key[tabulation->offsets[dimension]];
    if (dimension == tabulation->dimension_count)
        return (size_t)word;
    return word == 0 ? tabulation->dimensions[dimension]->question->option_count : (size_t)word - 1;
}

bool tabulation_cell_is_in(const struct tabulation *tabulation, size_t cell, struct selection selection) {
    return is_selected(tabulation, &tabulation->cells[cell], selection);
}

size_t tabulation_cell_responses(const struct tabulation *tabulation, size_t cell) {
    return tabulation->cells[cell].responses;
}

struct item_tally tabulation_cell_tally(const struct tabulation *tabulation, size_t cell,
                                        const struct item *item) {
    return tally_of(&tabulation->layouts[item->index], tabulation->cells[cell].counts);
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
    size_t found = 0;
    for (size_t i = 0; i < table->capacity; i++)
        found += table->entries[i].count &&
                 is_selected(tabulation, &tabulation->cells[table->entries[i].cell], selection);
    struct value_count *values = ARENA_NEW(tabulation->arena, struct value_count, found);
    found = 0;
    for (size_t i = 0; i < table->capacity; i++) {
        const struct entry_of_value *entry = &table->entries[i];
        if (entry->count && is_selected(tabulation, &tabulation->cells[entry->cell], selection))
            values[found++] = (struct value_count){entry->value, entry->count};
    }
    qsort(values, found, sizeof *values, compare_values);
    *count = merge_values(values, found);
    return values;
}

static int compare_placed_values(const void *one, const void *other) {
    const struct placed_value *a = one, *b = other;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static size_t merge_placed_values(struct placed_value *values, size_t count) {
    size_t merged = 0;
    for (size_t i = 0; i < count; i++)
        if (merged && compare_placed_values(&values[merged - 1], &values[i]) == 0)
            values[merged - 1].count += values[i].count;
        else
            values[merged++] = values[i];
    return merged;
}

const struct placed_value *tabulation_placed_values(struct arena *arena, const struct tabulation *tabulation,
                                                    const struct item *item, struct selection selection,
                                                    const size_t *place_of, size_t *count) {
    const struct value_table *table = &tabulation->values[item->index];
    struct placed_value *values = ARENA_NEW(arena, struct placed_value, table->used);
    size_t found = 0;
    for (size_t i = 0; i < table->capacity; i++) {
        const struct entry_of_value *entry = &table->entries[i];
        if (entry->count && is_selected(tabulation, &tabulation->cells[entry->cell], selection))
            values[found++] = (struct placed_value){entry->value, place_of[entry->cell], entry->count};
    }
    qsort(values, found, sizeof *values, compare_placed_values);
    *count = merge_placed_values(values, found);
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
