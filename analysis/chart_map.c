#include "analysis/chart_kinds.h"

#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_share.h"
#include "analysis/palette.h"
#include "analysis/prose.h"

#include <math.h>
#include <string.h>

/* Heights of rows and of the cells in them, of many answers and of few; the blank between cells, and the one
 * that sets all respondents apart from the groups. */
static const double ROW = 21, LESS = 2, LESS_OF_FEW = 7, GAP = 2, APART = 7, BEFORE_CELLS = 8,
                    BETWEEN_PARTS = 12;

/* A cell holds "100 %" and, of few, "19/19"; beyond the widest, columns would be walls. */
static const double LEAST_CELL = 29, MOST_CELL = 74;

/* Names of groups stand above their columns if they need no more lines, and else on steps. */
enum { HEADING_LINES_MOST = 5 };

/* From 0 to 100 %, one colour for each. */
enum { SHADES = 101 };

/* A column: a group of the breakdown, or (`of` is NULL) all respondents. */
struct column {
    const struct group_result *of;
    const char *name, *base;
};

struct map {
    const struct chart_context *context;
    const struct chart_subject *subject;
    const struct item *const *order;
    struct palette_ramp ramp; /* from the darkest to the lightest */
    const struct column *columns;
    size_t column_count;
    struct chart_labels labels;
    size_t in_a_part; /* groups side by side, beside all respondents */
    double left, cell;
    struct buffer cells;
    bool few, hidden, nobody;
};

static const struct group_result *group_of(const struct map *map, const struct item *item,
                                           const struct column *column) {
    if (!column->of)
        return &chart_base_item(map->context, item)->whole;
    return &chart_base_breakdown(map->context, item, map->subject->by)->groups[column->of->number];
}

/* How many expressed an answer: of the lines on which that is shown, the least and the most. */
static const char *base_of(const struct map *map, const struct column *column) {
    size_t least = 0, most = 0;
    for (size_t i = 0; i < map->subject->item_count; i++) {
        const struct group_result *group = group_of(map, map->order[i], column);
        if (!chart_base_is_shown(group))
            continue;
        least = most == 0 || group->expressed < least ? group->expressed : least;
        most = group->expressed > most ? group->expressed : most;
    }
    const struct chart_context *context = map->context;
    const char *low = chart_text_count(context, least), *high = chart_text_count(context, most);
    if (most == 0)
        return "";
    if (least == most)
        return arena_format(context->arena, "n = %s", low);
    return chart_text(context, MESSAGE_CHART_MAP_BASE, "least", low, "most", high, NULL);
}

static bool is_asked(const struct map *map, size_t group) {
    for (size_t i = 0; i < map->subject->item_count; i++)
        if (chart_base_breakdown(map->context, map->order[i], map->subject->by)->groups[group].asked)
            return true;
    return false;
}

static void make_columns(struct map *map) {
    const struct chart_context *context = map->context;
    const struct breakdown_result *any = chart_base_breakdown(context, map->subject->items, map->subject->by);
    struct column *columns = ARENA_NEW(context->arena, struct column, 1 + any->by->group_count);
    columns[map->column_count++].name = chart_text(context, MESSAGE_REPORT_WHOLE, NULL);
    for (size_t i = 0; i < any->by->group_count; i++)
        if (is_asked(map, i))
            columns[map->column_count++] =
                (struct column){.of = &any->groups[i], .name = chart_text_group(context, &any->groups[i])};
    for (size_t i = 0; i < map->column_count; i++)
        columns[i].base = base_of(map, &columns[i]);
    map->columns = columns;
}

/* Dark is much, whichever end of the theme's list that is, and nothing is nearly white: lightness is even,
 * and reaches farther than where neighbours must differ from what is behind them. */
static struct palette_ramp find_ramp(const struct chart_theme *theme) {
    static const double LIGHTEST = 95, CHROMA_OF_LIGHTEST = 4;
    const struct palette_ramp *ramp = &theme->sides[PALETTE_ORDERED];
    size_t dark = ramp->lightness[0] <= ramp->lightness[1] ? 0 : 1;
    return (struct palette_ramp){.lightness = {ramp->lightness[dark], LIGHTEST},
                                 .chroma = {ramp->chroma[dark], fmin(ramp->chroma[dark], CHROMA_OF_LIGHTEST)},
                                 .hue = {ramp->hue[dark], ramp->hue[1 - dark]}};
}

/* Parts of nearly the same number of columns stand below each other where one has no room for all. */
static void place(struct map *map) {
    const struct chart_context *context = map->context;
    const char **texts = ARENA_NEW(context->arena, const char *, map->subject->item_count);
    for (size_t i = 0; i < map->subject->item_count; i++)
        texts[i] = chart_text_wording(context, map->order[i]->text);
    double share = map->column_count > 8 ? 0.3 : 0.38;
    map->labels = chart_layout_labels(context, texts, map->subject->item_count, context->width * share);
    map->left = map->labels.width + BEFORE_CELLS;
    double room = context->width - map->left - APART;
    size_t most = (size_t)(room / LEAST_CELL), groups = map->column_count - 1;
    most = most > 2 ? most - 1 : 1;
    size_t parts = (groups + most - 1) / most;
    map->in_a_part = (groups + parts - 1) / parts;
    map->cell = fmin(MOST_CELL, room / (double)(map->in_a_part + 1));
}

/* --- A part: all respondents, and some groups --- */

struct part {
    size_t first, end; /* of the columns; before them stands the one of all */
};

static size_t part_size(const struct part *part) {
    return 1 + part->end - part->first;
}

static const struct column *part_column(const struct map *map, const struct part *part, size_t place) {
    return place == 0 ? &map->columns[0] : &map->columns[part->first + place - 1];
}

static double cell_left(const struct map *map, size_t place) {
    return map->left + (double)place * map->cell + (place ? APART : 0);
}

static double cell_middle(const struct map *map, size_t place) {
    return cell_left(map, place) + (map->cell - GAP) / 2;
}

static bool has_room(const char *words, double room) {
    size_t length = strcspn(words, " ");
    char word[256];
    for (; *words; words += length + (words[length] == ' '), length = strcspn(words, " ")) {
        if (length >= sizeof word)
            return false;
        memcpy(word, words, length);
        word[length] = '\0';
        if (label_width(word, chart_sheet_size(CHART_LABEL)) > room)
            return false;
    }
    return true;
}

/* Whether the names fit above their columns, no word of them broken; how high they are then. */
static bool fit_above(const struct map *map, const struct part *part, double *height) {
    size_t most = 1;
    double room = map->cell - GAP;
    for (size_t i = 0; i < part_size(part); i++) {
        const struct column *column = part_column(map, part, i);
        struct label_lines lines = chart_layout_wrap(map->context, CHART_LABEL, column->name, room);
        most = lines.count > most ? lines.count : most;
        if (!has_room(column->name, room) ||
            label_width(column->base, chart_sheet_size(CHART_QUIET)) > room + GAP)
            return false;
    }
    *height = chart_layout_line(CHART_LABEL) * (double)most + chart_layout_line(CHART_QUIET);
    return most <= HEADING_LINES_MOST;
}

static void draw_above(const struct map *map, const struct part *part, struct chart_sheet *sheet,
                       double height) {
    double bottom = chart_sheet_bottom(sheet) + height, quiet = chart_layout_line(CHART_QUIET);
    for (size_t i = 0; i < part_size(part); i++) {
        const struct column *column = part_column(map, part, i);
        struct label_lines lines =
            chart_layout_wrap(map->context, CHART_LABEL, column->name, map->cell - GAP);
        double y = bottom - quiet - chart_layout_line(CHART_LABEL) * (double)lines.count / 2;
        double x = cell_middle(map, i);
        chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_CENTRE, x, y}, lines);
        chart_sheet_text(sheet, (struct chart_spot){CHART_QUIET, CHART_CENTRE, x, bottom - quiet / 2},
                         column->base);
    }
    chart_sheet_advance(sheet, height + 3);
}

/* Each name on a step of its own, the one of the rightmost column on top, all to the left of the line that
 * leads down to the column: so no line crosses a name. */
static void draw_steps(const struct map *map, const struct part *part, struct chart_sheet *sheet) {
    static const double BESIDE = 4;
    size_t count = part_size(part);
    double *tops = ARENA_NEW(map->context->arena, double, count);
    for (size_t i = count; i-- > 0;) {
        const struct column *column = part_column(map, part, i);
        double x = cell_middle(map, i);
        const char *name = *column->base
                               ? arena_format(map->context->arena, "%s (%s)", column->name, column->base)
                               : column->name;
        struct label_lines lines = chart_layout_wrap(map->context, CHART_LABEL, name, x - BESIDE);
        double height = chart_layout_line(CHART_LABEL) * (double)lines.count + 1;
        double top = chart_sheet_bottom(sheet);
        chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_RIGHT, x - BESIDE, top + height / 2},
                           lines);
        tops[i] = top + 2;
        chart_sheet_advance(sheet, height);
    }
    chart_sheet_advance(sheet, 2);
    for (size_t i = 0; i < count; i++) {
        double x = cell_middle(map, i);
        chart_sheet_line(sheet, (struct chart_stroke){x, tops[i], x, chart_sheet_bottom(sheet), true});
    }
    chart_sheet_advance(sheet, 2);
}

static void draw_mark(struct map *map, struct chart_sheet *sheet, const struct group_result *group, double x,
                      double y) {
    bool hidden = group->asked > 0 && group->suppressed;
    map->hidden = map->hidden || hidden;
    map->nobody = map->nobody || !hidden;
    chart_sheet_text(sheet, (struct chart_spot){CHART_LABEL, CHART_CENTRE, x, y}, hidden ? "–" : "·");
}

static void draw_cell(struct map *map, struct chart_sheet *sheet, const struct item *item,
                      const struct column *column, struct chart_spot spot, double height) {
    const struct group_result *group = group_of(map, item, column);
    if (!chart_base_is_shown(group)) {
        draw_mark(map, sheet, group, spot.x, spot.y);
        return;
    }
    const struct share *share = &group->favourable;
    size_t shade = (size_t)(100 * fmin(1, fmax(0, share->rate)) + 0.5);
    unsigned colour = palette_scale(&map->ramp, SHADES - 1 - shade, SHADES);
    bool few = chart_share_is_few(group->expressed);
    map->few = map->few || few;
    spot.style = palette_text_on(colour) == 0xFFFFFF ? CHART_ON_DARK : CHART_ON_LIGHT;
    spot.align = CHART_CENTRE;
    chart_sheet_text(sheet, spot,
                     chart_share_short(map->context, share->count, group->expressed, share->rate));
    double half = height / 2 - (few ? LESS_OF_FEW : LESS) / 2, width = (map->cell - GAP) / 2;
    buffer_format(&map->cells, "%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%u\t%.10g\t%zu\t%zu\t", spot.y, spot.x - width,
                  spot.x + width, spot.y - half, spot.y + half, colour, 100 * share->rate, share->count,
                  group->expressed);
    label_field(&map->cells, chart_text_wording(map->context, item->text));
    buffer_append(&map->cells, "\t");
    label_field(&map->cells, column->name);
    buffer_append(&map->cells, "\n");
}

static void draw_part(struct map *map, struct chart_sheet *sheet, const struct part *part) {
    double height = 0;
    if (fit_above(map, part, &height))
        draw_above(map, part, sheet, height);
    else
        draw_steps(map, part, sheet);
    for (size_t i = 0; i < map->subject->item_count; i++) {
        double row = chart_layout_row(map->labels.rows[i], ROW), y = chart_sheet_bottom(sheet) + row / 2;
        chart_layout_lines(sheet, (struct chart_spot){CHART_LABEL, CHART_LEFT, 0, y}, map->labels.rows[i]);
        for (size_t j = 0; j < part_size(part); j++)
            draw_cell(map, sheet, map->order[i], part_column(map, part, j),
                      (struct chart_spot){.x = cell_middle(map, j), .y = y}, row);
        chart_sheet_advance(sheet, row);
    }
}

static void draw(struct map *map, struct chart_sheet *sheet) {
    for (size_t i = 1; i < map->column_count; i += map->in_a_part) {
        size_t end = i + map->in_a_part < map->column_count ? i + map->in_a_part : map->column_count;
        if (i > 1)
            chart_sheet_advance(sheet, BETWEEN_PARTS);
        draw_part(map, sheet, &(struct part){i, end});
    }
    buffer_append(chart_sheet_data(sheet, "cells: y, left, right, top, bottom, colour, percent, count, base, "
                                          "item, group"),
                  buffer_text(&map->cells));
    buffer_destroy(&map->cells);
    chart_sheet_draw(sheet,
                     "index \"cells\" using 2:1:2:3:4:5:6 axes x2y2 with boxxyerror fillcolor rgb variable");
}

/* --- Words --- */

static const char *remarks_of(const struct map *map) {
    const struct chart_context *context = map->context;
    const char *text = "";
    if (map->few)
        text = chart_text(context, MESSAGE_CHART_MAP_FEW, "least",
                          chart_text_count(context, PROSE_PERCENT_FROM), NULL);
    if (map->hidden)
        text = chart_text_join(context, text, " ",
                               chart_text(context, MESSAGE_CHART_MAP_HIDDEN, "minimum",
                                          chart_text_count(context, context->results->options.minimum_cell),
                                          NULL));
    if (map->nobody)
        text = chart_text_join(context, text, " ", chart_text(context, MESSAGE_CHART_MAP_NOBODY, NULL));
    if (chart_base_breakdown(context, map->subject->items, map->subject->by)->by->overlapping)
        text = chart_text_join(context, text, " ", chart_text(context, MESSAGE_REPORT_NOTE_OVERLAP, NULL));
    return text;
}

/* A cell that is shown: the one with the largest or smallest share among some columns. */
struct extreme {
    const struct group_result *group; /* NULL: none */
    const struct item *item;
    const struct column *column;
};

static struct extreme find_extreme(const struct map *map, size_t first, size_t end, int sign) {
    struct extreme extreme = {0};
    for (size_t i = first; i < end; i++)
        for (size_t j = 0; j < map->subject->item_count; j++) {
            const struct group_result *group = group_of(map, map->order[j], &map->columns[i]);
            if (chart_base_is_shown(group) &&
                (!extreme.group || sign * group->favourable.rate > sign * extreme.group->favourable.rate))
                extreme = (struct extreme){group, map->order[j], &map->columns[i]};
        }
    return extreme;
}

static const char *figure_of(const struct map *map, const struct extreme *extreme) {
    const struct share *share = &extreme->group->favourable;
    return chart_share_text(map->context, share->count, extreme->group->expressed, share->rate);
}

static const char *say_extreme(const struct map *map, enum message message, const struct extreme *extreme) {
    return chart_text(map->context, message, "group", extreme->column->name, "item",
                      chart_text_wording(map->context, extreme->item->text), "figure",
                      figure_of(map, extreme), NULL);
}

/* Of all respondents the first and the last line, and of all cells of groups the two that stand out. */
static const char *describe(const struct map *map, const struct extreme *low, const struct extreme *high,
                            const char *title) {
    const struct chart_context *context = map->context;
    const char *text = "", *between = chart_text(context, MESSAGE_CHART_BETWEEN, NULL);
    struct extreme last = find_extreme(map, 0, 1, -1), first = find_extreme(map, 0, 1, 1);
    if (last.group && last.item != first.item)
        text = chart_text(context, MESSAGE_CHART_SAY_ROWS, "name", map->columns[0].name, "low",
                          figure_of(map, &last), "low_item", chart_text_wording(context, last.item->text),
                          "high", figure_of(map, &first), "high_item",
                          chart_text_wording(context, first.item->text), NULL);
    text = chart_text_join(context, text, between, say_extreme(map, MESSAGE_CHART_SAY_LARGEST, high));
    text = chart_text_join(context, text, between, say_extreme(map, MESSAGE_CHART_SAY_SMALLEST, low));
    return chart_text_say(context, title, text);
}

struct chart_drawing chart_map_draw(const struct chart_context *context,
                                    const struct chart_subject *subject) {
    if (subject->item_count < 2 || !chart_base_has_data(context, subject))
        return (struct chart_drawing){0};
    struct map map = {.context = context,
                      .subject = subject,
                      .order = chart_base_order(context, subject),
                      .ramp = find_ramp(context->theme)};
    make_columns(&map);
    struct extreme low = find_extreme(&map, 1, map.column_count, -1);
    struct extreme high = find_extreme(&map, 1, map.column_count, 1);
    if (map.column_count < 3 || !low.group || !high.group)
        return (struct chart_drawing){0};
    place(&map);
    struct chart chart = chart_base_describe(context, subject);
    chart.name = arena_format(context->arena, "%s-map", chart.name);
    const char *lead = chart_base_lead(context, subject, chart_base_favourable(context, subject->question));
    struct chart_sheet *sheet = chart_layout_begin(
        context, &chart,
        chart_text_join(context, lead, " ", chart_text(context, MESSAGE_CHART_MAP_IS, NULL)));
    draw(&map, sheet);
    chart_sheet_advance(sheet, 8);
    chart_layout_note(context, sheet, remarks_of(&map));
    chart_data_favourable(context, sheet, subject);
    const char *alternative = describe(
        &map, &low, &high, chart_text_join(context, chart_text_sentence(context, chart.title), " ", lead));
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
