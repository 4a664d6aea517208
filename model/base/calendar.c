#include "model/base/calendar.h"

#include <stdlib.h>
#include <time.h>

void calendar_today(char day[static CALENDAR_DAY_SIZE]) {
    time_t now = time(NULL);
    struct tm local;
    if (!localtime_r(&now, &local) || !strftime(day, CALENDAR_DAY_SIZE, "%Y-%m-%d", &local))
        abort();
}
