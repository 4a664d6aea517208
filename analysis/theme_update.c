#include "analysis/theme_update.h"

#include "model/names.h"

#include <string.h>

/* The evaluator's own columns of both: those kept first. */
struct columns {
    const char **names;
    size_t count;
    size_t *of_copy; /* by column of the copy: its place among all */
};

static struct columns join_columns(struct arena *arena, const struct theme_coding *kept,
                                   const struct theme_coding *copy) {
    struct columns columns = {ARENA_NEW(arena, const char *, kept->other_count + copy->other_count),
                              kept->other_count, ARENA_NEW(arena, size_t, copy->other_count)};
    for (size_t i = 0; i < kept->other_count; i++)
        columns.names[i] = kept->others[i];
    for (size_t i = 0; i < copy->other_count; i++) {
        size_t at = 0;
        while (at < columns.count && strcmp(columns.names[at], copy->others[i]) != 0)
            at++;
        if (at == columns.count)
            columns.names[columns.count++] = copy->others[i];
        columns.of_copy[i] = at;
    }
    return columns;
}

static const char **widen(struct arena *arena, const struct theme_row *row, size_t count, size_t all) {
    const char **others = ARENA_NEW(arena, const char *, all);
    for (size_t i = 0; i < all; i++)
        others[i] = row && i < count ? row->others[i] : "";
    return others;
}

static size_t fill(const char **cell, const char *with) {
    size_t replaced = *with && **cell && strcmp(*cell, with) != 0;
    if (*with)
        *cell = with;
    return replaced;
}

static size_t write_over(const struct columns *columns, struct theme_row *row, const struct theme_row *copy,
                         size_t other_count) {
    size_t replaced = 0;
    const char **others = (const char **)row->others;
    for (size_t i = 0; i < THEME_CELLS; i++)
        replaced += fill(&row->cells[i], copy->cells[i]);
    for (size_t i = 0; i < other_count; i++)
        replaced += fill(&others[columns->of_copy[i]], copy->others[i]);
    return replaced;
}

struct theme_coding *theme_update(struct arena *arena, const struct theme_coding *kept,
                                  const struct theme_coding *copy, size_t *replaced) {
    static const struct theme_coding nothing;
    if (!kept)
        kept = &nothing;
    struct columns columns = join_columns(arena, kept, copy);
    struct theme_coding *coding = ARENA_NEW(arena, struct theme_coding, 1);
    *coding = (struct theme_coding){.rows = ARENA_NEW(arena, struct theme_row, kept->count + copy->count),
                                    .count = kept->count,
                                    .others = columns.names,
                                    .other_count = columns.count,
                                    .separator = kept->separator ? kept->separator : copy->separator};
    struct names *ids = names_create(arena, false);
    for (size_t i = 0; i < kept->count; i++) {
        coding->rows[i] = kept->rows[i];
        coding->rows[i].others = widen(arena, &kept->rows[i], kept->other_count, columns.count);
        names_add(ids, kept->rows[i].id, i);
    }
    *replaced = 0;
    for (size_t i = 0; i < copy->count; i++) {
        size_t at = names_find(ids, copy->rows[i].id);
        if (at == NAMES_NONE) {
            at = coding->count++;
            coding->rows[at] = (struct theme_row){.answer = copy->rows[i].answer,
                                                  .id = copy->rows[i].id,
                                                  .cells = {"", "", "", ""},
                                                  .others = widen(arena, NULL, 0, columns.count)};
        }
        *replaced += write_over(&columns, &coding->rows[at], &copy->rows[i], copy->other_count);
    }
    return coding;
}
