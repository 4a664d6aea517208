/* A coding as a CSV file that people edit in a spreadsheet program.
 *
 * Columns: answer, count, similar, themes, second_coder, settled, quote, then the evaluator's own, then id.
 * In reading, any order will do, and only `themes` and one of `answer` and `id` must be there. */
#ifndef ANALYSIS_THEME_FILE_H
#define ANALYSIS_THEME_FILE_H

#include "analysis/theme_coding.h"
#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/diagnostic.h"
#include "model/base/failure.h"

#include <stdbool.h>
#include <stddef.h>

/* Where the coding of an item's answers is kept: in the folder of the store at the path `store`
 * (store_themes_folder). Memory from `arena`. */
const char *theme_file_path(struct arena *arena, const char *store, const char *item);

/* The coding in a file's bytes; NULL after mistakes, all of which are among the diagnostics. Lives as long as
 * `arena`. */
struct theme_coding *theme_file_parse(struct arena *arena, const char *bytes, size_t length,
                                      struct diagnostics *diagnostics);

/* The coding in the file at `path`; `*coding` becomes NULL where there is no file. False after a failure, and
 * after mistakes, which are printed to standard error; warnings are not printed. */
bool theme_file_read(struct arena *arena, const char *path, struct theme_coding **coding,
                     struct failure *failure);

/* Appends the file of a coding: with a byte-order mark, and with everything that a spreadsheet program would
 * take for a formula made harmless. The rows' lines become those of this file. */
void theme_file_append(struct buffer *buffer, struct theme_coding *coding);

/* Puts the file of a coding at `path`, whose folder is made for its owner alone if missing. A file with the
 * same bytes is left alone; the rows' lines become those of the file. False after a failure; what was there
 * stays then. */
bool theme_file_write(struct arena *arena, const char *path, struct theme_coding *coding,
                      struct failure *failure);

#endif
