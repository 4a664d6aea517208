#include "analysis/chart.h"

#include "analysis/chart_kinds.h"
#include "analysis/chart_pictures.h"

#include <stdio.h>
#include <string.h>

/* The charts made so far, as they grow. */
struct drawer {
    struct chart_context context;
    struct chart_drawing *drawings;
    size_t count, capacity;
};

/* Nothing was drawn: nothing to do. */
static void add(struct drawer *drawer, struct chart_drawing drawing) {
    if (!drawing.sheet)
        return;
    if (drawer->count == drawer->capacity) {
        size_t capacity = drawer->capacity ? 2 * drawer->capacity : 64;
        struct chart_drawing *drawings = ARENA_NEW(drawer->context.arena, struct chart_drawing, capacity);
        if (drawer->count)
            memcpy(drawings, drawer->drawings, drawer->count * sizeof *drawings);
        drawer->drawings = drawings;
        drawer->capacity = capacity;
    }
    drawer->drawings[drawer->count++] = drawing;
}

/* --- What is drawn of a question --- */

static bool has_favourable(const struct question *question) {
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].favourable)
            return question->type == QUESTION_SCALE || question->type == QUESTION_SINGLE;
    return false;
}

static struct chart_drawing draw_whole(const struct chart_context *context,
                                       const struct chart_subject *subject) {
    switch (subject->question->type) {
    case QUESTION_SINGLE:
    case QUESTION_MULTIPLE:
        return chart_bars_draw(context, subject);
    case QUESTION_SCALE:
        return chart_scales_draw(context, subject);
    case QUESTION_NUMBER:
    case QUESTION_DATE:
        return chart_histogram_draw(context, subject);
    case QUESTION_RANKING:
        return chart_ranking_draw(context, subject);
    case QUESTION_TEXT:
        return chart_coded_draw(context, subject);
    }
    return (struct chart_drawing){0};
}

static struct chart_drawing draw_by(const struct chart_context *context,
                                    const struct chart_subject *subject) {
    enum question_type type = subject->question->type;
    if (type == QUESTION_NUMBER || has_favourable(subject->question))
        return chart_dots_draw(context, subject);
    if (type == QUESTION_SCALE)
        return chart_scales_draw(context, subject);
    if (type == QUESTION_SINGLE || type == QUESTION_MULTIPLE || type == QUESTION_RANKING)
        return chart_panels_draw(context, subject);
    return (struct chart_drawing){0};
}

/* A question is not shown by itself. */
static bool is_own_breakdown(const struct chart_subject *subject, const struct breakdown *by) {
    for (size_t i = 0; i < subject->item_count; i++)
        if (breakdown_names(by, &subject->items[i]))
            return true;
    return false;
}

/* By channel, they would be the whole once more. */
static bool is_one_channel(const struct results *results) {
    return !results->responses_by_channel[CHANNEL_WEB] || !results->responses_by_channel[CHANNEL_PAPER];
}

static void draw_breakdowns(struct drawer *drawer, struct chart_subject subject) {
    const struct results *results = drawer->context.results;
    for (size_t i = 0; i < results->by.count; i++) {
        subject.by = &results->by.all[i];
        bool whole = breakdown_is_channel(subject.by) && is_one_channel(results);
        if (whole || is_own_breakdown(&subject, subject.by))
            continue;
        if (subject.is_grid && !breakdown_is_channel(subject.by) && has_favourable(subject.question))
            add(drawer, chart_map_draw(&drawer->context, &subject));
        add(drawer, draw_by(&drawer->context, &subject));
    }
}

/* A grid by group is one chart where its items have a favourable share to compare; otherwise each item has
 * its own. */
static void draw_question(struct drawer *drawer, const struct question *question) {
    const struct chart_context *context = &drawer->context;
    struct chart_subject subject = {.id = question->id,
                                    .title = chart_text_wording(context, question->text),
                                    .question = question,
                                    .items = question->items,
                                    .item_count = question->item_count,
                                    .is_grid = question->is_grid};
    add(drawer, draw_whole(context, &subject));
    if (!question->is_grid || has_favourable(question)) {
        draw_breakdowns(drawer, subject);
        return;
    }
    for (size_t i = 0; i < question->item_count; i++) {
        const struct item *item = &question->items[i];
        const char *text = chart_text_wording(context, item->text);
        draw_breakdowns(drawer,
                        (struct chart_subject){.id = item->id,
                                               .title = chart_text_join(context, subject.title, " – ", text),
                                               .question = question,
                                               .items = item,
                                               .item_count = 1});
    }
}

/* --- All of them --- */

static void begin(struct drawer *drawer, struct arena *arena, const struct results *results,
                  const struct chart_options *options) {
    const struct questionnaire *questionnaire = results->questionnaire;
    const struct chart_theme *theme = options->theme ? options->theme : chart_theme_default();
    *drawer =
        (struct drawer){.context = {.arena = arena,
                                    .results = results,
                                    .language = options->language,
                                    .words = language_of_tag(questionnaire->languages[options->language]),
                                    .diverging = options->diverging,
                                    .theme = theme,
                                    .width = chart_sheet_width(theme),
                                    .glyphs = glyph_open(theme->font)}};
}

static void make(struct drawer *drawer) {
    const struct questionnaire *questionnaire = drawer->context.results->questionnaire;
    add(drawer, chart_rates_draw(&drawer->context));
    add(drawer, chart_days_draw(&drawer->context));
    for (size_t i = 0; i < questionnaire->question_count; i++)
        draw_question(drawer, &questionnaire->questions[i]);
}

static const struct charts *end(struct drawer *drawer) {
    struct charts *charts = ARENA_NEW(drawer->context.arena, struct charts, 1);
    struct chart *all = ARENA_NEW(drawer->context.arena, struct chart, drawer->count);
    for (size_t i = 0; i < drawer->count; i++) {
        all[i] = *drawer->drawings[i].chart;
        chart_sheet_destroy(drawer->drawings[i].sheet);
    }
    glyph_close(drawer->context.glyphs);
    *charts = (struct charts){all, drawer->count};
    return charts;
}

/* No failure: the report is whole, and its tables have the texts as they are. */
static void report_missing(const struct glyphs *glyphs) {
    if (glyph_missing(glyphs))
        fputs("warning: no installed font has all characters of the charts: boxes stand in their place; "
              "install a font that has them (fonts-noto-cjk, for example), and make the report again\n",
              stderr);
}

const struct charts *chart_list(struct arena *arena, const struct results *results,
                                const struct chart_options *options) {
    struct drawer drawer;
    begin(&drawer, arena, results, options);
    make(&drawer);
    return end(&drawer);
}

const struct charts *chart_draw(struct arena *arena, const struct results *results,
                                const struct chart_options *options, const char *folder,
                                struct output *output, struct failure *failure) {
    struct drawer drawer;
    begin(&drawer, arena, results, options);
    make(&drawer);
    report_missing(drawer.context.glyphs);
    const struct chart_pictures pictures = {arena, drawer.context.theme, folder, output};
    bool drawn = chart_pictures_make(&pictures, drawer.drawings, drawer.count, failure);
    const struct charts *charts = end(&drawer);
    return drawn ? charts : NULL;
}

const struct chart *chart_find(const struct charts *charts, const char *name) {
    for (size_t i = 0; i < charts->count; i++)
        if (strcmp(charts->all[i].name, name) == 0)
            return &charts->all[i];
    return NULL;
}
