#include "analysis/report_field.h"

#include "analysis/xml_text.h"

#include <stdbool.h>
#include <string.h>

enum { BOOKMARK_MOST = 40, CONTENTS_LEVELS = 2 };

/* --- bookmarks --- */

/* Counts the sections up to the one of that id. True: it is among them. */
static bool find_place(const struct block *first, const char *id, size_t *place) {
    for (const struct block *block = first; block; block = block->next) {
        if (block->kind != BLOCK_SECTION)
            continue;
        ++*place;
        if (strcmp(block->id, id) == 0 || find_place(block->first, id, place))
            return true;
    }
    return false;
}

void report_field_bookmark(struct buffer *buffer, const struct document *document, const char *id) {
    size_t place = 0;
    bool letter = (*id | 32) >= 'a' && (*id | 32) <= 'z';
    if (letter && strlen(id) <= BOOKMARK_MOST)
        buffer_append(buffer, id);
    else if (find_place(document_sections(document), id, &place))
        buffer_format(buffer, "section.%zu", place);
    else
        buffer_append(buffer, "section");
}

/* --- numbers --- */

static const char *label(enum report_field_kind kind, enum language language) {
    return language_message(language, kind == REPORT_FIELD_TABLE ? MESSAGE_REPORT_TABLE_LABEL
                                                                 : MESSAGE_REPORT_FIGURE_LABEL);
}

/* The name of the sequence is Word's own where the words are, so that its lists of figures find it. */
void report_field_number(struct buffer *buffer, enum report_pandoc_format format, enum report_field_kind kind,
                         enum language language, size_t number) {
    const char *name = kind == REPORT_FIELD_TABLE ? "Table" : "Figure";
    const char *words = label(kind, language);
    if (format == REPORT_PANDOC_ODT) {
        buffer_format(buffer, "%s <text:sequence text:name=\"%s\" ", words, name);
        buffer_format(buffer, "text:formula=\"ooow:%s+1\" style:num-format=\"1\">%zu</text:sequence>", name,
                      number);
        return;
    }
    buffer_format(buffer, "<w:r><w:t xml:space=\"preserve\">%s </w:t></w:r>", words);
    buffer_format(buffer,
                  "<w:fldSimple w:instr=\" SEQ %s \\* ARABIC \"><w:r><w:t>%zu</w:t></w:r></w:fldSimple>",
                  name, number);
}

/* --- contents --- */

static void write_entries(struct buffer *buffer, const struct document *document, const struct block *first,
                          void (*write)(struct buffer *, const struct document *, const struct block *)) {
    for (const struct block *block = first; block; block = block->next)
        if (block->kind == BLOCK_SECTION && block->level <= CONTENTS_LEVELS) {
            write(buffer, document, block);
            write_entries(buffer, document, block->first, write);
        }
}

static void append_field(struct buffer *buffer, const char *type, const char *more) {
    buffer_format(buffer, "<w:r><w:fldChar w:fldCharType=\"%s\"%s/></w:r>", type, more);
}

static void write_word_entry(struct buffer *buffer, const struct document *document,
                             const struct block *section) {
    buffer_format(buffer, "<w:p><w:pPr><w:pStyle w:val=\"TOC%zu\"/></w:pPr><w:hyperlink w:anchor=\"",
                  section->level);
    report_field_bookmark(buffer, document, section->id);
    buffer_append(buffer, "\" w:history=\"1\"><w:r><w:t xml:space=\"preserve\">");
    xml_text_escaped(buffer, section->text);
    buffer_append(buffer, "</w:t></w:r></w:hyperlink></w:p>");
}

/* Word counts the pages, and writes the entries anew, when the file is opened: until then they are links. */
static void write_word_contents(struct buffer *buffer, const struct document *document, const char *heading) {
    buffer_append(buffer, "<w:p><w:pPr><w:pStyle w:val=\"TOCHeading\"/></w:pPr><w:r><w:t>");
    xml_text_escaped(buffer, heading);
    buffer_append(buffer, "</w:t></w:r></w:p><w:p>");
    append_field(buffer, "begin", " w:dirty=\"true\"");
    buffer_format(buffer, "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o &quot;1-%d&quot; \\h \\z \\u ",
                  CONTENTS_LEVELS);
    buffer_append(buffer, "</w:instrText></w:r>");
    append_field(buffer, "separate", "");
    buffer_append(buffer, "</w:p>");
    write_entries(buffer, document, document_sections(document), write_word_entry);
    buffer_append(buffer, "<w:p>");
    append_field(buffer, "end", "");
    buffer_append(buffer, "</w:p>");
}

static void write_odt_entry(struct buffer *buffer, const struct document *document,
                            const struct block *section) {
    struct buffer bookmark = {0};
    report_field_bookmark(&bookmark, document, section->id);
    const char *name = buffer_text(&bookmark);
    buffer_format(buffer, "<text:p text:style-name=\"Contents_20_%zu\">", section->level);
    buffer_format(buffer,
                  "<text:a xlink:type=\"simple\" text:style-name=\"Index_20_Link\" "
                  "text:visited-style-name=\"Index_20_Link\" xlink:href=\"#%s\">",
                  name);
    xml_text_escaped(buffer, section->text);
    buffer_format(buffer,
                  "<text:tab/><text:bookmark-ref text:reference-format=\"page\" text:ref-name=\"%s\">"
                  "</text:bookmark-ref></text:a></text:p>",
                  name);
    buffer_destroy(&bookmark);
}

static void write_odt_template(struct buffer *buffer, int level) {
    buffer_format(buffer,
                  "<text:table-of-content-entry-template text:outline-level=\"%d\" "
                  "text:style-name=\"Contents_20_%d\"><text:index-entry-link-start/><text:index-entry-text/>"
                  "<text:index-entry-tab-stop style:type=\"right\" style:leader-char=\".\"/>"
                  "<text:index-entry-page-number/><text:index-entry-link-end/>"
                  "</text:table-of-content-entry-template>",
                  level, level);
}

static void write_odt_contents(struct buffer *buffer, const struct document *document, const char *heading) {
    buffer_append(buffer, "<text:table-of-content text:name=\"Contents\">");
    buffer_format(buffer, "<text:table-of-content-source text:outline-level=\"%d\">", CONTENTS_LEVELS);
    buffer_append(buffer, "<text:index-title-template text:style-name=\"Contents_20_Heading\">");
    xml_text_escaped(buffer, heading);
    buffer_append(buffer, "</text:index-title-template>");
    for (int level = 1; level <= CONTENTS_LEVELS; level++)
        write_odt_template(buffer, level);
    buffer_append(buffer, "</text:table-of-content-source><text:index-body>"
                          "<text:index-title text:name=\"Contents_Head\">"
                          "<text:p text:style-name=\"Contents_20_Heading\">");
    xml_text_escaped(buffer, heading);
    buffer_append(buffer, "</text:p></text:index-title>");
    write_entries(buffer, document, document_sections(document), write_odt_entry);
    buffer_append(buffer, "</text:index-body></text:table-of-content>");
}

void report_field_contents(struct buffer *buffer, enum report_pandoc_format format,
                           const struct document *document) {
    const char *heading = language_message(document_head(document)->language, MESSAGE_REPORT_CONTENTS);
    if (format == REPORT_PANDOC_ODT)
        write_odt_contents(buffer, document, heading);
    else
        write_word_contents(buffer, document, heading);
}
