#include "model/questionnaire_reading.h"

/* SQLite allows 2 000 columns in a table; some are the store's own. */
enum { COLUMNS_MOST = 1900 };

struct columns {
    struct reading *reading;
    struct names *stored;   /* columns of the store, to `places` */
    struct names *exported; /* columns of the CSV files */
    struct place *places;
    size_t count, capacity;
    size_t stored_count;
    bool too_many;
};

/* --- ids --- */

static void check_id(struct reading *reading, struct names *ids, const struct place *places, const char *id,
                     size_t index) {
    size_t first = *id ? names_add(ids, id, index) : NAMES_NONE;
    if (first != NAMES_NONE)
        diagnostics_error(reading->reader.diagnostics, places[index],
                          "the id \"%s\" is used twice (first on line %u)", id, places[first].line);
}

/* Questions and items share one space of names. The item of a question that is no grid is the question. */
static void check_ids(struct reading *reading) {
    const struct questionnaire *questionnaire = reading->questionnaire;
    struct arena *arena = reading->reader.arena;
    struct names *ids = names_create(arena, true);
    struct place *places =
        ARENA_NEW(arena, struct place, questionnaire->question_count + questionnaire->item_count);
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->question_count; i++) {
        const struct question *question = &questionnaire->questions[i];
        places[count] = question->place;
        check_id(reading, ids, places, question->id, count++);
        for (size_t j = 0; question->is_grid && j < question->item_count; j++) {
            places[count] = question->items[j].place;
            check_id(reading, ids, places, question->items[j].id, count++);
        }
    }
}

/* --- columns --- */

static size_t note_place(struct columns *columns, struct place place) {
    if (columns->count == columns->capacity) {
        size_t capacity = columns->capacity ? columns->capacity * 2 : 64;
        struct place *grown = ARENA_NEW(columns->reading->reader.arena, struct place, capacity);
        for (size_t i = 0; i < columns->count; i++)
            grown[i] = columns->places[i];
        columns->places = grown;
        columns->capacity = capacity;
    }
    columns->places[columns->count] = place;
    return columns->count++;
}

static bool add_to(struct columns *columns, struct names *names, const char *column, size_t index) {
    size_t first = names_add(names, column, index);
    if (first == NAMES_NONE)
        return true;
    diagnostics_error(columns->reading->reader.diagnostics, columns->places[index],
                      "this gives the column \"%s\", as line %u does: rename one of the two", column,
                      columns->places[first].line);
    return false;
}

static void add_column(struct columns *columns, const char *column, struct place place, bool stored,
                       bool exported) {
    size_t index = note_place(columns, place);
    bool good = !stored || add_to(columns, columns->stored, column, index);
    if (good && exported)
        add_to(columns, columns->exported, column, index);
    columns->stored_count += stored;
    if (columns->stored_count <= COLUMNS_MOST || columns->too_many)
        return;
    columns->too_many = true;
    diagnostics_error(columns->reading->reader.diagnostics, place,
                      "more than %d columns from here on; a questionnaire cannot have more answers",
                      (int)COLUMNS_MOST);
}

/* A list shared by several questions gives its columns where the question stands. */
static struct place option_place(const struct question *question, size_t option) {
    return question->scale ? question->place : question->options[option].place;
}

static void add_options(struct columns *columns, const struct item *item) {
    struct arena *arena = columns->reading->reader.arena;
    const struct question *question = item->question;
    bool multiple = question->type == QUESTION_MULTIPLE;
    /* Codes of one list that are alike were already told of. */
    struct names *codes = names_create(arena, true);
    for (size_t i = 0; i < question->option_count; i++) {
        const struct option *option = &question->options[i];
        if (multiple && *option->code && !columns->too_many &&
            names_add(codes, option->code, i) == NAMES_NONE)
            add_column(columns, arena_format(arena, "%s_%s", item->id, option->code),
                       option_place(question, i), true, false);
    }
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].specify) {
            add_column(columns, arena_format(arena, "%s_specify", item->id), option_place(question, i), true,
                       true);
            return;
        }
}

bool questionnaire_names_check(struct reading *reading) {
    struct arena *arena = reading->reader.arena;
    struct columns columns = {
        .reading = reading, .stored = names_create(arena, true), .exported = names_create(arena, true)};
    check_ids(reading);
    /* An id used twice was already told of, and gives its columns once. */
    struct names *seen = names_create(arena, true);
    for (size_t i = 0; i < reading->questionnaire->item_count; i++) {
        const struct item *item = &reading->all_items[i];
        if (!reading->item_id_good[i] || names_add(seen, item->id, i) != NAMES_NONE)
            continue;
        add_column(&columns, item->id, item->place, item->question->type != QUESTION_MULTIPLE, true);
        add_options(&columns, item);
        if (columns.too_many)
            return false;
    }
    return true;
}
