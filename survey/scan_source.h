/* The files of a batch, page by page: pictures as they are, PDF files through pdftoppm. */
#ifndef SURVEY_SCAN_SOURCE_H
#define SURVEY_SCAN_SOURCE_H

#include "model/base/arena.h"
#include "survey/scan_image.h"

#include <stdbool.h>

struct scan_source;

/* Opens a file. NULL if it cannot be read, with the reason. Memory from `arena`. */
struct scan_source *scan_source_open(struct arena *arena, const char *path, const char **reason);

/* The next page, valid until the next call: DONE. REFUSED, with the
 * reason, concerns this page alone. Memory from `arena`. */
enum scan_source_outcome { SCAN_SOURCE_DONE, SCAN_SOURCE_END, SCAN_SOURCE_REFUSED };
enum scan_source_outcome scan_source_next(struct scan_source *source, struct arena *arena,
                                          struct scan_bytes *page, const char **reason);

/* Notes that a picture's file has no page behind the last one, which only shows when it is decoded. */
void scan_source_note_last(struct scan_source *source);

/* NULL is allowed. */
void scan_source_close(struct scan_source *source);

#endif
