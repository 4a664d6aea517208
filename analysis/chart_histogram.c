#include "analysis/chart_kinds.h"

#include "analysis/chart_calendar.h"
#include "analysis/chart_columns.h"
#include "analysis/chart_data.h"
#include "analysis/chart_layout.h"

#include <math.h>

/* So many whole numbers have a column each; so many columns are drawn of anything else. */
enum { WHOLE_MOST = 25, BINS_LEAST = 5, BINS_MOST = 15, PERIODS_MOST = 40 };

struct histogram {
    const struct chart_context *context;
    const struct chart_subject *subject;
    const struct group_result *whole;
    struct chart_columns columns;
    bool has_limits;          /* columns are from one limit to the next, which are marked */
    bool closed;              /* the last of them holds its upper limit, the largest number allowed */
    enum chart_period period; /* dates: what a column stands for, and the number of the first */
    long first;
};

/* --- Numbers --- */

static bool all_whole(const struct group_result *whole) {
    for (size_t i = 0; i < whole->value_count; i++)
        if (whole->values[i].value != floor(whole->values[i].value))
            return false;
    return true;
}

/* The smallest width of 1, 2 or 5 times a power of ten with at most `most` columns from `low` to `high`. */
static double bin_width(double low, double high, size_t most) {
    double width = pow(10, floor(log10((high - low) / (double)most)) - 1);
    for (int i = 0; floor(high / width) - floor(low / width) + 1 > (double)most; i++)
        width *= i % 3 == 1 ? 2.5 : 2;
    return width;
}

static void add_value(struct histogram *histogram, struct chart_column *columns, struct value_count value,
                      double width) {
    size_t last = histogram->columns.count - 1;
    double at = floor((value.value - columns[0].from) / width + 1e-9);
    size_t column = at < 0 ? 0 : at > (double)last ? last : (size_t)at;
    columns[column].counts[0] += value.count;
}

/* Whole numbers stand in the middle of their column; otherwise a column goes from its limit to the next. */
static void make_columns(struct histogram *histogram, double first, double width, size_t count) {
    const struct chart_context *context = histogram->context;
    double shift = histogram->has_limits ? 0 : width / 2;
    struct chart_column *columns = ARENA_NEW(context->arena, struct chart_column, count);
    size_t mark_count = count + (histogram->has_limits ? 1 : 0);
    struct chart_mark *marks = ARENA_NEW(context->arena, struct chart_mark, mark_count);
    for (size_t i = 0; i < mark_count; i++) {
        double value = first + width * (double)i;
        marks[i] = (struct chart_mark){value, chart_text_number(context, value, 6)};
    }
    for (size_t i = 0; i < count; i++) {
        columns[i] =
            (struct chart_column){marks[i].at - shift, marks[i].at + width - shift, {0}, marks[i].text};
        if (histogram->has_limits)
            columns[i].name =
                chart_text(context, MESSAGE_CHART_BIN, "low", marks[i].text, "high", marks[i + 1].text, NULL);
    }
    histogram->columns = (struct chart_columns){
        .all = columns, .count = count, .series = 1, .marks = marks, .mark_count = mark_count, .line = NAN};
    for (size_t i = 0; i < histogram->whole->value_count; i++)
        add_value(histogram, columns, histogram->whole->values[i], width);
}

static void count_numbers(struct histogram *histogram) {
    const struct chart_context *context = histogram->context;
    const struct group_result *whole = histogram->whole;
    double low = whole->values[0].value, high = whole->values[whole->value_count - 1].value;
    if (low == high || (all_whole(whole) && high - low < WHOLE_MOST))
        make_columns(histogram, low, 1, (size_t)(high - low) + 1);
    else {
        double wished = ceil(2 * cbrt((double)whole->expressed)) + 2; /* Rice's rule, generously */
        size_t most = (size_t)fmax(BINS_LEAST, fmin(BINS_MOST, wished));
        double width = bin_width(low, high, most);
        histogram->has_limits = true;
        double first = floor(low / width);
        double end = floor(high / width);
        double limit = histogram->subject->question->maximum;
        histogram->closed = end > first && fabs(end * width - limit) < 1e-9 * width;
        make_columns(histogram, first * width, width, (size_t)(end - first) + (histogram->closed ? 0 : 1));
    }
    histogram->columns.adjoining = histogram->has_limits;
    histogram->columns.line = whole->median;
    histogram->columns.line_text = chart_text(context, MESSAGE_CHART_MEDIAN, "value",
                                              chart_text_number(context, whole->median, 2), NULL);
}

/* --- Dates --- */

/* A date is the number 20240131. */
static long day_of(double value) {
    long date = (long)value;
    return chart_calendar_day(date / 10000, date / 100 % 100, date % 100);
}

/* Weeks are nothing that a date was asked for. */
static enum chart_period choose_period(long first, long last) {
    enum chart_period period = chart_calendar_choose(first, last, PERIODS_MOST);
    return period == CHART_WEEK ? CHART_MONTH : period;
}

static void count_dates(struct histogram *histogram) {
    const struct chart_context *context = histogram->context;
    const struct group_result *whole = histogram->whole;
    long first_day = day_of(whole->values[0].value);
    long last_day = day_of(whole->values[whole->value_count - 1].value);
    enum chart_period period = choose_period(first_day, last_day);
    long first = chart_calendar_number(period, first_day);
    histogram->period = period;
    histogram->first = first;
    size_t count = (size_t)(chart_calendar_number(period, last_day) - first) + 1;
    struct chart_column *columns = ARENA_NEW(context->arena, struct chart_column, count);
    struct chart_mark *marks = ARENA_NEW(context->arena, struct chart_mark, count);
    for (size_t i = 0; i < count; i++) {
        marks[i] = (struct chart_mark){(double)i, chart_calendar_name(context, period, first + (long)i)};
        columns[i] = (struct chart_column){(double)i - 0.5, (double)i + 0.5, {0}, marks[i].text};
    }
    for (size_t i = 0; i < whole->value_count; i++)
        columns[chart_calendar_number(period, day_of(whole->values[i].value)) - first].counts[0] +=
            whole->values[i].count;
    histogram->columns = (struct chart_columns){
        .all = columns, .count = count, .series = 1, .marks = marks, .mark_count = count, .line = NAN};
}

/* --- Words --- */

static const char *date_text(const struct chart_context *context, const char *date) {
    struct buffer buffer = {0};
    language_date(&buffer, context->words, date);
    const char *text = arena_copy(context->arena, buffer_text(&buffer));
    buffer_destroy(&buffer);
    return text;
}

static const char *lead_of(const struct histogram *histogram) {
    const struct chart_context *context = histogram->context;
    const struct question *question = histogram->subject->question;
    const char *unit = chart_text_wording(context, question->unit);
    if (*unit)
        return chart_text(context, MESSAGE_CHART_HISTOGRAM_UNIT, "unit", unit, NULL);
    if (question->type == QUESTION_NUMBER)
        return chart_text(context, MESSAGE_CHART_HISTOGRAM_COUNTS, NULL);
    return chart_text(context, MESSAGE_CHART_HISTOGRAM_DATES, "first",
                      date_text(context, histogram->whole->date_minimum), "last",
                      date_text(context, histogram->whole->date_maximum), NULL);
}

static const char *describe(const struct histogram *histogram, const char *title) {
    const struct chart_context *context = histogram->context;
    const struct group_result *whole = histogram->whole;
    const char *figures;
    if (histogram->subject->question->type == QUESTION_DATE)
        figures =
            chart_text(context, MESSAGE_CHART_SAY_DATES, "median", date_text(context, whole->date_median),
                       "minimum", date_text(context, whole->date_minimum), "maximum",
                       date_text(context, whole->date_maximum), NULL);
    else
        figures = chart_text(context, MESSAGE_CHART_SAY_NUMBER, "mean", chart_text_mean(context, whole->mean),
                             "median", chart_text_number(context, whole->median, 2), "minimum",
                             chart_text_number(context, whole->minimum, 6), "maximum",
                             chart_text_number(context, whole->maximum, 6), NULL);
    return chart_text_say(context, title, figures);
}

/* What a column stands for: a number, those from one limit to the next, or a period. */
static void write_column(const struct histogram *histogram, struct buffer *table, size_t column) {
    const struct chart_context *context = histogram->context;
    const struct chart_columns *columns = &histogram->columns;
    if (histogram->subject->question->type == QUESTION_DATE) {
        chart_data_text(table,
                        chart_calendar_code(context, histogram->period, histogram->first + (long)column));
        chart_data_text(table, columns->all[column].name);
    } else {
        chart_data_number(table, columns->marks[column].at);
        if (histogram->has_limits)
            chart_data_number(table, columns->marks[column + 1].at);
    }
    chart_data_number(table, (double)columns->all[column].counts[0]);
    chart_data_end(table);
}

static void write_table(const struct histogram *histogram, struct buffer *table) {
    bool dates = histogram->subject->question->type == QUESTION_DATE;
    chart_data_begin(table, dates                   ? "period,period_text,count"
                            : histogram->has_limits ? "from,to,count"
                                                    : "value,count");
    for (size_t i = 0; i < histogram->columns.count; i++)
        write_column(histogram, table, i);
}

struct chart_drawing chart_histogram_draw(const struct chart_context *context,
                                          const struct chart_subject *subject) {
    const struct group_result *whole = &chart_base_item(context, subject->items)->whole;
    if (!chart_base_is_shown(whole) || whole->value_count == 0)
        return (struct chart_drawing){0};
    struct histogram histogram = {.context = context, .subject = subject, .whole = whole};
    if (subject->question->type == QUESTION_DATE)
        count_dates(&histogram);
    else
        count_numbers(&histogram);
    struct chart chart = chart_base_describe(context, subject);
    struct chart_sheet *sheet = chart_layout_begin(context, &chart, lead_of(&histogram));
    chart_columns_draw(context, sheet, &histogram.columns);
    if (histogram.has_limits)
        chart_layout_note(
            context, sheet,
            chart_text(context, histogram.closed ? MESSAGE_CHART_BINS_CLOSED_NOTE : MESSAGE_CHART_BINS_NOTE,
                       NULL));
    write_table(&histogram, chart_sheet_table(sheet));
    const char *alternative = describe(&histogram, chart.title);
    return (struct chart_drawing){sheet, chart_layout_end(context, sheet, alternative)};
}
