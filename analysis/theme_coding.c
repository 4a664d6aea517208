#include "analysis/theme_coding.h"

#include "analysis/theme_fold.h"
#include "model/base/buffer.h"
#include "model/base/digest.h"
#include "model/names.h"

#include <stdlib.h>
#include <string.h>

/* --- The identity of an answer --- */

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Puts the text into `to`, which has room for all of it. */
static void settle(const char *answer, char *to) {
    char *at = to;
    for (const char *from = answer; *from; from++)
        if (!is_blank(*from))
            *at++ = *from;
        else if (at > to && at[-1] != ' ')
            *at++ = ' ';
    if (at > to && at[-1] == ' ')
        at--;
    *at = '\0';
}

const char *theme_coding_text(struct arena *arena, const char *answer) {
    char *text = arena_copy(arena, answer);
    settle(answer, text);
    return text;
}

void theme_coding_id(const char *answer, char id[static THEME_ID_SIZE]) {
    char hex[DIGEST_HEX_SIZE], *text = strdup(answer);
    if (!text)
        abort();
    settle(answer, text);
    digest_sha256(text, strlen(text), hex);
    free(text);
    id[0] = 'a';
    memcpy(id + 1, hex, THEME_ID_SIZE - 2);
    id[THEME_ID_SIZE - 1] = '\0';
}

/* --- Finding rows --- */

struct theme_index {
    struct arena *arena;
    const struct theme_coding *coding;
    struct names *ids;
};

struct theme_index *theme_coding_index(struct arena *arena, const struct theme_coding *coding) {
    struct theme_index *index = ARENA_NEW(arena, struct theme_index, 1);
    *index = (struct theme_index){arena, coding, names_create(arena, false)};
    for (size_t i = 0; i < coding->count; i++)
        names_add(index->ids, coding->rows[i].id, i);
    return index;
}

struct theme_row *theme_coding_find(const struct theme_index *index, const char *answer) {
    char id[THEME_ID_SIZE];
    theme_coding_id(answer, id);
    size_t at = names_find(index->ids, id);
    return at == NAMES_NONE ? NULL : &index->coding->rows[at];
}

/* --- Cells --- */

bool theme_coding_same(const char *one, const char *other) {
    struct buffer folded[2] = {{0}, {0}};
    theme_fold_append(&folded[0], one, strlen(one));
    theme_fold_append(&folded[1], other, strlen(other));
    bool same = !strcmp(buffer_text(&folded[0]), buffer_text(&folded[1]));
    buffer_destroy(&folded[0]);
    buffer_destroy(&folded[1]);
    return same;
}

static bool is_among(const char *name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (theme_coding_same(name, names[i]))
            return true;
    return false;
}

/* A line end within the cell parts themes, too: whoever types it means no other. */
const char *const *theme_coding_split(struct arena *arena, const char *cell, size_t *count) {
    size_t most = 1;
    for (const char *at = cell; *at; at++)
        most += *at == ';' || *at == '\n' || *at == '\r';
    const char **names = ARENA_NEW(arena, const char *, most);
    *count = 0;
    for (const char *at = cell;; at++) {
        size_t length = strcspn(at, ";\n\r");
        const char *name = theme_coding_text(arena, arena_copy_bytes(arena, at, length));
        if (*name && !is_among(name, names, *count))
            names[(*count)++] = name;
        at += length;
        if (!*at)
            return names;
    }
}

bool theme_coding_is_touched(const struct theme_coding *coding, const struct theme_row *row) {
    for (size_t i = 0; i < THEME_CELLS; i++)
        if (*row->cells[i])
            return true;
    for (size_t i = 0; i < coding->other_count; i++)
        if (*row->others[i])
            return true;
    return false;
}

/* --- New answers --- */

static int compare_rows(const void *left, const void *right) {
    const struct theme_row *one = left, *other = right;
    int order = strcmp(one->answer, other->answer);
    return order ? order : strcmp(one->id, other->id);
}

static const char *const *empty_cells(struct arena *arena, size_t count) {
    const char **cells = ARENA_NEW(arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        cells[i] = "";
    return cells;
}

/* Of answers that differ in blanks only, the first in the order of bytes is shown. */
static void add_answer(struct arena *arena, struct theme_coding *coding, struct names *ids,
                       const char *answer) {
    char id[THEME_ID_SIZE];
    theme_coding_id(answer, id);
    size_t at = names_find(ids, id);
    if (at == NAMES_NONE) {
        at = coding->count++;
        coding->rows[at] = (struct theme_row){.answer = answer,
                                              .id = arena_copy(arena, id),
                                              .cells = {"", "", "", ""},
                                              .others = empty_cells(arena, coding->other_count),
                                              .is_new = true};
        names_add(ids, coding->rows[at].id, at);
    }
    struct theme_row *row = &coding->rows[at];
    row->count++;
    if (strcmp(answer, row->answer) < 0)
        row->answer = answer;
}

static void take_over(struct theme_row *row, const struct theme_row *earlier) {
    memcpy(row->cells, earlier->cells, sizeof row->cells);
    row->others = earlier->others;
    row->line = earlier->line;
    row->is_new = false;
}

struct theme_coding *theme_coding_merge(struct arena *arena, const struct theme_coding *earlier,
                                        const char *const *answers, size_t count) {
    static const struct theme_coding nothing;
    const struct theme_coding *old = earlier ? earlier : &nothing;
    struct theme_coding *coding = ARENA_NEW(arena, struct theme_coding, 1);
    *coding = *old;
    coding->count = 0;
    coding->rows = ARENA_NEW(arena, struct theme_row, count + old->count);
    struct names *ids = names_create(arena, false);
    for (size_t i = 0; i < count; i++)
        add_answer(arena, coding, ids, answers[i]);
    size_t present = coding->count;
    for (size_t i = 0; i < old->count; i++) {
        const struct theme_row *row = &old->rows[i];
        size_t at = names_find(ids, row->id);
        if (at != NAMES_NONE) {
            take_over(&coding->rows[at], row);
        } else if (theme_coding_is_touched(old, row)) {
            coding->rows[coding->count] = *row;
            coding->rows[coding->count++].count = 0;
        }
    }
    qsort(coding->rows, present, sizeof *coding->rows, compare_rows);
    qsort(coding->rows + present, coding->count - present, sizeof *coding->rows, compare_rows);
    return coding;
}

/* --- What counts --- */

const char *const *theme_coding_final(struct arena *arena, const struct theme_row *row, size_t *count) {
    static const enum theme_cell order[] = {THEME_SETTLED, THEME_FIRST, THEME_SECOND};
    const char *const *themes = NULL;
    *count = 0;
    for (size_t i = 0; i < sizeof order / sizeof *order && *count == 0; i++)
        themes = theme_coding_split(arena, row->cells[order[i]], count);
    return themes;
}

bool theme_coding_differs(struct arena *arena, const struct theme_row *row) {
    size_t first_count, second_count;
    const char *const *first = theme_coding_split(arena, row->cells[THEME_FIRST], &first_count);
    const char *const *second = theme_coding_split(arena, row->cells[THEME_SECOND], &second_count);
    if (first_count == 0 || second_count == 0)
        return false;
    for (size_t i = 0; i < first_count; i++)
        if (!is_among(first[i], second, second_count))
            return true;
    return first_count != second_count;
}
