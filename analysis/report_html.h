/* A report as one HTML file that needs nothing else: style, charts and a small script are inside, and it is
 * complete where no script runs. */
#ifndef ANALYSIS_REPORT_HTML_H
#define ANALYSIS_REPORT_HTML_H

#include "analysis/document.h"
#include "model/base/buffer.h"
#include "model/base/failure.h"

#include <stdbool.h>

/* Appends the page. The charts' SVG files are read from the folder `charts` (NULL if the document has none),
 * the logo from its path. False after a failure: one of them cannot be read, or the logo is neither SVG nor
 * PNG. */
bool report_html_write(struct buffer *buffer, const struct document *document, const char *charts,
                       struct failure *failure);

#endif
