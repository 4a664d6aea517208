/* Pages of PDF files as pictures, by poppler's programs, each confined and limited. */
#ifndef SURVEY_SCAN_PDF_H
#define SURVEY_SCAN_PDF_H

#include "model/base/arena.h"
#include "model/base/buffer.h"

#include <stdbool.h>

/* How many pages the file has (pdfinfo). False with the reason. `path` is absolute. */
bool scan_pdf_count(const char *path, unsigned *pages, const char **reason);

/* A page, from 1, in grey, its longer side as long as an A4 page's at 200 dots an inch (pdftoppm): appended
 * as PGM. False with the reason. */
bool scan_pdf_picture(struct arena *arena, const char *path, unsigned page, struct buffer *picture,
                      const char **reason);

#endif
