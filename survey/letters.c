#include "survey/letters.h"

#include "survey/letters_compose.h"
#include "survey/letters_draw.h"
#include "survey/letters_file.h"
#include "survey/qr.h"

#include <stdlib.h>

#include <cairo-pdf.h>

/* The PDF format wants a day; the same letters give the same bytes, so that it is none of this world. */
#define CREATED "2000-01-01T00:00:00Z"

struct letters {
    struct letters_file *file;
    struct arena *arena; /* of the letter at hand */
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *fonts;
    PangoContext *context;
    size_t count;
    struct failure failure;
};

static cairo_status_t write_bytes(void *file, const unsigned char *bytes, unsigned length) {
    return letters_file_write(file, bytes, length) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void destroy(struct letters *letters) {
    cairo_destroy(letters->cairo);
    cairo_surface_destroy(letters->surface);
    g_clear_object(&letters->context);
    g_clear_object(&letters->fonts);
    arena_destroy(letters->arena);
    free(letters);
}

struct letters *letters_begin(const char *path, const char *title, struct failure *failure) {
    PangoFontMap *fonts = pango_cairo_font_map_new();
    struct letters_file *file =
        letters_text_has_fonts(fonts, failure) ? letters_file_begin(path, &letters_file_pdf, failure) : NULL;
    if (!file) {
        g_object_unref(fonts);
        return NULL;
    }
    struct letters *letters = calloc(1, sizeof *letters);
    if (!letters)
        abort();
    letters->file = file;
    letters->arena = arena_create();
    letters->fonts = fonts;
    letters->context = letters_text_context(fonts);
    letters->surface = cairo_pdf_surface_create_for_stream(write_bytes, file, LETTERS_WIDTH, LETTERS_HEIGHT);
    cairo_pdf_surface_set_metadata(letters->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(letters->surface, CAIRO_PDF_METADATA_CREATOR, "Bilan " VERSION);
    cairo_pdf_surface_set_metadata(letters->surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATED);
    letters->cairo = cairo_create(letters->surface);
    /* Only what is all in one document counts as tagged. */
    cairo_tag_begin(letters->cairo, "Document", NULL);
    return letters;
}

void letters_add(struct letters *letters, const struct letter *letter) {
    if (failure_is_set(&letters->failure) || letters_file_has_failed(letters->file))
        return;
    struct letters_composition composition = {0};
    struct qr_code *code = qr_encode(letter->link);
    pango_context_set_language(letters->context, pango_language_from_string(letter->language));
    if (code && letters_compose(&composition, letters->arena, letters->context, letter, code)) {
        if (letters->count++ > 0)
            cairo_show_page(letters->cairo);
        letters_draw(letters->cairo, &composition);
    } else
        failure_set(&letters->failure,
                    "the link %.100s… is too long for a letter; choose a shorter --public-url", letter->link);
    letters_compose_release(&composition);
    arena_reset(letters->arena);
    qr_destroy(code);
}

bool letters_finish(struct letters *letters, struct failure *failure) {
    cairo_tag_end(letters->cairo, "Document");
    cairo_show_page(letters->cairo);
    cairo_surface_finish(letters->surface);
    cairo_status_t status = cairo_surface_status(letters->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_status(letters->cairo);
    bool is_whole = !failure_is_set(&letters->failure);
    if (!is_whole)
        failure_set(failure, "%s", letters->failure.text);
    else if (letters->count == 0)
        is_whole = failure_set(failure, "there is nobody to write a letter to");
    else if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_WRITE_ERROR)
        is_whole = failure_set(failure, "cannot draw the letters: %s", cairo_status_to_string(status));
    /* Of a write that failed, the file knows why. */
    if (is_whole)
        is_whole = letters_file_finish(letters->file, failure);
    else
        letters_file_abandon(letters->file);
    destroy(letters);
    return is_whole;
}

void letters_abandon(struct letters *letters) {
    cairo_surface_finish(letters->surface);
    letters_file_abandon(letters->file);
    destroy(letters);
}
