#include "analysis/chart_kinds.h"

#include "analysis/chart_calendar.h"
#include "analysis/chart_columns.h"
#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"
#include "analysis/palette.h"

#include <math.h>

/* More columns than this would be too thin to tell apart. */
enum { COLUMNS_MOST = 70 };

struct days {
    const struct chart_context *context;
    enum chart_period period;
    long first; /* number of the first period */
    struct chart_column *columns;
    size_t count;
};

/* Periods without responses have their column too: the scale of time is even. */
static struct days count_days(const struct chart_context *context) {
    const struct results *results = context->results;
    long first = chart_calendar_read(results->days[0].day);
    long last = chart_calendar_read(results->days[results->day_count - 1].day);
    struct days days = {.context = context, .period = chart_calendar_choose(first, last, COLUMNS_MOST)};
    days.first = chart_calendar_number(days.period, first);
    days.count = (size_t)(chart_calendar_number(days.period, last) - days.first) + 1;
    days.columns = ARENA_NEW(context->arena, struct chart_column, days.count);
    for (size_t i = 0; i < days.count; i++)
        days.columns[i] =
            (struct chart_column){.from = (double)i - 0.5,
                                  .to = (double)i + 0.5,
                                  .name = chart_calendar_name(context, days.period, days.first + (long)i)};
    for (size_t i = 0; i < results->day_count; i++) {
        long number = chart_calendar_number(days.period, chart_calendar_read(results->days[i].day));
        struct chart_column *column = &days.columns[number - days.first];
        column->counts[0] += results->days[i].count[CHANNEL_WEB];
        column->counts[1] += results->days[i].count[CHANNEL_PAPER];
    }
    return days;
}

static const char *title_of(const struct days *days) {
    static const enum message titles[] = {MESSAGE_CHART_DAYS_TITLE, MESSAGE_CHART_WEEKS_TITLE,
                                          MESSAGE_CHART_MONTHS_TITLE, MESSAGE_CHART_YEARS_TITLE};
    return chart_text(days->context, titles[days->period], NULL);
}

static const char *subtitle_of(const struct days *days) {
    const struct chart_context *context = days->context;
    const struct results *results = context->results;
    size_t responses = 0;
    for (size_t i = 0; i < days->count; i++)
        responses += days->columns[i].counts[0] + days->columns[i].counts[1];
    struct buffer first = {0}, last = {0};
    language_date(&first, context->words, results->days[0].day);
    language_date(&last, context->words, results->days[results->day_count - 1].day);
    enum message base = results->day_count == 1 ? MESSAGE_CHART_DAY_BASE : MESSAGE_CHART_DAYS_BASE;
    const char *subtitle = chart_text(context, base, "responses", chart_text_count(context, responses),
                                      "first", buffer_text(&first), "last", buffer_text(&last), NULL);
    buffer_destroy(&first);
    buffer_destroy(&last);
    return subtitle;
}

static const char *describe(const struct days *days, const struct chart *chart) {
    size_t best = 0, most = 0;
    for (size_t i = 0; i < days->count; i++) {
        size_t count = days->columns[i].counts[0] + days->columns[i].counts[1];
        if (count > most) {
            most = count;
            best = i;
        }
    }
    const char *peak = chart_text(days->context, MESSAGE_CHART_SAY_PEAK, "period", days->columns[best].name,
                                  "count", chart_text_count(days->context, most), NULL);
    return chart_text_say(days->context, chart->title, peak);
}

static void write_table(const struct days *days, struct buffer *table) {
    chart_data_begin(table, "period,period_text,web,paper");
    for (size_t i = 0; i < days->count; i++) {
        chart_data_text(table, chart_calendar_code(days->context, days->period, days->first + (long)i));
        chart_data_text(table, days->columns[i].name);
        for (size_t j = 0; j < 2; j++)
            chart_data_number(table, (double)days->columns[i].counts[j]);
        chart_data_end(table);
    }
}

static void draw(const struct days *days, struct chart_sheet *sheet) {
    const struct chart_context *context = days->context;
    bool paper = false;
    for (size_t i = 0; i < days->count; i++)
        paper = paper || days->columns[i].counts[1] > 0;
    const struct chart_key keys[] = {
        {context->theme->strong, chart_text(context, MESSAGE_REPORT_WEB, NULL)},
        {context->theme->light, chart_text(context, MESSAGE_REPORT_PAPER, NULL)}};
    chart_layout_keys(context, sheet, keys, paper ? 2 : 1);
    struct chart_mark *marks = ARENA_NEW(context->arena, struct chart_mark, days->count);
    for (size_t i = 0; i < days->count; i++)
        marks[i] = (struct chart_mark){(double)i, days->columns[i].name};
    struct chart_columns columns = {.all = days->columns,
                                    .count = days->count,
                                    .series = 2,
                                    .marks = marks,
                                    .mark_count = days->count,
                                    .line = NAN};
    chart_columns_draw(context, sheet, &columns);
}

struct chart_drawing chart_days_draw(const struct chart_context *context) {
    if (context->results->day_count == 0)
        return (struct chart_drawing){0};
    struct days days = count_days(context);
    struct chart chart = {
        .name = "responses-by-day", .title = title_of(&days), .subtitle = subtitle_of(&days)};
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, "");
    draw(&days, sheet);
    write_table(&days, chart_sheet_table(sheet));
    const char *alternative = describe(&days, &chart);
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
