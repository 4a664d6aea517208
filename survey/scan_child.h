/* Reading a page in a process of its own, which has no files, starts nothing, and has only so much memory and
 * time: whatever is wrong with the picture ends there. */
#ifndef SURVEY_SCAN_CHILD_H
#define SURVEY_SCAN_CHILD_H

#include "model/base/failure.h"
#include "survey/scan_page.h"

#include <stdbool.h>

/* As scan_page_read. A process that died, took too long, or said what cannot be, makes a refusal. False with
 * the failure if none can be started. Memory from `arena`. */
bool scan_child_read(struct arena *arena, const struct scan_bytes *from, const struct scan_forms *forms,
                     struct scan_reading *reading, struct failure *failure);

#endif
