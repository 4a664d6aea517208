#include "analysis/theme_tables.h"

#include "analysis/table.h"

#include <stdint.h>

static const char *say(const struct prose *prose, enum message message) {
    return prose_say(prose, message, NULL);
}

const char *theme_tables_chart_name(struct arena *arena, const struct item *item) {
    return arena_format(arena, "%s-themes", item->id);
}

/* --- The table --- */

static void add_counted(struct table_draft *table, const struct prose *prose, const char *title,
                        size_t count) {
    table_add_cell(table, title, NULL);
    table_add_cell(table, prose_count(prose, count), NULL);
}

/* Of few answers, counts are told and no shares. */
static void add_row(struct table_draft *table, const struct prose *prose, const struct theme *theme,
                    bool shares) {
    table_add_row(table, ROW_BODY);
    add_counted(table, prose, theme->name, theme->share.count);
    if (shares)
        table_add_cell(table, prose_percent(prose, theme->share.rate), NULL);
}

static void add_bases(struct table_draft *table, const struct prose *prose,
                      const struct item_themes *themes) {
    table_add_row(table, ROW_TOTAL);
    add_counted(table, prose, say(prose, MESSAGE_THEMES_CODED), themes->coded);
    if (themes->coded == themes->answers)
        return;
    table_add_row(table, ROW_ASIDE);
    add_counted(table, prose, say(prose, MESSAGE_THEMES_NOT_CODED), themes->answers - themes->coded);
}

static void add_notes(struct table_draft *table, const struct prose *prose,
                      const struct item_themes *themes) {
    const struct hole holes[] = {{"count", prose_count(prose, themes->unsettled)}, {0}};
    table_add_note(table, say(prose, MESSAGE_THEMES_NOTE));
    if (themes->unsettled)
        table_add_note(table, prose_say(prose, MESSAGE_THEMES_NOTE_UNSETTLED, holes));
    if (prose->results->weights)
        table_add_note(table, say(prose, MESSAGE_THEMES_NOTE_WEIGHTS));
}

void theme_tables_add_table(struct document *document, const struct prose *prose, const struct item *item) {
    const struct item_themes *themes = themes_of(prose->results, item);
    if (!themes)
        return;
    bool shares = themes->coded >= PROSE_PERCENT_FROM;
    struct table_draft *table = table_create(prose->arena, say(prose, MESSAGE_THEMES_CAPTION));
    table_add_column(table, say(prose, MESSAGE_THEMES_THEME), COLUMN_WORDS);
    table_add_column(table, say(prose, MESSAGE_REPORT_COUNT), COLUMN_FIGURES);
    if (shares)
        table_add_column(table, say(prose, MESSAGE_REPORT_SHARE), COLUMN_FIGURES);
    for (size_t i = 0; i < themes->count; i++)
        add_row(table, prose, &themes->all[i], shares);
    add_bases(table, prose, themes);
    add_notes(table, prose, themes);
    document_table(document, table_of(table));
}

/* --- Quotations --- */

/* The answers quoted so far: none is quoted twice, though it may have several themes. */
struct quoted {
    const char **all;
    size_t count;
};

static struct quoted quoted_of(const struct prose *prose, const struct item_themes *themes) {
    size_t most = 0;
    for (size_t i = 0; i < themes->count; i++)
        most += themes->all[i].quotation_count;
    return (struct quoted){ARENA_NEW(prose->arena, const char *, most), 0};
}

/* One answer has one text in memory, under whichever theme it stands. */
static bool is_quoted(const struct quoted *quoted, const char *answer) {
    for (size_t i = 0; i < quoted->count; i++)
        if (quoted->all[i] == answer)
            return true;
    return false;
}

static void add_heading(struct document *document, const struct prose *prose, const struct theme *theme,
                        size_t coded) {
    const struct hole holes[] = {
        {"theme", theme->name}, {"figure", prose_proof(prose, &theme->share, coded)}, {0}};
    struct run *run = ARENA_NEW(prose->arena, struct run, 1);
    *run = (struct run){.style = RUN_STRONG, .text = prose_say(prose, MESSAGE_THEMES_QUOTED_OF, holes)};
    document_add(document, BLOCK_PARAGRAPH)->runs = run;
}

/* Up to `most` of a theme that are not quoted yet; headed by the theme's name where `headed`. */
static size_t add_theme(struct document *document, const struct prose *prose,
                        const struct item_themes *themes, const struct theme *theme, struct quoted *quoted,
                        size_t most, bool headed) {
    size_t added = 0;
    for (size_t i = 0; i < theme->quotation_count && added < most; i++) {
        const char *answer = theme->quotations[i];
        if (is_quoted(quoted, answer))
            continue;
        if (added == 0 && headed)
            add_heading(document, prose, theme, themes->coded);
        if (added == 0)
            document_list(document, LIST_QUOTATIONS);
        document_item(document, NULL, answer);
        quoted->all[quoted->count++] = answer;
        added++;
    }
    return added;
}

size_t theme_tables_add_quotations(struct document *document, const struct prose *prose,
                                   const struct item *item, const struct theme *theme, size_t most) {
    const struct item_themes *themes = themes_of(prose->results, item);
    if (!themes)
        return 0;
    struct quoted quoted = quoted_of(prose, themes);
    if (theme)
        return add_theme(document, prose, themes, theme, &quoted, most, false);
    for (size_t i = 0; i < themes->count && quoted.count < most; i++)
        add_theme(document, prose, themes, &themes->all[i], &quoted, most - quoted.count, false);
    return quoted.count;
}

/* --- All of it --- */

static void add_chosen(struct document *document, const struct prose *prose,
                       const struct item_themes *themes) {
    struct quoted quoted = quoted_of(prose, themes);
    bool any = false;
    for (size_t i = 0; i < themes->count; i++)
        any = any || themes->all[i].quotation_count > 0;
    if (any)
        document_paragraph(document, PARAGRAPH_ASIDE, say(prose, MESSAGE_THEMES_QUOTED));
    for (size_t i = 0; i < themes->count; i++)
        add_theme(document, prose, themes, &themes->all[i], &quoted, SIZE_MAX, true);
}

void theme_tables_add(struct document *document, const struct prose *prose, const struct item *item,
                      const struct charts *charts) {
    const struct item_themes *themes = themes_of(prose->results, item);
    if (!themes)
        return;
    const struct chart *chart =
        charts ? chart_find(charts, theme_tables_chart_name(prose->arena, item)) : NULL;
    if (chart)
        document_chart(document, chart);
    theme_tables_add_table(document, prose, item);
    add_chosen(document, prose, themes);
}
