#include "analysis/chart_slopes.h"

#include "analysis/chart_layout.h"

#include <math.h>

/* The least height of the scales; of a label beyond its lines; between figures and what is beside them; the
 * way of a leader from a figure to the height of its point. */
static const double HEIGHT = 150, PAD = 4, BETWEEN = 6, LEADER = 13, DOT = 3;

/* The points of a time stand beside each other, so that their intervals do: this far apart, and together at
 * most this wide. */
static const double APART = 4.5, SPREAD = 0.06;

/* The scales are this far from each other, or there is no room for labels at the right; and this far at
 * least. */
static const double WISHED_PLOT = 95, LEAST_PLOT = 45;

/* Labels of so many lines at most stand at the right as well. */
enum { LINES_AT_RIGHT = 3 };

/* One side of the plot: what stands at the ends of lines, from the top to the bottom. */
struct side {
    const size_t *order;       /* of the slopes, by value */
    struct label_lines *lines; /* of each slope's label; no lines where none stands here */
    double *places;            /* the height of each slope's label and figure */
    double height;             /* of all of them without blanks */
};

struct plot {
    const struct chart_context *context;
    const struct chart_slopes *slopes;
    struct chart_span scale; /* upright */
    double spread;           /* of the points of a time */
    double figures[2], changes, labels[2];
    double columns[2]; /* the middle of each time's points */
    double edges[2];   /* where figures end and begin */
    struct side sides[2];
};

struct chart_span chart_slopes_scale(const struct chart_slopes *slopes) {
    double least = 100, most = 0;
    for (size_t i = 0; i < slopes->count; i++)
        for (size_t j = 0; j < 2; j++) {
            const struct chart_slope *slope = &slopes->all[i];
            least = fmin(least, fmin(slope->values[j], slope->lows[j]));
            most = fmax(most, fmax(slope->values[j], slope->highs[j]));
        }
    double from = fmax(0, 10 * floor(least / 10)), to = fmin(100, 10 * ceil(most / 10));
    if (to - from > 50)
        return (struct chart_span){.from = 0, .to = 100};
    while (to - from < 30) {
        to = fmin(100, to + 10);
        from = fmax(0, to - from < 30 ? from - 10 : from);
    }
    return (struct chart_span){.from = from, .to = to};
}

/* --- Left and right --- */

static double widest(const struct chart_slopes *slopes, int side) {
    double width = 0;
    for (size_t i = 0; i < slopes->count; i++) {
        const char *text = side < 2 ? slopes->all[i].figures[side] : slopes->all[i].change;
        width = fmax(width, label_width(text, chart_sheet_size(CHART_STRONG)));
    }
    return width;
}

static double wrap_labels(const struct plot *plot, struct side *side, double width) {
    double used = 0;
    for (size_t i = 0; i < plot->slopes->count; i++) {
        side->lines[i] = chart_layout_wrap(plot->context, CHART_LABEL, plot->slopes->all[i].label, width);
        used = fmax(used, side->lines[i].width);
    }
    return used;
}

static size_t most_lines(const struct plot *plot, const struct side *side) {
    size_t most = 0;
    for (size_t i = 0; i < plot->slopes->count; i++)
        most = side->lines[i].count > most ? side->lines[i].count : most;
    return most;
}

static void forget_labels(const struct plot *plot, struct side *side) {
    for (size_t i = 0; i < plot->slopes->count; i++)
        side->lines[i] = (struct label_lines){0};
}

/* Everything but labels and the plot between the points. */
static double fixed_width(const struct plot *plot) {
    return plot->figures[0] + plot->figures[1] + plot->changes + 2 * plot->spread + 2 * LEADER + 3 * BETWEEN;
}

/* Labels stand at both sides if they leave the plot its room, and else at the left. */
static void place_across(struct plot *plot) {
    double width = plot->context->width, room = width - fixed_width(plot) - BETWEEN;
    plot->labels[0] = wrap_labels(plot, &plot->sides[0], width * 0.24);
    plot->labels[1] = wrap_labels(plot, &plot->sides[1], width * 0.22);
    if (room - plot->labels[0] - plot->labels[1] < WISHED_PLOT ||
        most_lines(plot, &plot->sides[1]) > LINES_AT_RIGHT) {
        forget_labels(plot, &plot->sides[1]);
        plot->labels[1] = 0;
        plot->labels[0] = wrap_labels(plot, &plot->sides[0], fmin(width * 0.38, room + BETWEEN - LEAST_PLOT));
    }
    plot->edges[0] = plot->labels[0] + BETWEEN + plot->figures[0] + BETWEEN / 2;
    plot->edges[1] = width - plot->changes - BETWEEN - plot->figures[1] - BETWEEN / 2;
    if (plot->labels[1] > 0)
        plot->edges[1] -= plot->labels[1] + BETWEEN;
    plot->columns[0] = plot->edges[0] + LEADER + plot->spread / 2;
    plot->columns[1] = plot->edges[1] - LEADER - plot->spread / 2;
}

/* --- Top to bottom --- */

static double own_height(const struct side *side, size_t slope) {
    size_t lines = side->lines[slope].count;
    double line = chart_layout_line(CHART_LABEL);
    return fmax(chart_layout_line(CHART_STRONG), line * (double)lines) + PAD;
}

/* The greatest first; of equal ones, those that are greater at the other time. */
static const size_t *sort(const struct plot *plot, size_t time) {
    const struct chart_slope *all = plot->slopes->all;
    size_t *order = ARENA_NEW(plot->context->arena, size_t, plot->slopes->count);
    for (size_t i = 0; i < plot->slopes->count; i++) {
        size_t at = i;
        for (; at > 0; at--) {
            const struct chart_slope *before = &all[order[at - 1]];
            if (before->values[time] > all[i].values[time] ||
                (before->values[time] == all[i].values[time] &&
                 before->values[1 - time] >= all[i].values[1 - time]))
                break;
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
    return order;
}

/* Labels as near to their points as they can be without overlap: the least squares of a monotone sequence, by
 * pooling neighbours that would change places (Ayer and others, 1955). */
static void place_labels(const struct plot *plot, size_t time) {
    const struct side *side = &plot->sides[time];
    size_t count = plot->slopes->count, pools = 0;
    double *means = ARENA_NEW(plot->context->arena, double, count), offset = 0;
    double *offsets = ARENA_NEW(plot->context->arena, double, count);
    size_t *sizes = ARENA_NEW(plot->context->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        size_t slope = side->order[i];
        offset += i ? (own_height(side, side->order[i - 1]) + own_height(side, slope)) / 2 : 0;
        offsets[i] = offset;
        means[pools] = chart_layout_place(plot->scale, plot->slopes->all[slope].values[time]) - offset;
        sizes[pools++] = 1;
        for (; pools > 1 && means[pools - 2] > means[pools - 1]; pools--) {
            double size = (double)sizes[pools - 2], last = (double)sizes[pools - 1];
            means[pools - 2] = (size * means[pools - 2] + last * means[pools - 1]) / (size + last);
            sizes[pools - 2] += sizes[pools - 1];
        }
    }
    double least = plot->scale.last, most = fmax(least, plot->scale.first - offsets[count - 1]);
    for (size_t pool = 0, i = 0; pool < pools; pool++)
        for (size_t end = i + sizes[pool]; i < end; i++)
            side->places[side->order[i]] = fmax(least, fmin(most, means[pool])) + offsets[i];
}

/* What labels and intervals reach from the top to the bottom. */
static struct chart_span find_extent(const struct plot *plot) {
    struct chart_span extent = {.first = INFINITY, .last = -INFINITY};
    for (size_t time = 0; time < 2; time++)
        for (size_t i = 0; i < plot->slopes->count; i++) {
            const struct chart_slope *slope = &plot->slopes->all[i];
            double half = own_height(&plot->sides[time], i) / 2, place = plot->sides[time].places[i];
            double high = chart_layout_place(plot->scale, fmax(slope->values[time], slope->highs[time]));
            double low = chart_layout_place(plot->scale, fmin(slope->values[time], slope->lows[time]));
            extent.first = fmin(extent.first, fmin(place - half, high - DOT));
            extent.last = fmax(extent.last, fmax(place + half, low + DOT));
        }
    return extent;
}

/* From the top on; where it ends. */
static double place_down(struct plot *plot, double top) {
    double height = HEIGHT;
    for (size_t time = 0; time < 2; time++) {
        struct side *side = &plot->sides[time];
        side->order = sort(plot, time);
        for (size_t i = 0; i < plot->slopes->count; i++)
            side->height += own_height(side, i);
        height = fmax(height, side->height);
    }
    plot->scale.first = height;
    for (size_t time = 0; time < 2; time++)
        place_labels(plot, time);
    struct chart_span extent = find_extent(plot);
    double shift = top - extent.first;
    plot->scale.first += shift;
    plot->scale.last += shift;
    for (size_t time = 0; time < 2; time++)
        for (size_t i = 0; i < plot->slopes->count; i++)
            plot->sides[time].places[i] += shift;
    return extent.last + shift;
}

/* --- Drawing --- */

/* By the order of the first time, at both times: lines that lead to and fro stay apart. */
static double point_x(const struct plot *plot, size_t slope, size_t time) {
    size_t rank = 0, count = plot->slopes->count;
    while (plot->sides[0].order[rank] != slope)
        rank++;
    double step = count > 1 ? plot->spread / (double)(count - 1) : 0;
    return plot->columns[time] + step * ((double)rank - (double)(count - 1) / 2);
}

static void draw_labels(const struct plot *plot, struct chart_sheet *sheet, size_t slope) {
    const struct chart_slope *drawn = &plot->slopes->all[slope];
    double left = plot->sides[0].places[slope], right = plot->sides[1].places[slope];
    double after = plot->edges[1] + BETWEEN / 2;
    chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_RIGHT, plot->labels[0], left},
                       plot->sides[0].lines[slope]);
    chart_sheet_text(sheet,
                     (struct chart_spot){CHART_STRONG, CHART_RIGHT, plot->edges[0] - BETWEEN / 2, left},
                     drawn->figures[0]);
    chart_sheet_text(sheet, (struct chart_spot){CHART_STRONG, CHART_LEFT, after, right}, drawn->figures[1]);
    after += plot->figures[1] + BETWEEN;
    chart_sheet_text(sheet,
                     (struct chart_spot){drawn->strong ? CHART_STRONG : CHART_LABEL, CHART_RIGHT,
                                         after + plot->changes, right},
                     drawn->change);
    chart_layout_lines(sheet,
                       (struct chart_spot){CHART_LABEL, CHART_LEFT, after + plot->changes + BETWEEN, right},
                       plot->sides[1].lines[slope]);
}

/* From beside the figure to the height of the point, and on to it. */
static void draw_leader(const struct plot *plot, struct chart_sheet *sheet, size_t slope, size_t time) {
    double way = time ? -LEADER : LEADER, from = plot->edges[time], label = plot->sides[time].places[slope];
    double x = point_x(plot, slope, time);
    double y = chart_layout_place(plot->scale, plot->slopes->all[slope].values[time]);
    chart_sheet_line(sheet, (struct chart_stroke){from, label, from + way, y, false});
    chart_sheet_line(sheet, (struct chart_stroke){from + way, y, x, y, false});
}

static void write_rows(const struct plot *plot, struct chart_sheet *sheet) {
    const struct chart_theme *theme = plot->context->theme;
    struct buffer *data = chart_sheet_data(
        sheet, "slopes: x and percent, first and second; intervals' ends, first and second; colour, label");
    for (size_t i = 0; i < plot->slopes->count; i++) {
        const struct chart_slope *slope = &plot->slopes->all[i];
        buffer_format(data, "%.2f\t%.10g\t%.2f\t%.10g\t", point_x(plot, i, 0), slope->values[0],
                      point_x(plot, i, 1), slope->values[1]);
        buffer_format(data, "%.10g\t%.10g\t%.10g\t%.10g\t%u\t", slope->lows[0], slope->highs[0],
                      slope->lows[1], slope->highs[1], slope->strong ? theme->strong : theme->bar);
        label_field(data, slope->label);
        buffer_append(data, "\n");
    }
}

static bool has_interval(const struct plot *plot, size_t time) {
    for (size_t i = 0; i < plot->slopes->count; i++)
        if (!isnan(plot->slopes->all[i].lows[time]))
            return true;
    return false;
}

static void draw_slopes(const struct plot *plot, struct chart_sheet *sheet) {
    write_rows(plot, sheet);
    chart_sheet_axes(sheet, (struct chart_span){0, 1, 0, 1}, plot->scale);
    static const char *const whiskers[] = {"1:5:(0):($6-$5):9", "3:7:(0):($8-$7):9"};
    for (size_t time = 0; time < 2; time++)
        if (has_interval(plot, time))
            chart_sheet_draw(
                sheet, "index \"slopes\" using %s with vectors nohead linewidth 1.1 linecolor rgb variable",
                whiskers[time]);
    chart_sheet_draw(sheet, "index \"slopes\" using 1:2:($3-$1):($4-$2):9 with vectors nohead linewidth 1.7 "
                            "linecolor rgb variable");
    for (size_t time = 0; time < 2; time++)
        chart_sheet_draw(
            sheet, "index \"slopes\" using %s:9 with points pointtype 7 pointsize 0.7 linecolor rgb variable",
            time ? "3:4" : "1:2");
}

/* Above the points, to the outside of them as far as there is room. */
static void draw_headings(const struct plot *plot, struct chart_sheet *sheet) {
    const char *const *headings = plot->slopes->headings;
    double line = chart_layout_line(CHART_STRONG), y = chart_sheet_bottom(sheet) + line / 2;
    double left = plot->columns[0] + plot->spread / 2, right = plot->columns[1] - plot->spread / 2;
    double size = chart_sheet_size(CHART_STRONG);
    left = fmax(left, label_width(headings[0], size));
    right = fmin(right, plot->context->width - label_width(headings[1], size));
    chart_sheet_text(sheet, (struct chart_spot){CHART_STRONG, CHART_RIGHT, left, y}, headings[0]);
    chart_sheet_text(sheet, (struct chart_spot){CHART_STRONG, CHART_LEFT, right, y}, headings[1]);
    chart_sheet_advance(sheet, line + 4);
}

void chart_slopes_draw(const struct chart_context *context, struct chart_sheet *sheet,
                       const struct chart_slopes *slopes) {
    struct plot plot = {.context = context,
                        .slopes = slopes,
                        .scale = chart_slopes_scale(slopes),
                        .spread = fmin(SPREAD * context->width, APART * (double)(slopes->count - 1)),
                        .figures = {widest(slopes, 0), widest(slopes, 1)},
                        .changes = widest(slopes, 2)};
    for (size_t time = 0; time < 2; time++) {
        plot.sides[time].lines = ARENA_NEW(context->arena, struct label_lines, slopes->count);
        plot.sides[time].places = ARENA_NEW(context->arena, double, slopes->count);
    }
    place_across(&plot);
    draw_headings(&plot, sheet);
    double end = place_down(&plot, chart_sheet_bottom(sheet));
    for (size_t i = 0; i < slopes->count; i++) {
        draw_labels(&plot, sheet, i);
        draw_leader(&plot, sheet, i, 0);
        draw_leader(&plot, sheet, i, 1);
    }
    draw_slopes(&plot, sheet);
    chart_sheet_advance(sheet, end - chart_sheet_bottom(sheet));
}
