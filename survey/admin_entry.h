/* A question on paper as it is typed: its wording, a field, and beside it the answers with what is typed for
 * each. The field is named as the item, has the id `<id>-1`; `<id>-choices`, `<id>-specify`, `<id>-error` are
 * the other ids. */
#ifndef SURVEY_ADMIN_ENTRY_H
#define SURVEY_ADMIN_ENTRY_H

#include "survey/admin_page.h"

struct admin_entry {
    const struct admin_visit *visit;
    struct wording_language language; /* of the sheet */
    const struct item *item;
    size_t number;       /* of the question, shown before it; 0: none */
    const char *value;   /* as typed */
    const char *specify; /* the words beside an option, as typed; NULL: they are not asked for */
    const char *error;   /* NULL: nothing is wrong */
};

void admin_entry_write(struct buffer *html, const struct admin_entry *entry);

/* Appends the script that makes typing quicker, behind a form with entries in an element `typing` and a
 * button `go-save`. */
void admin_entry_write_script(struct buffer *html, const struct admin_visit *visit);

#endif
