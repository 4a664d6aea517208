#include "model/questionnaire_reading.h"

#include "model/reader_unknown.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { SIZE_MOST = 1000000000 };

static const char *const channels[] = {"web", "paper"};

/* What a key of the population can be. */
struct margin_names {
    const char **all; /* for hints: keys and single-choice questions */
    size_t count;
    struct names *questions; /* of any type, to their index */
};

static struct margin_names collect_names(struct reading *reading) {
    struct arena *arena = reading->reader.arena;
    const struct questionnaire *questionnaire = reading->questionnaire;
    struct margin_names names = {.all = ARENA_NEW(arena, const char *, questionnaire->question_count + 2),
                                 .questions = names_create(arena, false)};
    names.all[names.count++] = "size";
    names.all[names.count++] = "channel";
    for (size_t i = 0; i < questionnaire->question_count; i++) {
        const struct question *question = &questionnaire->questions[i];
        names_add(names.questions, question->id, i);
        if (question->type == QUESTION_SINGLE && !reading->questions[i].broken)
            names.all[names.count++] = question->id;
    }
    return names;
}

/* The single-choice question a margin is of; NULL after a mistake. */
static const struct item *find_item(struct reading *reading, const struct margin_names *names,
                                    const struct yaml_node *map, size_t index) {
    const struct yaml_node *key = map->entries[index].key;
    size_t found = names_find(names->questions, key->text);
    if (found == NAMES_NONE) {
        reader_unknown_key(&reading->reader, map, index, "question or key", names->all, names->count);
        return NULL;
    }
    const struct question *question = &reading->questionnaire->questions[found];
    if (reading->questions[found].broken)
        return NULL;
    if (question->type == QUESTION_SINGLE)
        return &question->items[0];
    diagnostics_error(
        reading->reader.diagnostics, key->place,
        "\"%s\" is not a question of the type single: only such a question (or the channel) has "
        "margins",
        key->text);
    return NULL;
}

/* Every category has to have its number, zero included: a forgotten one would be taken for empty. */
static bool read_sizes(struct reading *reading, const struct yaml_node *map, const struct yaml_node *key,
                       const char *const *codes, size_t count, size_t *sizes, size_t *sum) {
    struct reader *reader = &reading->reader;
    bool good = true;
    *sum = 0;
    struct reader_shape shape = {arena_format(reader->arena, "the numbers of \"%s\"", key->text), codes,
                                 count};
    if (!reader_map(reader, map, &shape))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *value = yaml_value(map, codes[i]);
        if (!value && !reader_unknown_means(map, codes[i], codes, count))
            diagnostics_error(reader->diagnostics, key->place,
                              "the margin \"%s\" does not say how many are \"%s\"", key->text, codes[i]);
        good = value && reader_whole(reader, value, 0, SIZE_MOST, &sizes[i]) && good;
        *sum += sizes[i];
    }
    for (size_t i = 0; i < map->count && good; i++) {
        size_t known = 0;
        while (known < count && strcmp(map->entries[i].key->text, codes[known]) != 0)
            known++;
        good = known < count;
    }
    return good;
}

static void read_margin(struct reading *reading, const struct margin_names *names,
                        const struct yaml_node *node, size_t index) {
    struct arena *arena = reading->reader.arena;
    struct population *population = &reading->questionnaire->population;
    const struct yaml_node *key = node->entries[index].key;
    const struct item *item = strcmp(key->text, "channel") ? find_item(reading, names, node, index) : NULL;
    if (!item && strcmp(key->text, "channel") != 0)
        return;
    size_t count = item ? item->question->option_count : COUNT(channels), sum;
    const char **codes = ARENA_NEW(arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        codes[i] = item ? item->question->options[i].code : channels[i];
    size_t *sizes = ARENA_NEW(arena, size_t, count);
    struct margin *margin = &reading->margins[population->margin_count++];
    *margin = (struct margin){.item = item, .sizes = sizes, .place = key->place};
    if (read_sizes(reading, node->entries[index].value, key, codes, count, sizes, &sum) && population->size &&
        sum != population->size)
        diagnostics_error(reading->reader.diagnostics, key->place,
                          "the numbers of \"%s\" add up to %zu, but \"size:\" is %zu", key->text, sum,
                          population->size);
}

void questionnaire_population_read(struct reading *reading, const struct yaml_node *node) {
    struct reader *reader = &reading->reader;
    struct population *population = &reading->questionnaire->population;
    if (node->kind != YAML_MAP) {
        reader_unexpected(reader, node, "a population (a map with \"size:\" and margins)");
        return;
    }
    const struct yaml_node *size = yaml_value(node, "size");
    population->place = size ? size->place : node->place;
    if (size)
        reader_whole(reader, size, 1, SIZE_MOST, &population->size);
    else
        diagnostics_error(reader->diagnostics, node->place,
                          "the population has no \"size:\": how many people were invited");
    const struct margin_names names = collect_names(reading);
    population->margins = reading->margins = ARENA_NEW(reader->arena, struct margin, node->count);
    for (size_t i = 0; i < node->count; i++)
        if (strcmp(node->entries[i].key->text, "size") != 0)
            read_margin(reading, &names, node, i);
}
