#include "model/base/calendar.h"

#include <stdlib.h>
#include <time.h>

void calendar_today(char day[static CALENDAR_DAY_SIZE]) {
    time_t now = time(NULL);
    struct tm local;
    if (!localtime_r(&now, &local) || !strftime(day, CALENDAR_DAY_SIZE, "%Y-%m-%d", &local))
        abort();
}

/* With years that begin in March the day that some have more is their last. */
int calendar_day_number(const char *day) {
    enum { YEAR = 365, MONTHS = 153, MARCH = 3 }; /* five months from March on have 153 days, and so on */
    int year = atoi(day), month = atoi(day + 5), date = atoi(day + 8);
    year -= month < MARCH;
    month += month < MARCH ? 12 - MARCH : -MARCH;
    return YEAR * year + year / 4 - year / 100 + year / 400 + (MONTHS * month + 2) / 5 + date - 1;
}
