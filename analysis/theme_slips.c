#include "analysis/theme_slips.h"

#include "analysis/theme_fold.h"
#include "model/base/text.h"
#include "model/names.h"

#include <string.h>

/* Beyond so many themes, comparing each with each would take long, and they are no themes. */
enum { COMPARED_MOST = 400 };

/* A theme's name as it stands in a cell, and how often it is given. */
struct use {
    const char *name, *folded;
    size_t count;
    unsigned line; /* of its first use */
};

struct uses {
    struct arena *arena;
    struct names *names;
    struct use *all;
    size_t count, capacity;
};

static void make_room(struct uses *uses) {
    if (uses->count < uses->capacity)
        return;
    size_t capacity = uses->capacity ? 2 * uses->capacity : 32;
    struct use *all = ARENA_NEW(uses->arena, struct use, capacity);
    if (uses->count)
        memcpy(all, uses->all, uses->count * sizeof *all);
    uses->all = all;
    uses->capacity = capacity;
}

static void note_use(struct uses *uses, const char *name, unsigned line) {
    make_room(uses);
    const char *folded = theme_fold_text(uses->arena, name);
    size_t at = names_find(uses->names, folded);
    if (at != NAMES_NONE) {
        uses->all[at].count++;
        return;
    }
    uses->all[uses->count] = (struct use){name, folded, 1, line};
    names_add(uses->names, folded, uses->count++);
}

static void note_uses(struct uses *uses, const struct theme_coding *coding) {
    for (size_t i = 0; i < coding->count; i++)
        for (int cell = THEME_FIRST; cell <= THEME_SETTLED; cell++) {
            size_t count;
            const char *const *names = theme_coding_split(uses->arena, coding->rows[i].cells[cell], &count);
            for (size_t j = 0; j < count; j++)
                note_use(uses, names[j], coding->rows[i].line);
        }
}

/* The rarer of two names is the slip; of two as rare, the later one. */
static bool is_likelier(const struct use *one, const struct use *than) {
    return one->count != than->count ? one->count > than->count : one->line < than->line;
}

static void warn_of_near(const struct uses *uses, const struct use *use, struct diagnostics *diagnostics) {
    const char **likelier = ARENA_NEW(uses->arena, const char *, uses->count);
    size_t count = 0;
    for (size_t i = 0; i < uses->count; i++)
        if (is_likelier(&uses->all[i], use))
            likelier[count++] = uses->all[i].folded;
    const char *near = text_nearest(use->folded, likelier, count);
    if (!near)
        return;
    const struct use *meant = &uses->all[names_find(uses->names, near)];
    diagnostics_warning(diagnostics, (struct place){.line = use->line},
                        "the theme \"%s\" (%zu×) is nearly \"%s\" (%zu×): are they one?", use->name,
                        use->count, meant->name, meant->count);
}

static void warn_of_comma(const struct uses *uses, const struct use *use, struct diagnostics *diagnostics) {
    size_t length = strcspn(use->folded, ",");
    const char *first = arena_copy_bytes(uses->arena, use->folded, length);
    if (use->folded[length] && names_find(uses->names, theme_coding_text(uses->arena, first)) != NAMES_NONE)
        diagnostics_warning(diagnostics, (struct place){.line = use->line},
                            "\"%s\" counts as one theme: put semicolons between themes, not commas",
                            use->name);
}

void theme_slips_warn(struct arena *arena, const struct theme_coding *coding,
                      struct diagnostics *diagnostics) {
    struct uses uses = {.arena = arena, .names = names_create(arena, false)};
    note_uses(&uses, coding);
    for (size_t i = 0; i < uses.count && uses.count <= COMPARED_MOST; i++) {
        warn_of_near(&uses, &uses.all[i], diagnostics);
        warn_of_comma(&uses, &uses.all[i], diagnostics);
    }
}
