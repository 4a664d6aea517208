#include "model/base/html.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

void html_text(struct buffer *buffer, const char *text) {
    for (;;) {
        size_t plain = strcspn(text, "&<>\"'");
        buffer_append_bytes(buffer, text, plain);
        text += plain;
        switch (*text++) {
        case '\0':
            return;
        case '&':
            buffer_append(buffer, "&amp;");
            break;
        case '<':
            buffer_append(buffer, "&lt;");
            break;
        case '>':
            buffer_append(buffer, "&gt;");
            break;
        case '"':
            buffer_append(buffer, "&quot;");
            break;
        default:
            buffer_append(buffer, "&#39;");
        }
    }
}

void html_attribute(struct buffer *buffer, const char *name, const char *value) {
    if (!value)
        return;
    buffer_format(buffer, " %s=\"", name);
    html_text(buffer, value);
    buffer_append(buffer, "\"");
}

/* Pushes the headings of a tree down by `by` levels. */
static void lower_headings(cmark_node *document, int by) {
    cmark_iter *iterator = cmark_iter_new(document);
    while (cmark_iter_next(iterator) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (cmark_iter_get_event_type(iterator) == CMARK_EVENT_ENTER &&
            cmark_node_get_type(node) == CMARK_NODE_HEADING) {
            int level = cmark_node_get_heading_level(node) + by;
            cmark_node_set_heading_level(node, level > 6 ? 6 : level);
        }
    }
    cmark_iter_free(iterator);
}

void html_markdown(struct buffer *buffer, const char *markdown, int heading) {
    int options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8;
    cmark_node *document = cmark_parse_document(markdown, strlen(markdown), options);
    if (!document)
        abort();
    if (heading)
        lower_headings(document, heading);
    char *html = cmark_render_html(document, options);
    if (!html)
        abort();
    buffer_append(buffer, html);
    free(html);
    cmark_node_free(document);
}

static const struct html_fragment *find_fragment(const struct html_fragment *fragments, size_t count,
                                                 const char *name, size_t length) {
    for (size_t i = 0; i < count; i++)
        if (strlen(fragments[i].name) == length && !memcmp(fragments[i].name, name, length))
            return &fragments[i];
    return NULL;
}

void html_fill(struct buffer *buffer, const char *skeleton, const struct html_fragment *fragments,
               size_t count) {
    for (const char *open; (open = strstr(skeleton, "{{"));) {
        const char *close = strstr(open, "}}");
        if (!close)
            abort();
        buffer_append_bytes(buffer, skeleton, (size_t)(open - skeleton));
        const struct html_fragment *fragment =
            find_fragment(fragments, count, open + 2, (size_t)(close - open - 2));
        if (!fragment)
            abort();
        buffer_append(buffer, fragment->html);
        skeleton = close + 2;
    }
    buffer_append(buffer, skeleton);
}
