/* What a question's marks mean, all of them together: an answer, none, or something for a person to look at.
 * What could be two things is never decided here. */
#ifndef SURVEY_SCAN_JUDGE_H
#define SURVEY_SCAN_JUDGE_H

#include "model/questionnaire.h"
#include "survey/paper_geometry.h"
#include "survey/scan_mark.h"

#include <stdbool.h>
#include <stddef.h>

enum scan_doubt {
    SCAN_SURE,
    SCAN_SEVERAL,     /* more marks than may be */
    SCAN_FAINT,       /* a mark that may be none */
    SCAN_BESIDE,      /* a mark between or around boxes */
    SCAN_DAMAGED,     /* a box is hidden, torn off or outside the picture */
    SCAN_MIXED,       /* crossed and filled boxes, any of which may be taken back */
    SCAN_RANKS,       /* places of a ranking that do not fit together */
    SCAN_ALONE,       /* words beside an option that is not marked */
    SCAN_HANDWRITING, /* words or figures, to be typed */
    SCAN_DOUBT_COUNT
};

/* What was made of one column of the answers. */
struct scan_verdict {
    const char *column; /* an item's id, or `<id>_specify` */
    size_t block;       /* of the geometry */
    enum scan_doubt doubt;
    bool is_corrected; /* one box was crossed and another scribbled out */
    const char *value; /* as in a CSV cell: "" for no answer. In doubt what was seen, the likely and the
                          unlikely */
};

/* How this page was filled in: by crosses, or by filling boxes. Counted from questions with one mark. */
struct scan_hand {
    size_t crossed, filled;
};

/* What is known of a page when its blocks are judged. */
struct scan_marks {
    const struct paper_geometry *geometry;
    const struct questionnaire *questionnaire;
    const struct scan_ink *inks; /* one per place */
    double noise;
};

/* Counts how the questions of a page are marked. */
struct scan_hand scan_judge_hand(const struct scan_marks *marks, unsigned page);

/* Judges a block; `verdicts` has room for one per place of it and one more. How many there are. Memory from
 * `arena`. */
size_t scan_judge_block(struct arena *arena, const struct scan_marks *marks, const struct scan_hand *hand,
                        size_t block, struct scan_verdict *verdicts);

/* The doubt as one word, as it is kept; and in words for who settles it, in English. */
const char *scan_doubt_name(enum scan_doubt doubt);
const char *scan_doubt_words(enum scan_doubt doubt);

#endif
