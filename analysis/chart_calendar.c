#include "analysis/chart_calendar.h"

#include <stdlib.h>
#include <string.h>

struct date {
    long year, month, day;
};

/* Rounds down, as weeks before 1970 need it. */
static long divide(long number, long by) {
    return number >= 0 ? number / by : -((-number + by - 1) / by);
}

/* Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil: years begin in March, so
 * that the day that some have and others have not is their last. */
long chart_calendar_day(long year, long month, long day) {
    if (month <= 2)
        year--;
    long era = divide(year, 400), year_of_era = year - era * 400;
    long day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

/* The reverse: civil_from_days, ibidem. */
static struct date date_of(long number) {
    number += 719468;
    long era = divide(number, 146097), day_of_era = number - era * 146097;
    long year = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    long month = (5 * day_of_year + 2) / 153;
    struct date date = {.year = year + era * 400,
                        .month = month + (month < 10 ? 3 : -9),
                        .day = day_of_year - (153 * month + 2) / 5 + 1};
    date.year += date.month <= 2;
    return date;
}

long chart_calendar_read(const char *date) {
    return chart_calendar_day(atol(date), atol(date + 5), atol(date + 8));
}

/* 1970-01-01 was a Thursday: the Monday before it begins week 0. */
long chart_calendar_number(enum chart_period period, long day) {
    if (period == CHART_DAY)
        return day;
    if (period == CHART_WEEK)
        return divide(day + 3, 7);
    struct date date = date_of(day);
    return period == CHART_MONTH ? date.year * 12 + date.month - 1 : date.year;
}

enum chart_period chart_calendar_choose(long first, long last, long most) {
    for (enum chart_period period = CHART_DAY; period < CHART_YEAR; period++)
        if (chart_calendar_number(period, last) - chart_calendar_number(period, first) < most)
            return period;
    return CHART_YEAR;
}

static const char *month_name(const struct chart_context *context, long month) {
    const char *names = chart_text(context, MESSAGE_CHART_MONTHS, NULL);
    for (; month > 1; month--)
        names += strcspn(names, " ") + 1;
    return arena_copy_bytes(context->arena, names, strcspn(names, " "));
}

const char *chart_calendar_name(const struct chart_context *context, enum chart_period period, long number) {
    if (period == CHART_YEAR)
        return arena_format(context->arena, "%ld", number);
    if (period == CHART_MONTH) {
        long year = divide(number, 12);
        return arena_format(context->arena, "%s %ld", month_name(context, number - year * 12 + 1), year);
    }
    struct date date = date_of(period == CHART_WEEK ? number * 7 - 3 : number);
    const char *ending = context->words == LANGUAGE_FRENCH && date.day == 1 ? "er" : "";
    return arena_format(context->arena, "%ld%s %s", date.day, ending, month_name(context, date.month));
}

const char *chart_calendar_code(const struct chart_context *context, enum chart_period period, long number) {
    if (period == CHART_YEAR)
        return arena_format(context->arena, "%04ld", number);
    if (period == CHART_MONTH) {
        long year = divide(number, 12);
        return arena_format(context->arena, "%04ld-%02ld", year, number - year * 12 + 1);
    }
    struct date date = date_of(period == CHART_WEEK ? number * 7 - 3 : number);
    return arena_format(context->arena, "%04ld-%02ld-%02ld", date.year, date.month, date.day);
}
