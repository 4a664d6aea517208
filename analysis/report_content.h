/* What a report says, in its order: key findings, who answered, each question, how to read the figures; in
 * annexes, the questions by groups and all tests. */
#ifndef ANALYSIS_REPORT_CONTENT_H
#define ANALYSIS_REPORT_CONTENT_H

#include "analysis/chart.h"
#include "analysis/document.h"
#include "analysis/prose.h"
#include "analysis/results.h"
#include "model/base/arena.h"

#include <stddef.h>

/* The report of the results in the questionnaire's language of that index, with the charts that were drawn
 * (NULL: none). `logo` is the path of the questionnaire's logo, NULL if it has none. Lives as long as
 * `arena`. */
const struct document *report_content_make(struct arena *arena, const struct results *results,
                                           size_t language, const struct charts *charts, const char *logo);

/* What stands above the first section of the report. */
struct document_head report_content_head(const struct prose *prose, const char *logo);

/* The parts of the report, in its order. */
enum report_part {
    PART_KEY_FIGURES,
    PART_PARTICIPATION,
    PART_QUESTIONS,
    PART_RELATIONS,
    PART_WEIGHTS,
    PART_METHOD,
    PART_GROUPS, /* from here on it is an annex */
    PART_TESTS
};

/* Adds a part, with its headings, to what is open: nothing where there is nothing of it. `charts` are those
 * that were drawn, NULL for none. A part has up to three levels of sections. Parts lead to each other:
 * document_settle takes out what leads nowhere. */
void report_content_add_part(struct document *document, const struct prose *prose,
                             const struct charts *charts, enum report_part part);

/* Adds the tables of a question as the report has them: of all of it, or of one line of a grid (else `line`
 * is NULL); over all respondents, or by a breakdown (else NULL). */
void report_content_add_table(struct document *document, const struct prose *prose,
                              const struct question *question, const struct item *line,
                              const struct breakdown *by);

#endif
