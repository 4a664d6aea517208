/* Pages for requests that are turned away before they are looked at. */
#ifndef SURVEY_REFUSAL_H
#define SURVEY_REFUSAL_H

#include "survey/pages.h"

/* What a request gets whose fault is REQUEST_FOREIGN (403: it must come from the survey's own pages) or
 * REQUEST_TOO_OFTEN (429: to be sent again after `retry_after` seconds). Each page says what to do. */
void refusal_page(struct reply *reply, const struct pages *pages, enum request_fault fault,
                  unsigned retry_after);

#endif
