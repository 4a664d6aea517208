/* Letters of invitation as one PDF: A4, a page or more each, with the link as text, as a QR code, and as a
 * code for typing (pango, cairo, libqrencode). */
#ifndef SURVEY_LETTERS_H
#define SURVEY_LETTERS_H

#include "model/base/failure.h"
#include "survey/template.h"

#include <stdbool.h>
#include <stddef.h>

struct letter {
    const char *name;         /* for the address window; NULL: none */
    const char *organisation; /* at the head; NULL: none */
    const char *language;     /* a tag, for hyphens and fonts */
    const char *link, *code, *address;
    struct template_text text;
    /* the words beside the QR code, in the letter's language */
    const char *scan, *type;
};

struct letters;

/* Begins the PDF at `path`: written beside it, and put in its place by letters_finish. `title` is the
 * document's. NULL after a failure. */
struct letters *letters_begin(const char *path, const char *title, struct failure *failure);

/* Adds a letter. */
void letters_add(struct letters *letters, const struct letter *letter);

/* Finishes the file: on disk, readable by its owner only, in place. False after a failure, with nothing at
 * `path` touched. Both end the letters. */
bool letters_finish(struct letters *letters, struct failure *failure);
void letters_abandon(struct letters *letters);

#endif
