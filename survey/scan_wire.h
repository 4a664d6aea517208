/* What was read on a page, as bytes from one process to another. */
#ifndef SURVEY_SCAN_WIRE_H
#define SURVEY_SCAN_WIRE_H

#include "model/base/buffer.h"
#include "survey/scan_page.h"

#include <stdbool.h>

/* Appends the reading. */
void scan_wire_write(struct buffer *buffer, const struct scan_reading *reading);

/* Reads it back. The other process has read a stranger's file and may say anything: false unless the bytes
 * are whole, all numbers possible, all texts valid UTF-8, and the label one of the forms. Memory from
 * `arena`. */
bool scan_wire_read(struct scan_reading *reading, struct arena *arena, const struct buffer *buffer,
                    const struct scan_forms *forms);

#endif
