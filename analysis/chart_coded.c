#include "analysis/chart_kinds.h"

#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_rows.h"
#include "analysis/prose.h"
#include "analysis/themes.h"

#include <math.h>

/* So many fit on a sheet; the table has all. */
enum { DRAWN_MOST = 24 };

/* Of few answers, the scale counts them: to an end that gives it marks at whole numbers. */
static double count_end(size_t count) {
    return count < 3 ? 3 : count < 10 ? (double)count : count <= 15 ? 15 : 20;
}

static struct chart_row make_row(const struct chart_context *context, const struct theme *theme,
                                 bool percent) {
    const char *count = chart_text_count(context, theme->share.count);
    return (struct chart_row){.label = theme->name,
                              .value = percent ? 100 * theme->share.rate : (double)theme->share.count,
                              .low = NAN,
                              .high = NAN,
                              .figure = percent ? chart_text_percent(context, theme->share.rate) : count,
                              .base = percent ? count : NULL};
}

static struct chart_rows make_rows(const struct chart_context *context, const struct item_themes *themes) {
    bool percent = themes->coded >= PROSE_PERCENT_FROM;
    size_t count = themes->count < DRAWN_MOST ? themes->count : DRAWN_MOST;
    struct chart_row *rows = ARENA_NEW(context->arena, struct chart_row, count);
    for (size_t i = 0; i < count; i++)
        rows[i] = make_row(context, &themes->all[i], percent);
    double end = count_end(themes->all[0].share.count);
    if (percent)
        end = themes->all[0].share.rate > 0.5 ? 100 : 50;
    return (struct chart_rows){.all = rows, .count = count, .to = end, .bars = true, .percent = percent};
}

static void write_table(const struct item_themes *themes, struct buffer *table) {
    chart_data_begin(table, "theme,count,base,rate");
    for (size_t i = 0; i < themes->count; i++) {
        chart_data_text(table, themes->all[i].name);
        chart_data_number(table, (double)themes->all[i].share.count);
        chart_data_number(table, (double)themes->coded);
        chart_data_number(table, themes->all[i].share.rate);
        chart_data_end(table);
    }
}

struct chart_drawing chart_coded_draw(const struct chart_context *context,
                                      const struct chart_subject *subject) {
    const struct item_themes *themes = themes_of(context->results, subject->items);
    if (!themes)
        return (struct chart_drawing){0};
    struct chart_rows rows = make_rows(context, themes);
    struct chart chart = {.name = arena_format(context->arena, "%s-themes", subject->id),
                          .question = subject->question,
                          .title =
                              chart_text(context, MESSAGE_THEMES_TITLE, "question", subject->title, NULL),
                          .subtitle = chart_text(context, MESSAGE_THEMES_BASE, "coded",
                                                 chart_text_count(context, themes->coded), "answers",
                                                 chart_text_count(context, themes->answers), NULL)};
    struct chart_sheet *sheet =
        chart_layout_begin(context, &chart, chart_text(context, MESSAGE_THEMES_LEAD, NULL));
    chart_rows_draw(context, sheet, &rows);
    chart_sheet_advance(sheet, 4);
    if (rows.count < themes->count)
        chart_layout_note(context, sheet,
                          chart_text(context, MESSAGE_THEMES_MOST, "count",
                                     chart_text_count(context, rows.count), "all",
                                     chart_text_count(context, themes->count), NULL));
    write_table(themes, chart_sheet_table(sheet));
    const char *alternative = chart_rows_describe(context, chart.title, &rows);
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
