/* Every figure that a report's text can name, against values added up by hand from the study in
 * author_fixture.h, in both languages; figures that must not be told; what conditions make of figures. */
#include "tests/unit/author_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NARROW "\u202F" /* before a French percent sign */
#define UNIT   "\u00A0" /* before a unit */

static void assert_filled(struct author_study *made, size_t language, const char *source,
                          const char *expected) {
    const struct author_report report = author_try(made, language, source);
    assert_string_equal(report.messages, "");
    assert_non_null(report.text);
    assert_string_equal(report.text, expected);
}

/* What stands in a paragraph behind a word, so that nothing begins a sentence. */
static void assert_says(struct author_study *made, size_t language, const char *hole, const char *expected) {
    struct arena *arena = made->study.arena;
    assert_filled(made, language, arena_format(arena, "x {{%s}}", hole),
                  arena_format(arena, "(p x %s)", expected));
}

static void assert_refused(struct author_study *made, const char *hole, const char *reason) {
    struct arena *arena = made->study.arena;
    const struct author_report report = author_try(made, 0, arena_format(arena, "\nx {{%s}}\n", hole));
    assert_null(report.document);
    assert_int_equal(report.errors, 1);
    const char *expected = arena_format(arena, "t:2:3: error: \"%s\" cannot be given: %s\n", hole, reason);
    if (strncmp(report.messages, expected, strlen(expected)) != 0)
        assert_string_equal(report.messages, expected);
    assert_non_null(
        strstr(report.messages, arena_format(arena, "put it between {{if shown %s}} and {{end}}", hole)));
}

/* --- values --- */

struct said {
    const char *hole, *english, *french;
};

static void assert_all_said(const struct said *all, size_t count) {
    struct author_study made;
    author_study_open(&made, 1);
    for (size_t i = 0; i < count; i++) {
        assert_says(&made, 0, all[i].hole, all[i].english);
        assert_says(&made, 1, all[i].hole, all[i].french);
    }
    author_study_close(&made);
}
#define ASSERT_ALL_SAID(all) assert_all_said(all, sizeof(all) / sizeof *(all))

/* 27 of 40 expressed, 44 answered, 48 asked, 50 responses. */
static void test_rates(void **state) {
    (void)state;
    static const struct said all[] = {
        {"rate good", "68%", "68" NARROW "%"},
        {"rate good:favourable", "68%", "68" NARROW "%"},
        {"rate good exact", "67.5%", "67,5" NARROW "%"},
        {"rate good of expressed", "68%", "68" NARROW "%"},
        {"rate good of answered", "61%", "61" NARROW "%"},
        {"rate good of answered exact", "61.4%", "61,4" NARROW "%"},
        {"rate good of asked", "56%", "56" NARROW "%"},
        {"rate good of responses", "54%", "54" NARROW "%"},
        {"rate good:unfavourable", "33%", "33" NARROW "%"},
        {"rate good:4", "43%", "43" NARROW "%"},
        {"rate good:4+2", "55%", "55" NARROW "%"},
        {"rate good:4+3+2+1", "100%", "100" NARROW "%"},
        {"rate good in role:member", "75%", "75" NARROW "%"}, /* 15 of 20: just enough for a percentage */
        {"rate good in role:staff", "6 of 10", "6 sur 10"},
        {"rate good in role:staff exact", "6 of 10", "6 sur 10"},
        {"rate good in role:guest", "6 of 6", "6 sur 6"},
        {"rate good in role:boss", "0 of 4", "0 sur 4"},
        {"rate good:4+3 in role:staff of answered", "6 of 12", "6 sur 12"},
        {"rate role:member", "50%", "50" NARROW "%"},
        {"rate role:member+boss", "58%", "58" NARROW "%"},
        {"rate days:friday", "40%", "40" NARROW "%"},
        {"rate days:friday in role:staff", "10 of 15", "10 sur 15"},
        {"rate good in days:friday", "7 of 15", "7 sur 15"},
        {"rate one", "98%", "98" NARROW "%"},
        {"rate one:0", "2%", "2" NARROW "%"},
        {"rate first:a", "40%", "40" NARROW "%"},
        {"rate why:\"Time\"", "6 of 10", "6 sur 10"},
        {"rate why:“time”", "6 of 10", "6 sur 10"}, /* themes are one but for case */
        {"rate why:« Other *one* »", "2 of 10", "2 sur 10"},
    };
    ASSERT_ALL_SAID(all);
}

static void test_words(void **state) {
    (void)state;
    static const struct said all[] = {
        {"words good", "two thirds (67.5%, 27 of 40)", "deux tiers (67,5" NARROW "%, 27 sur 40)"},
        {"words good bare", "two thirds", "deux tiers"},
        {"words good proof", "two thirds (67.5%, 27 of 40)", "deux tiers (67,5" NARROW "%, 27 sur 40)"},
        {"words good rough bare", "nearly 70%", "près de 70" NARROW "%"},
        {"words good fraction bare", "two thirds", "deux tiers"},
        {"words good share bare", "the majority", "la majorité"},
        {"words good:unfavourable bare", "a third", "un tiers"},
        {"words good in role:member bare", "three quarters", "trois quarts"},
        {"words good in role:staff", "6 of 10", "6 sur 10"},
        {"words role:member bare", "half", "la moitié"},
        {"words role:guest bare", "over 10%", "plus de 10" NARROW "%"}, /* 12% */
        {"words one", "almost all (98.0%, 49 of 50)", "la quasi-totalité (98,0" NARROW "%, 49 sur 50)"},
        {"words why:\"Time\"", "6 of 10", "6 sur 10"},
    };
    ASSERT_ALL_SAID(all);
}

static void test_numbers(void **state) {
    (void)state;
    static const struct said all[] = {
        {"count good", "27", "27"},
        {"count good:4+2", "22", "22"},
        {"count good:unfavourable", "13", "13"},
        {"count good in role:boss", "0", "0"},
        {"count why:\"Place\"", "3", "3"},
        {"base good", "40", "40"},
        {"base good of answered", "44", "44"},
        {"base good of asked", "48", "48"},
        {"base good of responses", "50", "50"},
        {"base good in role:staff", "10", "10"},
        {"mean good", "2.9", "2,9"},
        {"deviation good", "1.2", "1,2"},
        {"median good", "Rather", "Plutôt"},
        {"minimum good", "1", "1"},
        {"maximum good", "4", "4"},
        {"balance good", "35", "35"},
        {"balance good in role:staff", "20", "20"},
        {"mean again", "8.2", "8,2"},
        {"score again", "40", "40"}, /* 30 of 50 promote, 10 do not */
        {"rank first:a", "1.6", "1,6"},
        {"rank first:b", "1.4", "1,4"},
        {"mean hours", "1.0" UNIT "hours", "1,0" UNIT "heures"},
        {"deviation hours", "0.5", "0,5"}, /* the root of 12.5 / 49 */
        {"maximum hours", "1.5" UNIT "hours", "1,5" UNIT "heures"},
        {"minimum since", "31 January 2024", "31 janvier 2024"},
        {"median since", "31 January 2024", "31 janvier 2024"},
        {"maximum since", "3 February 2024", "3 février 2024"},
    };
    ASSERT_ALL_SAID(all);
}

/* Blaker's interval of 27 of 40 in a population of 77 (80 · 48 / 50, rounded) is 44 to 59 of them; of 17, 25
 * to 41; of 15 of 20 members in 38, 23 to 32. The mean's is 2.9 ± 2.0227 √((1 - 40/77) · 53.6/39 / 40). */
static void test_intervals(void **state) {
    (void)state;
    static const struct said all[] = {
        {"interval good", "57–77%", "57–77" NARROW "%"},
        {"low good", "57%", "57" NARROW "%"},
        {"high good", "77%", "77" NARROW "%"},
        {"interval good:4", "32–53%", "32–53" NARROW "%"},
        {"interval good in role:member", "61–84%", "61–84" NARROW "%"},
        {"interval mean good", "2.6 to 3.2", "2,6 à 3,2"},
        {"low mean good", "2.6", "2,6"},
        {"high mean good", "3.2", "3,2"},
    };
    ASSERT_ALL_SAID(all);
}

/* Favourable are 21 of 30 on the web and 6 of 10 on paper: Fisher's p is 0.7004; V is 0 once its bias is
 * taken off. */
static void test_groups(void **state) {
    (void)state;
    static const struct said all[] = {
        {"difference good in role:member less role:staff", "15 points", "15 points"},
        {"difference good in role:staff less role:member", "−15 points", "−15 points"},
        {"difference good:4 in role:member less role:staff", "10 points", "10 points"},
        {"difference good in role:guest less role:boss", "100 points", "100 points"},
        {"p good by channel", "p = 0.700", "p = 0,700"},
        {"effect good by channel", "Cramér’s V 0.00", "V de Cramér 0,00"},
    };
    ASSERT_ALL_SAID(all);
}

static void test_participation(void **state) {
    (void)state;
    static const struct said all[] = {
        {"responses", "50", "50"},
        {"population", "80", "80"},
        {"response_rate", "63%", "63" NARROW "%"}, /* 62.5 */
        {"responses in role:staff", "15", "15"},
        {"population in role:staff", "20", "20"},
        {"response_rate in role:staff", "75%", "75" NARROW "%"},
        {"response_rate in role:guest", "6 of 12", "6 sur 12"}, /* of fewer than 20 */
        {"responses in channel:paper", "15", "15"},
        {"responses in days:friday", "20", "20"}, /* of whom nobody knows how many were invited */
    };
    ASSERT_ALL_SAID(all);
}

static void test_wordings(void **state) {
    (void)state;
    static const struct said all[] = {
        {"title", "Made *up* <b>study</b> | [x](y) {{rate good}}", "Étude *inventée*"},
        {"organisation", "Nobody", "Personne"},
        {"confidence", "95%", "95" NARROW "%"},
        {"question good", "Is it good?", "Est-ce bien" NARROW "?"},
        {"question opinion", "Your opinion", "Votre avis"},
        {"question two", "The other", "L’autre"},
        {"option good:4", "Fully", "Tout à fait"},
    };
    ASSERT_ALL_SAID(all);
}

/* --- first mentions, and capitals --- */

static void test_first_mention(void **state) {
    (void)state;
    struct author_study made;
    author_study_open(&made, 1);
    assert_filled(&made, 0,
                  "{{words good}}, {{words good}}; {{words good rough}}, {{words good proof}}.\n\n"
                  "{{words good in role:member}} or {{words good in role:member}}",
                  "(p Two thirds (67.5%, 27 of 40), two thirds; nearly 70%, two thirds (67.5%, 27 of 40).)"
                  "(p Three quarters (75.0%, 15 of 20) or three quarters)");
    /* Another writing of the same figure is no other figure. */
    assert_filled(&made, 0, "{{words good:4+2}}, {{words good : 2 + 4 of expressed}}",
                  "(p 55% (55.0%, 22 of 40), 55%)");
    assert_filled(&made, 0, "{{words good:favourable}}, {{words good}}",
                  "(p Two thirds (67.5%, 27 of 40), two thirds)");
    /* What is not written is not mentioned. */
    assert_filled(&made, 0, "{{if rate good > 90}}{{words good}}{{end}}x {{words good}}",
                  "(p x two thirds (67.5%, 27 of 40))");
    author_study_close(&made);
}

static void test_capitals(void **state) {
    (void)state;
    struct author_study made;
    author_study_open(&made, 1);
    assert_filled(
        &made, 0,
        "{{words good bare}}. {{words good bare}}? *{{words good bare}}*! **X.** {{words good bare}}; "
        "{{words good bare}}",
        "(p Two thirds. Two thirds? [emphasis Two thirds]! [strong X.] Two thirds; two thirds)");
    assert_filled(&made, 1, "- {{words good bare}}\n- ({{words good bare}})",
                  "(bullets(item(p Deux tiers))(item(p (deux tiers))))");
    assert_filled(&made, 0, "{{p good by channel}}. {{p good by channel}}", "(p p = 0.700. p = 0.700)");
    author_study_close(&made);
}

/* --- what must not be told --- */

/* Under a minimum cell of 5, the 4 bosses are hidden, and the 6 guests, from whom they could be had. */
static void test_hidden_groups(void **state) {
    (void)state;
    static const char *const holes[] = {"rate good in role:boss",
                                        "words good in role:boss",
                                        "count good:1 in role:boss",
                                        "interval good in role:guest",
                                        "base good in role:guest",
                                        "base good in role:boss of answered",
                                        "mean good in role:boss",
                                        "median good in role:boss",
                                        "balance good in role:guest",
                                        "interval mean good in role:boss",
                                        "rank first:a in role:boss",
                                        "difference good in role:member less role:boss",
                                        "difference good in role:guest less role:staff",
                                        "interval difference good in role:member less role:guest"};
    struct author_study made;
    author_study_open(&made, 5);
    for (size_t i = 0; i < sizeof holes / sizeof *holes; i++)
        assert_refused(&made, holes[i],
                       "it is hidden: fewer than 5 people, or a group of so few would follow from it");
    assert_says(&made, 0, "base good in role:boss of asked", "4");
    assert_says(&made, 0, "rate good in role:staff", "6 of 10");
    assert_filled(&made, 0,
                  "x {{if shown rate good in role:boss}}A{{else}}B{{end}}"
                  "{{if rate good in role:boss = 0}}C{{end}}{{if rate good in role:boss != 0}}D{{end}}"
                  "{{if rate good in role:boss < rate good}}E{{end}}"
                  "{{if words good in role:boss != \"x\"}}F{{end}}",
                  "(p x B)");
    author_study_close(&made);
}

static void test_not_possible(void **state) {
    (void)state;
    struct author_study made;
    author_study_open(&made, 1);
    assert_refused(&made, "words good:4 fraction", "this style has no words for it");
    assert_refused(&made, "interval good:4+2",
                   "answers taken together have no interval, but for the favourable and the unfavourable");
    assert_refused(&made, "p good by days", "not tested: the groups overlap");
    assert_refused(&made, "score good", "it is not defined for these answers");
    assert_refused(&made, "population in days:friday",
                   "how many of this group were invited is not known (population: in the questionnaire)");
    assert_refused(&made, "rate why:\"Tme\"", "their coding has no such theme");
    assert_refused(&made, "interval why:\"Time\"", "themes have no intervals: who codes decides, too");
    author_study_close(&made);
}

/* --- conditions --- */

static bool holds(struct author_study *made, const char *condition) {
    struct arena *arena = made->study.arena;
    const struct author_report report =
        author_try(made, 0, arena_format(arena, "{{claim %s}}x{{end}}", condition));
    assert_int_equal(report.errors, 0);
    assert_non_null(report.document);
    assert_int_equal(report.claims, 1);
    assert_int_equal(report.warnings, report.broken);
    const struct author_report written =
        author_try(made, 0, arena_format(arena, "{{if %s}}yes{{else}}no{{end}}", condition));
    assert_string_equal(written.text, report.broken ? "(p no)" : "(p yes)");
    return !report.broken;
}

/* Of a figure that is exactly `value`, and of nothing else, these are true. */
static void assert_exactly(struct author_study *made, const char *figure, const char *value) {
    struct arena *arena = made->study.arena;
    static const struct {
        const char *sign;
        bool holds;
    } signs[] = {{"=", true}, {">=", true}, {"<=", true}, {"!=", false}, {"<", false}, {">", false}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *condition = arena_format(arena, "%s %s %s", figure, signs[i].sign, value);
        if (holds(made, condition) != signs[i].holds)
            fail_msg("%s: %s", condition, signs[i].holds ? "does not hold" : "holds");
        const char *turned = arena_format(arena, "%s %s %s", value, signs[i].sign, figure);
        if (holds(made, turned) != signs[i].holds)
            fail_msg("%s: %s", turned, signs[i].holds ? "does not hold" : "holds");
    }
}

/* A double's hundredfold may miss: 100 · 0.58 is less than 58, 100 · 0.55 more than 55, 0.75 - 0.6 is not
 * 0.15. That is no reason to call a true claim untrue. */
static void test_exact_comparisons(void **state) {
    (void)state;
    struct author_study made;
    author_study_open(&made, 1);
    assert_exactly(&made, "rate good", "67.5");
    assert_exactly(&made, "rate good", "67,5 %");
    assert_exactly(&made, "rate role:member+boss", "58 %");
    assert_exactly(&made, "rate role:guest", "12%");
    assert_exactly(&made, "rate good in role:staff", "60");
    assert_exactly(&made, "difference good in role:member less role:staff", "15");
    assert_exactly(&made, "balance good", "35");
    assert_exactly(&made, "response_rate", "62.5 %");
    assert_exactly(&made, "response_rate in role:guest", "50 %");
    assert_exactly(&made, "mean good", "2.9");
    assert_exactly(&made, "rank first:a", "1,6");
    assert_exactly(&made, "score again", "40");
    assert_exactly(&made, "count good", "27");
    assert_exactly(&made, "base good of asked", "48");
    assert_exactly(&made, "rate why:\"Time\"", "60 %");
    assert_exactly(&made, "effect good by channel", "0");
    author_study_close(&made);
}

/* Compared is the figure, not what is printed of it: 67.5% is shown as 68%. */
static void test_not_rounded(void **state) {
    (void)state;
    struct author_study made;
    author_study_open(&made, 1);
    assert_true(holds(&made, "rate good > 67 %"));
    assert_true(holds(&made, "rate good < 68 %"));
    assert_false(holds(&made, "rate good = 68 %"));
    assert_true(holds(&made, "rate good of answered > 61 %")); /* 61.36, shown as 61 */
    assert_true(holds(&made, "low good > 57.1 and low good < 57.2"));
    author_study_close(&made);
}

static void test_logic(void **state) {
    (void)state;
    struct author_study made;
    author_study_open(&made, 1);
    assert_true(holds(&made, "count good = 1 or count good = 27 and base good = 40"));
    assert_false(holds(&made, "(count good = 27 or count good = 1) and base good = 41"));
    assert_true(holds(&made, "count good = 27 or count good = 1 and base good = 41"));
    assert_true(holds(&made, "not count good = 1 and base good = 40"));
    assert_false(holds(&made, "not (count good = 1 or base good = 40)"));
    assert_true(holds(&made, "not not count good = 27"));
    assert_true(holds(&made, "rate good > rate good in role:staff"));
    assert_false(holds(&made, "rate good in role:boss >= rate good in role:guest"));
    assert_true(holds(&made, "words good = \"two thirds\""));
    assert_true(holds(&made, "words good proof != “half”"));
    assert_true(holds(&made, "median good = \"Rather\""));
    assert_true(holds(&made, "maximum since = \"3 February 2024\""));
    assert_true(holds(&made, "rate good in role:staff = \"6 of 10\""));
    assert_true(holds(&made, "shown p good by channel and not shown p good by days"));
    author_study_close(&made);
}

static void test_broken_claim(void **state) {
    (void)state;
    struct author_study made;
    author_study_open(&made, 1);
    struct author_report report =
        author_try(&made, 0,
                   "a {{claim rate good > 70 % and base good >= 30}}b **c**{{end}} d\n\n"
                   "{{claim rate good > 60 %}}e{{end}}");
    assert_int_equal(report.claims, 2);
    assert_int_equal(report.broken, 1);
    assert_string_equal(
        report.text, "(p a [doubtful b ][strong doubtful c] [remark [To be revised: the answers no longer "
                     "bear this out (rate good = 68% (67.50), base good = 40; it should be: rate good > 70 % "
                     "and base good >= 30)]] d)(p e)");
    assert_string_equal(report.messages,
                        "t:1:3: warning: this claim does not hold: rate good = 68% (67.50), base good = 40\n"
                        "    1 | a {{claim rate good > 70 % and base good >= 30}}b **c**{{end}} d\n"
                        "      |   ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
    /* A claim that is not written is not made. */
    report = author_try(&made, 0, "{{if rate good > 90}}{{claim rate good > 90}}x{{end}}{{end}}y");
    assert_int_equal(report.claims, 0);
    assert_string_equal(report.text, "(p y)");
    /* Of a figure that is hidden nothing is claimed, and it is not told. */
    author_study_compute(&made, 5);
    report = author_try(&made, 0, "{{claim rate good in role:boss = 0 %}}x{{end}}");
    assert_int_equal(report.broken, 1);
    assert_non_null(strstr(report.text, "rate good in role:boss = it is hidden"));
    author_study_close(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rates),        cmocka_unit_test(test_words),
        cmocka_unit_test(test_numbers),      cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_groups),       cmocka_unit_test(test_participation),
        cmocka_unit_test(test_wordings),     cmocka_unit_test(test_first_mention),
        cmocka_unit_test(test_capitals),     cmocka_unit_test(test_hidden_groups),
        cmocka_unit_test(test_not_possible), cmocka_unit_test(test_exact_comparisons),
        cmocka_unit_test(test_not_rounded),  cmocka_unit_test(test_logic),
        cmocka_unit_test(test_broken_claim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
