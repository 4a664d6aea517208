#include "analysis/chart_kinds.h"

#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/chart_rows.h"
#include "analysis/chart_share.h"

#include <math.h>

static struct chart_row make_row(const struct chart_context *context, const char *label, size_t responses,
                                 size_t population, double rate) {
    struct chart_row row = {.label = label,
                            .value = 100 * rate,
                            .low = NAN,
                            .high = NAN,
                            .figure = chart_share_text(context, responses, population, rate)};
    if (!chart_share_is_few(population))
        row.base = chart_text(context, MESSAGE_CHART_COUNT_OF, "count", chart_text_count(context, responses),
                              "base", chart_text_count(context, population), NULL);
    return row;
}

static const char *heading_label(const struct chart_context *context, const struct response_rate *rate) {
    return rate->item ? chart_text_wording(context, rate->item->text)
                      : chart_text(context, MESSAGE_CHART_CHANNELS, NULL);
}

/* Of a category that nobody was invited in, there is no rate. */
static struct chart_rows make_rows(const struct chart_context *context) {
    const struct results *results = context->results;
    size_t most = 1;
    for (size_t i = 0; i < results->response_rate_count; i++)
        most += 1 + results->response_rates[i].group_count;
    struct chart_row *rows = ARENA_NEW(context->arena, struct chart_row, most);
    size_t count = 0;
    rows[count] = make_row(context, chart_text(context, MESSAGE_REPORT_WHOLE, NULL), results->responses,
                           results->questionnaire->population.size, results->response_rate);
    rows[count++].strong = true;
    for (size_t i = 0; i < results->response_rate_count; i++) {
        const struct response_rate *rate = &results->response_rates[i];
        rows[count++] = (struct chart_row){.label = heading_label(context, rate), .heading = true};
        for (size_t j = 0; j < rate->group_count; j++) {
            const struct response_group *group = &rate->groups[j];
            const char *label = chart_text_option(context, rate->item, j);
            if (!isnan(group->rate))
                rows[count++] = make_row(context, label, group->responses, group->population, group->rate);
        }
    }
    double end = 100;
    for (size_t i = 0; i < count; i++)
        end = fmax(end, rows[i].heading ? 0 : rows[i].value);
    return (struct chart_rows){.all = rows, .count = count, .to = end, .bars = true, .percent = end <= 100};
}

static void write_line(struct buffer *table, const char *margin, const char *code, const char *text,
                       const struct response_group *group) {
    chart_data_text(table, margin);
    chart_data_text(table, code);
    chart_data_text(table, text);
    chart_data_number(table, (double)group->responses);
    chart_data_number(table, (double)group->population);
    chart_data_number(table, group->rate);
    chart_data_end(table);
}

static void write_table(const struct chart_context *context, struct buffer *table) {
    const struct results *results = context->results;
    const struct response_group whole = {.responses = results->responses,
                                         .population = results->questionnaire->population.size,
                                         .rate = results->response_rate};
    chart_data_begin(table, "margin,group,group_text,responses,invited,rate");
    write_line(table, "", "", chart_text(context, MESSAGE_REPORT_WHOLE, NULL), &whole);
    for (size_t i = 0; i < results->response_rate_count; i++) {
        const struct response_rate *rate = &results->response_rates[i];
        for (size_t j = 0; j < rate->group_count; j++)
            write_line(table, rate->by, rate->groups[j].code, chart_text_option(context, rate->item, j),
                       &rate->groups[j]);
    }
}

struct chart_drawing chart_rates_draw(const struct chart_context *context) {
    const struct results *results = context->results;
    if (isnan(results->response_rate) || results->questionnaire->population.size == 0)
        return (struct chart_drawing){0};
    struct chart_rows rows = make_rows(context);
    struct chart chart = {.name = "response-rate",
                          .title = chart_text(context, MESSAGE_CHART_RATE_TITLE, NULL),
                          .subtitle =
                              chart_text(context, MESSAGE_CHART_RATE_BASE, "population",
                                         chart_text_count(context, results->questionnaire->population.size),
                                         "responses", chart_text_count(context, results->responses), NULL)};
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, "");
    chart_rows_draw(context, sheet, &rows);
    chart_sheet_advance(sheet, 4);
    write_table(context, chart_sheet_table(sheet));
    const char *alternative = chart_rows_describe(context, chart.title, &rows);
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
