/* Weights that make the respondents of a finite population stand for all of it: each category of every known
 * margin gets as many people as it has.
 *
 * One margin is stratification: everybody weighs N_h/n_h. Two or more are raking (raking.h). Respondents of
 * whom a margin's answer is not known are a category of their own, which keeps its share of the responses;
 * the known sizes are scaled by the rest. All functions are pure. */
#ifndef ANALYSIS_STATISTICS_WEIGHTING_H
#define ANALYSIS_STATISTICS_WEIGHTING_H

#include "analysis/statistics/projection.h"
#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct weighting_margin {
    const size_t *sizes; /* people in each category */
    size_t category_count;
};

/* Respondents by cells: a cell holds those who are in the same category of every margin. */
struct weighting_source {
    size_t population; /* N */
    const struct weighting_margin *margins;
    size_t margin_count;
    const size_t *categories; /* of cell i in margin j: categories[i * margin_count + j]; category_count: not
                                 known */
    const size_t *responses;  /* of each cell; may be 0 */
    size_t cell_count;
};

/* Why there are no weights, or what to be careful about. */
enum weighting_matter {
    WEIGHTING_FINE,
    WEIGHTING_NO_RESPONSES,
    WEIGHTING_TOO_MANY,  /* more responses than people in the population */
    WEIGHTING_SUM,       /* the sizes of `margin` do not sum to N */
    WEIGHTING_EMPTY,     /* nobody of `category` responded: nobody can stand for its people */
    WEIGHTING_UNINVITED, /* there are responses of `category`, which has no people */
    WEIGHTING_UNMET,     /* no weights meet all margins: `category` is the furthest off */
    WEIGHTING_FEW,       /* a warning: fewer than 5 responses stand for all of `category` */
    WEIGHTING_OVERFULL   /* a warning: `category` has more responses than people */
};
#define WEIGHTING_NONE ((size_t)-1)

struct weighting_notice {
    enum weighting_matter matter;
    size_t margin, category; /* WEIGHTING_NONE where the matter is of no category, or of no margin */
    size_t neighbours[2];    /* the categories with responses before and after it, to merge it with, or
                                WEIGHTING_NONE */
    size_t responses;        /* of the category, or in all */
    size_t people;           /* of the category, or the sum of the margin's sizes, or N */
    double off;              /* WEIGHTING_UNMET: how many people too many (or, below 0, too few) it has */
};

/* Undefined if `problem` is not WEIGHTING_FINE. Weights sum to N; a cell without responses has weight 0. */
struct weighting {
    struct weighting_notice problem;
    const struct weighting_notice *warnings;
    size_t warning_count;
    bool is_raked;
    size_t responses, population;
    size_t cell_count;
    const size_t *cell_responses;
    const double *weights;   /* of one respondent of each cell */
    const double *people;    /* stratified: how many people each cell has; NULL: raked, nobody knows */
    double minimum, maximum; /* weight of a respondent */
    double design_effect;    /* n Σw² / (Σw)² (Kish 1965, Survey Sampling, section 11.7) */
    double effective_n;      /* n / design_effect */
    size_t iterations;       /* of raking; 0 where there was none */
    double degrees;          /* of freedom: responses less the strata, less 1 if raked (R degf) */
    /* What variances are made of, see weighting_residuals. */
    const size_t *strata; /* of each cell; all 0 where raked */
    const double *corrections;
    const double *uncorrected; /* the same without the correction for a finite population, for tests */
    const struct projection *margins;
};

/* The weights of every cell. Memory from `arena`; `source->responses` must live as long. */
struct weighting weighting_compute(struct arena *arena, const struct weighting_source *source);

/* From the sums over each cell of a linearised variable z (0 for respondents whom an estimate does not
 * concern), which are overwritten: `fitted` of each cell and the centre that is returned, such that the
 * estimate's variance is the sum over all respondents of
 *
 *     corrections[cell] · (weights[cell] · (z - fitted[cell]) - centre)²
 *
 * `fitted` is z regressed on the indicators of the margins' categories, every respondent counting once.
 * Stratified: the mean of the stratum, with corrections (1 - n_h/N_h) n_h/(n_h - 1), and 0 from n_h = N_h
 * (Cochran 1977, Sampling Techniques, section 5A.14; R svydesign(strata=, fpc=)). The only respondent of a
 * stratum is not centred: (1 - 1/N_h) z² (options(survey.lonely.psu = "adjust")). Raked: corrections
 * (1 - n/N) n/(n - 1) for all, the linearisation of the calibrated estimator (Deville & Särndal 1992, JASA
 * 87, 376-382, with the design's weights in the regression): R calibrate(calfun = "raking"), not rake, which
 * stops the regression after ten rounds. */
double weighting_residuals(const struct weighting *weighting, double *sums, double *fitted);

#endif
