/* What the QR code of a printed page says: "BILAN1 <questionnaire> <version> <language> <sheet> <page>". */
#ifndef SURVEY_PAPER_LABEL_H
#define SURVEY_PAPER_LABEL_H

#include "model/base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct paper_label {
    const char *questionnaire, *version, *language;
    int64_t sheet; /* eight digits, of which the last checks the others */
    unsigned page; /* from 1 */
};

/* The text of a label, and back: false if the text is not a label, or its sheet number cannot be one. */
const char *paper_label_format(struct arena *arena, const struct paper_label *label);
bool paper_label_parse(struct paper_label *label, struct arena *arena, const char *text);

#endif
