#include "analysis/themes.h"

#include "analysis/theme_file.h"
#include "analysis/theme_fold.h"
#include "model/names.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- Counting --- */

/* One way of writing a theme's name. */
struct spelling {
    const char *name;
    size_t uses;
};

/* A theme as it is counted, and the rows of which it is a theme. */
struct theme_tally {
    const char *folded;
    struct spelling *spellings;
    size_t spelling_count;
    size_t count;
    const struct theme_row **quoted;
    size_t quoted_count;
};

struct counting {
    struct arena *arena;
    const struct theme_coding *coding;
    const size_t *counts;  /* by row: how many of the answers that are asked about it has */
    struct names *numbers; /* of the themes, by their folded names */
    struct theme_tally *tallies;
    size_t count, capacity;
};

/* An array with room for one more, which grows when its count is a power of two. */
static void *make_room(struct arena *arena, void *all, size_t count, size_t size) {
    if (count & (count - 1))
        return all;
    void *larger = arena_allocate(arena, count ? 2 * count : 1, size);
    if (count)
        memcpy(larger, all, count * size);
    return larger;
}

static struct theme_tally *find_tally(struct counting *counting, const char *name) {
    const char *folded = theme_fold_text(counting->arena, name);
    size_t at = names_find(counting->numbers, folded);
    if (at != NAMES_NONE)
        return &counting->tallies[at];
    counting->tallies =
        make_room(counting->arena, counting->tallies, counting->count, sizeof *counting->tallies);
    names_add(counting->numbers, folded, counting->count);
    counting->tallies[counting->count] = (struct theme_tally){.folded = folded};
    return &counting->tallies[counting->count++];
}

static void note_spelling(struct counting *counting, struct theme_tally *tally, const char *name,
                          size_t uses) {
    size_t at = 0;
    while (at < tally->spelling_count && strcmp(tally->spellings[at].name, name) != 0)
        at++;
    if (at == tally->spelling_count) {
        tally->spellings = make_room(counting->arena, tally->spellings, at, sizeof *tally->spellings);
        tally->spellings[tally->spelling_count++] = (struct spelling){name, 0};
    }
    tally->spellings[at].uses += uses;
}

static void count_row(struct counting *counting, size_t number, struct item_themes *themes) {
    const struct theme_row *row = &counting->coding->rows[number];
    size_t theme_count;
    const char *const *names = theme_coding_final(counting->arena, row, &theme_count);
    if (counting->counts[number] == 0 || theme_count == 0)
        return;
    themes->coded += counting->counts[number];
    if (!*row->cells[THEME_SETTLED] && theme_coding_differs(counting->arena, row))
        themes->unsettled += counting->counts[number];
    for (size_t i = 0; i < theme_count; i++) {
        struct theme_tally *tally = find_tally(counting, names[i]);
        note_spelling(counting, tally, names[i], counting->counts[number]);
        tally->count += counting->counts[number];
        if (!*row->cells[THEME_QUOTE])
            continue;
        tally->quoted = make_room(counting->arena, tally->quoted, tally->quoted_count, sizeof *tally->quoted);
        tally->quoted[tally->quoted_count++] = row;
    }
}

/* How many of the texts each row has. */
static const size_t *count_texts(struct arena *arena, const struct theme_coding *coding,
                                 const char *const *texts, size_t count) {
    const struct theme_index *index = theme_coding_index(arena, coding);
    size_t *counts = ARENA_NEW(arena, size_t, coding->count);
    for (size_t i = 0; i < count; i++) {
        const struct theme_row *row = theme_coding_find(index, texts[i]);
        if (row)
            counts[row - coding->rows]++;
    }
    return counts;
}

/* --- As they are told --- */

/* Of spellings as frequent, the last in the order of bytes: with accents, and without capitals. */
static const char *choose_name(const struct theme_tally *tally) {
    const struct spelling *best = &tally->spellings[0];
    for (size_t i = 1; i < tally->spelling_count; i++) {
        const struct spelling *one = &tally->spellings[i];
        if (one->uses > best->uses || (one->uses == best->uses && strcmp(one->name, best->name) > 0))
            best = one;
    }
    return best->name;
}

static int compare_quoted(const void *left, const void *right) {
    const struct theme_row *one = *(const struct theme_row *const *)left;
    const struct theme_row *other = *(const struct theme_row *const *)right;
    if (one->count != other->count)
        return one->count > other->count ? -1 : 1;
    return strcmp(one->answer, other->answer);
}

static struct theme tell(struct arena *arena, struct theme_tally *tally, size_t coded, bool quotable) {
    if (!quotable)
        tally->quoted_count = 0;
    const char **quotations = ARENA_NEW(arena, const char *, tally->quoted_count);
    if (tally->quoted_count)
        qsort(tally->quoted, tally->quoted_count, sizeof *tally->quoted, compare_quoted);
    for (size_t i = 0; i < tally->quoted_count; i++)
        quotations[i] = tally->quoted[i]->answer;
    return (struct theme){.name = choose_name(tally),
                          .share = {.count = tally->count,
                                    .rate = (double)tally->count / (double)coded,
                                    .rate_of_responses = NAN,
                                    .low = NAN,
                                    .high = NAN,
                                    .bounds = {NAN, NAN}},
                          .quotations = quotations,
                          .quotation_count = tally->quoted_count};
}

static int compare_tallies(const void *left, const void *right) {
    const struct theme_tally *one = left, *other = right;
    if (one->count != other->count)
        return one->count > other->count ? -1 : 1;
    return strcmp(one->folded, other->folded);
}

const struct item_themes *themes_count(struct arena *arena, const struct item *item,
                                       const struct theme_coding *coding, const char *const *texts,
                                       size_t count) {
    struct item_themes *themes = ARENA_NEW(arena, struct item_themes, 1);
    *themes = (struct item_themes){.item = item, .answers = count};
    struct counting counting = {.arena = arena,
                                .coding = coding,
                                .counts = count_texts(arena, coding, texts, count),
                                .numbers = names_create(arena, false)};
    for (size_t i = 0; i < coding->count; i++)
        count_row(&counting, i, themes);
    struct theme *all = ARENA_NEW(arena, struct theme, counting.count);
    if (counting.count)
        qsort(counting.tallies, counting.count, sizeof *counting.tallies, compare_tallies);
    for (size_t i = 0; i < counting.count; i++)
        all[i] = tell(arena, &counting.tallies[i], themes->coded, !item->question->never_quoted);
    themes->all = all;
    themes->count = counting.count;
    return themes;
}

/* --- For the report --- */

/* The answers as the store has them, not as a spreadsheet program may have left them. */
static bool load_item(struct arena *arena, const struct results *results, const char *path, size_t index,
                      const struct item_themes **themes, struct failure *failure) {
    size_t count = results->text_counts[index];
    struct theme_coding *read;
    if (!theme_file_read(arena, path, &read, failure))
        return false;
    const struct theme_coding *coding = theme_coding_merge(arena, read, results->texts[index], count);
    *themes = themes_count(arena, results->items[index].item, coding, results->texts[index], count);
    return true;
}

const struct results *themes_load(struct arena *arena, const struct results *results, const char *store,
                                  struct failure *failure) {
    struct results *with = ARENA_NEW(arena, struct results, 1);
    const struct item_themes **themes = ARENA_NEW(arena, const struct item_themes *, results->item_count);
    bool done = true;
    *with = *results;
    for (size_t i = 0; results->texts && i < results->item_count; i++) {
        if (!results->texts[i])
            continue;
        const char *path = theme_file_path(arena, store, results->items[i].item->id);
        done = load_item(arena, results, path, i, &themes[i], failure) && done;
        if (themes[i] && themes[i]->coded == 0)
            themes[i] = NULL;
        if (themes[i])
            with->themes = themes;
    }
    return done ? with : NULL;
}

const struct item_themes *themes_of(const struct results *results, const struct item *item) {
    return results->themes ? results->themes[item->index] : NULL;
}

const struct theme *themes_find(const struct item_themes *themes, const char *name) {
    for (size_t i = 0; i < themes->count; i++)
        if (theme_coding_same(themes->all[i].name, name))
            return &themes->all[i];
    return NULL;
}
