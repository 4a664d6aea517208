#include "model/column.h"

#include <string.h>

/* Whether a code is a whole number as it would be printed again: 4, -1, 0, but not 04, +4, -0, and of at most
 * 18 digits. */
static bool is_whole(const char *code) {
    const char *digits = code + (*code == '-');
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || count > 18 || digits[count])
        return false;
    return digits[0] != '0' || (count == 1 && digits == code);
}

static enum column_type code_type(const struct question *question) {
    for (size_t i = 0; i < question->option_count; i++)
        if (!is_whole(question->options[i].code))
            return COLUMN_STRING;
    return COLUMN_INTEGER;
}

static struct column plain_column(const struct item *item) {
    const struct question *question = item->question;
    struct column column = {.name = item->id, .type = COLUMN_STRING, .item = item};
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_SCALE:
    case QUESTION_MULTIPLE: /* kept as ticks instead */
        column.kind = COLUMN_CODE;
        column.type = code_type(question);
        break;
    case QUESTION_NUMBER:
        column.kind = COLUMN_NUMBER;
        column.type = question->decimals ? COLUMN_REAL : COLUMN_INTEGER;
        break;
    case QUESTION_TEXT:
        column.kind = COLUMN_TEXT;
        break;
    case QUESTION_DATE:
        column.kind = COLUMN_DATE;
        break;
    case QUESTION_RANKING:
        column.kind = COLUMN_RANKING;
        break;
    }
    return column;
}

static size_t column_count(const struct item *item) {
    size_t count = item->question->type == QUESTION_MULTIPLE ? item->question->option_count : 1;
    return count + questionnaire_has_specify(item->question);
}

/* Writes the columns of an item to `at`; gives the place behind them. */
static struct column *add_item(struct arena *arena, struct column *at, const struct item *item) {
    const struct question *question = item->question;
    if (question->type == QUESTION_MULTIPLE) {
        for (size_t i = 0; i < question->option_count; i++)
            *at++ = (struct column){.name = arena_format(arena, "%s_%s", item->id, question->options[i].code),
                                    .kind = COLUMN_TICK,
                                    .type = COLUMN_INTEGER,
                                    .item = item,
                                    .option = i};
    } else {
        *at++ = plain_column(item);
    }
    if (questionnaire_has_specify(question))
        *at++ = (struct column){.name = arena_format(arena, "%s_specify", item->id),
                                .kind = COLUMN_SPECIFY,
                                .type = COLUMN_STRING,
                                .item = item};
    return at;
}

struct columns column_list(struct arena *arena, const struct questionnaire *questionnaire) {
    size_t count = 0;
    size_t *first = ARENA_NEW(arena, size_t, questionnaire->item_count + 1);
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        first[i] = count;
        count += column_count(&questionnaire->items[i]);
    }
    first[questionnaire->item_count] = count;
    struct column *all = ARENA_NEW(arena, struct column, count), *at = all;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        at = add_item(arena, at, &questionnaire->items[i]);
    return (struct columns){.all = all, .count = count, .first = first};
}

const char *column_type_name(enum column_type type) {
    return type == COLUMN_INTEGER ? "INTEGER" : type == COLUMN_REAL ? "REAL" : "TEXT";
}

const struct column *column_find(const struct columns *columns, const char *name) {
    for (size_t i = 0; i < columns->count; i++)
        if (!strcmp(columns->all[i].name, name))
            return &columns->all[i];
    return NULL;
}
