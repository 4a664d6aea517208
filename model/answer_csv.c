#include "model/answer_csv.h"

#include "model/base/text.h"
#include "model/names.h"

#include <string.h>

enum cell_kind { CELL_ITEM, CELL_SPECIFY, CELL_CHANNEL, CELL_LANGUAGE, CELL_SHEET };

/* One column of the format. */
struct cell {
    const char *name;
    enum cell_kind kind;
    const struct item *item;
};

struct cells {
    const struct cell *all;
    size_t count;
};

struct answer_csv_layout {
    const struct questionnaire *questionnaire;
    struct cells format;
    const size_t *columns; /* per field of the file: its column in the format */
    size_t count;
};

/* The columns of the format, in their order. */
static struct cells list_cells(struct arena *arena, const struct questionnaire *questionnaire) {
    struct cell *all = ARENA_NEW(arena, struct cell, questionnaire->item_count * 2 + 3), *at = all;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[i];
        *at++ = (struct cell){item->id, CELL_ITEM, item};
        if (questionnaire_has_specify(item->question))
            *at++ = (struct cell){arena_format(arena, "%s_specify", item->id), CELL_SPECIFY, item};
    }
    *at++ = (struct cell){"channel", CELL_CHANNEL, NULL};
    *at++ = (struct cell){"language", CELL_LANGUAGE, NULL};
    *at++ = (struct cell){"sheet", CELL_SHEET, NULL};
    return (struct cells){all, (size_t)(at - all)};
}

/* --- writing --- */

void answer_csv_header(struct buffer *buffer, const struct questionnaire *questionnaire, char separator) {
    struct arena *arena = arena_create();
    struct cells cells = list_cells(arena, questionnaire);
    for (size_t i = 0; i < cells.count; i++) {
        if (i)
            buffer_append_bytes(buffer, &separator, 1);
        buffer_append(buffer, cells.all[i].name);
    }
    buffer_append_bytes(buffer, "\n", 1);
    arena_destroy(arena);
}

static void append_answer(struct buffer *buffer, const struct questionnaire *questionnaire,
                          const struct item *item, const struct answer *answers) {
    const struct answer *answer = &answers[item->index];
    bool is_text = item->question->type == QUESTION_TEXT;
    if (answer->state == ANSWER_GIVEN && is_text)
        csv_append(buffer, answer->text, ',');
    else if (answer->state == ANSWER_NOT_ASKED && answer_is_asked(questionnaire, item, answers))
        buffer_append(buffer, "not_asked");
    else
        answer_format(buffer, item, answer); /* neither codes, numbers nor dates need quotes */
    if (!questionnaire_has_specify(item->question))
        return;
    buffer_append_bytes(buffer, ",", 1);
    if (answer->state == ANSWER_GIVEN && answer->specify)
        csv_append(buffer, answer->specify, ',');
}

void answer_csv_record(struct buffer *buffer, const struct questionnaire *questionnaire,
                       const struct response *response) {
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        append_answer(buffer, questionnaire, &questionnaire->items[i], response->answers);
        buffer_append_bytes(buffer, ",", 1);
    }
    buffer_format(buffer, "%s,%s,", answer_channel_name(response->channel),
                  questionnaire->languages[response->language]);
    if (response->sheet)
        buffer_format(buffer, "%lld", (long long)response->sheet);
    buffer_append_bytes(buffer, "\n", 1);
}

/* --- reading --- */

static void unknown_column(struct arena *arena, struct cells format, const char *name, struct place place,
                           struct diagnostics *diagnostics) {
    const char **names = ARENA_NEW(arena, const char *, format.count);
    for (size_t i = 0; i < format.count; i++)
        names[i] = format.all[i].name;
    const char *nearest = text_nearest(name, names, format.count);
    if (nearest)
        diagnostics_error(diagnostics, place, "unknown column \"%.100s\"; did you mean \"%s\"?", name,
                          nearest);
    else if (*name)
        diagnostics_error(diagnostics, place, "unknown column \"%.100s\": no question has this id", name);
    else
        diagnostics_error(diagnostics, place, "a column without a name");
}

static void report_missing(struct cells format, const bool *seen, struct place place,
                           struct diagnostics *diagnostics) {
    struct buffer names = {0};
    size_t count = 0;
    for (size_t i = 0; i < format.count; i++) {
        if (seen[i] || format.all[i].kind != CELL_ITEM)
            continue;
        if (count++ < 20)
            buffer_format(&names, "%s\"%s\"", count > 1 ? ", " : "", format.all[i].name);
    }
    if (count > 20)
        buffer_format(&names, " and %zu more", count - 20);
    if (count)
        diagnostics_error(diagnostics, place,
                          "the header lacks %s %s; the first line must name every question by its"
                          " id (a question without answers has empty cells)",
                          count > 1 ? "the columns" : "the column", buffer_text(&names));
    buffer_destroy(&names);
}

/* A header cell without the blanks that spreadsheet users leave around it. */
static const char *header_name(struct arena *arena, const char *field) {
    while (*field == ' ')
        field++;
    size_t length = strlen(field);
    while (length && field[length - 1] == ' ')
        length--;
    return arena_copy_bytes(arena, field, length);
}

const struct answer_csv_layout *answer_csv_layout(struct arena *arena,
                                                  const struct questionnaire *questionnaire,
                                                  const struct csv_record *header,
                                                  struct diagnostics *diagnostics) {
    struct answer_csv_layout *layout = ARENA_NEW(arena, struct answer_csv_layout, 1);
    struct cells format = list_cells(arena, questionnaire);
    struct names *names = names_create(arena, false);
    for (size_t i = 0; i < format.count; i++)
        names_add(names, format.all[i].name, i);
    bool *seen = ARENA_NEW(arena, bool, format.count);
    size_t *columns = ARENA_NEW(arena, size_t, header->count);
    struct place place = {.line = header->line};
    size_t before = diagnostics_count(diagnostics, SEVERITY_ERROR);
    for (size_t i = 0; i < header->count; i++) {
        const char *name = header_name(arena, header->fields[i]);
        columns[i] = names_find(names, name);
        if (columns[i] == NAMES_NONE)
            unknown_column(arena, format, name, place, diagnostics);
        else if (seen[columns[i]])
            diagnostics_error(diagnostics, place, "the column \"%s\" is there twice", name);
        else
            seen[columns[i]] = true;
    }
    report_missing(format, seen, place, diagnostics);
    if (diagnostics_count(diagnostics, SEVERITY_ERROR) > before)
        return NULL;
    *layout = (struct answer_csv_layout){questionnaire, format, columns, header->count};
    return layout;
}

size_t answer_csv_count(const struct answer_csv_layout *layout) {
    return layout->count;
}

/* The codes of a multiple or ranking answer, which spaces separate. */
static void split(struct arena *arena, const char *cell, struct entry *entry) {
    char *rest = arena_copy(arena, cell);
    const char **values = ARENA_NEW(arena, const char *, strlen(cell) / 2 + 1);
    size_t count = 0;
    char *place = NULL;
    for (char *word = strtok_r(rest, " \t\r\n", &place); word; word = strtok_r(NULL, " \t\r\n", &place))
        values[count++] = word;
    entry->values = values;
    entry->value_count = count;
}

static void read_item(struct arena *arena, const struct item *item, const char *cell, struct entry *entry) {
    enum question_type type = item->question->type;
    if (!strcmp(cell, "not_asked")) {
        entry->not_asked = true;
    } else if (type == QUESTION_MULTIPLE || type == QUESTION_RANKING) {
        split(arena, cell, entry);
    } else {
        const char **value = ARENA_NEW(arena, const char *, 1);
        *value = cell;
        entry->values = value;
        entry->value_count = 1;
    }
}

struct answer_csv_cells answer_csv_read(struct arena *arena, const struct answer_csv_layout *layout,
                                        const struct csv_record *record) {
    struct answer_csv_cells cells = {.channel = "", .language = "", .sheet = "", .all_empty = true};
    cells.entries = ARENA_NEW(arena, struct entry, layout->questionnaire->item_count);
    for (size_t i = 0; i < layout->count; i++) {
        const struct cell *column = &layout->format.all[layout->columns[i]];
        const char *field = record->fields[i];
        cells.all_empty = cells.all_empty && !*field;
        switch (column->kind) {
        case CELL_ITEM:
            read_item(arena, column->item, field, &cells.entries[column->item->index]);
            break;
        case CELL_SPECIFY:
            cells.entries[column->item->index].specify = field;
            break;
        case CELL_CHANNEL:
            cells.channel = field;
            break;
        case CELL_LANGUAGE:
            cells.language = field;
            break;
        case CELL_SHEET:
            cells.sheet = field;
            break;
        }
    }
    return cells;
}
