#include "analysis/formats.h"

#include "analysis/process.h"
#include "analysis/report_html.h"
#include "analysis/report_markdown.h"
#include "analysis/report_pandoc.h"
#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const unsigned char reference_docx[] = {
#include "analysis/office/reference.docx.bytes"
};
static const unsigned char reference_odt[] = {
#include "analysis/office/reference.odt.bytes"
};
static const char template_odt[] =
#include "analysis/office/opendocument.xml.inc"
    ;

/* What a file is made from. */
struct source {
    const struct formats *formats;
    const struct document *document;
    const char *charts;
    struct failure *failure;
};

/* --- web pages and Markdown --- */

static bool make_html(const struct source *source, struct buffer *buffer) {
    return report_html_write(buffer, source->document, source->charts, source->failure);
}

static bool make_markdown(const struct source *source, struct buffer *buffer) {
    report_markdown_write(buffer, source->document);
    return true;
}

/* --- word processors --- */

/* A picture that pandoc can put in: a PNG file always, another only with the help of a converter. The name is
 * taken from the root, since pandoc runs where the charts are. */
static const char *find_logo(struct arena *arena, const char *path) {
    char *whole = path ? realpath(path, NULL) : NULL;
    if (!whole)
        return NULL;
    const char *ending = strrchr(whole, '.');
    bool png = ending && !strcmp(ending, ".png");
    const char *logo = png || process_find(arena, "rsvg-convert") ? arena_copy(arena, whole) : NULL;
    free(whole);
    return logo;
}

/* Pandoc takes these from files, whose endings it goes by: a temporary one is removed after use. */
static const char *write_temporary(struct arena *arena, const char *ending, const void *bytes, size_t length,
                                   struct failure *failure) {
    const char *folder = getenv("TMPDIR");
    char *path = arena_format(arena, "%s/bilan-XXXXXX.%s", folder && *folder ? folder : "/tmp", ending);
    int file = mkostemps(path, (int)strlen(ending) + 1, O_CLOEXEC);
    FILE *stream = file < 0 ? NULL : fdopen(file, "wb");
    if (!stream) {
        failure_set(failure, "cannot make the temporary file %s: %s", path, strerror(errno));
        return NULL;
    }
    bool written = fwrite(bytes, 1, length, stream) == length;
    if (fclose(stream) == 0 && written)
        return path;
    unlink(path);
    failure_set(failure, "cannot write the temporary file %s", path);
    return NULL;
}

/* Where pandoc is run is the folder of the charts: an evaluator's path is taken from the root. */
static const char *find_reference(struct arena *arena, const char *path, struct failure *failure) {
    char *whole = realpath(path, NULL);
    const char *found = whole ? arena_copy(arena, whole) : NULL;
    free(whole);
    if (!found)
        failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    return found;
}

/* The styles of a word processor's file: the evaluator's, or ours, in a temporary file. */
struct styles {
    const char *reference, *template;
    bool is_ours;
};

static bool open_styles(const struct source *source, struct arena *arena, bool docx, struct styles *styles) {
    const char *given = docx ? source->formats->docx_reference : source->formats->odt_reference;
    *styles = (struct styles){.is_ours = !given};
    if (given)
        styles->reference = find_reference(arena, given, source->failure);
    else if (docx)
        styles->reference =
            write_temporary(arena, "docx", reference_docx, sizeof reference_docx, source->failure);
    else
        styles->reference =
            write_temporary(arena, "odt", reference_odt, sizeof reference_odt, source->failure);
    if (styles->reference && !docx)
        styles->template =
            write_temporary(arena, "xml", template_odt, sizeof template_odt - 1, source->failure);
    return styles->reference && (docx || styles->template);
}

static void close_styles(const struct styles *styles) {
    if (styles->reference && styles->is_ours)
        unlink(styles->reference);
    if (styles->template)
        unlink(styles->template);
}

static bool run_pandoc(const struct source *source, struct arena *arena, const struct styles *styles,
                       const struct buffer *tree, struct buffer *buffer) {
    bool docx = !styles->template;
    /* A report takes a quarter of this memory; a small file of styles may unpack to any size. */
    const char *const words[] = {"pandoc",
                                 "+RTS",
                                 "-M768m",
                                 "-RTS",
                                 "--from=json",
                                 docx ? "--to=docx" : "--to=odt",
                                 arena_format(arena, "--reference-doc=%s", styles->reference),
                                 "--data-dir=/dev/null",
                                 "--output=-",
                                 docx ? NULL : arena_format(arena, "--template=%s", styles->template),
                                 NULL};
    const struct process_request request = {.words = words,
                                            .package = "pandoc",
                                            .what =
                                                docx ? "make the Word file" : "make the OpenDocument file",
                                            .folder = source->charts,
                                            .input = buffer_text(tree),
                                            .input_length = tree->length};
    return process_run(&request, buffer, source->failure);
}

static bool make_office(const struct source *source, bool docx, struct buffer *buffer) {
    struct arena *arena = arena_create();
    struct buffer tree = {0};
    struct styles styles;
    report_pandoc_write(&tree, source->document, docx ? REPORT_PANDOC_DOCX : REPORT_PANDOC_ODT,
                        find_logo(arena, document_head(source->document)->logo));
    bool good =
        open_styles(source, arena, docx, &styles) && run_pandoc(source, arena, &styles, &tree, buffer);
    close_styles(&styles);
    buffer_destroy(&tree);
    arena_destroy(arena);
    return good;
}

static bool make_docx(const struct source *source, struct buffer *buffer) {
    return make_office(source, true, buffer);
}

static bool make_odt(const struct source *source, struct buffer *buffer) {
    return make_office(source, false, buffer);
}

/* --- PDF --- */

/* From the web report, tagged for who has it read aloud (PDF/UA-1). */
static bool make_pdf(const struct source *source, struct buffer *buffer) {
    static const char *const words[] = {"weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "-", "-", NULL};
    struct buffer html = {0};
    bool good = make_html(source, &html);
    const struct process_request request = {.words = words,
                                            .package = "weasyprint",
                                            .what = "make the PDF file",
                                            .input = buffer_text(&html),
                                            .input_length = html.length};
    good = good && process_run(&request, buffer, source->failure);
    buffer_destroy(&html);
    return good;
}

/* --- all of them --- */

static const struct known {
    enum format format;
    const char *name;
    const char *program; /* and Debian's package of it; NULL: none is needed */
    bool (*make)(const struct source *, struct buffer *);
} all[] = {{FORMAT_HTML, "html", NULL, make_html},
           {FORMAT_MARKDOWN, "md", NULL, make_markdown},
           {FORMAT_DOCX, "docx", "pandoc", make_docx},
           {FORMAT_ODT, "odt", "pandoc", make_odt},
           {FORMAT_PDF, "pdf", "weasyprint", make_pdf}};

enum { ALL = sizeof all / sizeof *all };

enum format formats_find(const char *name, size_t length) {
    for (size_t i = 0; i < ALL; i++)
        if (strlen(all[i].name) == length && !strncmp(name, all[i].name, length))
            return all[i].format;
    return 0;
}

unsigned formats_possible(const char *name, unsigned wanted) {
    struct arena *arena = arena_create();
    unsigned possible = wanted;
    for (size_t i = 0; i < ALL; i++) {
        const char *program = wanted & all[i].format ? all[i].program : NULL;
        if (!program || process_find(arena, program))
            continue;
        possible &= ~(unsigned)all[i].format;
        terminal_line(stderr, "%s.%s is not written: it needs %s (on Debian: apt-get install %s)", name,
                      all[i].name, program, program);
    }
    arena_destroy(arena);
    return possible ? possible : FORMAT_HTML | FORMAT_MARKDOWN;
}

static bool write_file(const struct source *source, const struct known *known, const char *name,
                       struct output *output) {
    struct buffer bytes = {0}, file = {0};
    buffer_format(&file, "%s.%s", name, known->name);
    bool written =
        known->make(source, &bytes) &&
        output_write(output, buffer_text(&file), buffer_text(&bytes), bytes.length, source->failure);
    buffer_destroy(&file);
    buffer_destroy(&bytes);
    return written;
}

bool formats_write(const struct formats *formats, const char *name, const struct document *document,
                   const char *charts, struct output *output, struct failure *failure) {
    const struct source source = {formats, document, charts, failure};
    for (size_t i = 0; i < ALL; i++)
        if (formats->wanted & all[i].format && !write_file(&source, &all[i], name, output))
            return false;
    return true;
}

const char *formats_first(unsigned wanted) {
    size_t first = 0;
    while (first + 1 < ALL && !(wanted & all[first].format))
        first++;
    return all[first].name;
}
