/* What a report calls things: questions, groups, answers, and what it does not show. */
#ifndef ANALYSIS_NAMING_H
#define ANALYSIS_NAMING_H

#include "analysis/prose.h"
#include "analysis/results.h"

/* A text in the report's language; NULL where the questionnaire has none. */
const char *naming_wording(const struct prose *prose, const struct wording *wording);

/* The question, with the line of its grid if it is of one. */
const char *naming_item(const struct prose *prose, const struct item *item);

/* One answer to a factor of a breakdown: the option's text, or the channel's name (where `factor` is NULL).
 */
const char *naming_option(const struct prose *prose, const struct item *factor, size_t option);

/* A group of a breakdown, by its answers: "Member", "Member × online". */
const char *naming_group(const struct prose *prose, const struct group_result *group);

/* What a breakdown is by, in a sentence: "Your main role? × channel". */
const char *naming_factors(const struct prose *prose, const struct breakdown *by);

/* What a breakdown is by, as the caption of its tables. */
const char *naming_breakdown(const struct prose *prose, const struct breakdown *by);

/* The base of a question's rates, as a row of its table: who expressed an opinion, or simply who answered. */
const char *naming_base(const struct prose *prose, const struct question *question);

/* A scale by its ends, "a scale from 1 to 4". */
const char *naming_scale(const struct prose *prose, const struct question *question);

/* The text of a scale's median answer; NULL if there is none. */
const char *naming_median(const struct prose *prose, const struct question *question,
                          const struct group_result *group);

/* Why a group has no figures, in a word or two; and in a sentence, for below the table. */
const char *naming_hidden(const struct prose *prose, const struct group_result *group);
const char *naming_hidden_note(const struct prose *prose);

#endif
