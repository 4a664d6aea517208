/* The answers of one paper sheet as cells of the CSV format, while they come together: from several pages, by
 * several hands, not yet checked. */
#ifndef SURVEY_SHEET_RECORD_H
#define SURVEY_SHEET_RECORD_H

#include "model/base/arena.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sheet_record {
    const struct questionnaire *questionnaire;
    const char *const *names; /* of the columns, in the order of the format */
    const char **cells;
    size_t count;
};

/* An empty record of that sheet and language (a tag), channel paper. Memory from `arena`. */
struct sheet_record sheet_record_create(struct arena *arena, const struct questionnaire *questionnaire,
                                        int64_t sheet, const char *language);

/* Reads what sheet_record_write gave; columns that the questionnaire no longer has are left out, and new ones
 * are empty. Memory from `arena`. */
struct sheet_record sheet_record_read(struct arena *arena, const struct questionnaire *questionnaire,
                                      const char *text);

/* A header line and the record, as a CSV file. Memory from `arena`. */
const char *sheet_record_write(struct arena *arena, const struct sheet_record *record);

/* The cell of a column; NULL: there is no such column. And putting another in its place: false if there is
 * none. */
const char *sheet_record_cell(const struct sheet_record *record, const char *name);
bool sheet_record_set(struct sheet_record *record, const char *name, const char *cell);

#endif
