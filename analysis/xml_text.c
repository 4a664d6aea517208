#include "analysis/xml_text.h"

#include "model/base/html.h"

#include <string.h>

/* How many bytes at `at` are a character that XML cannot have; 0: it can. */
static size_t unwritable(const char *at) {
    if ((unsigned char)*at < ' ')
        return 1;
    return !strncmp(at, "\xEF\xBF\xBE", 3) || !strncmp(at, "\xEF\xBF\xBF", 3) ? 3 : 0;
}

void xml_text_plain(struct buffer *buffer, const char *text, size_t length) {
    size_t run = 0; /* where what is not yet appended begins */
    for (size_t i = 0; i < length;) {
        size_t skipped = unwritable(text + i);
        if (skipped) {
            buffer_append_bytes(buffer, text + run, i - run);
            run = i + skipped;
        }
        i += skipped ? skipped : 1;
    }
    if (run < length)
        buffer_append_bytes(buffer, text + run, length - run);
}

void xml_text_escaped(struct buffer *buffer, const char *text) {
    struct buffer plain = {0};
    xml_text_plain(&plain, text, strlen(text));
    html_text(buffer, buffer_text(&plain));
    buffer_destroy(&plain);
}
