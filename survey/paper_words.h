/* What a form on paper says in words that a screen does by itself: who answers what, and how much. */
#ifndef SURVEY_PAPER_WORDS_H
#define SURVEY_PAPER_WORDS_H

#include "survey/wording.h"

struct expression;

/* The number that a question is printed with: 1 for the first of the questionnaire. */
size_t paper_words_number(struct wording_language language, const struct question *question);

/* A condition as part of a sentence: "you answered “Yes” to question 3". Memory from `arena`, here and below.
 */
const char *paper_words_condition(struct arena *arena, struct wording_language language,
                                  const struct expression *condition);

/* Who is to answer the questions numbered from `first` to `last`, and where the others go on. */
const char *paper_words_route(struct arena *arena, struct wording_language language, const char *condition,
                              size_t first, size_t last);

/* What is said in small letters behind a question, such as "several answers possible (required)". NULL:
 * nothing.
 */
const char *paper_words_hint(struct arena *arena, struct wording_language language,
                             const struct question *question);

/* Who may choose an option: "(only if …)"; NULL: everybody. */
const char *paper_words_offer(struct arena *arena, struct wording_language language,
                              const struct option *option);

#endif
