#include "analysis/chart_files.h"

#include "model/base/html.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FONTS "Open Sans, Noto Sans, Segoe UI, DejaVu Sans, Verdana, sans-serif"

/* One chart to be finished. */
struct picture {
    struct arena *arena;
    const struct chart *chart;
    const struct chart_theme *theme;
};

bool chart_files_write(const char *path, const struct buffer *contents, struct failure *failure) {
    FILE *file = fopen(path, "wb");
    if (!file)
        return failure_set(failure, "cannot write %s: %s", path, strerror(errno));
    bool good =
        contents->length == 0 || fwrite(contents->bytes, 1, contents->length, file) == contents->length;
    good = fclose(file) == 0 && good;
    return good || failure_set(failure, "cannot write %s: %s", path, strerror(errno));
}

static bool read_file(const char *path, struct buffer *contents, struct failure *failure) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return failure_set(failure, "gnuplot did not write %s: %s", path, strerror(errno));
    char bytes[16384];
    for (size_t length; (length = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buffer_append_bytes(contents, bytes, length);
    bool good = !ferror(file);
    fclose(file);
    return good || failure_set(failure, "cannot read %s: %s", path, strerror(errno));
}

/* --- SVG --- */

static bool begins(const char *line, const char *with) {
    return strncmp(line, with, strlen(with)) == 0;
}

static bool contains(const char *line, size_t length, const char *what) {
    return memmem(line, length, what, strlen(what)) != NULL;
}

/* Appends a line with the first occurrence of `what` in it replaced. False, with nothing appended, if there
 * is none. */
static bool replace(struct buffer *to, const char *line, size_t length, const char *what, const char *with) {
    const char *at = memmem(line, length, what, strlen(what));
    if (!at)
        return false;
    buffer_append_bytes(to, line, (size_t)(at - line));
    buffer_append(to, with);
    at += strlen(what);
    buffer_append_bytes(to, at, (size_t)(line + length - at));
    return true;
}

static void write_size(struct buffer *to, const struct chart *chart) {
    buffer_format(
        to, "<svg role=\"img\" aria-labelledby=\"%s-title %s-words\" width=\"%.2fcm\" height=\"%.2fcm\"\n",
        chart->name, chart->name, chart->width, chart->height);
}

static void write_words(struct buffer *to, const struct chart *chart) {
    buffer_format(to, "<title id=\"%s-title\">", chart->name);
    html_text(to, chart->title);
    buffer_format(to, "</title>\n<desc id=\"%s-words\">", chart->name);
    html_text(to, chart->alternative);
    buffer_append(to, "</desc>\n");
}

bool chart_files_has_words(const struct chart *chart, const char *path) {
    struct buffer picture = {0}, words = {0};
    struct failure untold = {0};
    write_words(&words, chart);
    bool found = read_file(path, &picture, &untold) && strstr(buffer_text(&picture), buffer_text(&words));
    buffer_destroy(&picture);
    buffer_destroy(&words);
    return found;
}

/* Of gnuplot's definitions only the dot is used; it refers to the circle before it. Its size is the one thing
 * that a theme's zoom cannot tell gnuplot. It takes its colour from where it is used: "currentColor", as
 * gnuplot has it, is more than some programs that print SVG understand. */
static void write_dot(struct buffer *to, const struct picture *picture) {
    buffer_format(to, "<defs><circle id=\"%s-dot\" r=\"%.4g\" stroke=\"none\"/></defs>\n",
                  picture->chart->name, chart_theme_zoom(picture->theme));
}

/* Replaces the family that gnuplot names by those that may stand in for it. */
static bool replace_font(struct buffer *to, const struct picture *picture, const char *line, size_t length,
                         const char *named, const char *weight) {
    const char *font = picture->theme->font;
    bool is_first = strcmp(font, chart_theme_default()->font) == 0;
    return replace(to, line, length, arena_format(picture->arena, "font-family=\"%s\"", named),
                   arena_format(picture->arena, "font-family=\"%s%s%s\"%s", is_first ? "" : font,
                                is_first ? "" : ", ", FONTS, weight));
}

static bool place_dot(struct buffer *to, const struct picture *picture, const char *line, size_t length) {
    struct buffer placed = {0};
    bool is_dot = replace(&placed, line, length, "#gpPt6",
                          arena_format(picture->arena, "#%s-dot", picture->chart->name));
    if (is_dot && !replace(to, buffer_text(&placed), placed.length, " color=", " fill="))
        buffer_append_bytes(to, buffer_text(&placed), placed.length);
    buffer_destroy(&placed);
    return is_dot;
}

/* Gnuplot writes > as it is; behind two brackets XML does not have it in a text. */
static bool mend_brackets(struct buffer *to, const char *line, size_t length) {
    static const char sign[] = "]]>";
    const char *end = line + length, *at = memmem(line, length, sign, strlen(sign));
    if (!at)
        return false;
    for (; at; at = memmem(line, (size_t)(end - line), sign, strlen(sign))) {
        buffer_append_bytes(to, line, (size_t)(at - line));
        buffer_append(to, "]]&gt;");
        line = at + strlen(sign);
    }
    buffer_append_bytes(to, line, (size_t)(end - line));
    return true;
}

/* Bold and italic faces gnuplot knows by itself; a semibold one is a family to it. */
static void write_line(struct buffer *to, const struct picture *picture, const char *line, size_t length) {
    if (!mend_brackets(to, line, length) && !place_dot(to, picture, line, length) &&
        !replace_font(to, picture, line, length, picture->theme->strong_font, " font-weight=\"600\"") &&
        !replace_font(to, picture, line, length, picture->theme->font, ""))
        buffer_append_bytes(to, line, length);
}

/* Gnuplot's groups without contents, and the line break and tags they consist of. */
static const char *skip_empty_group(const char *line) {
    if (!begins(line, "<g fill=\"none\""))
        return NULL;
    const char *next = strchr(line, '\n');
    return next && begins(next + 1, "</g>\n") ? next + 1 + strlen("</g>\n") : NULL;
}

void chart_files_finish_svg(struct buffer *to, const struct chart *chart, const struct chart_theme *theme,
                            const char *from) {
    const struct picture picture = {arena_create(), chart, theme};
    bool in_definitions = false, has_dots = strstr(from, "'#gpPt6'") != NULL;
    for (const char *line = from; *line;) {
        const char *after = skip_empty_group(line);
        if (after) {
            line = after;
            continue;
        }
        size_t length = strcspn(line, "\n") + 1;
        if (line[length - 1] != '\n')
            length--;
        if (begins(line, "<svg "))
            write_size(to, chart);
        else if (begins(line, "<title>"))
            write_words(to, chart);
        else if (begins(line, "<defs>")) {
            in_definitions = true;
            if (has_dots)
                write_dot(to, &picture);
        } else if (begins(line, "\t<g id=\""))
            buffer_append(to, "\t<g>\n");
        else if (begins(line, "<g id=\""))
            buffer_append(to, "<g>\n");
        else if (!in_definitions && !begins(line, "<desc>"))
            write_line(to, &picture, line, length);
        in_definitions = in_definitions && !contains(line, length, "</defs>");
        line += length;
    }
    arena_destroy(picture.arena);
}

/* --- PDF --- */

void chart_files_finish_pdf(struct buffer *pdf) {
    static const char key[] = "/CreationDate (D:", fixed[] = "20000101000000";
    size_t need = strlen(key) + strlen(fixed);
    char *at = pdf->length ? memmem(pdf->bytes, pdf->length, key, strlen(key)) : NULL;
    if (at && (size_t)(at - pdf->bytes) + need <= pdf->length)
        for (size_t i = 0; fixed[i]; i++)
            at[strlen(key) + i] = fixed[i];
}

static bool finish_svg(const struct chart *chart, const struct chart_theme *theme, const char *path,
                       struct failure *failure) {
    struct buffer from = {0}, to = {0};
    bool good = read_file(path, &from, failure);
    if (good) {
        chart_files_finish_svg(&to, chart, theme, buffer_text(&from));
        good = chart_files_write(path, &to, failure);
    }
    buffer_destroy(&from);
    buffer_destroy(&to);
    return good;
}

static bool finish_pdf(const char *path, struct failure *failure) {
    struct buffer pdf = {0};
    bool good = read_file(path, &pdf, failure);
    if (good) {
        chart_files_finish_pdf(&pdf);
        good = chart_files_write(path, &pdf, failure);
    }
    buffer_destroy(&pdf);
    return good;
}

bool chart_files_finish(const struct chart *chart, const struct chart_theme *theme, const char *folder,
                        struct failure *failure) {
    struct arena *arena = arena_create();
    bool good = finish_svg(chart, theme, arena_format(arena, "%s/%s.svg", folder, chart->name), failure) &&
                finish_pdf(arena_format(arena, "%s/%s.pdf", folder, chart->name), failure);
    arena_destroy(arena);
    return good;
}
