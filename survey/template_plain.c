#include "survey/template.h"

#include <string.h>

enum { LINE_MOST = 72 };

static void append_blanks(struct buffer *buffer, size_t count) {
    buffer_format(buffer, "%*s", (int)count, "");
}

static size_t characters(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* Appends words over lines that begin at `indent`, the first of which is there already. A word that is longer
 * than a line stands on one of its own: links are never broken. */
static void append_wrapped(struct buffer *buffer, const char *text, size_t indent) {
    size_t column = indent;
    while (*text) {
        size_t blanks = strspn(text, " "), length = strcspn(text + blanks, " \n");
        size_t width = characters(text + blanks, length);
        bool is_first = column == indent;
        if (length && !is_first && column + 1 + width > LINE_MOST) {
            buffer_append(buffer, "\n");
            append_blanks(buffer, indent);
            column = indent;
            is_first = true;
        }
        if (length && !is_first)
            buffer_append(buffer, " ");
        buffer_append_bytes(buffer, text + blanks, length);
        column += width + (length && !is_first);
        text += blanks + length;
        if (*text == '\n') {
            buffer_append(buffer, "\n");
            append_blanks(buffer, indent);
            column = indent;
            text++;
        }
    }
    buffer_append(buffer, "\n");
}

/* The bullet or number of an item with the blanks around it; gives how wide it is. */
static size_t append_label(struct buffer *buffer, const struct template_block *block, size_t indent) {
    size_t before = buffer->length;
    append_blanks(buffer, indent);
    if (block->kind == TEMPLATE_BULLET)
        buffer_append(buffer, "- ");
    else
        buffer_format(buffer, "%d. ", block->number);
    return buffer->length - before;
}

static bool is_item(const struct template_block *block) {
    return block->kind == TEMPLATE_BULLET || block->kind == TEMPLATE_NUMBER;
}

/* Whether the item begins another list than that of `last`. */
static bool begins_list(const struct template_block *last, const struct template_block *item) {
    return item->kind != last->kind || (item->kind == TEMPLATE_NUMBER && item->number != last->number + 1);
}

/* The items of a list stand close together, all else has an empty line between. `last` is the last item that
 * is in no other. */
static void separate(struct buffer *buffer, const struct template_block *before,
                     const struct template_block *block, const struct template_block *last) {
    bool is_next = is_item(before) && is_item(block);
    if (!is_next || (block->level == 1 && last && begins_list(last, block)))
        buffer_append(buffer, "\n");
}

void template_plain(struct buffer *buffer, const struct template_text *text) {
    size_t indents[TEMPLATE_DEPTH_MOST + 1] = {0}; /* where the text of each depth of lists begins */
    const struct template_block *last = NULL;
    struct buffer words = {0};
    for (size_t i = 0; i < text->count; i++) {
        const struct template_block *block = &text->blocks[i];
        size_t indent = block->kind == TEMPLATE_HEADING ? 0 : indents[block->level];
        if (i > 0)
            separate(buffer, &text->blocks[i - 1], block, last);
        if (is_item(block))
            indent = indents[block->level] = append_label(buffer, block, indents[block->level - 1]);
        else
            append_blanks(buffer, indent);
        last = is_item(block) && block->level == 1 ? block : last;
        buffer_clear(&words);
        for (size_t j = 0; j < block->run_count; j++)
            buffer_append(&words, block->runs[j].text);
        append_wrapped(buffer, block->kind == TEMPLATE_RULE ? "----------" : buffer_text(&words), indent);
    }
    buffer_destroy(&words);
}
