/* Which day it is here. */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

enum { CALENDAR_DAY_SIZE = 11 };

/* Today's local date, YYYY-MM-DD, into `day`. */
void calendar_today(char day[static CALENDAR_DAY_SIZE]);

/* How many days a date (YYYY-MM-DD, of the Gregorian calendar) is after the first of March of the year 0. */
int calendar_day_number(const char *day);

#endif
