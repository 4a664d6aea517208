#include "analysis/statistics/weighting.h"

#include "analysis/statistics/raking.h"

#include <math.h>

/* A category of which fewer responded is too few to stand for all of it. */
enum { FEW = 5 };

/* Sizes that were scaled by a share are not exact: who is left when all responded, as part of all. */
static const double ALL_SEEN = 1e-12;

/* The responses of each category of each margin, the last being those of whom it is not known; and how many
 * people they are to stand for. */
struct tallied_margin {
    size_t *responses;
    double *targets;
    size_t category_count; /* with that last one */
};

static size_t category_of(const struct weighting_source *source, size_t cell, size_t margin) {
    return source->categories[cell * source->margin_count + margin];
}

static size_t total(const size_t *numbers, size_t count) {
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += numbers[i];
    return sum;
}

static struct tallied_margin *tally(struct arena *arena, const struct weighting_source *source) {
    const size_t n = total(source->responses, source->cell_count);
    struct tallied_margin *tallied = ARENA_NEW(arena, struct tallied_margin, source->margin_count);
    for (size_t i = 0; i < source->margin_count; i++) {
        const size_t known = source->margins[i].category_count;
        tallied[i] = (struct tallied_margin){ARENA_NEW(arena, size_t, known + 1),
                                             ARENA_NEW(arena, double, known + 1), known + 1};
        for (size_t j = 0; j < source->cell_count; j++)
            tallied[i].responses[category_of(source, j, i)] += source->responses[j];
        const double unknown = n > 0 ? (double)tallied[i].responses[known] / (double)n : 0;
        for (size_t j = 0; j < known; j++)
            tallied[i].targets[j] = (double)source->margins[i].sizes[j] * (1 - unknown);
        tallied[i].targets[known] = (double)source->population * unknown;
    }
    return tallied;
}

/* --- What cannot be weighted, or should not --- */

static struct weighting_notice notice_of(enum weighting_matter matter, size_t margin, size_t responses,
                                         size_t people) {
    return (struct weighting_notice){.matter = matter,
                                     .margin = margin,
                                     .category = WEIGHTING_NONE,
                                     .neighbours = {WEIGHTING_NONE, WEIGHTING_NONE},
                                     .responses = responses,
                                     .people = people};
}

static struct weighting_notice notice_of_category(enum weighting_matter matter,
                                                  const struct weighting_source *source,
                                                  const struct tallied_margin *tallied, size_t margin,
                                                  size_t category) {
    const size_t known = source->margins[margin].category_count;
    const size_t *responses = tallied[margin].responses;
    struct weighting_notice notice =
        notice_of(matter, margin, responses[category],
                  category < known ? source->margins[margin].sizes[category] : source->population);
    notice.category = category;
    for (size_t i = 0; i < category; i++)
        if (responses[i] > 0)
            notice.neighbours[0] = i;
    for (size_t i = known; i-- > category + 1;)
        if (responses[i] > 0)
            notice.neighbours[1] = i;
    return notice;
}

static enum weighting_matter matter_of(size_t responses, size_t people) {
    if (responses == 0)
        return people > 0 ? WEIGHTING_EMPTY : WEIGHTING_FINE;
    if (people == 0)
        return WEIGHTING_UNINVITED;
    if (responses > people)
        return WEIGHTING_OVERFULL;
    return responses < FEW && responses < people ? WEIGHTING_FEW : WEIGHTING_FINE;
}

static struct weighting_notice find_problem(const struct weighting_source *source,
                                            const struct tallied_margin *tallied) {
    const size_t n = total(source->responses, source->cell_count);
    if (n == 0)
        return notice_of(WEIGHTING_NO_RESPONSES, WEIGHTING_NONE, n, source->population);
    if (n > source->population)
        return notice_of(WEIGHTING_TOO_MANY, WEIGHTING_NONE, n, source->population);
    for (size_t i = 0; i < source->margin_count; i++) {
        const struct weighting_margin *margin = &source->margins[i];
        const size_t people = total(margin->sizes, margin->category_count);
        if (people != source->population)
            return notice_of(WEIGHTING_SUM, i, n, people);
        for (size_t j = 0; j < margin->category_count; j++) {
            const enum weighting_matter matter = matter_of(tallied[i].responses[j], margin->sizes[j]);
            if (matter == WEIGHTING_EMPTY || matter == WEIGHTING_UNINVITED)
                return notice_of_category(matter, source, tallied, i, j);
        }
    }
    return notice_of(WEIGHTING_FINE, WEIGHTING_NONE, n, source->population);
}

static void warn(struct arena *arena, const struct weighting_source *source,
                 const struct tallied_margin *tallied, struct weighting *weighting) {
    size_t most = 0;
    for (size_t i = 0; i < source->margin_count; i++)
        most += source->margins[i].category_count;
    struct weighting_notice *warnings = ARENA_NEW(arena, struct weighting_notice, most);
    for (size_t i = 0; i < source->margin_count; i++)
        for (size_t j = 0; j < source->margins[i].category_count; j++) {
            const enum weighting_matter matter =
                matter_of(tallied[i].responses[j], source->margins[i].sizes[j]);
            if (matter != WEIGHTING_FINE)
                warnings[weighting->warning_count++] = notice_of_category(matter, source, tallied, i, j);
        }
    weighting->warnings = warnings;
}

/* --- Weights --- */

static void stratify(struct arena *arena, const struct weighting_source *source,
                     const struct tallied_margin *tallied, double *weights, struct weighting *weighting) {
    double *people = ARENA_NEW(arena, double, source->cell_count);
    for (size_t i = 0; i < source->cell_count; i++) {
        if (source->responses[i] == 0)
            continue;
        const size_t stratum = category_of(source, i, 0);
        weights[i] = tallied->targets[stratum] / (double)tallied->responses[stratum];
        people[i] = weights[i] * (double)source->responses[i];
    }
    weighting->people = people;
}

static void rake(struct arena *arena, const struct weighting_source *source,
                 const struct tallied_margin *tallied, double *weights, struct weighting *weighting) {
    struct raking_margin *margins = ARENA_NEW(arena, struct raking_margin, source->margin_count);
    for (size_t i = 0; i < source->margin_count; i++)
        margins[i] = (struct raking_margin){tallied[i].targets, tallied[i].category_count};
    const struct raking_source raking = {.margins = margins,
                                         .margin_count = source->margin_count,
                                         .categories = source->categories,
                                         .responses = source->responses,
                                         .cell_count = source->cell_count};
    for (size_t i = 0; i < source->cell_count; i++)
        weights[i] = (double)source->population / (double)weighting->responses;
    const struct raking_result result = raking_fit(arena, &raking, weights);
    for (size_t i = 0; i < source->cell_count; i++)
        if (source->responses[i] == 0)
            weights[i] = 0;
    weighting->iterations = result.iterations;
    if (result.converged)
        return;
    weighting->problem = notice_of_category(WEIGHTING_UNMET, source, tallied, result.margin, result.category);
    weighting->problem.off = result.off;
}

static void measure(struct weighting *weighting) {
    double sum = 0, squares = 0;
    weighting->minimum = INFINITY;
    for (size_t i = 0; i < weighting->cell_count; i++) {
        const double n = (double)weighting->cell_responses[i], weight = weighting->weights[i];
        if (weighting->cell_responses[i] == 0)
            continue;
        sum += n * weight;
        squares += n * weight * weight;
        weighting->minimum = fmin(weighting->minimum, weight);
        weighting->maximum = fmax(weighting->maximum, weight);
    }
    weighting->effective_n = sum * sum / squares;
    weighting->design_effect = (double)weighting->responses / weighting->effective_n;
}

/* --- What variances are made of --- */

static double uncorrected(double n) {
    return n > 1 ? n / (n - 1) : 1;
}

static double correction(double n, double people) {
    const double unseen = 1 - n / people; /* NaN where nobody is */
    return unseen >= ALL_SEEN ? unseen * uncorrected(n) : 0;
}

static void set_corrections(struct arena *arena, const struct weighting_source *source,
                            const struct tallied_margin *tallied, struct weighting *weighting) {
    double *corrections = ARENA_NEW(arena, double, source->cell_count);
    double *without = ARENA_NEW(arena, double, source->cell_count);
    size_t *strata = ARENA_NEW(arena, size_t, source->cell_count);
    for (size_t i = 0; i < source->cell_count; i++) {
        const size_t stratum = category_of(source, i, 0);
        strata[i] = weighting->is_raked ? 0 : stratum;
        corrections[i] = weighting->is_raked
                             ? correction((double)weighting->responses, (double)weighting->population)
                             : correction((double)tallied->responses[stratum], tallied->targets[stratum]);
        without[i] =
            uncorrected((double)(weighting->is_raked ? weighting->responses : tallied->responses[stratum]));
    }
    size_t count = 0;
    for (size_t i = 0; i < tallied->category_count; i++)
        count += tallied->responses[i] > 0;
    weighting->strata = strata;
    weighting->corrections = corrections;
    weighting->uncorrected = without;
    weighting->degrees = (double)weighting->responses - (weighting->is_raked ? 1 : (double)count);
}

/* The indicators of all categories. Cells count as often as they have responses, so that each number is
 * multiplied by the root of that, here and in weighting_residuals. */
static void set_margins(struct arena *arena, const struct weighting_source *source,
                        const struct tallied_margin *tallied, struct weighting *weighting) {
    size_t count = 0;
    for (size_t i = 0; i < source->margin_count; i++)
        count += tallied[i].category_count;
    double *columns = ARENA_NEW(arena, double, count * source->cell_count);
    count = 0;
    for (size_t i = 0; i < source->margin_count; i++)
        for (size_t j = 0; j < tallied[i].category_count; j++) {
            /* The only one of a stratum is not centred, and stays what it is. */
            if (tallied[i].responses[j] == 0 || (!weighting->is_raked && tallied[i].responses[j] == 1))
                continue;
            for (size_t k = 0; k < source->cell_count; k++)
                if (category_of(source, k, i) == j)
                    columns[count * source->cell_count + k] = sqrt((double)source->responses[k]);
            count++;
        }
    weighting->margins = projection_create(arena, columns, count, source->cell_count);
}

struct weighting weighting_compute(struct arena *arena, const struct weighting_source *source) {
    const struct tallied_margin *tallied = tally(arena, source);
    struct weighting weighting = {.problem = find_problem(source, tallied),
                                  .is_raked = source->margin_count > 1,
                                  .responses = total(source->responses, source->cell_count),
                                  .population = source->population,
                                  .cell_count = source->cell_count,
                                  .cell_responses = source->responses};
    if (weighting.problem.matter != WEIGHTING_FINE)
        return weighting;
    double *weights = ARENA_NEW(arena, double, source->cell_count);
    weighting.weights = weights;
    if (weighting.is_raked)
        rake(arena, source, tallied, weights, &weighting);
    else
        stratify(arena, source, tallied, weights, &weighting);
    warn(arena, source, tallied, &weighting);
    measure(&weighting);
    set_corrections(arena, source, tallied, &weighting);
    set_margins(arena, source, tallied, &weighting);
    return weighting;
}

double weighting_residuals(const struct weighting *weighting, double *sums, double *fitted) {
    double centre = 0;
    for (size_t i = 0; i < weighting->cell_count; i++) {
        centre += weighting->weights[i] * sums[i];
        sums[i] = weighting->cell_responses[i] ? sums[i] / sqrt((double)weighting->cell_responses[i]) : 0;
    }
    projection_apply(weighting->margins, sums, fitted);
    for (size_t i = 0; i < weighting->cell_count; i++) {
        const double root = sqrt((double)weighting->cell_responses[i]);
        centre -= weighting->weights[i] * root * fitted[i];
        fitted[i] = root > 0 ? fitted[i] / root : 0;
    }
    return weighting->is_raked ? centre / (double)weighting->responses : 0;
}
