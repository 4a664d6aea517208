#include "analysis/question_tables.h"

#include "analysis/naming.h"

#include <math.h>
#include <stdlib.h>

enum { OPTIONS_IN_A_ROW = 7 };

bool question_tables_compact(const struct question *question) {
    if (!question->is_grid || (question->type != QUESTION_SCALE && question->type != QUESTION_SINGLE))
        return false;
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].favourable || question->options[i].has_value)
            return true;
    return question->option_count <= OPTIONS_IN_A_ROW;
}

bool question_tables_matrix(const struct prose *prose, const struct question *question) {
    const struct item_result *items = &prose->results->items[question->items->index];
    bool matrix = false;
    for (size_t i = 0; i < question->item_count; i++)
        matrix = matrix || items[i].whole.has_favourable || !isnan(items[i].whole.mean);
    return matrix && question_tables_compact(question);
}

static const char *say(const struct prose *prose, enum message message) {
    return prose_say(prose, message, NULL);
}

static const char *interval_title(const struct prose *prose) {
    return prose_say(prose, MESSAGE_REPORT_INTERVAL,
                     (struct hole[]){{"confidence", prose_confidence(prose)}, {0}});
}

static const char *range(const struct prose *prose, const char *low, const char *high) {
    return prose_say(prose, MESSAGE_REPORT_RANGE, (struct hole[]){{"low", low}, {"high", high}, {0}});
}

/* --- Who is in no share --- */

static void add_aside(struct table_draft *table, const struct prose *prose, const char *title, size_t count) {
    table_add_row(table, ROW_ASIDE);
    table_add_cell(table, title, NULL);
    table_add_cell(table, prose_count(prose, count), NULL);
    table_add_rest(table, "");
}

static void add_base(struct table_draft *table, const struct prose *prose, const struct question *question,
                     const struct group_result *group) {
    size_t not_asked = group->responses - group->asked - group->not_concerned;
    table_add_row(table, ROW_TOTAL);
    table_add_cell(table, naming_base(prose, question), NULL);
    table_add_cell(table, prose_count(prose, group->expressed), NULL);
    table_add_rest(table, "");
    if (question->no_opinion.in)
        add_aside(table, prose, naming_wording(prose, &question->no_opinion), group->no_opinion);
    add_aside(table, prose, say(prose, MESSAGE_REPORT_NOT_ANSWERED), group->asked - group->answered);
    if (question->not_concerned.in)
        add_aside(table, prose, naming_wording(prose, &question->not_concerned), group->not_concerned);
    if (not_asked)
        add_aside(table, prose, say(prose, MESSAGE_REPORT_NOT_ASKED), not_asked);
}

/* --- Answers that were chosen --- */

static bool has_bounds(const struct group_result *group) {
    return !group->census && group->population > 0;
}

static void add_share(struct table_draft *table, const struct prose *prose, const char *title,
                      const struct share *share, const struct group_result *group) {
    table_add_cell(table, title, NULL);
    table_add_cell(table, prose_count(prose, share->count), NULL);
    table_add_cell(table, prose_percent(prose, share->rate), NULL);
    table_add_cell(table, prose_interval(prose, share->low, share->high, group->census), NULL);
    if (has_bounds(group))
        table_add_cell(table, prose_interval(prose, share->bounds[0], share->bounds[1], false), NULL);
}

static void add_share_columns(struct table_draft *table, const struct prose *prose,
                              const struct question *question, bool bounds) {
    bool ranking = question->type == QUESTION_RANKING;
    table_add_column(table, say(prose, MESSAGE_REPORT_ANSWER), COLUMN_WORDS);
    table_add_column(table, say(prose, ranking ? MESSAGE_REPORT_RANKED_FIRST : MESSAGE_REPORT_COUNT),
                     COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_REPORT_SHARE), COLUMN_FIGURES);
    table_add_column(table, interval_title(prose), COLUMN_FIGURES);
    if (bounds)
        table_add_column(table, say(prose, MESSAGE_REPORT_BOUNDS), COLUMN_FIGURES);
    if (question->type == QUESTION_MULTIPLE)
        table_add_column(table, say(prose, MESSAGE_REPORT_SHARE_OF_TICKS), COLUMN_FIGURES);
    if (ranking) {
        table_add_column(table, say(prose, MESSAGE_REPORT_RANKED), COLUMN_FIGURES);
        table_add_column(table, say(prose, MESSAGE_REPORT_MEAN_RANK), COLUMN_FIGURES);
    }
}

static void add_option(struct table_draft *table, const struct prose *prose, const struct question *question,
                       const struct group_result *group, size_t index) {
    const struct option_result *option = &group->options[index];
    table_add_row(table, ROW_BODY);
    add_share(table, prose, naming_wording(prose, &option->option->text), &option->share, group);
    if (question->type == QUESTION_MULTIPLE)
        table_add_cell(table, prose_percent(prose, option->share_of_ticks), NULL);
    if (question->type == QUESTION_RANKING) {
        table_add_cell(table, prose_count(prose, option->ranked), NULL);
        table_add_cell(table, prose_number(prose, option->mean_rank, 1), NULL);
    }
}

static void add_mean_note(struct table_draft *table, const struct prose *prose,
                          const struct question *question, const struct group_result *group) {
    const char *median = naming_median(prose, question, group);
    bool sure = isnan(group->mean_low) || group->census;
    const struct hole holes[] = {{"mean", prose_mean(prose, question, group->mean)},
                                 {"scale", naming_scale(prose, question)},
                                 {"deviation", prose_mean(prose, question, group->standard_deviation)},
                                 {"median", median},
                                 {"confidence", prose_confidence(prose)},
                                 {"low", prose_mean(prose, question, group->mean_low)},
                                 {"high", prose_mean(prose, question, group->mean_high)},
                                 {0}};
    if (!isnan(group->mean) && median)
        table_add_note(
            table,
            prose_say(prose, sure ? MESSAGE_REPORT_NOTE_MEAN : MESSAGE_REPORT_NOTE_MEAN_INTERVAL, holes));
    else if (median)
        table_add_note(table, prose_say(prose, MESSAGE_REPORT_NOTE_MEDIAN, holes));
}

/* Whether the options' shares, as they are shown, add up to 100; what is shown as "< 1%" adds nothing. */
static bool add_up(const struct question *question, const struct group_result *group) {
    double sum = 0;
    for (size_t i = 0; i < question->option_count; i++) {
        double rate = group->options[i].share.rate;
        if (!isnan(rate) && rate >= 0.005)
            sum += rate >= 0.995 && rate < 1 ? 99 : floor(100 * rate * (1 + 1e-14) + 0.5);
    }
    return sum == 100 || sum == 0;
}

static void add_notes(struct table_draft *table, const struct prose *prose, const struct question *question,
                      const struct group_result *group) {
    if (question->type == QUESTION_MULTIPLE)
        table_add_note(table, say(prose, MESSAGE_REPORT_NOTE_SEVERAL));
    else if (!add_up(question, group))
        table_add_note(table, say(prose, MESSAGE_REPORT_NOTE_ROUNDED));
    if (question->type == QUESTION_SCALE)
        add_mean_note(table, prose, question, group);
    if (!isnan(group->net_promoter_score))
        table_add_note(
            table,
            prose_say(prose, MESSAGE_REPORT_NOTE_PROMOTERS,
                      (struct hole[]){{"score", prose_number(prose, group->net_promoter_score, 0)}, {0}}));
}

static const struct table *make_options(const struct prose *prose, const struct item_result *item) {
    const struct question *question = item->item->question;
    const struct group_result *group = &item->whole;
    struct table_draft *table = table_create(prose->arena, say(prose, MESSAGE_REPORT_TABLE));
    add_share_columns(table, prose, question, has_bounds(group));
    for (size_t i = 0; i < question->option_count; i++)
        add_option(table, prose, question, group, i);
    if (group->has_favourable) {
        table_add_row(table, ROW_TOTAL);
        add_share(table, prose, say(prose, MESSAGE_REPORT_FAVOURABLE), &group->favourable, group);
        table_add_row(table, ROW_TOTAL);
        add_share(table, prose, say(prose, MESSAGE_REPORT_UNFAVOURABLE), &group->unfavourable, group);
    }
    add_base(table, prose, question, group);
    add_notes(table, prose, question, group);
    return table_of(table);
}

/* --- Numbers and dates --- */

static void add_figure(struct table_draft *table, const char *title, const char *value) {
    table_add_row(table, ROW_BODY);
    table_add_cell(table, title, NULL);
    table_add_cell(table, value, NULL);
}

static void add_number(struct table_draft *table, const struct prose *prose, const struct question *question,
                       const struct group_result *group) {
    int decimals = (int)question->decimals;
    add_figure(table, say(prose, MESSAGE_REPORT_MEAN), prose_mean(prose, question, group->mean));
    if (!isnan(group->mean_low) && !group->census)
        add_figure(table, interval_title(prose),
                   range(prose, prose_number(prose, group->mean_low, prose_mean_decimals(question)),
                         prose_mean(prose, question, group->mean_high)));
    add_figure(table, say(prose, MESSAGE_REPORT_DEVIATION),
               prose_mean(prose, question, group->standard_deviation));
    add_figure(table, say(prose, MESSAGE_REPORT_MEDIAN), prose_quantile(prose, question, group->median));
    add_figure(table, say(prose, MESSAGE_REPORT_QUARTILES),
               range(prose, prose_bare_quantile(prose, question, group->quartile_1),
                     prose_quantile(prose, question, group->quartile_3)));
    add_figure(table, say(prose, MESSAGE_REPORT_EXTREMES),
               range(prose, prose_number(prose, group->minimum, decimals),
                     prose_quantity(prose, question, group->maximum, decimals)));
}

static void add_dates(struct table_draft *table, const struct prose *prose,
                      const struct group_result *group) {
    add_figure(table, say(prose, MESSAGE_REPORT_FIRST_AND_LAST),
               range(prose, prose_date(prose, group->date_minimum), prose_date(prose, group->date_maximum)));
    add_figure(table, say(prose, MESSAGE_REPORT_MEDIAN), prose_date(prose, group->date_median));
}

static const struct table *make_figures(const struct prose *prose, const struct item_result *item) {
    const struct question *question = item->item->question;
    struct table_draft *table = table_create(prose->arena, say(prose, MESSAGE_REPORT_TABLE));
    table_add_column(table, say(prose, MESSAGE_REPORT_FIGURE), COLUMN_WORDS);
    table_add_column(table, say(prose, MESSAGE_REPORT_VALUE), COLUMN_FIGURES);
    if (question->type == QUESTION_NUMBER)
        add_number(table, prose, question, &item->whole);
    else if (question->type == QUESTION_DATE)
        add_dates(table, prose, &item->whole);
    add_base(table, prose, question, &item->whole);
    return table_of(table);
}

void question_tables_add_item(struct document *document, const struct prose *prose,
                              const struct item_result *item) {
    const struct group_result *group = &item->whole;
    if (group->suppressed || group->asked == 0 || group->expressed == 0)
        return;
    bool chosen = item->item->question->option_count > 0;
    document_table(document, chosen ? make_options(prose, item) : make_figures(prose, item));
}

/* --- Grids --- */

/* What the rows of a grid's table show: the same columns for all of them. */
struct grid {
    const struct question *question;
    bool options, favourable, mean, bounds, hidden, no_opinion, not_concerned;
};

static struct grid plan_grid(const struct item_result *items, size_t count) {
    const struct question *question = items[0].item->question;
    struct grid grid = {.question = question,
                        .options = question->option_count <= OPTIONS_IN_A_ROW,
                        .no_opinion = question->no_opinion.in != NULL,
                        .not_concerned = question->not_concerned.in != NULL};
    for (size_t i = 0; i < count; i++) {
        const struct group_result *whole = &items[i].whole;
        grid.favourable = grid.favourable || whole->has_favourable;
        grid.mean = grid.mean || !isnan(whole->mean);
        grid.bounds = grid.bounds || has_bounds(whole);
        grid.hidden = grid.hidden || whole->suppressed;
    }
    grid.bounds = grid.bounds && grid.favourable;
    return grid;
}

static void add_grid_columns(struct table_draft *table, const struct prose *prose, const struct grid *grid) {
    table_add_column(table, say(prose, MESSAGE_REPORT_ITEM), COLUMN_WORDS);
    for (size_t i = 0; grid->options && i < grid->question->option_count; i++)
        table_add_column(table, naming_wording(prose, &grid->question->options[i].text), COLUMN_FIGURES);
    if (grid->favourable) {
        table_add_column(table, say(prose, MESSAGE_REPORT_FAVOURABLE), COLUMN_FIGURES);
        table_add_column(table, interval_title(prose), COLUMN_FIGURES);
    }
    if (grid->bounds)
        table_add_column(table, say(prose, MESSAGE_REPORT_BOUNDS), COLUMN_FIGURES);
    if (grid->mean)
        table_add_column(table, say(prose, MESSAGE_REPORT_MEAN), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_REPORT_EXPRESSED_SHORT), COLUMN_FIGURES);
    if (grid->no_opinion)
        table_add_column(table, naming_wording(prose, &grid->question->no_opinion), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_REPORT_NOT_ANSWERED), COLUMN_FIGURES);
    if (grid->not_concerned)
        table_add_column(table, naming_wording(prose, &grid->question->not_concerned), COLUMN_FIGURES);
}

static void add_counted_share(struct table_draft *table, const struct prose *prose,
                              const struct share *share) {
    table_add_cell(table, prose_percent(prose, share->rate), prose_count(prose, share->count));
}

static void add_grid_row(struct table_draft *table, const struct prose *prose, const struct grid *grid,
                         const struct item_result *item) {
    const struct group_result *group = &item->whole;
    table_add_row(table, ROW_BODY);
    table_add_cell(table, naming_wording(prose, &item->item->text), NULL);
    if (group->suppressed) {
        table_add_rest(table, naming_hidden(prose, group));
        return;
    }
    for (size_t i = 0; grid->options && i < grid->question->option_count; i++)
        add_counted_share(table, prose, &group->options[i].share);
    if (grid->favourable) {
        const struct share *share = &group->favourable;
        add_counted_share(table, prose, share);
        table_add_cell(table, prose_interval(prose, share->low, share->high, group->census), NULL);
        if (grid->bounds)
            table_add_cell(table, prose_interval(prose, share->bounds[0], share->bounds[1], false), NULL);
    }
    if (grid->mean)
        table_add_cell(table, prose_mean(prose, grid->question, group->mean), NULL);
    table_add_cell(table, prose_count(prose, group->expressed), NULL);
    if (grid->no_opinion)
        table_add_cell(table, prose_count(prose, group->no_opinion), NULL);
    table_add_cell(table, prose_count(prose, group->asked - group->answered), NULL);
    if (grid->not_concerned)
        table_add_cell(table, prose_count(prose, group->not_concerned), NULL);
}

void question_tables_add_grid(struct document *document, const struct prose *prose,
                              const struct item_result *items, size_t count) {
    struct grid grid = plan_grid(items, count);
    bool counted = grid.options || grid.favourable, exact = true;
    struct table_draft *table =
        table_create(prose->arena, say(prose, counted ? MESSAGE_REPORT_TABLE_GRID : MESSAGE_REPORT_TABLE));
    add_grid_columns(table, prose, &grid);
    for (size_t i = 0; i < count; i++) {
        add_grid_row(table, prose, &grid, &items[i]);
        exact = exact && (items[i].whole.suppressed || add_up(grid.question, &items[i].whole));
    }
    if (grid.options && !exact)
        table_add_note(table, say(prose, MESSAGE_REPORT_NOTE_ROUNDED));
    if (grid.hidden)
        table_add_note(table, naming_hidden_note(prose));
    document_table(document, table_of(table));
}
