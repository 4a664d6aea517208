/* Writing HTML that escapes by default: raw text can only be a string literal. */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "model/base/buffer.h"

#include <stdbool.h>

/* Markup as it stands in the source; anything but a literal does not compile. */
#define html_raw(buffer, literal) buffer_append_bytes((buffer), "" literal "", sizeof(literal) - 1)

/* Text, with & < > " and ' escaped: right between tags and inside a quoted attribute. */
void html_text(struct buffer *buffer, const char *text);

/* ` name="value"`, escaped, with the blank before it; nothing if `value` is NULL. `name` is a literal. */
void html_attribute(struct buffer *buffer, const char *name, const char *value);

/* Markdown as HTML (CommonMark; raw HTML and dangerous links are left out). `heading` is added to the levels
 * of its headings, so that they fit below the page's own (1: `#` becomes <h2>); at most <h6>. */
void html_markdown(struct buffer *buffer, const char *markdown, int heading);

/* Fills a page skeleton: each `{{name}}` is replaced by the text of the fragment of that name, as it is (the
 * fragments were written with this module); a name without a fragment aborts. */
struct html_fragment {
    const char *name;
    const char *html;
};
void html_fill(struct buffer *buffer, const char *skeleton, const struct html_fragment *fragments,
               size_t count);

#endif
