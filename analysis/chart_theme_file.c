#include "analysis/chart_theme_file.h"

#include "analysis/chart_theme_check.h"
#include "analysis/glyph.h"
#include "model/base/text.h"
#include "model/questionnaire_source.h"
#include "model/reader.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { SOURCE_MOST = 64 * 1024, FONT_MOST = 60 };

struct reading {
    struct reader reader;
    struct chart_theme *theme;
    struct chart_theme_places places;
};

/* --- Values --- */

static bool is_colour(const char *text) {
    text += *text == '#';
    for (size_t i = 0; i < 6; i++)
        if (!isxdigit((unsigned char)text[i]))
            return false;
    return text[6] == '\0';
}

/* Without quotes, # begins a comment, and nothing is left. */
static bool read_colour(struct reading *reading, const struct yaml_node *node, unsigned *colour) {
    struct diagnostics *diagnostics = reading->reader.diagnostics;
    if (yaml_is_null(node)) {
        diagnostics_error(diagnostics, node->place, "expected a colour, found nothing");
        diagnostics_help(diagnostics,
                         " help | put it in quotes, \"#1F2328\": without them # begins a comment");
        return false;
    }
    const char *text = reader_text(&reading->reader, node);
    if (!text)
        return false;
    if (!is_colour(text)) {
        diagnostics_error(diagnostics, node->place,
                          "\"%s\" is not a colour: six hexadecimal digits, such as \"#1F2328\"", text);
        return false;
    }
    *colour = (unsigned)strtoul(text + (*text == '#'), NULL, 16);
    return true;
}

static void read_side(struct reading *reading, const struct yaml_node *node, enum palette_side side) {
    unsigned ends[2];
    reading->places.sides[side] = node->place;
    if (node->kind != YAML_LIST) {
        if (read_colour(reading, node, &ends[0]))
            reading->theme->sides[side] = palette_ramp_from(ends[0], &palette_default[side]);
        return;
    }
    if (node->count != 2) {
        diagnostics_error(reading->reader.diagnostics, node->place,
                          "expected one colour, or a list of two: the outermost and the innermost");
        return;
    }
    bool good = read_colour(reading, node->entries[0].value, &ends[0]);
    if (read_colour(reading, node->entries[1].value, &ends[1]) && good)
        reading->theme->sides[side] = palette_ramp_between(ends[0], ends[1]);
}

static void read_colours(struct reading *reading, const struct yaml_node *node) {
    static const char *const keys[] = {"text",       "quiet_text", "notice",       "grid",   "line",
                                       "bar",        "strong",     "light",        "pale",   "highlight",
                                       "favourable", "neutral",    "unfavourable", "ordered"};
    static const struct reader_shape shape = {"the colours", keys, COUNT(keys)};
    struct chart_theme *theme = reading->theme;
    struct chart_theme_places *places = &reading->places;
    struct place elsewhere;
    const struct {
        unsigned *colour;
        struct place *place;
    } colours[] = {{&theme->text, &places->text},     {&theme->quiet_text, &places->quiet_text},
                   {&theme->notice, &places->notice}, {&theme->grid, &elsewhere},
                   {&theme->line, &elsewhere},        {&theme->bar, &places->bar},
                   {&theme->strong, &places->strong}, {&theme->light, &places->light},
                   {&theme->pale, &places->pale},     {&theme->highlight, &elsewhere}};
    static_assert(COUNT(colours) + PALETTE_SIDE_COUNT == COUNT(keys), "a key without a colour");
    if (!reader_map(&reading->reader, node, &shape))
        return;
    for (size_t i = 0; i < COUNT(keys); i++) {
        const struct yaml_node *value = yaml_value(node, keys[i]);
        if (!value)
            continue;
        if (i >= COUNT(colours))
            read_side(reading, value, (enum palette_side)(i - COUNT(colours)));
        else if (read_colour(reading, value, colours[i].colour))
            *colours[i].place = value->place;
    }
}

static void read_background(struct reading *reading, const struct yaml_node *node) {
    reading->theme->transparent = node->kind == YAML_TEXT && strcmp(node->text, "none") == 0;
    if (node->kind == YAML_TEXT && (reading->theme->transparent || strcmp(node->text, "white") == 0))
        reading->theme->background = 0xFFFFFF;
    else if (read_colour(reading, node, &reading->theme->background))
        reading->places.background = node->place;
}

static void read_size(struct reading *reading, const struct yaml_node *node) {
    double size;
    if (!reader_number(&reading->reader, node, &size))
        return;
    if (size >= CHART_THEME_SIZE_LEAST && size <= CHART_THEME_SIZE_MOST)
        reading->theme->size = size;
    else
        diagnostics_error(reading->reader.diagnostics, node->place,
                          "%s is out of range: letters have %g to %g points", node->text,
                          CHART_THEME_SIZE_LEAST, CHART_THEME_SIZE_MOST);
}

/* The name stands in scripts and pictures, where these characters mean something. */
static bool is_family(const char *name) {
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at < ' ' || strchr("\"'`\\,:;<>&$%{}@|#=", *at))
            return false;
    return *name != ' ' && name[strlen(name) - 1] != ' ' && text_characters(name) <= FONT_MOST;
}

static void read_font(struct reading *reading, const struct yaml_node *node) {
    struct arena *arena = reading->reader.arena;
    struct diagnostics *diagnostics = reading->reader.diagnostics;
    const char *family = reader_text(&reading->reader, node);
    if (!family)
        return;
    if (!is_family(family)) {
        diagnostics_error(diagnostics, node->place,
                          "this is not the name of a font: name one family, such as Open Sans");
        return;
    }
    const char *used = glyph_family(arena, family);
    if (used && !text_same_letters(used, family))
        diagnostics_warning(diagnostics, node->place, "no font \"%s\" is installed: %s is used in its place",
                            family, used);
    const char *semibold = arena_format(arena, "%s Semibold", family);
    const char *strong = glyph_family(arena, semibold);
    bool has_semibold = strong && text_same_letters(strong, semibold);
    reading->theme->font = family;
    reading->theme->strong_font = has_semibold ? semibold : arena_format(arena, "%s Bold", family);
    reading->theme->breadth = glyph_breadth(family, has_semibold);
    glyph_forget_families();
}

/* --- The file --- */

static void read_theme(struct reading *reading, const struct yaml_node *root) {
    static const char *const keys[] = {"font", "size", "background", "colours"};
    static void (*const read[])(struct reading *, const struct yaml_node *) = {read_font, read_size,
                                                                               read_background, read_colours};
    static const struct reader_shape shape = {"a theme", keys, COUNT(keys)};
    if (!reader_map(&reading->reader, root, &shape))
        return;
    for (size_t i = 0; i < COUNT(keys); i++) {
        const struct yaml_node *value = yaml_value(root, keys[i]);
        if (value)
            read[i](reading, value);
    }
}

/* Whether there is nothing but blanks and comments. */
static bool is_empty(const char *source) {
    source += strspn(source, " \t\r\n");
    while (*source == '#') {
        source += strcspn(source, "\n");
        source += strspn(source, " \t\r\n");
    }
    return !*source;
}

const struct chart_theme *chart_theme_file_parse(struct arena *arena, const char *source, size_t length,
                                                 struct diagnostics *diagnostics) {
    if (!questionnaire_source_check(arena, &source, &length, diagnostics))
        return NULL;
    if (is_empty(source)) {
        diagnostics_error(diagnostics, (struct place){0},
                          "the file is empty: it names no font, size or colour");
        return NULL;
    }
    const struct yaml_node *root = yaml_parse(arena, source, length, diagnostics);
    if (!root)
        return NULL;
    struct reading reading = {
        .reader = {.arena = arena, .diagnostics = diagnostics, .source = source, .source_length = length},
        .theme = ARENA_NEW(arena, struct chart_theme, 1)};
    *reading.theme = *chart_theme_default();
    read_theme(&reading, root);
    if (diagnostics_count(diagnostics, SEVERITY_ERROR) == 0)
        chart_theme_check(reading.theme, &reading.places, diagnostics);
    return diagnostics_count(diagnostics, SEVERITY_ERROR) == 0 ? reading.theme : NULL;
}

/* The bytes of a file, which may have a few; NULL after a failure. */
static const char *read_bytes(struct arena *arena, const char *path, size_t *length,
                              struct failure *failure) {
    struct stat status;
    FILE *stream = NULL;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        failure_set(failure, "cannot read %s: it is not a regular file", path);
    else if (!(stream = fopen(path, "rbe")))
        failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    if (!stream)
        return NULL;
    char *bytes = arena_allocate(arena, SOURCE_MOST + 2, 1);
    *length = fread(bytes, 1, SOURCE_MOST + 1, stream);
    bool bad = ferror(stream) != 0;
    fclose(stream);
    if (!bad && *length <= SOURCE_MOST)
        return bytes;
    failure_set(failure, bad ? "cannot read %s" : "%s: a theme of charts has at most 64 KiB", path);
    return NULL;
}

const struct chart_theme *chart_theme_file_read(struct arena *arena, const char *path,
                                                struct failure *failure) {
    size_t length;
    if (!path)
        return chart_theme_default();
    const char *bytes = read_bytes(arena, path, &length, failure);
    if (!bytes)
        return NULL;
    struct diagnostics *diagnostics = diagnostics_create(arena, path);
    const struct chart_theme *theme = chart_theme_file_parse(arena, bytes, length, diagnostics);
    diagnostics_print(diagnostics, stderr);
    return theme;
}
