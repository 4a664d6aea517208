#include "analysis/chart_kinds.h"

#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_say.h"
#include "analysis/chart_share.h"
#include "analysis/palette.h"

#include <math.h>

/* As many panels stand side by side as leave each this width, four at most. */
static const double LEAST_PANEL = 66, GAP = 12, ROW = 16, THICKNESS = 10, BEFORE_FIGURE = 6,
                    BELOW_PANELS = 10;
enum { PANELS_MOST = 4 };

struct panels {
    const struct chart_context *context;
    const struct question *question;
    struct chart_groups groups; /* that have figures */
    struct chart_groups hidden; /* the others, named below the panels */
    const size_t *order;        /* of the options */
    struct chart_labels labels;
    size_t columns;
    double left, width; /* of the first panel */
    double end;         /* of the common scale, in percent */
    double figure;      /* the widest */
    struct buffer bars; /* data of all panels */
};

/* In all panels in the same order: that of all respondents, "other" last. */
static const size_t *sort_options(const struct chart_context *context, const struct group_result *whole,
                                  const struct question *question) {
    size_t *order = ARENA_NEW(context->arena, size_t, question->option_count);
    for (size_t i = 0; i < question->option_count; i++) {
        const struct option_result *mine = &whole->options[i];
        size_t at = i;
        for (; at > 0; at--) {
            const struct option_result *before = &whole->options[order[at - 1]];
            bool last = mine->option->specify && !before->option->specify;
            bool first = !mine->option->specify && before->option->specify;
            if (last || (!first && mine->share.count <= before->share.count))
                break;
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
    return order;
}

static const char *figure_of(const struct panels *panels, size_t group, size_t option) {
    const struct group_result *of = panels->groups.all[group];
    const struct share *share = &of->options[option].share;
    return chart_share_short(panels->context, share->count, of->expressed, share->rate);
}

static void find_scale(struct panels *panels) {
    panels->end = 1;
    for (size_t i = 0; i < panels->groups.count; i++)
        for (size_t j = 0; j < panels->question->option_count; j++) {
            const struct share *share = &panels->groups.all[i]->options[j].share;
            panels->figure =
                fmax(panels->figure, label_width(figure_of(panels, i, j), chart_sheet_size(CHART_LABEL)));
            panels->end = fmax(panels->end, 100 * fmax(share->rate, share->high));
        }
}

static void place(struct panels *panels) {
    const struct question *question = panels->question;
    const char **texts = ARENA_NEW(panels->context->arena, const char *, question->option_count);
    for (size_t i = 0; i < question->option_count; i++)
        texts[i] = chart_text_wording(panels->context, question->options[panels->order[i]].text);
    panels->labels =
        chart_layout_labels(panels->context, texts, question->option_count, panels->context->width * 0.32);
    panels->left = panels->labels.width + GAP;
    double room = panels->context->width - panels->left + GAP;
    size_t most = (size_t)(room / (LEAST_PANEL + GAP));
    most = most < PANELS_MOST ? most : PANELS_MOST;
    /* Rows of panels of nearly the same length: five stand as 3 and 2, not as 4 and 1. */
    size_t rows = 1;
    while (rows * most < panels->groups.count)
        rows++;
    panels->columns = (panels->groups.count + rows - 1) / rows;
    panels->width = room / (double)panels->columns - GAP;
}

static double panel_left(const struct panels *panels, size_t group) {
    return panels->left + (double)(group % panels->columns) * (panels->width + GAP);
}

static struct label_lines heading_of(const struct panels *panels, size_t group) {
    const char *name = chart_text_group(panels->context, panels->groups.all[group]);
    return chart_layout_wrap(panels->context, CHART_STRONG, name, panels->width);
}

static double headings_height(const struct panels *panels, size_t first, size_t end) {
    size_t most = 1;
    for (size_t i = first; i < end; i++) {
        struct label_lines lines = heading_of(panels, i);
        most = lines.count > most ? lines.count : most;
    }
    return chart_layout_line(CHART_STRONG) * (double)most + chart_layout_line(CHART_QUIET);
}

/* The group's name, and below it its base. */
static void draw_heading(const struct panels *panels, struct chart_sheet *sheet, size_t group,
                         double height) {
    const struct chart_context *context = panels->context;
    struct label_lines lines = heading_of(panels, group);
    double x = panel_left(panels, group), quiet = chart_layout_line(CHART_QUIET);
    double bottom = chart_sheet_bottom(sheet) + height;
    double y = bottom - quiet - chart_layout_line(CHART_STRONG) * (double)lines.count / 2;
    chart_layout_lines(sheet, (struct chart_spot){CHART_STRONG, CHART_LEFT, x, y}, lines);
    const char *expressed = chart_text_count(context, panels->groups.all[group]->expressed);
    chart_sheet_text(sheet, (struct chart_spot){CHART_QUIET, CHART_LEFT, x, bottom - quiet / 2},
                     arena_format(context->arena, "n = %s", expressed));
}

static void draw_bar(struct panels *panels, struct chart_sheet *sheet, size_t group, size_t option,
                     double y) {
    const struct chart_context *context = panels->context;
    const struct share *share = &panels->groups.all[group]->options[option].share;
    double left = panel_left(panels, group);
    struct chart_span span = {0, panels->end, left, left + panels->width - panels->figure - BEFORE_FIGURE};
    double end = chart_layout_place(span, 100 * share->rate);
    double low = chart_layout_place(span, 100 * share->low),
           high = chart_layout_place(span, 100 * share->high);
    chart_sheet_text(sheet, (struct chart_spot){CHART_LABEL, CHART_LEFT, fmax(end, high) + 4, y},
                     figure_of(panels, group, option));
    buffer_format(&panels->bars, "%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.10g\t%zu\t", y,
                  y - THICKNESS / 2, y + THICKNESS / 2, left, end, low, high, 100 * share->rate,
                  share->count);
    label_field(&panels->bars, chart_text_wording(context, panels->question->options[option].text));
    buffer_append(&panels->bars, "\t");
    label_field(&panels->bars, chart_text_group(context, panels->groups.all[group]));
    buffer_append(&panels->bars, "\n");
}

static void draw_row_of_panels(struct panels *panels, struct chart_sheet *sheet, size_t first) {
    size_t end =
        first + panels->columns < panels->groups.count ? first + panels->columns : panels->groups.count;
    double height = headings_height(panels, first, end);
    for (size_t i = first; i < end; i++)
        draw_heading(panels, sheet, i, height);
    chart_sheet_advance(sheet, height + 2);
    double top = chart_sheet_bottom(sheet);
    for (size_t i = 0; i < panels->question->option_count; i++) {
        double row = chart_layout_row(panels->labels.rows[i], ROW), y = chart_sheet_bottom(sheet) + row / 2;
        chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_LEFT, 0, y}, panels->labels.rows[i]);
        for (size_t j = first; j < end; j++)
            draw_bar(panels, sheet, j, panels->order[i], y);
        chart_sheet_advance(sheet, row);
    }
    for (size_t i = first; i < end; i++) {
        double x = panel_left(panels, i);
        chart_sheet_line(sheet, (struct chart_stroke){x, top, x, chart_sheet_bottom(sheet), true});
    }
    chart_sheet_advance(sheet, BELOW_PANELS);
}

static void draw_hidden(const struct panels *panels, struct chart_sheet *sheet) {
    const struct chart_context *context = panels->context;
    const char **names = ARENA_NEW(context->arena, const char *, panels->hidden.count);
    for (size_t i = 0; i < panels->hidden.count; i++)
        names[i] = chart_text_group(context, panels->hidden.all[i]);
    struct chart_labels labels =
        chart_layout_labels(context, names, panels->hidden.count, context->width * 0.6);
    double x = labels.width + GAP;
    for (size_t i = 0; i < panels->hidden.count; i++) {
        struct label_lines words =
            chart_layout_words(context, chart_text_instead(context, panels->hidden.all[i]), x);
        double row = fmax(chart_layout_row(labels.rows[i], ROW), chart_layout_row(words, ROW));
        double y = chart_sheet_bottom(sheet) + row / 2;
        chart_layout_lines(sheet, (struct chart_spot){CHART_STRONG, CHART_LEFT, 0, y}, labels.rows[i]);
        chart_layout_lines(sheet, (struct chart_spot){CHART_WORDS, CHART_LEFT, x, y}, words);
        chart_sheet_advance(sheet, row);
    }
    chart_sheet_advance(sheet, panels->hidden.count ? BELOW_PANELS / 2 : 0);
}

static void draw(struct panels *panels, struct chart_sheet *sheet) {
    for (size_t i = 0; i < panels->groups.count; i += panels->columns)
        draw_row_of_panels(panels, sheet, i);
    draw_hidden(panels, sheet);
    buffer_append(chart_sheet_data(sheet,
                                   "bars: y, top, bottom, left, right, low, high (points), percent, count, "
                                   "option, group"),
                  buffer_text(&panels->bars));
    buffer_destroy(&panels->bars);
    chart_sheet_draw(sheet,
                     "index \"bars\" using 4:1:4:5:2:3 axes x2y2 with boxxyerror fillcolor rgb \"#%06X\"",
                     panels->context->theme->bar);
    bool any_interval = false;
    for (size_t i = 0; i < panels->groups.count; i++)
        any_interval = any_interval || !panels->groups.all[i]->census;
    if (any_interval)
        chart_sheet_draw(sheet,
                         "index \"bars\" using 6:1:($7-$6):(0) axes x2y2 with vectors nohead linewidth 1.2 "
                         "linecolor rgb \"#%06X\"",
                         panels->context->theme->strong);
}

/* Of each group its most frequent answer. */
static const char *describe(const struct panels *panels, const struct chart_subject *subject,
                            const struct chart *chart) {
    const struct chart_context *context = panels->context;
    size_t count = panels->groups.count + panels->hidden.count, number = 0;
    struct chart_figure *figures = ARENA_NEW(context->arena, struct chart_figure, count);
    for (size_t i = 0; i < panels->groups.count; i++) {
        const struct group_result *group = panels->groups.all[i];
        size_t best = panels->order[0];
        for (size_t j = 0; j < panels->question->option_count; j++)
            if (group->options[j].share.count > group->options[best].share.count)
                best = j;
        const char *option = chart_text_wording(context, panels->question->options[best].text);
        const char *label = chart_text(context, MESSAGE_CHART_SAY_GROUP, "group",
                                       chart_text_group(context, group), "figure", option, NULL);
        figures[number++] = chart_say_share(context, label, group, &group->options[best].share);
    }
    for (size_t i = 0; i < panels->hidden.count; i++) {
        const struct group_result *group = panels->hidden.all[i];
        figures[number++] =
            chart_say_share(context, chart_text_group(context, group), group, &group->options[0].share);
    }
    const char *title = chart_text_join(
        context, chart_text_sentence(context, chart->title), " ",
        chart_base_lead(context, subject, chart_text(context, MESSAGE_CHART_SAY_MOST_FREQUENT, NULL)));
    return chart_say(context, title, figures, number);
}

/* Parts the groups into those with figures and those without. */
static void part_groups(struct panels *panels, struct chart_groups groups, struct chart_remarks *remarks) {
    struct arena *arena = panels->context->arena;
    const struct group_result **shown = ARENA_NEW(arena, const struct group_result *, groups.count);
    const struct group_result **hidden = ARENA_NEW(arena, const struct group_result *, groups.count);
    for (size_t i = 0; i < groups.count; i++) {
        chart_base_remark(remarks, groups.all[i]);
        if (chart_base_is_shown(groups.all[i]))
            shown[panels->groups.count++] = groups.all[i];
        else
            hidden[panels->hidden.count++] = groups.all[i];
    }
    panels->groups.all = shown;
    panels->hidden.all = hidden;
}

static const char *figures_of(const struct chart_context *context, const struct question *question) {
    if (question->type == QUESTION_RANKING)
        return chart_text(context, MESSAGE_CHART_BY_RANKED_FIRST, NULL);
    return question->type == QUESTION_MULTIPLE ? chart_text(context, MESSAGE_CHART_SEVERAL, NULL) : "";
}

struct chart_drawing chart_panels_draw(const struct chart_context *context,
                                       const struct chart_subject *subject) {
    const struct group_result *whole = &chart_base_item(context, subject->items)->whole;
    if (!chart_base_has_data(context, subject) || !chart_base_is_shown(whole))
        return (struct chart_drawing){0};
    struct panels panels = {.context = context,
                            .question = subject->question,
                            .order = sort_options(context, whole, subject->question)};
    struct chart_remarks remarks = {
        .overlap = chart_base_breakdown(context, subject->items, subject->by)->by->overlapping};
    part_groups(&panels, chart_base_groups(context, subject, subject->items), &remarks);
    find_scale(&panels);
    place(&panels);
    struct chart chart = chart_base_describe(context, subject);
    const char *lead = chart_base_lead(context, subject, figures_of(context, subject->question));
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, lead);
    draw(&panels, sheet);
    chart_layout_note(context, sheet, chart_base_remarks(context, remarks));
    chart_data_answers(context, sheet, subject);
    const char *alternative = describe(&panels, subject, &chart);
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
