/* A figure that a report's text names:
 *
 *     rate | words   ITEM[:CODE{+CODE}] [in GROUP] [of BASE]
 *     count | interval | low | high   ITEM[:CODE{+CODE}] [in GROUP]
 *     base ITEM [in GROUP] [of BASE]
 *     mean | median | deviation | minimum | maximum | balance | score   ITEM [in GROUP]
 *     interval | low | high   mean ITEM [in GROUP]
 *     rank ITEM:CODE [in GROUP]                     the mean rank of an option
 *     difference ITEM[:CODE{+CODE}] in GROUP less GROUP
 *     p | effect   ITEM[:CODE] by BREAKDOWN
 *     responses | population | response_rate [in GROUP]
 *
 * Without a code, the favourable answers are meant; ITEM:unfavourable names the others; ITEM:"theme" a theme
 * of open answers. GROUP is BREAKDOWN:CODE ("role:member", "role*channel:member*web"); BASE one of expressed,
 * answered, asked, responses. A rate may be `exact`; words `rough`, `fraction` or `share`, and with their
 * `proof` or `bare` (otherwise the first mention has it). */
#ifndef ANALYSIS_AUTHOR_FIGURE_H
#define ANALYSIS_AUTHOR_FIGURE_H

#include "analysis/author_tokens.h"
#include "analysis/breakdown.h"
#include "analysis/prose.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

/* What a text can name. */
struct author_scope {
    const struct questionnaire *questionnaire;
    struct breakdown_list by; /* as in the results: found again by their places */
};

struct author_figure;

/* The words that a figure begins with, `*count` of them; and whether the next token is one. */
const char *const *author_figure_names(size_t *count);
bool author_figure_begins(const struct author_tokens *tokens);

/* Reads a figure. NULL after an error at the word that is wrong. */
const struct author_figure *author_figure_read(struct author_tokens *tokens,
                                               const struct author_scope *scope);

/* Reads one of the questionnaire's questions or items; a grid only if `grids`. NULL after an error. */
const struct item *author_figure_read_item(struct author_tokens *tokens, const struct author_scope *scope,
                                           bool grids);

/* Reads what results are broken down by. `by.count` after an error. */
size_t author_figure_read_breakdown(struct author_tokens *tokens, const struct author_scope *scope);

/* What a figure is in the results. */
struct author_value {
    const char *text;    /* as the report says it */
    const char *refusal; /* why it has none, in English; NULL: it has */
    double number;       /* to compare with: rates, their intervals and differences in percent; NaN: a text */
};
struct author_value author_figure_value(const struct prose *prose, const struct author_figure *figure);

/* The figure with its proof, where it is one in words; NULL where it must not have one. */
const char *author_figure_prove(const struct prose *prose, const struct author_figure *figure);

/* As it is written in the text; and as every other writing of the same figure would be, to tell a first
 * mention by. Whether it always has its proof. */
const char *author_figure_written(const struct author_figure *figure);
const char *author_figure_key(struct arena *arena, const struct author_figure *figure);
bool author_figure_always_proved(const struct author_figure *figure);

/* Whether its words have a capital at the start of a sentence: a p has none. */
bool author_figure_takes_capital(const struct author_figure *figure);

#endif
