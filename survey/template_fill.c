#include "survey/template_hole.h"
#include "survey/template_parts.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00A0"
#define OPENING_MARK   "«"
#define CLOSING_MARK   "»"

struct filling {
    struct arena *arena;
    const struct template_values *values;
    struct template_run *runs; /* room for all */
    size_t run_count;
    struct buffer text; /* of the run at hand */
    bool is_strong, is_emphasis;
    struct buffer words; /* of the link at hand */
    bool is_in_link;
    bool lacks_value; /* a hole of the element has none */
};

/* --- texts --- */

/* Whether a blank stands where French typography sets one that does not break: before ? ! : ; % and inside
 * quotation marks. No other language sets a blank there. */
static bool is_no_break(const char *text, const char *blank) {
    size_t mark = strlen(OPENING_MARK);
    const char *after = blank + 1;
    char next = after[strspn(after, "?!:;%")];
    bool is_sign = *after && strchr("?!:;%", *after) && next != '-' && !isalnum((unsigned char)next);
    bool is_before = is_sign || !strncmp(after, CLOSING_MARK, strlen(CLOSING_MARK));
    bool is_behind = blank >= text + mark && !memcmp(blank - mark, OPENING_MARK, mark);
    return is_before || is_behind;
}

static const char *typeset(struct arena *arena, const char *text) {
    struct buffer set = {0};
    const char *rest = text;
    for (const char *blank; (blank = strchr(rest, ' ')); rest = blank + 1) {
        buffer_append_bytes(&set, rest, (size_t)(blank - rest));
        buffer_append(&set, is_no_break(text, blank) ? NO_BREAK_SPACE : " ");
    }
    buffer_append(&set, rest);
    const char *result = arena_copy_bytes(arena, buffer_text(&set), set.length);
    buffer_destroy(&set);
    return result;
}

/* A value is one line, whatever the roster said. */
static void append_value(struct buffer *text, const char *value) {
    for (; *value; value++)
        buffer_append_bytes(text, (unsigned char)*value < 0x20 || *value == 0x7F ? " " : value, 1);
}

/* Appends a text with its holes filled. */
static void expand(struct filling *filling, struct buffer *into, const char *text) {
    struct template_hole hole;
    for (; filling->values && template_hole_find(text, &hole) && hole.end; text = hole.end) {
        const char *value = template_hole_value(&hole, filling->values);
        buffer_append_bytes(into, text, (size_t)(hole.start - text));
        if (value)
            append_value(into, value);
        else if (hole.words)
            buffer_append_bytes(into, hole.words, hole.words_length);
        else
            filling->lacks_value = true;
    }
    buffer_append(into, text);
}

/* --- runs --- */

static void end_run(struct filling *filling) {
    if (filling->text.length)
        filling->runs[filling->run_count++] =
            (struct template_run){.text = typeset(filling->arena, buffer_text(&filling->text)),
                                  .is_strong = filling->is_strong,
                                  .is_emphasis = filling->is_emphasis};
    buffer_clear(&filling->text);
}

static void add_words(struct filling *filling, const struct template_part *part) {
    if (part->is_strong != filling->is_strong || part->is_emphasis != filling->is_emphasis)
        end_run(filling);
    filling->is_strong = part->is_strong;
    filling->is_emphasis = part->is_emphasis;
    expand(filling, &filling->text, part->text);
    if (filling->is_in_link)
        expand(filling, &filling->words, part->text);
}

/* The address of a link, unless its words are the same. */
static void end_link(struct filling *filling, const struct template_part *part) {
    static const char mail[] = "mailto:";
    struct buffer address = {0};
    expand(filling, &address, part->text);
    const char *shown = buffer_text(&address);
    if (!strncmp(shown, mail, sizeof mail - 1))
        shown += sizeof mail - 1;
    if (*shown && strcmp(shown, buffer_text(&filling->words)) != 0)
        buffer_format(&filling->text, " <%s>", shown);
    buffer_destroy(&address);
    filling->is_in_link = false;
}

/* The runs of an element; false if it is to be left out. */
static bool fill_element(struct filling *filling, const struct template_element *element) {
    filling->lacks_value = false;
    for (const struct template_part *part = element->parts; part; part = part->next) {
        if (part->kind == TEMPLATE_WORDS)
            add_words(filling, part);
        else if (part->kind == TEMPLATE_LINK_END)
            end_link(filling, part);
        else {
            filling->is_in_link = true;
            buffer_clear(&filling->words);
        }
    }
    end_run(filling);
    return !filling->lacks_value;
}

static const char *fill_subject(struct filling *filling, const struct template_source *text) {
    struct buffer line = {0};
    if (!fill_element(filling, &text->subject)) {
        filling->run_count = 0;
        append_value(&line, filling->values->title ? filling->values->title : "");
    }
    for (size_t i = 0; i < filling->run_count; i++)
        append_value(&line, filling->runs[i].text);
    filling->run_count = 0;
    const char *subject = arena_copy_bytes(filling->arena, buffer_text(&line), line.length);
    buffer_destroy(&line);
    return subject;
}

/* --- blocks --- */

/* Whether a block belongs to the item that was left out at `level`. */
static bool is_below(const struct template_block *block, int level) {
    if (block->kind == TEMPLATE_HEADING || block->kind == TEMPLATE_RULE)
        return false;
    return block->level > level || (block->level == level && block->continues);
}

/* The blocks that have all they need; items are numbered as if the others had never been. */
static void fill_blocks(struct filling *filling, const struct template_source *text,
                        struct template_block *blocks, size_t *count) {
    int numbers[TEMPLATE_DEPTH_MOST + 1] = {0}, left_out = INT32_MAX;
    for (const struct template_element *element = text->elements; element; element = element->next) {
        struct template_block block = element->shape;
        size_t first = filling->run_count;
        bool is_item = block.kind == TEMPLATE_BULLET || block.kind == TEMPLATE_NUMBER;
        if (element->begins_list)
            numbers[block.level] = block.number;
        if (is_below(&block, left_out))
            continue;
        left_out = INT32_MAX;
        if (!fill_element(filling, element)) {
            filling->run_count = first;
            left_out = is_item ? block.level : INT32_MAX;
            continue;
        }
        block.number = block.kind == TEMPLATE_NUMBER ? numbers[block.level]++ : 0;
        block.runs = &filling->runs[first];
        block.run_count = filling->run_count - first;
        blocks[(*count)++] = block;
    }
}

/* Without values nothing is a hole, and there is no subject. */
struct template_text template_fill(struct arena *arena, const struct template_source *text,
                                   const struct template_values *values) {
    struct filling filling = {.arena = arena,
                              .values = values,
                              /* Each part ends at most the run before it, and each element one more. */
                              .runs =
                                  ARENA_NEW(arena, struct template_run, text->part_count + text->count + 1)};
    struct template_block *blocks = ARENA_NEW(arena, struct template_block, text->count);
    struct template_text filled = {.subject = values ? fill_subject(&filling, text) : NULL, .blocks = blocks};
    fill_blocks(&filling, text, blocks, &filled.count);
    buffer_destroy(&filling.text);
    buffer_destroy(&filling.words);
    return filled;
}
