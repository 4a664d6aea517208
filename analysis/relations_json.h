/* Reliability and drivers, as JSON. */
#ifndef ANALYSIS_RELATIONS_JSON_H
#define ANALYSIS_RELATIONS_JSON_H

#include "analysis/json_writer.h"
#include "analysis/relations.h"

/* "reliability" and "drivers", where they were asked for, into the open object; nothing for NULL. What is
 * undefined is null, beside a "reason"; what is hidden is null, beside "suppressed". */
void relations_json_write(struct json_writer *writer, const struct relations *relations);

#endif
