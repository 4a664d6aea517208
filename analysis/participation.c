#include "analysis/participation.h"

#include "analysis/naming.h"

#include <math.h>
#include <string.h>

enum { DAYS_MOST = 31, MONTH_LENGTH = 7 };

static const char *say(const struct prose *prose, enum message message) {
    return prose_say(prose, message, NULL);
}

static void add_chart(struct document *document, const struct charts *charts, const char *name) {
    const struct chart *chart = charts ? chart_find(charts, name) : NULL;
    if (chart)
        document_chart(document, chart);
}

/* --- Rates --- */

static void add_rate_row(struct table_draft *table, const struct prose *prose,
                         const struct response_rate *rate, size_t number) {
    const struct response_group *group = &rate->groups[number];
    table_add_row(table, ROW_BODY);
    table_add_cell(table, naming_option(prose, rate->item, number), NULL);
    table_add_cell(table, prose_count(prose, group->population), NULL);
    table_add_cell(table, prose_count(prose, group->responses), NULL);
    table_add_cell(table, prose_percent(prose, group->rate), NULL);
}

static void add_rates(struct document *document, const struct prose *prose,
                      const struct response_rate *rate) {
    const struct results *results = prose->results;
    const char *caption = say(prose, MESSAGE_REPORT_RATE_BY_CHANNEL);
    if (rate->item)
        caption = prose_say(prose, MESSAGE_REPORT_RATE_BY,
                            (struct hole[]){{"question", naming_item(prose, rate->item)}, {0}});
    struct table_draft *table = table_create(prose->arena, caption);
    table_add_column(table, say(prose, MESSAGE_REPORT_GROUP), COLUMN_WORDS);
    table_add_column(table, say(prose, MESSAGE_REPORT_INVITED), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_REPORT_RESPONSES), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_REPORT_RATE), COLUMN_FIGURES);
    for (size_t i = 0; i < rate->group_count; i++)
        add_rate_row(table, prose, rate, i);
    table_add_row(table, ROW_TOTAL);
    table_add_cell(table, say(prose, MESSAGE_REPORT_WHOLE), NULL);
    table_add_cell(table, prose_count(prose, results->questionnaire->population.size), NULL);
    table_add_cell(table, prose_count(prose, results->responses), NULL);
    table_add_cell(table, prose_percent(prose, results->response_rate), NULL);
    document_table(document, table_of(table));
}

static void add_channels(struct document *document, const struct prose *prose) {
    const struct results *results = prose->results;
    struct table_draft *table = table_create(prose->arena, say(prose, MESSAGE_REPORT_TABLE_BY_CHANNEL));
    table_add_column(table, say(prose, MESSAGE_REPORT_GROUP), COLUMN_WORDS);
    table_add_column(table, say(prose, MESSAGE_REPORT_RESPONSES), COLUMN_FIGURES);
    for (size_t i = 0; i < CHANNEL_COUNT; i++) {
        const char *name = naming_option(prose, NULL, i);
        table_add_row(table, ROW_BODY);
        table_add_cell(table, name, NULL);
        table_add_cell(table, prose_count(prose, results->responses_by_channel[i]), NULL);
    }
    table_add_row(table, ROW_TOTAL);
    table_add_cell(table, say(prose, MESSAGE_REPORT_WHOLE), NULL);
    table_add_cell(table, prose_count(prose, results->responses), NULL);
    document_table(document, table_of(table));
}

static bool has_channel_rate(const struct results *results) {
    for (size_t i = 0; i < results->response_rate_count; i++)
        if (!results->response_rates[i].item)
            return true;
    return false;
}

/* --- Days --- */

static void add_day_row(struct table_draft *table, const struct prose *prose, const char *title,
                        const struct store_day *day) {
    table_add_row(table, ROW_BODY);
    table_add_cell(table, title, NULL);
    table_add_cell(table, prose_count(prose, day->count[CHANNEL_WEB]), NULL);
    table_add_cell(table, prose_count(prose, day->count[CHANNEL_PAPER]), NULL);
    table_add_cell(table, prose_count(prose, day->count[CHANNEL_WEB] + day->count[CHANNEL_PAPER]), NULL);
}

static void add_months(struct table_draft *table, const struct prose *prose) {
    const struct results *results = prose->results;
    struct store_day month;
    for (size_t i = 0; i < results->day_count; i++) {
        const struct store_day *day = &results->days[i];
        if (i == 0 || strncmp(day->day, results->days[i - 1].day, MONTH_LENGTH) != 0)
            month = (struct store_day){0};
        for (int channel = 0; channel < CHANNEL_COUNT; channel++)
            month.count[channel] += day->count[channel];
        bool last =
            i + 1 == results->day_count || strncmp(day->day, results->days[i + 1].day, MONTH_LENGTH) != 0;
        if (last)
            add_day_row(table, prose, arena_copy_bytes(prose->arena, day->day, MONTH_LENGTH), &month);
    }
}

static void add_days(struct document *document, const struct prose *prose) {
    const struct results *results = prose->results;
    bool months = results->day_count > DAYS_MOST;
    if (results->day_count == 0)
        return;
    struct table_draft *table =
        table_create(prose->arena, say(prose, months ? MESSAGE_REPORT_BY_MONTH : MESSAGE_REPORT_BY_DAY));
    table_add_column(table, say(prose, months ? MESSAGE_REPORT_MONTH : MESSAGE_REPORT_DAY), COLUMN_WORDS);
    table_add_column(table, say(prose, MESSAGE_REPORT_WEB), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_REPORT_PAPER), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_REPORT_WHOLE), COLUMN_FIGURES);
    if (months)
        add_months(table, prose);
    else
        for (size_t i = 0; i < results->day_count; i++)
            add_day_row(table, prose, prose_date(prose, results->days[i].day), &results->days[i]);
    document_table(document, table_of(table));
}

void participation_add(struct document *document, const struct prose *prose, const struct charts *charts) {
    const struct results *results = prose->results;
    document_open(document, "response-rate", say(prose, MESSAGE_REPORT_WHO_ANSWERED));
    add_chart(document, charts, "response-rate");
    for (size_t i = 0; i < results->response_rate_count; i++)
        add_rates(document, prose, &results->response_rates[i]);
    if (!isnan(results->response_rate))
        document_paragraph(document, PARAGRAPH_ASIDE, say(prose, MESSAGE_REPORT_RATE_EXPLAINED));
    if (!has_channel_rate(results))
        add_channels(document, prose);
    if (results->day_count == 1) {
        const struct hole holes[] = {{"day", prose_date(prose, results->days->day)}, {0}};
        document_paragraph(document, PARAGRAPH_ASIDE, prose_say(prose, MESSAGE_REPORT_ONE_DAY, holes));
    } else {
        add_chart(document, charts, "responses-by-day");
        add_days(document, prose);
    }
    document_close(document);
}
