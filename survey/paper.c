#include "survey/paper.h"

#include "model/base/terminal.h"
#include "model/campaign.h"
#include "model/store_path.h"
#include "survey/letters_file.h"
#include "survey/letters_text.h"
#include "survey/paper_draw.h"
#include "survey/paper_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>

const struct command_option paper_options[] = {
    {.name = "output",
     .argument = "FORM.pdf",
     .help = "where the form goes (default: form-LANGUAGE.pdf beside the store)"},
    {.name = "language",
     .argument = "TAG",
     .help = "the language of the form (default: the questionnaire's first)"},
    {.name = "copies", .argument = "N", .help = "how many, each with a sheet number of its own (default: 1)"},
    CAMPAIGN_STORE_OPTION,
    {0}};

/* The PDF format wants a day; but for the numbers of its sheets, the same form has the same bytes. */
#define CREATED "2000-01-01T00:00:00Z"

enum { COPIES_MOST = 10000 };

struct paper {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    struct wording_language language;
    const char *output, *geometry; /* paths */
    long copies;
    int64_t sheet; /* of the first copy */
};

/* --- what is asked for --- */

static bool read_language(struct paper *paper, const struct arguments *arguments, struct failure *failure) {
    const char *tag = command_value(arguments, "language");
    const struct questionnaire *questionnaire = paper->questionnaire;
    paper->language =
        (struct wording_language){questionnaire, tag ? questionnaire_language(questionnaire, tag) : 0};
    if (paper->language.index < questionnaire->language_count)
        return true;
    struct buffer tags = {0};
    for (size_t i = 0; i < questionnaire->language_count; i++)
        buffer_format(&tags, "%s%s", i ? ", " : "", questionnaire->languages[i]);
    failure_set(failure, "the questionnaire is not in \"%s\", but in: %s", tag, buffer_text(&tags));
    buffer_destroy(&tags);
    return false;
}

static bool read_copies(struct paper *paper, const struct arguments *arguments, struct failure *failure) {
    const char *text = command_value(arguments, "copies");
    size_t digits = text ? strspn(text, "0123456789") : 0;
    paper->copies = !text ? 1 : digits && digits < 7 && !text[digits] ? strtol(text, NULL, 10) : 0;
    return (paper->copies >= 1 && paper->copies <= COPIES_MOST) ||
           failure_set(failure, "--copies is a number from 1 to %d, not \"%s\"", COPIES_MOST, text);
}

static bool read_output(struct paper *paper, const struct arguments *arguments, const char *store,
                        struct failure *failure) {
    const char *given = command_value(arguments, "output");
    paper->output =
        given ? given
              : paper_folder_beside(paper->arena, store,
                                    arena_format(paper->arena, "form-%s.pdf", wording_tag(paper->language)));
    size_t length = strlen(paper->output);
    if (length < 5 || strcmp(paper->output + length - 4, ".pdf") != 0)
        return failure_set(failure, "--output is a PDF: its name ends with \".pdf\", not as \"%s\"",
                           paper->output);
    paper->geometry = arena_format(paper->arena, "%.*s.json", (int)(length - 4), paper->output);
    return true;
}

/* --- the PDF --- */

static cairo_status_t write_bytes(void *file, const unsigned char *bytes, unsigned length) {
    return letters_file_write(file, bytes, length) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static cairo_surface_t *begin_surface(const struct paper *paper, struct letters_file *file) {
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        write_bytes, file, PAPER_POINTS(PAPER_WIDTH), PAPER_POINTS(PAPER_HEIGHT));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   wording_plain(paper->arena, paper->language, paper->questionnaire->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Bilan " VERSION);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATED);
    return surface;
}

/* False if something could not be drawn; what could not be written, the file tells. */
static bool draw_copies(const struct paper *paper, cairo_surface_t *surface, const struct paper_form *form,
                        struct failure *failure) {
    cairo_t *cairo = cairo_create(surface);
    bool done = true;
    cairo_tag_begin(cairo, "Document", NULL);
    int64_t sheet = paper->sheet;
    for (long i = 0; done && i < paper->copies; i++, sheet = paper_sheet_next(sheet))
        done = paper_draw(cairo, form, sheet) ||
               failure_set(failure, "the questionnaire's name is too long for the code on its pages");
    cairo_tag_end(cairo, "Document");
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    if (done && status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_WRITE_ERROR)
        done = failure_set(failure, "cannot draw the form: %s", cairo_status_to_string(status));
    return done;
}

static bool draw_form(const struct paper *paper, struct letters_file *file, const struct paper_form *form,
                      struct failure *failure) {
    cairo_surface_t *surface = begin_surface(paper, file);
    bool done = draw_copies(paper, surface, form, failure);
    cairo_surface_destroy(surface);
    return done;
}

/* --- the whole --- */

static bool write_geometry(const struct paper *paper, const struct paper_form *form, const char *store,
                           struct failure *failure) {
    struct buffer json = {0};
    paper_geometry_write(&json, &form->geometry);
    bool done = paper_folder_keep(paper->arena, store, &form->geometry, &json, failure) &&
                paper_folder_write(paper->geometry, &json, failure);
    buffer_destroy(&json);
    return done;
}

/* The geometry is in its place before the form is: without it, the form could not be read. */
static bool write_all(const struct paper *paper, const struct paper_form *form, const char *store,
                      struct failure *failure) {
    if (!store_path_make_folder(paper->arena, store, failure))
        return false;
    struct letters_file *file = letters_file_begin(paper->output, &letters_file_pdf, failure);
    if (!file)
        return false;
    if (draw_form(paper, file, form, failure) && write_geometry(paper, form, store, failure))
        return letters_file_finish(file, failure);
    letters_file_abandon(file);
    return false;
}

static void print_summary(const struct paper *paper, const struct paper_form *form) {
    terminal_line(
        stdout, "%s: %u page%s, %zu boxes and fields%s", paper->output, form->geometry.pages,
        form->geometry.pages == 1 ? "" : "s", form->geometry.place_count,
        paper->copies > 1
            ? arena_format(paper->arena, ", %ld copies, each with a sheet number of its own", paper->copies)
            : "");
    terminal_line(stdout, "%s: where they are, for survey scan (kept beside the store too)", paper->geometry);
}

static int print_form(struct paper *paper, const char *store, struct failure *failure) {
    PangoFontMap *fonts = pango_cairo_font_map_new();
    struct paper_form form = {0};
    bool done = letters_text_has_fonts(fonts, failure);
    if (done) {
        PangoContext *context = letters_text_context(fonts);
        done = paper_form_make(&form, paper->arena, context, paper->language, failure) &&
               write_all(paper, &form, store, failure);
        if (done)
            print_summary(paper, &form);
        paper_form_release(&form);
        g_object_unref(context);
    }
    g_object_unref(fonts);
    return done ? COMMAND_DONE : COMMAND_FAILED;
}

int paper_run(const struct arguments *arguments, struct failure *failure) {
    struct campaign campaign;
    int status = campaign_load(&campaign, arguments);
    if (status == COMMAND_DONE) {
        struct paper paper = {
            .arena = campaign.arena, .questionnaire = campaign.questionnaire, .sheet = paper_sheet_new()};
        const char *store =
            store_path_choose(paper.arena, paper.questionnaire, command_value(arguments, "store"));
        status = read_language(&paper, arguments, failure) && read_copies(&paper, arguments, failure) &&
                         read_output(&paper, arguments, store, failure)
                     ? print_form(&paper, store, failure)
                     : COMMAND_USAGE;
    }
    campaign_close(&campaign);
    return status;
}
