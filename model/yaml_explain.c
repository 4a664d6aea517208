#include "model/yaml_explain.h"

#include "model/yaml_line.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Longer lines are not shown anew. */
enum { HELP_MOST = 400 };

/* --- places --- */

struct place yaml_cursor_place(struct yaml_cursor *cursor, size_t offset) {
    if (offset < cursor->offset) {
        size_t start = offset;
        while (start > 0 && cursor->source[start - 1] != '\n')
            start--;
        for (size_t i = start; i < cursor->offset; i++)
            cursor->line -= cursor->source[i] == '\n';
        cursor->offset = start;
        cursor->column = 1;
    }
    for (; cursor->offset < offset && cursor->offset < cursor->length; cursor->offset++) {
        size_t next = cursor->offset + 1;
        if (cursor->source[cursor->offset] == '\n') {
            cursor->line++;
            cursor->column = 1;
        } else {
            /* A character counts when its last byte is passed. */
            cursor->column += next == cursor->length || ((unsigned char)cursor->source[next] & 0xC0) != 0x80;
        }
    }
    return (struct place){cursor->line, cursor->column, 0};
}

unsigned yaml_cursor_characters(const struct yaml_cursor *cursor, size_t end) {
    unsigned count = 0;
    for (size_t i = cursor->offset; i < end && i < cursor->length; i++) {
        unsigned char byte = (unsigned char)cursor->source[i];
        if (byte == '\n' || byte == '\r')
            break;
        count += (byte & 0xC0) != 0x80;
    }
    return count;
}

static struct place place_at(const struct yaml_mistake *mistake, size_t offset) {
    struct yaml_cursor cursor = {mistake->source, mistake->length, 0, 1, 1};
    return yaml_cursor_place(&cursor, offset);
}

/* --- the line as it should be --- */

static void help_line(struct diagnostics *diagnostics, const char *line) {
    if (strlen(line) <= HELP_MOST)
        diagnostics_help(diagnostics, " help | %s", line);
}

void yaml_explain_quotes(struct arena *arena, struct diagnostics *diagnostics, const char *source,
                         size_t length, size_t start, size_t end, bool flow) {
    struct yaml_line line = yaml_line_at(source, length, start);
    size_t from = start - line.offset;
    size_t to = end ? end - line.offset : yaml_line_text_end(&line, from, flow);
    if (line.length <= HELP_MOST && to <= line.length && from < to)
        help_line(diagnostics, yaml_line_quoted(arena, &line, from, to));
}

static void help_quotes(const struct yaml_mistake *mistake, const struct yaml_line *line, size_t from,
                        size_t to) {
    help_line(mistake->diagnostics, yaml_line_quoted(mistake->arena, line, from, to));
}

/* --- slips, the commonest first: each gives whether it was the one --- */

/* text: Votre rôle : lequel ? */
static bool explain_colon(const struct yaml_mistake *mistake, const struct yaml_line *line) {
    size_t at = mistake->offset - line->offset, from, colon;
    bool flow = mistake->open != YAML_NOT_OPEN;
    if (flow ? !yaml_line_flow_colon(line, at, &from) : !yaml_line_block_colon(line, &from, &colon))
        return false;
    colon = flow ? at : colon;
    size_t to = yaml_line_text_end(line, from, flow);
    struct place place = place_at(mistake, line->offset + colon);
    diagnostics_error(mistake->diagnostics, place, "a text that contains a colon needs quotes around it");
    help_quotes(mistake, line, from, to);
    return true;
}

static bool explain_tab(const struct yaml_mistake *mistake, const struct yaml_line *line) {
    size_t indent = strspn(line->text, " \t");
    size_t tab = strcspn(line->text, "\t");
    if (tab >= indent || tab >= line->length)
        return false;
    struct place place = place_at(mistake, line->offset + tab);
    diagnostics_error(mistake->diagnostics, place,
                      "a tab is used to indent this line; YAML is indented with spaces only (set your editor "
                      "to write spaces for the tab key)");
    return true;
}

/* text: 'l'été', and text: "le "oui" ici" */
static bool explain_inner_quote(const struct yaml_mistake *mistake, const struct yaml_line *line) {
    if (!strstr(mistake->message, "trailing content after"))
        return false;
    size_t from;
    char quote = strstr(mistake->message, "single") ? '\'' : '"';
    struct place place = place_at(mistake, mistake->offset);
    diagnostics_error(mistake->diagnostics, place, "the quoted text ends before this; %s",
                      quote == '\'' ? "a text with an apostrophe goes into double quotes"
                                    : "a text with double quotes goes into single quotes, or use « » or “ ”");
    size_t to = yaml_line_last(line, quote);
    size_t at = mistake->offset - line->offset;
    if (yaml_line_opening(line, at, quote, &from) && to > at)
        help_line(mistake->diagnostics, yaml_line_requoted(mistake->arena, line, from, to + 1));
    return true;
}

/* text: [facultatif] Votre âge, and text: @x */
static bool explain_first_character(const struct yaml_mistake *mistake, const struct yaml_line *line) {
    size_t from;
    if (!yaml_line_value(line, &from) || mistake->offset < line->offset + from)
        return false;
    bool reserved = line->text[from] && strchr("@`%", line->text[from]) != NULL;
    bool bracket = line->text[from] && strchr("[{", line->text[from]) != NULL;
    bool indicator = line->text[from] && strchr("&*!|>-?", line->text[from]) != NULL;
    if (!reserved && !(bracket && strstr(mistake->message, "after mapping")) &&
        !(indicator && mistake->offset <= line->offset + from + 1))
        return false;
    struct place place = place_at(mistake, line->offset + from);
    diagnostics_error(mistake->diagnostics, place, "a text that begins with %c needs quotes around it",
                      line->text[from]);
    help_quotes(mistake, line, from, yaml_line_text_end(line, from, false));
    return true;
}

/* text:Votre rôle */
static bool explain_missing_space(const struct yaml_mistake *mistake, const struct yaml_line *line) {
    size_t colon;
    if (!yaml_line_tight_colon(line, &colon))
        return false;
    struct place place = place_at(mistake, line->offset + colon);
    diagnostics_error(mistake->diagnostics, place, "a space is missing after the colon");
    help_line(mistake->diagnostics, yaml_line_spaced(mistake->arena, line, colon + 1));
    return true;
}

/* A line without a colon where a key is due, or one that goes on over lines that look like keys. */
static bool explain_key(const struct yaml_mistake *mistake, const struct yaml_line *line) {
    bool several_lines = strstr(mistake->message, "multiline plain key") != NULL;
    if (!several_lines && !strstr(mistake->message, "could not find expected ':'"))
        return false;
    size_t from;
    if (several_lines && yaml_line_value(line, &from)) {
        struct yaml_line next = *line;
        do
            next = yaml_line_after(mistake->source, mistake->length, &next);
        while (next.length && !memchr(next.text, ':', next.length));
        if (explain_tab(mistake, &next))
            return true;
        struct place place = place_at(mistake, next.offset + strspn(next.text, " "));
        diagnostics_error(
            mistake->diagnostics, place,
            "this line is indented further than the one before it, so it continues its text and "
            "cannot be a key: indent both alike, or put quotes around the whole text");
        return true;
    }
    diagnostics_error(mistake->diagnostics, place_at(mistake, mistake->offset),
                      "a key and a colon are expected here, such as \"text: …\"; a text of several lines is "
                      "indented further than its key");
    return true;
}

static bool explain_open(const struct yaml_mistake *mistake, const struct yaml_line *line) {
    static const char *const ends[] = {"missing comma", "without a closing", "wrongly indented",
                                       "mismatched",    "could not find",    "did not find",
                                       "invalid"};
    bool is_end = false;
    for (size_t i = 0; i < COUNT(ends); i++)
        is_end = is_end || strstr(mistake->message, ends[i]);
    if (mistake->open == YAML_NOT_OPEN || mistake->open >= line->offset || !is_end)
        return false;
    diagnostics_error(mistake->diagnostics, place_at(mistake, mistake->open),
                      "the %c that opens here is not closed before line %u", mistake->source[mistake->open],
                      place_at(mistake, mistake->offset).line);
    return true;
}

/* --- all others, by the words of the library --- */

static const char *in_plain_words(const char *message) {
    static const char *const words[][2] = {
        {"without closing quote", "the quote that opens here is never closed"},
        {"wrongly indented double-quoted", "the quote that opens here is never closed"},
        {"wrongly indented single-quoted", "the quote that opens here is never closed"},
        {"missing comma in flow", "a comma is missing before this, or the text needs quotes around it"},
        {"without a closing", "a closing bracket is missing before this"},
        {"extra closing", "there is no opening bracket for this closing one"},
        {"mismatched flow", "this bracket does not close the one that was opened last"},
        {"invalid escape",
         "no such escape: in double quotes a backslash is written \\\\ (or use single quotes)"},
        {"hex escape", "no such escape: in double quotes a backslash is written \\\\ (or use single quotes)"},
        {"indentation in mapping", "this line is indented differently from the lines it belongs to"},
        {"'-' indicator", "this line is indented differently from the lines it belongs to"},
        {"wrong indendation", "this line is indented differently from the lines it belongs to"},
        {"wrongly indented", "this line is indented differently from the lines it belongs to"},
        {"end of block sequence",
         "a list and a map stand at the same level: is an indentation or a \"- \" missing?"},
        {"same line as a mapping key", "a list begins on a line of its own, below its key"},
        {"no linebreak found", "after | or > the text begins on the next line"},
        {"nested block mapping", "a second key on one line: begin a new line, or put quotes around the text"},
        {"depth", "nested too deep"},
        {"document start", "a text or a key is expected here"},
        {"invalid value after mapping", "a key and a colon are expected here; a text that goes on over "
                                        "several lines needs quotes around it, or | above it"},
        {"expected node content", "something is missing before this, or this is one too many"},
        {"block scalar", "the lines of the text after | or > are not indented alike"},
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (strstr(message, words[i][0]))
            return words[i][1];
    return NULL;
}

void yaml_explain(const struct yaml_mistake *mistake) {
    struct yaml_line line = yaml_line_at(mistake->source, mistake->length, mistake->offset);
    line.text = arena_copy_bytes(mistake->arena, line.text, line.length);
    bool (*const slips[])(const struct yaml_mistake *, const struct yaml_line *) = {
        explain_tab,  explain_inner_quote,     explain_colon, explain_missing_space,
        explain_open, explain_first_character, explain_key};
    for (size_t i = 0; i < COUNT(slips); i++)
        if (slips[i](mistake, &line))
            return;
    const char *words = in_plain_words(mistake->message);
    if (words)
        diagnostics_error(mistake->diagnostics, place_at(mistake, mistake->offset), "%s", words);
    else
        diagnostics_error(mistake->diagnostics, place_at(mistake, mistake->offset),
                          "this cannot be read as YAML (%s)", mistake->message);
}
