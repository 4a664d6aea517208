/* A report's text: Markdown (CommonMark) with holes {{…}} that are filled with figures, charts and tables.
 *
 *     {{FIGURE}}                                    see author_figure.h
 *     {{title}} {{organisation}} {{confidence}}     of the questionnaire; of the intervals
 *     {{question ITEM}} {{option ITEM:CODE}}        their wording
 *     {{finding ITEM}}                              what the report says of it by itself
 *     {{chart NAME}}                                by the name of its files
 *     {{table ITEM|GRID [by BREAKDOWN]}}
 *     {{themes ITEM}}                               of open answers that were coded
 *     {{quotes ITEM ["theme"] [COUNT]}}             chosen quotations
 *     {{part NAME}}                                 a part of the default report
 *     {{if CONDITION}} … {{else}} … {{end}}         see author_condition.h
 *     {{claim CONDITION}} … {{end}}                 words that are marked when the condition does not hold
 *     {{language TAG}}                              the text's own
 *
 * Charts, tables, themes, quotations and parts stand on lines of their own. "\{{" is two braces. */
#ifndef ANALYSIS_AUTHOR_H
#define ANALYSIS_AUTHOR_H

#include "analysis/author_figure.h"
#include "analysis/chart.h"
#include "analysis/document.h"
#include "model/base/failure.h"

struct author_text;

/* Reads the text in `file`, at most 1 MiB. NULL after mistakes, all of them in `diagnostics` (created for the
 * same file), or after a failure to read it. Lives as long as `arena`. */
const struct author_text *author_read(struct arena *arena, const char *file, const struct author_scope *scope,
                                      struct diagnostics *diagnostics, struct failure *failure);

/* The same from `length` bytes at `source`, which are copied. */
const struct author_text *author_parse(struct arena *arena, const char *source, size_t length,
                                       const struct author_scope *scope, struct diagnostics *diagnostics);

/* The language that the text says it is in: its index in the questionnaire's; their number: it does not say.
 */
size_t author_language(const struct author_text *text);

/* What a filled text is made with. */
struct author_filling {
    struct prose prose;
    const struct charts *charts; /* that the results have */
    bool drawn;                  /* whether they are to be shown */
};

/* The report that the text makes, its holes filled; its title is the text's heading of the first level, or
 * else that of `head`. Figures that are hidden or undefined, and charts that the results do not have, are
 * errors in `diagnostics`: then the result is NULL. Claims that do not hold are warnings, and are marked.
 * `*claims` is how many were made, `*broken` how many of them do not hold. */
const struct document *author_fill(const struct author_text *text, const struct author_filling *filling,
                                   const struct document_head *head, struct diagnostics *diagnostics,
                                   size_t *claims, size_t *broken);

#endif
