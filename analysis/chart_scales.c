#include "analysis/chart_kinds.h"

#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_say.h"
#include "analysis/chart_share.h"
#include "analysis/palette.h"

#include <math.h>
#include <string.h>

/* Heights of rows and bars, for several rows and for a single one. */
static const double ROW = 25, THICKNESS = 16, ONLY_ROW = 34, ONLY_THICKNESS = 26;

/* Columns at the right: the favourable total, n, no opinion; and the room around bars. */
static const double TOTAL = 50, COUNT = 26, NO_OPINION = 58, AROUND_BARS = 8;

/* Lines of a heading at most. */
enum { HEADING_MOST = 3 };

/* An answer as a step of the bars, in the order in which they stand. */
struct step {
    const struct option *option;
    size_t index; /* of the option */
    enum palette_side side;
    unsigned colour;
};

struct row {
    const char *label;
    const struct group_result *group;
};

struct scale {
    const struct chart_context *context;
    const struct chart_subject *subject;
    const struct step *steps;
    size_t step_count;
    const struct row *rows;
    size_t row_count;
    bool has_favourable, has_no_opinion, diverging;
};

/* --- The steps, favourable side first --- */

/* As the statistics have it: what is neither favourable nor, unless the file says which answers are
 * unfavourable, the middle of an odd list, is unfavourable. */
static enum palette_side side_of(const struct question *question, size_t option, bool any_favourable,
                                 bool any_unfavourable) {
    if (!any_favourable)
        return PALETTE_ORDERED;
    if (question->options[option].favourable)
        return PALETTE_FAVOURABLE;
    bool middle = question->type == QUESTION_SCALE && 2 * option + 1 == question->option_count;
    bool unfavourable = any_unfavourable ? question->options[option].unfavourable : !middle;
    return unfavourable ? PALETTE_UNFAVOURABLE : PALETTE_NEUTRAL;
}

/* Whether the list climbs to its favourable answers, so that it is drawn from its end. */
static bool is_climbing(const struct question *question) {
    double favourable = 0, others = 0;
    size_t favourable_count = 0;
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].favourable) {
            favourable += (double)i;
            favourable_count++;
        } else
            others += (double)i;
    size_t other_count = question->option_count - favourable_count;
    return favourable_count && other_count &&
           favourable / (double)favourable_count > others / (double)other_count;
}

/* Step 0 of the palette is the outermost of its side, which for the unfavourable ones is the last. */
static void colour_side(const struct chart_theme *theme, struct step *steps, size_t count,
                        enum palette_side side) {
    size_t total = 0, seen = 0;
    for (size_t i = 0; i < count; i++)
        total += steps[i].side == side;
    for (size_t i = 0; i < count; i++)
        if (steps[i].side == side) {
            size_t step = side == PALETTE_UNFAVOURABLE ? total - 1 - seen : seen;
            steps[i].colour = palette_scale(&theme->sides[side], step, total);
            seen++;
        }
}

/* Puts the favourable steps before the neutral ones, and these before the unfavourable ones; otherwise their
 * order stays. */
static void part_sides(struct step *steps, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct step step = steps[i];
        size_t at = i;
        for (; at > 0 && steps[at - 1].side > step.side; at--)
            steps[at] = steps[at - 1];
        steps[at] = step;
    }
}

/* The list as it is, or from its end, with its favourable answers first. Of 0 to 10, where 9 and 10 are
 * favourable, the middle is neutral between unfavourable answers, where it keeps its place. The sides are
 * parted where favourable answers are no end of the list, and where bars lie around the middle. */
static const struct step *make_steps(const struct chart_context *context, const struct question *question) {
    size_t count = question->option_count, favourable = 0, first = 0;
    bool any_unfavourable = false, climbing = is_climbing(question);
    for (size_t i = 0; i < count; i++) {
        favourable += question->options[i].favourable;
        any_unfavourable = any_unfavourable || question->options[i].unfavourable;
    }
    struct step *steps = ARENA_NEW(context->arena, struct step, count);
    for (size_t i = 0; i < count; i++) {
        size_t option = climbing ? count - 1 - i : i;
        enum palette_side side = side_of(question, option, favourable > 0, any_unfavourable);
        steps[i] = (struct step){&question->options[option], option, side, 0};
        first += side == PALETTE_FAVOURABLE && first == i;
    }
    if (context->diverging || first != favourable)
        part_sides(steps, count);
    for (enum palette_side side = PALETTE_FAVOURABLE; side <= PALETTE_ORDERED; side++)
        colour_side(context->theme, steps, count, side);
    return steps;
}

/* --- The rows --- */

static void make_rows(struct scale *scale) {
    const struct chart_context *context = scale->context;
    const struct chart_subject *subject = scale->subject;
    if (!subject->by) {
        const struct item *const *order = chart_base_order(context, subject);
        struct row *rows = ARENA_NEW(context->arena, struct row, subject->item_count);
        for (size_t i = 0; i < subject->item_count; i++) {
            const char *label = subject->is_grid ? chart_text_wording(context, order[i]->text) : "";
            rows[i] = (struct row){label, &chart_base_item(context, order[i])->whole};
        }
        scale->rows = rows;
        scale->row_count = subject->item_count;
        return;
    }
    struct chart_groups groups = chart_base_groups(context, subject, subject->items);
    struct row *rows = ARENA_NEW(context->arena, struct row, groups.count);
    for (size_t i = 0; i < groups.count; i++)
        rows[i] = (struct row){chart_text_group(context, groups.all[i]), groups.all[i]};
    scale->rows = rows;
    scale->row_count = groups.count;
}

/* --- Drawing --- */

/* Where the columns of a row stand: right edges, and the bars between the labels and them. */
struct columns {
    double total, count, no_opinion;
    struct chart_span bars;
};

/* How far a row reaches to the left of the middle (in percent): its unfavourable answers, and half of the
 * neutral ones. */
static double left_of_middle(const struct scale *scale, const struct group_result *group) {
    double left = 0;
    for (size_t i = 0; i < scale->step_count; i++) {
        double rate = 100 * group->options[scale->steps[i].index].share.rate;
        left += scale->steps[i].side == PALETTE_UNFAVOURABLE ? rate
                : scale->steps[i].side == PALETTE_NEUTRAL    ? rate / 2
                                                             : 0;
    }
    return left;
}

/* The scale around the middle holds all rows. */
static void find_reach(const struct scale *scale, struct chart_span *bars) {
    double left = 5, right = 5;
    for (size_t i = 0; i < scale->row_count; i++) {
        if (!chart_base_is_shown(scale->rows[i].group))
            continue;
        double own = left_of_middle(scale, scale->rows[i].group);
        left = fmax(left, own);
        right = fmax(right, 100 - own);
    }
    bars->from = -left;
    bars->to = right;
}

static struct columns place_columns(const struct scale *scale, double label_width) {
    struct columns columns = {0};
    double right = scale->context->width;
    if (scale->has_no_opinion) {
        columns.no_opinion = right;
        right -= NO_OPINION;
    }
    columns.count = right;
    right -= COUNT;
    if (scale->has_favourable) {
        columns.total = right;
        right -= TOTAL;
    }
    double left = label_width > 0 ? label_width + AROUND_BARS : 0;
    columns.bars = (struct chart_span){0, 100, left, right - AROUND_BARS};
    if (scale->diverging)
        find_reach(scale, &columns.bars);
    return columns;
}

static void draw_heading(struct chart_sheet *sheet, struct label_lines lines, double x, double height) {
    double y = chart_sheet_bottom(sheet) + height - chart_layout_line(CHART_QUIET) * (double)lines.count / 2;
    chart_layout_lines(sheet, (struct chart_spot){CHART_QUIET, CHART_RIGHT, x, y}, lines);
}

static void draw_headings(const struct scale *scale, struct chart_sheet *sheet,
                          const struct columns *columns) {
    const struct chart_context *context = scale->context;
    const char *no_opinion = chart_text_wording(context, scale->subject->question->no_opinion);
    struct label_lines last = chart_layout_wrap(context, CHART_QUIET, no_opinion, NO_OPINION - AROUND_BARS);
    if (last.count > HEADING_MOST) /* its own words are in the small print */
        last = chart_layout_wrap(context, CHART_QUIET, chart_text(context, MESSAGE_NO_OPINION, NULL),
                                 NO_OPINION);
    size_t most = scale->has_no_opinion && last.count > 1 ? last.count : 1;
    double height = chart_layout_line(CHART_QUIET) * (double)most;
    const char *total = chart_text(context, MESSAGE_CHART_TOTAL_FAVOURABLE, NULL);
    if (scale->has_favourable)
        draw_heading(sheet, chart_layout_wrap(context, CHART_QUIET, total, 2 * TOTAL), columns->total,
                     height);
    draw_heading(sheet, chart_layout_wrap(context, CHART_QUIET, "n", COUNT), columns->count, height);
    if (scale->has_no_opinion)
        draw_heading(sheet, last, columns->no_opinion, height);
    chart_sheet_advance(sheet, height + 2);
}

/* The bar of a row as far as it is drawn, and its data. */
struct bar {
    struct chart_span span;
    double y, thickness, end;
    struct buffer *data;
};

static void draw_segment(const struct scale *scale, struct chart_sheet *sheet, struct bar *bar,
                         const struct step *step, const struct group_result *group) {
    const struct share *share = &group->options[step->index].share;
    double from = bar->end, to = from + 100 * share->rate;
    double left = chart_layout_place(bar->span, from), right = chart_layout_place(bar->span, to);
    const char *text = chart_share_bare(scale->context, share->count, group->expressed, share->rate);
    enum chart_style style = palette_text_on(step->colour) == 0xFFFFFF ? CHART_ON_DARK : CHART_ON_LIGHT;
    if (label_width(text, chart_sheet_size(style)) + 4 <= right - left)
        chart_sheet_text(sheet, (struct chart_spot){style, CHART_CENTRE, (left + right) / 2, bar->y}, text);
    buffer_format(bar->data, "%.2f\t%.2f\t%.2f\t%.10g\t%.10g\t%u\t%zu\t", bar->y, bar->y - bar->thickness / 2,
                  bar->y + bar->thickness / 2, from, to, step->colour, share->count);
    label_field(bar->data, chart_text_wording(scale->context, step->option->text));
    buffer_append(bar->data, "\n");
    bar->end = to;
}

static void draw_segments(const struct scale *scale, struct chart_sheet *sheet, struct bar bar,
                          const struct group_result *group) {
    bar.end = scale->diverging ? -left_of_middle(scale, group) : 0;
    for (size_t i = 0; i < scale->step_count; i++) {
        const struct step *step = &scale->steps[scale->diverging ? scale->step_count - 1 - i : i];
        draw_segment(scale, sheet, &bar, step, group);
    }
}

static const char *no_opinion_of(const struct chart_context *context, const struct group_result *group) {
    double share = (double)group->no_opinion / (double)group->answered;
    const char *text = chart_share_text(context, group->no_opinion, group->answered, share);
    if (chart_share_is_few(group->answered))
        return text;
    return arena_format(context->arena, "%s (%s)", text, chart_text_count(context, group->no_opinion));
}

static void draw_figures(const struct scale *scale, struct chart_sheet *sheet, const struct columns *columns,
                         const struct group_result *group, double y) {
    const struct chart_context *context = scale->context;
    chart_sheet_text(sheet, (struct chart_spot){CHART_QUIET, CHART_RIGHT, columns->count, y},
                     chart_text_count(context, group->expressed));
    if (scale->has_no_opinion) {
        const char *text = no_opinion_of(context, group);
        chart_sheet_text(sheet, (struct chart_spot){CHART_QUIET, CHART_RIGHT, columns->no_opinion, y}, text);
    }
    if (!scale->has_favourable)
        return;
    const struct share *favourable = &group->favourable;
    double shift = group->census ? 0 : chart_layout_line(CHART_STRONG) / 2 - 0.5;
    chart_sheet_text(sheet, (struct chart_spot){CHART_STRONG, CHART_RIGHT, columns->total, y - shift},
                     chart_share_text(context, favourable->count, group->expressed, favourable->rate));
    if (!group->census)
        chart_sheet_text(sheet, (struct chart_spot){CHART_QUIET, CHART_RIGHT, columns->total, y + shift},
                         chart_share_interval(context, group->expressed, favourable->low, favourable->high));
}

static void draw_rows(const struct scale *scale, struct chart_sheet *sheet, const struct columns *columns,
                      struct chart_labels labels) {
    struct buffer *data =
        chart_sheet_data(sheet, "segments: y, top, bottom, from, to, colour, count, option");
    for (size_t i = 0; i < scale->row_count; i++) {
        const struct row *row = &scale->rows[i];
        const char *instead = chart_text_instead(scale->context, row->group);
        struct label_lines words =
            chart_layout_words(scale->context, instead ? instead : "", columns->bars.first);
        double least = scale->row_count > 1 ? ROW : ONLY_ROW;
        double height = fmax(chart_layout_row(labels.rows[i], least), chart_layout_row(words, least));
        double y = chart_sheet_bottom(sheet) + height / 2;
        chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_LEFT, 0, y}, labels.rows[i]);
        if (instead)
            chart_layout_lines(sheet, (struct chart_spot){CHART_WORDS, CHART_LEFT, columns->bars.first, y},
                               words);
        else {
            double thickness = scale->row_count > 1 ? THICKNESS : ONLY_THICKNESS;
            struct bar bar = {.span = columns->bars, .y = y, .thickness = thickness, .data = data};
            draw_segments(scale, sheet, bar, row->group);
            draw_figures(scale, sheet, columns, row->group, y);
        }
        chart_sheet_advance(sheet, height);
    }
}

static void draw(const struct scale *scale, struct chart_sheet *sheet) {
    const struct chart_context *context = scale->context;
    struct chart_key *keys = ARENA_NEW(context->arena, struct chart_key, scale->step_count);
    for (size_t i = 0; i < scale->step_count; i++) {
        const struct step *step = &scale->steps[scale->diverging ? scale->step_count - 1 - i : i];
        keys[i] = (struct chart_key){step->colour, chart_text_wording(context, step->option->text)};
    }
    chart_layout_keys(context, sheet, keys, scale->step_count);
    const char **texts = ARENA_NEW(context->arena, const char *, scale->row_count);
    for (size_t i = 0; i < scale->row_count; i++)
        texts[i] = scale->rows[i].label;
    struct chart_labels labels = chart_layout_labels(context, texts, scale->row_count, context->width * 0.36);
    struct columns columns = place_columns(scale, labels.width);
    draw_headings(scale, sheet, &columns);
    double top = chart_sheet_bottom(sheet);
    draw_rows(scale, sheet, &columns, labels);
    if (scale->diverging) {
        double middle = chart_layout_place(columns.bars, 0);
        chart_sheet_line(sheet, (struct chart_stroke){middle, top, middle, chart_sheet_bottom(sheet), true});
    }
    chart_sheet_axes(sheet, columns.bars, (struct chart_span){0, 1, 0, 1});
    chart_sheet_draw(
        sheet,
        "index \"segments\" using 4:1:4:5:2:3:6 with boxxyerror fillstyle solid 1 border linecolor "
        "rgb \"%s\" linewidth 0.7 fillcolor rgb variable",
        chart_sheet_background(sheet));
}

/* --- Words --- */

static const char *remarks_of(const struct scale *scale) {
    const struct chart_context *context = scale->context;
    struct chart_remarks remarks = {0};
    for (size_t i = 0; i < scale->row_count; i++)
        chart_base_remark(&remarks, scale->rows[i].group);
    bool interval = remarks.interval && scale->has_favourable;
    remarks.interval = false;
    remarks.census = remarks.census && scale->has_favourable;
    remarks.overlap =
        scale->subject->by &&
        chart_base_breakdown(context, scale->subject->items, scale->subject->by)->by->overlapping;
    const char *text = chart_base_remarks(context, remarks);
    if (interval)
        text = chart_text_join(context,
                               chart_text(context, MESSAGE_CHART_NOTE_FIGURES, "confidence",
                                          chart_text_confidence(context), NULL),
                               " ", text);
    if (scale->has_no_opinion) {
        const char *option = chart_text_wording(context, scale->subject->question->no_opinion);
        text = chart_text_join(context, text, " ",
                               chart_text(context, MESSAGE_CHART_NOTE_NO_OPINION, "option", option, NULL));
    }
    return text;
}

static const char *unit_of(const struct scale *scale) {
    const struct group_result **groups =
        ARENA_NEW(scale->context->arena, const struct group_result *, scale->row_count);
    for (size_t i = 0; i < scale->row_count; i++)
        groups[i] = scale->rows[i].group;
    return chart_share_unit(scale->context, groups, scale->row_count);
}

/* Every answer of the only row, and the favourable ones in sum, of which alone the interval is drawn. */
static const char *describe_steps(const struct scale *scale, const char *title) {
    const struct chart_context *context = scale->context;
    const struct group_result *group = scale->rows[0].group;
    struct chart_figure *figures = ARENA_NEW(context->arena, struct chart_figure, scale->step_count + 1);
    size_t count = 0;
    if (scale->has_favourable)
        figures[count++] = chart_say_share(context, chart_text(context, MESSAGE_CHART_TOTAL_FAVOURABLE, NULL),
                                           group, &group->favourable);
    for (size_t i = 0; i < scale->step_count; i++) {
        const char *option = chart_text_wording(context, scale->steps[i].option->text);
        figures[count] =
            chart_say_share(context, option, group, &group->options[scale->steps[i].index].share);
        figures[count++].low = NULL;
    }
    return chart_say(context, title, figures, count);
}

/* Of each row the favourable share, or else the share of the first answer. */
static const char *describe_rows(const struct scale *scale, const char *title) {
    const struct chart_context *context = scale->context;
    struct chart_figure *figures = ARENA_NEW(context->arena, struct chart_figure, scale->row_count);
    for (size_t i = 0; i < scale->row_count; i++) {
        const struct group_result *group = scale->rows[i].group;
        const struct share *share =
            scale->has_favourable ? &group->favourable : &group->options[scale->steps[0].index].share;
        figures[i] = chart_say_share(context, scale->rows[i].label, group, share);
        if (!scale->has_favourable)
            figures[i].low = NULL;
    }
    const char *first = chart_text_wording(context, scale->steps[0].option->text);
    const char *lead = chart_text(context, MESSAGE_CHART_QUOTE, "text", first, NULL);
    if (scale->has_favourable)
        lead = chart_base_favourable(context, scale->subject->question);
    const char *whole = chart_text_join(context, chart_text_sentence(context, title), " ",
                                        chart_base_lead(context, scale->subject, lead));
    return chart_say(context, whole, figures, scale->row_count);
}

struct chart_drawing chart_scales_draw(const struct chart_context *context,
                                       const struct chart_subject *subject) {
    if (!chart_base_has_data(context, subject))
        return (struct chart_drawing){0};
    const struct group_result *whole = &chart_base_item(context, subject->items)->whole;
    struct scale scale = {.context = context,
                          .subject = subject,
                          .steps = make_steps(context, subject->question),
                          .step_count = subject->question->option_count,
                          .has_favourable = whole->has_favourable,
                          .has_no_opinion = subject->question->no_opinion.in != NULL,
                          .diverging = context->diverging && whole->has_favourable};
    make_rows(&scale);
    struct chart chart = chart_base_describe(context, subject);
    const char *lead = chart_base_lead(context, subject, unit_of(&scale));
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, lead);
    draw(&scale, sheet);
    chart_sheet_advance(sheet, 8);
    chart_layout_note(context, sheet, remarks_of(&scale));
    chart_data_answers(context, sheet, subject);
    const char *alternative =
        scale.row_count > 1 ? describe_rows(&scale, chart.title) : describe_steps(&scale, chart.title);
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
