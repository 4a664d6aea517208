/* Days, weeks, months and years as whole numbers in a row, and their names on charts. */
#ifndef ANALYSIS_CHART_CALENDAR_H
#define ANALYSIS_CHART_CALENDAR_H

#include "analysis/chart_text.h"

enum chart_period { CHART_DAY, CHART_WEEK, CHART_MONTH, CHART_YEAR };

/* The number of a day of the Gregorian calendar, counted from 1970-01-01. */
long chart_calendar_day(long year, long month, long day);

/* The number of the day written 2024-01-31. */
long chart_calendar_read(const char *date);

/* The number of the period that holds the day; periods that follow each other have numbers that do. */
long chart_calendar_number(enum chart_period period, long day);

/* The finest period of which the days from `first` to `last` need at most `most`; a year
 * if none does. */
enum chart_period chart_calendar_choose(long first, long last, long most);

/* The name of a period: "4 mars" (of a week: its Monday), "mars 2024", "2024". */
const char *chart_calendar_name(const struct chart_context *context, enum chart_period period, long number);

/* The same for machines (ISO 8601): "2024-03-04", "2024-03", "2024". */
const char *chart_calendar_code(const struct chart_context *context, enum chart_period period, long number);

#endif
