#include "analysis/compare_chart.h"

#include "analysis/chart_data.h"
#include "analysis/chart_kinds.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_pictures.h"
#include "analysis/chart_say.h"
#include "analysis/chart_share.h"
#include "analysis/chart_slopes.h"

#include <math.h>

/* More lines on one chart could not be told apart. */
enum { SLOPES_MOST = 12 };

/* The questions of one chart or, before they are shared out, of several. */
struct lines {
    const struct compare_question **questions;
    size_t count;
};

struct drawer {
    const struct compare_words *words;
    struct chart_context context;
    struct chart_drawing *drawings;
    size_t count;
};

static const struct compare_change *main_change(const struct compare_question *question) {
    return &question->changes[0];
}

static const struct question *question_of(const struct compare_question *compared) {
    return compared->match->items[1]->question;
}

static const char *label_of(const struct chart_context *context, const struct compare_question *compared) {
    const struct item *item = compared->match->items[1];
    return chart_text_wording(context, item->question->is_grid ? item->text : item->question->text);
}

static const char *figure_of(const struct chart_context *context, const struct compare_figure *figure) {
    return chart_share_text(context, figure->count, figure->base, figure->value);
}

/* --- One chart --- */

static struct chart_slope slope_of(const struct drawer *drawer, const struct compare_question *compared) {
    const struct chart_context *context = &drawer->context;
    const struct compare_change *change = main_change(compared);
    bool changed = change->test && compare_words_changed(drawer->words, &change->test->test);
    struct chart_slope slope = {.label = label_of(context, compared),
                                .change = compare_words_marked(drawer->words, change),
                                .strong = changed};
    for (size_t i = 0; i < 2; i++) {
        const struct compare_figure *wave = &change->waves[i];
        slope.values[i] = 100 * wave->value;
        slope.lows[i] = wave->census ? NAN : 100 * wave->low;
        slope.highs[i] = wave->census ? NAN : 100 * wave->high;
        slope.figures[i] = figure_of(context, wave);
    }
    return slope;
}

static struct chart_slopes slopes_of(const struct drawer *drawer, const struct lines *lines) {
    const struct chart_context *context = &drawer->context;
    struct chart_slope *slopes = ARENA_NEW(context->arena, struct chart_slope, lines->count);
    for (size_t i = 0; i < lines->count; i++)
        slopes[i] = slope_of(drawer, lines->questions[i]);
    return (struct chart_slopes){.all = slopes,
                                 .count = lines->count,
                                 .headings = {chart_text(context, MESSAGE_COMPARE_FIRST, NULL),
                                              chart_text(context, MESSAGE_COMPARE_SECOND, NULL)}};
}

static const char *remarks_of(const struct chart_context *context, const struct chart_slopes *slopes) {
    bool interval = false, census = false;
    for (size_t i = 0; i < slopes->count; i++)
        for (size_t j = 0; j < 2; j++) {
            bool fact = isnan(slopes->all[i].lows[j]);
            interval = interval || !fact;
            census = census || fact;
        }
    const char *text = chart_text(context, MESSAGE_COMPARE_NOTE_POINTS, NULL);
    if (census)
        text = chart_text_join(context, chart_text(context, MESSAGE_CHART_NOTE_CENSUS, NULL), " ", text);
    if (interval)
        text = chart_text_join(context,
                               chart_text(context, MESSAGE_CHART_NOTE_UPRIGHT, "confidence",
                                          chart_text_confidence(context), NULL),
                               " ", text);
    struct chart_span scale = chart_slopes_scale(slopes);
    if (scale.from > 0 || scale.to < 100)
        text = chart_text_join(context, text, " ",
                               chart_text(context, MESSAGE_CHART_NOTE_SCALE, "low",
                                          chart_text_number(context, scale.from, 0), "high",
                                          chart_text_percent(context, scale.to / 100), NULL));
    return text;
}

static const char *describe(const struct chart_context *context, const struct chart_slopes *slopes) {
    struct chart_figure *figures = ARENA_NEW(context->arena, struct chart_figure, slopes->count);
    for (size_t i = 0; i < slopes->count; i++) {
        const struct chart_slope *slope = &slopes->all[i];
        figures[i] = (struct chart_figure){
            .label = slope->label,
            .words = chart_text_join(context, slope->figures[0], " → ", slope->figures[1]),
            .value = slope->values[1]};
    }
    const char *text = "", *between = chart_text(context, MESSAGE_CHART_BETWEEN, NULL);
    for (size_t i = 0; i < slopes->count; i++)
        text = chart_text_join(context, text, between, chart_say_figures(context, &figures[i], 1));
    return text;
}

static void write_table(const struct chart_context *context, const struct lines *lines,
                        struct buffer *table) {
    chart_data_begin(table,
                     "question,item,text,first_count,first_base,first_rate,first_low,first_high,"
                     "second_count,second_base,second_rate,second_low,second_high,difference,low,high");
    for (size_t i = 0; i < lines->count; i++) {
        const struct compare_change *change = main_change(lines->questions[i]);
        chart_data_text(table, question_of(lines->questions[i])->id);
        chart_data_text(table, lines->questions[i]->match->items[1]->id);
        chart_data_text(table, label_of(context, lines->questions[i]));
        for (size_t j = 0; j < 2; j++) {
            chart_data_number(table, (double)change->waves[j].count);
            chart_data_number(table, (double)change->waves[j].base);
            chart_data_number(table, change->waves[j].value);
            chart_data_number(table, change->waves[j].low);
            chart_data_number(table, change->waves[j].high);
        }
        chart_data_number(table, change->change.difference);
        chart_data_number(table, change->change.low);
        chart_data_number(table, change->change.high);
        chart_data_end(table);
    }
}

/* A grid's chart has its question for a title, that of other questions says what is drawn. */
static void draw(struct drawer *drawer, const struct lines *lines, const char *name) {
    const struct chart_context *context = &drawer->context;
    const struct question *question = question_of(lines->questions[0]);
    const char *favourable = chart_text(context, MESSAGE_COMPARE_CHART_TITLE, NULL);
    const struct chart chart = {.name = name,
                                .title = question->is_grid ? chart_text_wording(context, question->text)
                                                           : favourable,
                                .subtitle = chart_text(context, MESSAGE_COMPARE_CHART_BASE, NULL)};
    const char *lead = question->is_grid ? chart_text_sentence(context, favourable) : "";
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, lead);
    const struct chart_slopes slopes = slopes_of(drawer, lines);
    chart_slopes_draw(context, sheet, &slopes);
    chart_sheet_advance(sheet, 8);
    chart_layout_note(context, sheet, remarks_of(context, &slopes));
    write_table(context, lines, chart_sheet_table(sheet));
    const char *title = chart_text_join(context, chart_text_sentence(context, chart.title), " ", lead);
    const char *alternative = chart_text_say(context, title, describe(context, &slopes));
    drawer->drawings[drawer->count++] =
        (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}

/* --- All of them --- */

/* In charts of nearly the same number of lines. */
static void draw_parts(struct drawer *drawer, const struct lines *lines) {
    size_t parts = (lines->count + SLOPES_MOST - 1) / SLOPES_MOST;
    for (size_t i = 0; i < parts; i++) {
        size_t first = i * lines->count / parts, end = (i + 1) * lines->count / parts;
        const struct question *question = question_of(lines->questions[first]);
        const char *name = "favourable";
        if (question->is_grid)
            name = arena_format(drawer->context.arena, "%s-favourable", question->id);
        if (i > 0)
            name = arena_format(drawer->context.arena, "%s-%zu", name, i + 1);
        draw(drawer, &(struct lines){lines->questions + first, end - first}, name);
    }
}

static bool has_shares(const struct compare_question *compared) {
    return compared->state == COMPARE_SHOWN && main_change(compared)->subject == COMPARE_FAVOURABLE;
}

/* The questions with shares that belong to this grid, or (NULL) to none. */
static struct lines find_lines(const struct drawer *drawer, const struct question *grid) {
    const struct compare_results *results = drawer->words->results;
    struct lines lines = {.questions = ARENA_NEW(drawer->context.arena, const struct compare_question *,
                                                 results->question_count)};
    for (size_t i = 0; i < results->question_count; i++) {
        const struct compare_question *compared = &results->questions[i];
        if (has_shares(compared) && (grid ? question_of(compared) == grid : !question_of(compared)->is_grid))
            lines.questions[lines.count++] = compared;
    }
    return lines;
}

static void draw_all(struct drawer *drawer) {
    const struct compare_results *results = drawer->words->results;
    const struct lines alone = find_lines(drawer, NULL);
    draw_parts(drawer, &alone);
    const struct question *last = NULL;
    for (size_t i = 0; i < results->question_count; i++) {
        const struct compare_question *compared = &results->questions[i];
        if (!has_shares(compared) || !question_of(compared)->is_grid || question_of(compared) == last)
            continue;
        last = question_of(compared);
        const struct lines lines = find_lines(drawer, last);
        draw_parts(drawer, &lines);
    }
}

const struct charts *compare_chart_draw(const struct compare_words *words, const struct chart_theme *theme,
                                        const char *folder, struct output *output, struct failure *failure) {
    struct arena *arena = words->prose.arena;
    struct drawer drawer = {.words = words,
                            .context = {.arena = arena,
                                        .glyphs = glyph_open(theme->font),
                                        .theme = theme,
                                        .width = chart_sheet_width(theme),
                                        .results = words->prose.results,
                                        .language = words->prose.index,
                                        .words = words->prose.language},
                            .drawings =
                                ARENA_NEW(arena, struct chart_drawing, words->results->question_count + 1)};
    draw_all(&drawer);
    const struct chart_pictures pictures = {arena, theme, folder, output};
    bool done = chart_pictures_make(&pictures, drawer.drawings, drawer.count, failure);
    struct charts *charts = ARENA_NEW(arena, struct charts, 1);
    struct chart *all = ARENA_NEW(arena, struct chart, drawer.count + 1);
    for (size_t i = 0; i < drawer.count; i++) {
        all[i] = *drawer.drawings[i].chart;
        chart_sheet_destroy(drawer.drawings[i].sheet);
    }
    *charts = (struct charts){all, drawer.count};
    glyph_close(drawer.context.glyphs);
    return done ? charts : NULL;
}
