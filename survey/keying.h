/* What a person types of a paper sheet, and the cells of the CSV format that it stands for: the number of an
 * answer in its list, counted from 1 with "no opinion" and "not concerned" at its end; figures, dates and
 * words as they are on paper, with `a` and `b` for those two. */
#ifndef SURVEY_KEYING_H
#define SURVEY_KEYING_H

#include "model/questionnaire.h"
#include "survey/wording.h"

/* How many answers a question has to choose from, with those two; 0: none. */
size_t keying_choices(const struct question *question);

/* The code and the wording of the n-th of them, from 0. */
const char *keying_code(const struct question *question, size_t index);
struct wording keying_text(const struct question *question, size_t index);

/* What is typed for it: "1", "2", …, or a letter where no options are numbered. In `arena`. */
const char *keying_key(struct arena *arena, const struct question *question, size_t index);

/* The cell that was typed for an item. NULL: a number or letter that none of its answers has. Numbers may be
 * set apart by blanks, commas or nothing, where there are not more than nine. In `arena`. */
const char *keying_read(struct arena *arena, const struct question *question, const char *typed);

/* What would be typed for a cell, and the cell in words. In `arena`. */
const char *keying_write(struct arena *arena, const struct question *question, const char *cell);
const char *keying_words(struct arena *arena, struct wording_language language,
                         const struct question *question, const char *cell);

#endif
