#include "analysis/breakdown_tables.h"

#include "analysis/comparison_tables.h"
#include "analysis/naming.h"

#include <math.h>

enum { GROUPS_IN_A_TABLE = 5 };

/* The groups side by side: the whole, and those that were asked. */
struct side {
    const struct prose *prose;
    const struct item_result *items; /* one, or a grid's, none of which the breakdown names */
    size_t item_count;
    const struct breakdown *by;
    enum breakdown_notes notes;
    size_t *groups; /* indices */
    size_t group_count;
    bool hidden, unanimous, intervals;
};

static const struct group_result *group_of(const struct item_result *item, const struct breakdown *by,
                                           size_t group) {
    return &results_breakdown(item, by)->groups[group];
}

bool breakdown_tables_has(const struct item_result *item, const struct breakdown *by) {
    const struct breakdown_result *result = results_breakdown(item, by);
    size_t asked = 0;
    for (size_t i = 0; result && i < by->group_count; i++)
        asked += result->groups[i].asked > 0;
    return asked >= 2;
}

/* Whether its figures have one: a fact has none, nor has a single answer's mean. */
static bool has_interval(const struct group_result *group) {
    if (group->suppressed || group->census || group->expressed == 0)
        return false;
    return !isnan(group->mean_low) || (group->has_favourable && !isnan(group->favourable.low)) ||
           (group->options && !isnan(group->options->share.low));
}

static struct side plan(const struct prose *prose, const struct item_result *items, size_t item_count,
                        const struct breakdown *by, enum breakdown_notes notes) {
    size_t all = by->group_count;
    struct side side = {.prose = prose,
                        .items = items,
                        .item_count = item_count,
                        .by = by,
                        .notes = notes,
                        .groups = ARENA_NEW(prose->arena, size_t, all)};
    for (size_t i = 0; i < item_count; i++)
        side.intervals = side.intervals || has_interval(&items[i].whole);
    for (size_t i = 0; i < all; i++) {
        size_t asked = 0;
        for (size_t j = 0; j < item_count; j++) {
            const struct group_result *group = group_of(&items[j], by, i);
            asked += group->asked;
            side.hidden = side.hidden || (group->asked && group->suppressed);
            side.unanimous = side.unanimous || group->unanimous;
            side.intervals = side.intervals || has_interval(group);
        }
        if (asked)
            side.groups[side.group_count++] = i;
    }
    return side;
}

static bool all_hidden(const struct side *side) {
    for (size_t i = 0; i < side->item_count; i++)
        for (size_t j = 0; j < side->group_count; j++)
            if (!group_of(&side->items[i], side->by, side->groups[j])->suppressed)
                return false;
    return true;
}

static const char *say(const struct side *side, enum message message) {
    return prose_say(side->prose, message, NULL);
}

/* The line of a grid is named where it has a table of its own. */
static const char *caption(const struct side *side) {
    const struct item *item = side->items->item;
    const char *by = naming_breakdown(side->prose, side->by);
    if (!item->question->is_grid || side->item_count > 1)
        return by;
    return arena_format(side->prose->arena, "%s – %s", naming_wording(side->prose, &item->text), by);
}

/* The caption with what the table's figures are: alone, or with their intervals. */
static const char *say_figures(const struct side *side, const char *text, enum message alone,
                               enum message with_intervals) {
    const struct hole holes[] = {{"caption", text}, {"confidence", prose_confidence(side->prose)}, {0}};
    return prose_say(side->prose, side->intervals ? with_intervals : alone, holes);
}

static void add_notes(struct table_draft *table, const struct side *side) {
    const struct prose *prose = side->prose;
    bool all = side->notes == BREAKDOWN_NOTES_ALL;
    const char *tests = comparison_tables_note(prose, side->items, side->item_count, side->by, !all);
    if (tests)
        table_add_note(table, tests);
    if (all && side->by->overlapping)
        table_add_note(table, say(side, MESSAGE_REPORT_NOTE_OVERLAP));
    if (all && side->hidden)
        table_add_note(table, naming_hidden_note(prose));
    if (all && side->unanimous)
        table_add_note(table, say(side, MESSAGE_REPORT_NOTE_UNANIMOUS));
}

/* A figure with its interval beneath; a fact has none. */
static void add_figure(struct table_draft *table, const char *figure, const char *interval, bool census) {
    table_add_cell(table, figure, census ? NULL : interval);
}

static void add_share(struct table_draft *table, const struct side *side, const struct share *share,
                      const struct group_result *group) {
    bool none = group->suppressed || isnan(share->rate);
    add_figure(table, prose_percent(side->prose, none ? NAN : share->rate),
               none ? NULL : prose_interval(side->prose, share->low, share->high, group->census),
               group->census);
}

static const char *mean_of(const struct side *side, double mean) {
    return prose_number(side->prose, mean, prose_mean_decimals(side->items->item->question));
}

static const char *mean_interval(const struct side *side, const struct group_result *group) {
    if (isnan(group->mean_low))
        return NULL;
    return prose_say(side->prose, MESSAGE_REPORT_RANGE,
                     (struct hole[]){{"low", mean_of(side, group->mean_low)},
                                     {"high", mean_of(side, group->mean_high)},
                                     {0}});
}

static void add_mean(struct table_draft *table, const struct side *side, const struct group_result *group) {
    bool none = group->suppressed;
    add_figure(table, mean_of(side, none ? NAN : group->mean), none ? NULL : mean_interval(side, group),
               group->census);
}

/* --- Answers as rows, groups as columns --- */

/* Groups `first` to before `end` of those side by side. */
struct part {
    size_t first, end;
};

/* The n-th column of figures: the whole, then the part's groups. */
static const struct group_result *column_group(const struct side *side, const struct part *part,
                                               size_t column) {
    if (column == 0)
        return &side->items->whole;
    return group_of(side->items, side->by, side->groups[part->first + column - 1]);
}

static size_t column_count(const struct part *part) {
    return part->end - part->first + 1;
}

static void add_group_columns(struct table_draft *table, const struct side *side, const struct part *part,
                              enum message first) {
    table_add_column(table, say(side, first), COLUMN_WORDS);
    table_add_column(table, say(side, MESSAGE_REPORT_WHOLE), COLUMN_FIGURES);
    for (size_t i = part->first; i < part->end; i++) {
        const struct group_result *group = group_of(side->items, side->by, side->groups[i]);
        table_add_column(table, naming_group(side->prose, group), COLUMN_FIGURES);
    }
}

static void add_base_row(struct table_draft *table, const struct side *side, const struct part *part) {
    table_add_row(table, ROW_ASIDE);
    table_add_cell(table, naming_base(side->prose, side->items->item->question), NULL);
    for (size_t i = 0; i < column_count(part); i++) {
        const struct group_result *group = column_group(side, part, i);
        const char *base = group->suppressed ? naming_hidden(side->prose, group)
                                             : prose_count(side->prose, group->expressed);
        const char *detail = group->unanimous ? say(side, MESSAGE_REPORT_UNANIMOUS)
                             : group->census  ? say(side, MESSAGE_REPORT_CENSUS)
                                              : NULL;
        table_add_cell(table, base, group->suppressed ? NULL : detail);
    }
}

static void add_option_row(struct table_draft *table, const struct side *side, const struct part *part,
                           size_t option) {
    const struct question *question = side->items->item->question;
    table_add_row(table, ROW_BODY);
    table_add_cell(table, naming_wording(side->prose, &question->options[option].text), NULL);
    for (size_t i = 0; i < column_count(part); i++) {
        const struct group_result *group = column_group(side, part, i);
        add_share(table, side, &group->options[option].share, group);
    }
}

static void add_summary_rows(struct table_draft *table, const struct side *side, const struct part *part) {
    const struct group_result *whole = &side->items->whole;
    if (whole->has_favourable) {
        table_add_row(table, ROW_TOTAL);
        table_add_cell(table, say(side, MESSAGE_REPORT_FAVOURABLE), NULL);
        for (size_t i = 0; i < column_count(part); i++) {
            const struct group_result *group = column_group(side, part, i);
            add_share(table, side, &group->favourable, group);
        }
    }
    if (!isnan(whole->mean)) {
        table_add_row(table, ROW_TOTAL);
        table_add_cell(table, say(side, MESSAGE_REPORT_MEAN), NULL);
        for (size_t i = 0; i < column_count(part); i++)
            add_mean(table, side, column_group(side, part, i));
    }
}

static const char *part_caption(const struct side *side, size_t number, size_t parts) {
    if (parts == 1)
        return caption(side);
    return prose_say(side->prose, MESSAGE_REPORT_TABLE_PART,
                     (struct hole[]){{"caption", caption(side)},
                                     {"part", prose_count(side->prose, number)},
                                     {"parts", prose_count(side->prose, parts)},
                                     {0}});
}

static void add_options(struct document *document, const struct side *side) {
    size_t parts = (side->group_count + GROUPS_IN_A_TABLE - 1) / GROUPS_IN_A_TABLE;
    for (size_t i = 0; i < parts; i++) {
        struct part part = {i * side->group_count / parts, (i + 1) * side->group_count / parts};
        const char *title = say_figures(side, part_caption(side, i + 1, parts), MESSAGE_REPORT_BY_SHARES,
                                        MESSAGE_REPORT_BY_SHARES_INTERVALS);
        struct table_draft *table = table_create(side->prose->arena, title);
        add_group_columns(table, side, &part, MESSAGE_REPORT_ANSWER);
        add_base_row(table, side, &part);
        for (size_t j = 0; j < side->items->item->question->option_count; j++)
            add_option_row(table, side, &part, j);
        add_summary_rows(table, side, &part);
        if (i + 1 == parts)
            add_notes(table, side);
        document_table(document, table_of(table));
    }
}

/* --- Groups as rows, figures as columns: numbers and dates --- */

static void add_number_cells(struct table_draft *table, const struct side *side,
                             const struct group_result *group) {
    const struct question *question = side->items->item->question;
    add_mean(table, side, group);
    table_add_cell(table, prose_quantile(side->prose, question, group->median), NULL);
    table_add_cell(table, prose_mean(side->prose, question, group->standard_deviation), NULL);
}

static void add_group_row(struct table_draft *table, const struct side *side,
                          const struct group_result *group) {
    const char *name = group->code ? naming_group(side->prose, group) : say(side, MESSAGE_REPORT_WHOLE);
    table_add_row(table, group->code ? ROW_BODY : ROW_TOTAL);
    table_add_cell(table, name, NULL);
    if (group->suppressed) {
        table_add_rest(table, naming_hidden(side->prose, group));
        return;
    }
    table_add_cell(table, prose_count(side->prose, group->expressed), NULL);
    if (side->items->item->question->type == QUESTION_NUMBER)
        add_number_cells(table, side, group);
    else
        table_add_cell(table, prose_date(side->prose, group->date_median), NULL);
}

static void add_figures(struct document *document, const struct side *side) {
    bool number = side->items->item->question->type == QUESTION_NUMBER;
    const char *title = caption(side);
    if (number)
        title = say_figures(side, title, MESSAGE_REPORT_BY_FIGURES, MESSAGE_REPORT_BY_FIGURES_INTERVALS);
    struct table_draft *table = table_create(side->prose->arena, title);
    table_add_column(table, say(side, MESSAGE_REPORT_GROUP), COLUMN_WORDS);
    table_add_column(table, say(side, MESSAGE_REPORT_EXPRESSED_SHORT), COLUMN_FIGURES);
    if (number)
        table_add_column(table, say(side, MESSAGE_REPORT_MEAN), COLUMN_FIGURES);
    table_add_column(table, say(side, MESSAGE_REPORT_MEDIAN), COLUMN_FIGURES);
    if (number)
        table_add_column(table, say(side, MESSAGE_REPORT_DEVIATION), COLUMN_FIGURES);
    for (size_t i = 0; i < side->group_count; i++)
        add_group_row(table, side, group_of(side->items, side->by, side->groups[i]));
    add_group_row(table, side, &side->items->whole);
    add_notes(table, side);
    document_table(document, table_of(table));
}

static bool say_all_hidden(struct document *document, const struct side *side) {
    if (!all_hidden(side))
        return false;
    const char *text =
        prose_say(side->prose, MESSAGE_REPORT_BY_HIDDEN, (struct hole[]){{"caption", caption(side)}, {0}});
    if (side->notes == BREAKDOWN_NOTES_ALL)
        text = arena_format(side->prose->arena, "%s %s", text, naming_hidden_note(side->prose));
    document_paragraph(document, PARAGRAPH_ASIDE, text);
    return true;
}

void breakdown_tables_add_item(struct document *document, const struct prose *prose,
                               const struct item_result *item, const struct breakdown *by,
                               enum breakdown_notes notes) {
    struct side side = plan(prose, item, 1, by, notes);
    if (item->whole.suppressed || item->item->question->type == QUESTION_TEXT ||
        say_all_hidden(document, &side))
        return;
    if (item->item->question->option_count)
        add_options(document, &side);
    else
        add_figures(document, &side);
}

/* --- Grids: lines as rows, groups as columns --- */

static const char *matrix_detail(const struct side *side, const struct group_result *group,
                                 const char *interval) {
    const char *base = prose_say(side->prose, MESSAGE_REPORT_BASE_IS,
                                 (struct hole[]){{"base", prose_count(side->prose, group->expressed)}, {0}});
    if (group->unanimous)
        base = arena_format(side->prose->arena, "%s, %s", base, say(side, MESSAGE_REPORT_UNANIMOUS));
    return interval ? arena_format(side->prose->arena, "%s, %s", interval, base) : base;
}

static void add_matrix_cell(struct table_draft *table, const struct side *side,
                            const struct group_result *group) {
    const struct share *share = &group->favourable;
    if (group->asked == 0 || (!group->suppressed && group->expressed == 0))
        table_add_cell(table, "–", NULL);
    else if (group->suppressed)
        table_add_cell(table, naming_hidden(side->prose, group), NULL);
    else if (group->has_favourable)
        table_add_cell(
            table, prose_percent(side->prose, share->rate),
            matrix_detail(side, group, prose_interval(side->prose, share->low, share->high, group->census)));
    else
        table_add_cell(table, mean_of(side, group->mean),
                       matrix_detail(side, group, group->census ? NULL : mean_interval(side, group)));
}

static void add_matrix(struct document *document, const struct side *side, const struct part *part,
                       const char *title, bool last) {
    struct table_draft *table = table_create(side->prose->arena, title);
    add_group_columns(table, side, part, MESSAGE_REPORT_ITEM);
    for (size_t i = 0; i < side->item_count; i++) {
        const struct item_result *item = &side->items[i];
        table_add_row(table, ROW_BODY);
        table_add_cell(table, naming_wording(side->prose, &item->item->text), NULL);
        add_matrix_cell(table, side, &item->whole);
        for (size_t j = part->first; j < part->end; j++)
            add_matrix_cell(table, side, group_of(item, side->by, side->groups[j]));
    }
    if (last)
        add_notes(table, side);
    document_table(document, table_of(table));
}

void breakdown_tables_add_grid(struct document *document, const struct prose *prose,
                               const struct item_result *items, size_t count, const struct breakdown *by,
                               enum breakdown_notes notes) {
    struct item_result *rows = ARENA_NEW(prose->arena, struct item_result, count);
    size_t row_count = 0;
    for (size_t i = 0; i < count; i++)
        if (!breakdown_names(by, items[i].item))
            rows[row_count++] = items[i];
    struct side side = plan(prose, rows, row_count, by, notes);
    if (say_all_hidden(document, &side))
        return;
    bool favourable = items->whole.has_favourable;
    size_t parts = (side.group_count + GROUPS_IN_A_TABLE - 1) / GROUPS_IN_A_TABLE;
    for (size_t i = 0; i < parts; i++) {
        struct part part = {i * side.group_count / parts, (i + 1) * side.group_count / parts};
        const char *title = part_caption(&side, i + 1, parts);
        title = favourable
                    ? say_figures(&side, title, MESSAGE_REPORT_BY_FAVOURABLE,
                                  MESSAGE_REPORT_BY_FAVOURABLE_INTERVALS)
                    : say_figures(&side, title, MESSAGE_REPORT_BY_MEAN, MESSAGE_REPORT_BY_MEAN_INTERVALS);
        add_matrix(document, &side, &part, title, i + 1 == parts);
    }
}
