/* A questionnaire as a form on paper: what stands where, and the geometry by which it is read back. */
#ifndef SURVEY_PAPER_FORM_H
#define SURVEY_PAPER_FORM_H

#include "survey/paper_compose.h"

struct paper_form {
    struct paper_composition composition;
    struct paper_geometry geometry;
};

/* Composes the form in one language. The same questionnaire and language give the same form, with the same
 * version: a digest of its wording and of where everything stands. False with the failure for what no page of
 * paper has room for. paper_form_release in any case; the rest lives as long as `arena`. */
bool paper_form_make(struct paper_form *form, struct arena *arena, PangoContext *context,
                     struct wording_language language, struct failure *failure);
void paper_form_release(struct paper_form *form);

#endif
