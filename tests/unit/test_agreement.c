/* Goal: the agreement of coders is what R says of their codes, one by one; it does not depend on the order of
 * categories or coders; two ways to count the same codes give the same; what is undefined is refused. */
#include "analysis/statistics/agreement.h"

#include "tests/unit/tables.h"

static const double AGREEMENT = 1e-9;

static void kappas_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/scales_kappa.csv");
    while (reference_next(&reference)) {
        const size_t categories = reference_whole(&reference, 0), next = 2 + categories * categories;
        const struct contingency table = tables_read(arena, &reference, 2, categories, categories);
        const struct agreement result = agreement_kappa(&table, reference_number(&reference, 1));
        assert_int_equal(result.reason, AGREEMENT_DEFINED);
        reference_near(&reference, next, result.value, AGREEMENT, 1e-14, "kappa");
        reference_near(&reference, next + 1, result.standard_error, AGREEMENT, 0, "standard error");
        reference_near(&reference, next + 2, result.low, AGREEMENT, 1e-14, "low");
        reference_near(&reference, next + 3, result.high, AGREEMENT, 1e-14, "high");
        reference_near(&reference, next + 4, result.observed, AGREEMENT, 0, "observed");
        reference_near(&reference, next + 5, result.expected, AGREEMENT, 0, "expected");
    }
    assert_true(reference_close(&reference) >= 30);
    arena_destroy(arena);
}

static void alphas_agree(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct reference reference = reference_open("tests/reference/scales_krippendorff.csv");
    while (reference_next(&reference)) {
        const size_t answers = reference_whole(&reference, 0), categories = reference_whole(&reference, 1);
        const struct contingency codings = tables_read(arena, &reference, 2, answers, categories);
        const struct agreement result = agreement_krippendorff(&codings, NULL);
        const size_t next = 2 + answers * categories;
        assert_int_equal(result.reason, AGREEMENT_DEFINED);
        assert_int_equal(result.n, reference_whole(&reference, next));
        reference_near(&reference, next + 1, result.value, AGREEMENT, 1e-14, "alpha");
        reference_near(&reference, next + 2, result.observed, AGREEMENT, 1e-14, "observed");
        reference_near(&reference, next + 3, result.expected, AGREEMENT, 1e-14, "expected");
        assert_true(isnan(result.standard_error) && isnan(result.low) && isnan(result.high));
    }
    assert_true(reference_close(&reference) >= 30);
    arena_destroy(arena);
}

static void assert_same(const struct agreement *one, const struct agreement *other) {
    const double figures[][2] = {{one->value, other->value},
                                 {one->low, other->low},
                                 {one->high, other->high},
                                 {one->observed, other->observed},
                                 {one->expected, other->expected}};
    assert_true(one->reason == other->reason && one->n == other->n);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (!(fabs(figures[i][0] - figures[i][1]) < 1e-10) && !(isnan(figures[i][0]) && isnan(figures[i][1])))
            fail_msg("figure %zu: %.17g is not %.17g", i, figures[i][0], figures[i][1]);
}

/* The codes of two coders by answer: how many put it into each category. A cell of their table is a kind of
 * answer, coded that way as often as the cell says. */
static struct contingency kinds_of(struct arena *arena, const struct contingency *table) {
    size_t *counts = ARENA_NEW(arena, size_t, table->rows * table->rows * table->rows);
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->rows; j++) {
            counts[(i * table->rows + j) * table->rows + i]++;
            counts[(i * table->rows + j) * table->rows + j]++;
        }
    return (struct contingency){table->rows * table->rows, table->rows, counts};
}

/* The same, each answer in a row of its own. */
static struct contingency answers_of(struct arena *arena, const struct contingency *kinds,
                                     const size_t *repeats) {
    size_t n = 0, row = 0;
    for (size_t i = 0; i < kinds->rows; i++)
        n += repeats[i];
    size_t *counts = ARENA_NEW(arena, size_t, n * kinds->columns);
    for (size_t i = 0; i < kinds->rows; i++)
        for (size_t j = 0; j < repeats[i]; j++, row++)
            memcpy(counts + row * kinds->columns, kinds->counts + i * kinds->columns,
                   kinds->columns * sizeof *counts);
    return (struct contingency){n, kinds->columns, counts};
}

static void every_table(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    uint64_t seed = 1;
    size_t defined = 0;
    for (int round = 0; round < 10000; round++) {
        arena_reset(arena);
        const size_t categories = 1 + tables_draw(&seed, 5), *order = tables_order(arena, &seed, categories);
        const struct contingency table =
            tables_random(arena, &seed, categories, categories, 1 + tables_draw(&seed, 9));
        const struct contingency across = tables_transposed(arena, &table),
                                 mixed = tables_permuted(arena, &table, order, order);
        const struct agreement kappa = agreement_kappa(&table, 0.95), turned = agreement_kappa(&across, 0.95),
                               renamed = agreement_kappa(&mixed, 0.95);
        assert_same(&turned, &kappa);
        assert_same(&renamed, &kappa);
        const struct contingency kinds = kinds_of(arena, &table),
                                 answers = answers_of(arena, &kinds, table.counts);
        const struct agreement alpha = agreement_krippendorff(&kinds, table.counts),
                               single = agreement_krippendorff(&answers, NULL);
        assert_same(&single, &alpha);
        assert_true(alpha.n == kappa.n &&
                    (alpha.reason == AGREEMENT_DEFINED) == (kappa.reason == AGREEMENT_DEFINED));
        if (kappa.reason != AGREEMENT_DEFINED)
            continue;
        defined++;
        assert_true(fabs(kappa.value) <= 1 + 1e-12 && alpha.value <= 1);
        assert_true(fabs(alpha.observed - kappa.observed) < 1e-12);
        assert_true(isnan(kappa.low) || (kappa.low <= kappa.value && kappa.value <= kappa.high));
    }
    assert_true(defined > 7000);
    arena_destroy(arena);
}

static void undefined_is_refused(void **state) {
    (void)state;
    const size_t nobody[] = {0, 0, 0, 0}, one[] = {0, 0, 0, 7}, alone[] = {1, 0, 0, 1, 0, 0},
                 rows[] = {2, 0, 3, 0};
    const struct contingency none = {2, 2, nobody}, same = {2, 2, one}, single = {3, 2, alone},
                             all_alike = {2, 2, rows};
    const struct agreement results[] = {
        agreement_kappa(&none, 0.95), agreement_kappa(&same, 0.95), agreement_krippendorff(&none, NULL),
        agreement_krippendorff(&single, NULL), agreement_krippendorff(&all_alike, NULL)};
    const enum agreement_reason reasons[] = {AGREEMENT_NOTHING_CODED, AGREEMENT_ONE_CATEGORY,
                                             AGREEMENT_NOTHING_CODED, AGREEMENT_NOTHING_CODED,
                                             AGREEMENT_ONE_CATEGORY};
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        assert_int_equal(results[i].reason, reasons[i]);
        assert_true(isnan(results[i].value) && isnan(results[i].low) && isnan(results[i].standard_error));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kappas_agree),
        cmocka_unit_test(alphas_agree),
        cmocka_unit_test(every_table),
        cmocka_unit_test(undefined_is_refused),
    };
    return cmocka_run_group_tests_name("agreement", tests, NULL, NULL);
}
