/* The files in which a report is read: HTML and Markdown always, Word and OpenDocument by pandoc, PDF by
 * WeasyPrint, where these are installed. */
#ifndef ANALYSIS_FORMATS_H
#define ANALYSIS_FORMATS_H

#include "analysis/document.h"
#include "analysis/output.h"
#include "model/base/failure.h"

#include <stdbool.h>

/* The formats; they add up. */
enum format { FORMAT_HTML = 1, FORMAT_MARKDOWN = 2, FORMAT_DOCX = 4, FORMAT_ODT = 8, FORMAT_PDF = 16 };

/* What is wanted, and how. */
struct formats {
    unsigned wanted;
    const char *docx_reference,
        *odt_reference; /* files whose styles, page and headers are taken; NULL: ours */
};

/* The first of a list such as "html,docx" of `length` bytes; 0: there is no such format. */
enum format formats_find(const char *name, size_t length);

/* The formats of `wanted` that this machine can write. What it cannot is said on stderr, a line for each file
 * `name`.<format> with the remedy; if that is all, there is still a report to read: HTML and Markdown. */
unsigned formats_possible(const char *name, unsigned wanted);

/* Writes the document into the set of files as `name`.<format>, in each wanted format, which are all
 * possible. Its charts' pictures are in the folder `charts` (NULL: it has none). False after a failure. */
bool formats_write(const struct formats *formats, const char *name, const struct document *document,
                   const char *charts, struct output *output, struct failure *failure);

/* The ending of the first file to read, of those. */
const char *formats_first(unsigned wanted);

#endif
