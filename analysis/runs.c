#include "analysis/runs.h"

#include "analysis/report_markdown.h"
#include "model/base/html.h"

#include <stdbool.h>
#include <string.h>

/* What a run opens before its words and closes behind them, outermost first. */
struct bracket {
    unsigned style;
    const char *open, *close;
};

static const struct bracket html_brackets[] = {
    {RUN_DOUBTFUL, "<mark>", "</mark>"},   {RUN_REMARK, "<small class=\"remark\">", "</small>"},
    {RUN_STRONG, "<strong>", "</strong>"}, {RUN_EMPHASIS, "<em>", "</em>"},
    {RUN_CODE, "<code>", "</code>"},
};

static const struct bracket markdown_brackets[] = {
    {RUN_STRONG, "**", "**"},
    {RUN_EMPHASIS, "*", "*"},
};

enum { HTML_BRACKETS = sizeof html_brackets / sizeof *html_brackets };
enum { MARKDOWN_BRACKETS = sizeof markdown_brackets / sizeof *markdown_brackets };

static bool has(const struct run *run, unsigned style) {
    return run && run->style & style;
}

/* How many of the outermost brackets two neighbours share: these stay open between them. */
static size_t shared(const struct bracket *brackets, size_t count, const struct run *one,
                     const struct run *other) {
    size_t depth = 0;
    while (depth < count && has(one, brackets[depth].style) == has(other, brackets[depth].style))
        depth++;
    return depth;
}

static void open_from(struct buffer *buffer, const struct bracket *brackets, size_t count, size_t depth,
                      const struct run *run) {
    for (; depth < count; depth++)
        if (has(run, brackets[depth].style))
            buffer_append(buffer, brackets[depth].open);
}

static void close_to(struct buffer *buffer, const struct bracket *brackets, size_t count, size_t depth,
                     const struct run *run) {
    while (count-- > depth)
        if (has(run, brackets[count].style))
            buffer_append(buffer, brackets[count].close);
}

/* --- HTML --- */

/* Links are the innermost: a link over several styles is several links to the same place. */
static void append_html_run(struct buffer *buffer, const struct run *run) {
    if (run->link) {
        html_raw(buffer, "<a");
        html_attribute(buffer, "href", run->link);
        html_raw(buffer, ">");
    }
    if (strcmp(run->text, "\n") == 0)
        html_raw(buffer, "<br>\n");
    else
        html_text(buffer, run->text);
    if (run->link)
        html_raw(buffer, "</a>");
}

void runs_html(struct buffer *buffer, const struct run *runs) {
    const struct run *before = NULL;
    for (const struct run *run = runs; run; before = run, run = run->next) {
        size_t depth = shared(html_brackets, HTML_BRACKETS, before, run);
        close_to(buffer, html_brackets, HTML_BRACKETS, depth, before);
        open_from(buffer, html_brackets, HTML_BRACKETS, depth, run);
        append_html_run(buffer, run);
    }
    close_to(buffer, html_brackets, HTML_BRACKETS, 0, before);
}

/* --- Markdown --- */

/* Emphasis holds only if blanks stand outside of it; report_markdown_text leaves out those around a text. */
static void append_blank(struct buffer *buffer, bool wanted) {
    if (wanted && buffer->length && !strchr(" \n", buffer->bytes[buffer->length - 1]))
        buffer_append(buffer, " ");
}

static void append_markdown_words(struct buffer *buffer, const struct run *run) {
    if (run->style & RUN_CODE) {
        buffer_append(buffer, strchr(run->text, '`') ? "`` " : "`");
        buffer_append(buffer, run->text);
        buffer_append(buffer, strchr(run->text, '`') ? " ``" : "`");
    } else if (run->link) {
        buffer_append(buffer, "[");
        report_markdown_text(buffer, run->text);
        buffer_format(buffer, "](<%s>)", run->link);
    } else {
        report_markdown_text(buffer, run->text);
    }
}

static void append_markdown_run(struct buffer *buffer, const struct run *run) {
    if (strcmp(run->text, "\n") == 0) {
        buffer_append(buffer, "\\\n");
        return;
    }
    size_t length = strlen(run->text);
    append_blank(buffer, *run->text == ' ');
    if (run->text[strspn(run->text, " ")] == '\0')
        return;
    open_from(buffer, markdown_brackets, MARKDOWN_BRACKETS, 0, run);
    append_markdown_words(buffer, run);
    close_to(buffer, markdown_brackets, MARKDOWN_BRACKETS, 0, run);
    append_blank(buffer, run->text[length - 1] == ' ');
}

void runs_markdown(struct buffer *buffer, const struct run *runs) {
    const struct run *before = NULL;
    for (const struct run *run = runs; run; before = run, run = run->next) {
        bool was_remark = has(before, RUN_REMARK), is_remark = has(run, RUN_REMARK);
        if (has(run, RUN_DOUBTFUL) && !has(before, RUN_DOUBTFUL))
            buffer_append(buffer, "⚠ ");
        if (is_remark && !was_remark)
            buffer_append(buffer, "**");
        append_markdown_run(buffer, run);
        if (is_remark && !has(run->next, RUN_REMARK))
            buffer_append(buffer, "**");
    }
}

/* --- plain --- */

const char *runs_plain(struct arena *arena, const struct run *runs) {
    struct buffer buffer = {0};
    for (const struct run *run = runs; run; run = run->next)
        buffer_append(&buffer, run->text);
    char *text = arena_copy_bytes(arena, buffer_text(&buffer), buffer.length);
    buffer_destroy(&buffer);
    for (char *at = text; *at; at++)
        if (*at == '\n')
            *at = ' ';
    return text;
}
