/* Who of a study is too few to be shown: what suppression decides about the tables of all questions. */
#ifndef ANALYSIS_STUDY_HIDING_H
#define ANALYSIS_STUDY_HIDING_H

#include "analysis/study.h"

#include <stdbool.h>
#include <stddef.h>

struct study_hiding;

/* Decides about every question by every breakdown (analysis/suppression.h), and about breakdown questions by
 * one another, whose tables are made of the same counts. Lives as long as the study's arena. */
const struct study_hiding *study_hiding_decide(const struct study *study);

/* Whether the figures of an item are hidden, of all respondents; and of the group of that number of the
 * breakdown of that number. */
bool study_hiding_whole(const struct study_hiding *hiding, const struct item *item);
bool study_hiding_group(const struct study_hiding *hiding, const struct item *item, size_t breakdown,
                        size_t group);

#endif
