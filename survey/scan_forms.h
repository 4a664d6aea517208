/* The printed forms whose pages may come: their geometries, all of one questionnaire, by the version and the
 * language in their codes. */
#ifndef SURVEY_SCAN_FORMS_H
#define SURVEY_SCAN_FORMS_H

#include "model/base/failure.h"
#include "model/questionnaire.h"
#include "survey/paper_geometry.h"

#include <stdbool.h>
#include <stddef.h>

struct scan_form {
    struct paper_geometry geometry;
    const char *unfit; /* why its pages cannot be read for the questionnaire as it is now; NULL: they can */
};

struct scan_forms {
    const struct questionnaire *questionnaire;
    const struct scan_form *all;
    size_t count;
};

/* Reads, for `forms->questionnaire`, the geometries in the folder `paper` beside the store at `store_path`,
 * where `survey paper` left them, and the files at `paths`. What is of another questionnaire is left out in
 * the folder, and a failure among `paths`. False with the failure; one is that there are none at all. Memory
 * from `arena`. */
bool scan_forms_read(struct scan_forms *forms, struct arena *arena, const char *store_path,
                     const char *const *paths, size_t path_count, struct failure *failure);

/* Why a page with this label cannot be read as one of the forms; NULL: it can, and its form's index is in
 * `*form`. Memory from `arena`. */
const char *scan_forms_refusal(struct arena *arena, const struct paper_label *label,
                               const struct scan_forms *forms, size_t *form);

#endif
