/* Answers as CSV, the same format in import and export: a header of the items' ids (each `<id>_specify` right
 * after its item), then channel, language, sheet; one record per response; codes as cells. */
#ifndef MODEL_ANSWER_CSV_H
#define MODEL_ANSWER_CSV_H

#include "model/answer.h"
#include "model/base/buffer.h"
#include "model/base/diagnostic.h"
#include "model/csv.h"

/* Appends the header line. */
void answer_csv_header(struct buffer *buffer, const struct questionnaire *questionnaire, char separator);

/* Appends the record of a response, with its line end. */
void answer_csv_record(struct buffer *buffer, const struct questionnaire *questionnaire,
                       const struct response *response);

/* Which column of a file holds what. */
struct answer_csv_layout;

/* Reads a header line: columns in any order. An unknown or repeated name, or a missing item, is an error in
 * `diagnostics`; channel, language, sheet and the specify columns may be missing. NULL after an error. */
const struct answer_csv_layout *answer_csv_layout(struct arena *arena,
                                                  const struct questionnaire *questionnaire,
                                                  const struct csv_record *header,
                                                  struct diagnostics *diagnostics);

/* A record of a file, unchecked: what was entered for each item, and the cells of the other columns ("" where
 * the file has no such column). */
struct answer_csv_cells {
    struct entry *entries;
    const char *channel, *language, *sheet;
    bool all_empty;
};

/* Takes a record apart. It must have as many fields as the header. Memory from `arena`; refers to the record.
 */
struct answer_csv_cells answer_csv_read(struct arena *arena, const struct answer_csv_layout *layout,
                                        const struct csv_record *record);

/* How many fields the header has. */
size_t answer_csv_count(const struct answer_csv_layout *layout);

#endif
