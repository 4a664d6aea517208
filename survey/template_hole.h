/* The holes of a text: where they are, and what fills them. */
#ifndef SURVEY_TEMPLATE_HOLE_H
#define SURVEY_TEMPLATE_HOLE_H

#include "survey/template.h"

struct template_hole {
    const char *start, *end; /* with its braces; `end` is NULL where nothing closes it on its line */
    const char *name;
    size_t name_length;
    const char *words; /* that stand in for a value; NULL: none */
    size_t words_length;
};

/* Finds the first hole in the text. False: there is none. */
bool template_hole_find(const char *text, struct template_hole *hole);

/* The names that holes have. */
extern const char *const template_hole_names[];
size_t template_hole_name_count(void);

/* Whether that is what the hole is called; whether it gives a person's link away. */
bool template_hole_is_called(const struct template_hole *hole, const char *name);
bool template_hole_is_personal(const struct template_hole *hole);

/* The person's value for a hole of a known name; NULL: none. */
const char *template_hole_value(const struct template_hole *hole, const struct template_values *values);

#endif
