#include "analysis/relation_tables.h"

#include "analysis/comparison_words.h"
#include "analysis/naming.h"
#include "analysis/order.h"
#include "analysis/relations.h"

#include <math.h>

/* From here on a score is usually held to be reliable (Nunnally 1978, Psychometric Theory, 2nd edition, 245).
 */
static const double RELIABLE = 0.7;

/* Less than this, once what chance would explain is taken off, is little: somewhat less than what Cohen calls
 * a medium effect, 0.13 (1988, Statistical Power Analysis for the Behavioral Sciences, 2nd edition, 414). */
static const double LITTLE = 0.1;

static const char *say(const struct prose *prose, enum message message) {
    return prose_say(prose, message, NULL);
}

static const char *figure(const struct prose *prose, double number) {
    return prose_number(prose, number, 2);
}

static const char *fewest(const struct prose *prose) {
    const size_t minimum = prose->results->options.minimum_cell;
    return prose_count(prose, minimum > RELATIONS_FEWEST ? minimum : RELATIONS_FEWEST);
}

static const char *say_hidden(const struct prose *prose) {
    return prose_say(prose, MESSAGE_RELATION_HIDDEN, (struct hole[]){{"minimum", fewest(prose)}, {0}});
}

/* --- Grids --- */

static const char *say_interval(const struct prose *prose, const struct reliability_result *result) {
    if (result->census)
        return say(prose, MESSAGE_RELATION_INTERVAL_CENSUS);
    return prose_say(prose, MESSAGE_RELATION_INTERVAL,
                     (struct hole[]){{"confidence", prose_confidence(prose)},
                                     {"low", figure(prose, result->of.low)},
                                     {"high", figure(prose, result->of.high)},
                                     {0}});
}

static const char *say_reliability(const struct prose *prose, const struct reliability_result *result) {
    const struct reliability *of = &result->of;
    if (of->reason != RELIABILITY_DEFINED)
        return say(prose, of->reason == RELIABILITY_CONSTANT_SUM ? MESSAGE_RELATION_CONSTANT_SUM
                                                                 : MESSAGE_RELATION_TOO_FEW_VARY);
    const struct hole holes[] = {{"items", prose_count(prose, of->varying)},
                                 {"alpha", figure(prose, of->alpha)},
                                 {"interval", say_interval(prose, result)},
                                 {"people", prose_count(prose, of->n)},
                                 {0}};
    return prose_say(prose,
                     of->low >= RELIABLE   ? MESSAGE_RELATION_SAY_CONSISTENT
                     : of->high < RELIABLE ? MESSAGE_RELATION_SAY_INCONSISTENT
                                           : MESSAGE_RELATION_SAY_UNCERTAIN,
                     holes);
}

static void add_reliability_notes(struct table_draft *table, const struct prose *prose,
                                  const struct reliability_result *result) {
    bool negative = false, constant = false;
    for (size_t i = 0; i < result->grid->item_count; i++) {
        negative = negative || result->of.items[i].item_total < 0;
        constant = constant || result->of.items[i].constant;
    }
    table_add_note(table, say(prose, MESSAGE_RELATION_NOTE_SCALE));
    if (negative)
        table_add_note(table, say(prose, MESSAGE_RELATION_NOTE_NEGATIVE));
    if (constant)
        table_add_note(table, say(prose, MESSAGE_RELATION_NOTE_CONSTANT));
}

static void add_reliability_rows(struct table_draft *table, const struct prose *prose,
                                 const struct reliability_result *result) {
    for (size_t i = 0; i < result->grid->item_count; i++) {
        const struct reliability_item *item = &result->of.items[i];
        table_add_row(table, ROW_BODY);
        table_add_cell(table, naming_wording(prose, &result->grid->items[i].text), NULL);
        if (item->constant) {
            table_add_rest(table, say(prose, MESSAGE_RELATION_CONSTANT));
            continue;
        }
        table_add_cell(table, figure(prose, item->item_total), NULL);
        table_add_cell(table, figure(prose, item->alpha_if_dropped), NULL);
    }
    table_add_row(table, ROW_TOTAL);
    table_add_cell(table, say(prose, MESSAGE_RELATION_ALL_ITEMS), NULL);
    table_add_cell(table, "", NULL);
    table_add_cell(table, figure(prose, result->of.alpha), NULL);
    table_add_row(table, ROW_TOTAL);
    table_add_cell(table, say(prose, MESSAGE_RELATION_AVERAGE), NULL);
    table_add_cell(table, figure(prose, result->of.average_correlation), NULL);
}

static void add_reliability(struct document *document, const struct prose *prose,
                            const struct reliability_result *result) {
    const struct hole holes[] = {{"grid", naming_wording(prose, &result->grid->text)},
                                 {"people", prose_count(prose, result->of.n)},
                                 {0}};
    document_open(document, arena_format(prose->arena, "reliability-%s", result->grid->id),
                  prose_say(prose, MESSAGE_RELATION_SCALE, holes));
    document_paragraph(document, PARAGRAPH_FINDING,
                       result->hidden ? say_hidden(prose) : say_reliability(prose, result));
    if (!result->hidden) {
        struct table_draft *table =
            table_create(prose->arena, prose_say(prose, MESSAGE_RELATION_SCALE_TABLE, holes));
        table_add_column(table, say(prose, MESSAGE_REPORT_ITEM), COLUMN_WORDS);
        table_add_column(table, say(prose, MESSAGE_RELATION_ITEM_TOTAL), COLUMN_FIGURES);
        table_add_column(table, say(prose, MESSAGE_RELATION_DROPPED), COLUMN_FIGURES);
        add_reliability_rows(table, prose, result);
        add_reliability_notes(table, prose, result);
        document_table(document, table_of(table));
    }
    document_close(document);
}

/* --- Outcomes --- */

/* The items from the most to the least important; of the same importance, as they were named. */
static const size_t *rank(const struct prose *prose, const struct drivers_result *result) {
    size_t *order = ARENA_NEW(prose->arena, size_t, result->item_count);
    for (size_t i = 0; i < result->item_count; i++) {
        size_t at = i;
        while (at > 0 && result->of.items[i].value > result->of.items[order[at - 1]].value) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    return order;
}

static const char *say_drivers(const struct prose *prose, const struct drivers_result *result, size_t first) {
    static const enum message REASONS[] = {
        [IMPORTANCE_TOO_FEW] = MESSAGE_RELATION_DRIVERS_TOO_FEW,
        [IMPORTANCE_CONSTANT_OUTCOME] = MESSAGE_RELATION_CONSTANT_OUTCOME,
        [IMPORTANCE_CONSTANT_ITEMS] = MESSAGE_RELATION_CONSTANT_ITEMS,
    };
    const struct importance *of = &result->of;
    const struct hole holes[] = {
        {"people", prose_count(prose, of->n)},
        {"items", prose_count(prose, result->item_count)},
        {"least", prose_count(prose, IMPORTANCE_PEOPLE_PER_ITEM * result->item_count)},
        {"first", naming_item(prose, result->items[first])},
        {"share", prose_percent(prose, of->items[first].share)},
        {"explained", prose_percent(prose, of->r_squared)},
        {"adjusted", prose_percent(prose, fmax(0, of->adjusted))},
        {0}};
    if (of->reason != IMPORTANCE_DEFINED)
        return prose_say(prose, REASONS[of->reason], holes);
    if (of->adjusted < LITTLE)
        return prose_say(prose, MESSAGE_RELATION_SAY_DRIVERS_LITTLE, holes);
    return prose_say(
        prose, result->item_count == 1 ? MESSAGE_RELATION_SAY_DRIVERS_ONE : MESSAGE_RELATION_SAY_DRIVERS,
        holes);
}

/* "0.62", and beneath it its p. */
static void add_rho(struct table_draft *table, const struct prose *prose,
                    const struct relation_result *relation) {
    const double p = relation->spearman.p_adjusted;
    table_add_cell(table, figure(prose, relation->spearman.effect.value),
                   isnan(p) ? NULL : comparison_words_p(prose, p));
}

static void add_driver_rows(struct table_draft *table, const struct prose *prose,
                            const struct drivers_result *result, const size_t *order) {
    for (size_t i = 0; i < result->item_count; i++) {
        const struct importance_item *item = &result->of.items[order[i]];
        table_add_row(table, ROW_BODY);
        table_add_cell(table, naming_item(prose, result->items[order[i]]), NULL);
        if (item->constant) {
            table_add_rest(table, say(prose, MESSAGE_RELATION_CONSTANT));
            continue;
        }
        table_add_cell(table, prose_percent(prose, item->share), NULL);
        table_add_cell(table, prose_percent(prose, item->value), NULL);
        add_rho(table, prose, &result->relations[order[i]]);
    }
    table_add_row(table, ROW_TOTAL);
    table_add_cell(table, say(prose, MESSAGE_RELATION_TOTAL), NULL);
    table_add_cell(table, prose_percent(prose, result->of.r_squared > 0 ? 1 : NAN), NULL);
    table_add_cell(table, prose_percent(prose, result->of.r_squared), NULL);
}

/* Whether some of the answers have no numbers of their own. */
static bool counts_favourable(struct arena *arena, const struct drivers_result *result) {
    bool counts = !order_of(arena, result->outcome->question).numeric;
    for (size_t i = 0; i < result->item_count; i++)
        counts = counts || !order_of(arena, result->items[i]->question).numeric;
    return counts;
}

static void add_driver_notes(struct table_draft *table, const struct prose *prose,
                             const struct drivers_result *result) {
    const char *collinear = NULL;
    for (size_t i = 0; i < result->item_count; i++) {
        if (!result->of.items[i].collinear)
            continue;
        const char *name = naming_item(prose, result->items[i]);
        collinear = collinear ? arena_format(prose->arena, "%s, %s", collinear, name) : name;
    }
    const bool adjusted = prose->results->options.adjustment != ADJUSTMENT_NONE;
    table_add_note(table, say(prose, MESSAGE_RELATION_NOTE_IMPORTANCE));
    if (counts_favourable(prose->arena, result))
        table_add_note(table, say(prose, MESSAGE_RELATION_NOTE_FAVOURABLE));
    table_add_note(table, say(prose, result->census ? MESSAGE_RELATION_NOTE_RHO_CENSUS
                                     : adjusted     ? MESSAGE_RELATION_NOTE_RHO
                                                    : MESSAGE_RELATION_NOTE_RHO_UNADJUSTED));
    if (collinear)
        table_add_note(table, prose_say(prose, MESSAGE_RELATION_NOTE_COLLINEAR,
                                        (struct hole[]){{"questions", collinear}, {0}}));
}

static void add_driver_table(struct document *document, const struct prose *prose,
                             const struct drivers_result *result, const size_t *order) {
    const struct hole holes[] = {{"people", prose_count(prose, result->of.n)}, {0}};
    struct table_draft *table =
        table_create(prose->arena, prose_say(prose, MESSAGE_RELATION_DRIVERS_TABLE, holes));
    table_add_column(table, say(prose, MESSAGE_TEST_COLUMN_QUESTION), COLUMN_WORDS);
    table_add_column(table, say(prose, MESSAGE_RELATION_IMPORTANCE), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_RELATION_EXPLAINED), COLUMN_FIGURES);
    table_add_column(table, say(prose, MESSAGE_RELATION_RHO), COLUMN_FIGURES);
    add_driver_rows(table, prose, result, order);
    add_driver_notes(table, prose, result);
    document_table(document, table_of(table));
}

static void add_drivers(struct document *document, const struct prose *prose,
                        const struct drivers_result *result, size_t number) {
    const struct hole holes[] = {{"outcome", naming_item(prose, result->outcome)}, {0}};
    document_open(document, arena_format(prose->arena, "drivers-%zu-%s", number, result->outcome->id),
                  prose_say(prose, MESSAGE_RELATION_DRIVERS, holes));
    if (result->hidden) {
        document_paragraph(document, PARAGRAPH_FINDING, say_hidden(prose));
    } else {
        const size_t *order = rank(prose, result);
        document_paragraph(document, PARAGRAPH_FINDING, say_drivers(prose, result, order[0]));
        if (result->of.reason == IMPORTANCE_DEFINED)
            add_driver_table(document, prose, result, order);
    }
    document_close(document);
}

void relation_tables_add(struct document *document, const struct prose *prose) {
    const struct relations *relations = prose->results->relations;
    if (!relations || prose->results->responses == 0)
        return;
    document_open(document, "relations", say(prose, MESSAGE_RELATION_SECTION));
    if (prose->results->weights)
        document_paragraph(document, PARAGRAPH_ASIDE, say(prose, MESSAGE_RELATION_NOT_WEIGHTED));
    for (size_t i = 0; i < relations->reliability_count; i++)
        add_reliability(document, prose, &relations->reliabilities[i]);
    for (size_t i = 0; i < relations->drivers_count; i++)
        add_drivers(document, prose, &relations->drivers[i], i + 1);
    document_close(document);
}

static bool is_any_shown(const struct relations *relations) {
    for (size_t i = 0; i < relations->reliability_count; i++)
        if (!relations->reliabilities[i].hidden)
            return true;
    for (size_t i = 0; i < relations->drivers_count; i++)
        if (!relations->drivers[i].hidden)
            return true;
    return false;
}

void relation_tables_add_method(struct document *document, const struct prose *prose) {
    if (prose->results->relations && is_any_shown(prose->results->relations))
        document_item(
            document, say(prose, MESSAGE_RELATION_SECTION),
            prose_say(prose, MESSAGE_RELATION_METHOD, (struct hole[]){{"minimum", fewest(prose)}, {0}}));
}
