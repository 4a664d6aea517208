/* Figures from stored responses: every one of a small study, worked out by hand; subsets; what holds of any
 * study (groups add up, nothing hidden can be had by subtraction, the order of rows does not matter). */
#include "tests/unit/study.h"

#include "analysis/results_json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char SOURCE[] =
    "questionnaire: small\n"
    "languages: [en]\n"
    "title: A small study, made up\n"
    "privacy: Made up.\n"
    "population: {size: 20, role: {a: 12, b: 8}}\n"
    "scales:\n"
    "  four:\n"
    "    - {code: 4, text: Fully, favourable: true}\n"
    "    - {code: 3, text: Rather, favourable: true}\n"
    "    - {code: 2, text: Rather not}\n"
    "    - {code: 1, text: Not at all}\n"
    "pages:\n"
    "  - title: All\n"
    "    questions:\n"
    "      - {id: role, type: single, text: Role, breakdown: true, required: true,\n"
    "         options: [{code: a, text: A}, {code: b, text: B}]}\n"
    "      - {id: hats, type: multiple, text: Hats, breakdown: true,\n"
    "         options: [{code: x, text: X}, {code: y, text: Y}, {code: z, text: Z},\n"
    "                   {code: none, text: None, exclusive: true}]}\n"
    "      - {id: sat, type: scale, scale: four, text: Satisfied, no_opinion: true, not_concerned: true}\n"
    "      - {id: mood, type: scale, text: Mood,\n"
    "         options: [{code: good, text: Good, favourable: true}, {code: mid, text: Middling},\n"
    "                   {code: bad, text: Bad}]}\n"
    "      - {id: years, type: number, decimals: 1, minimum: 0, maximum: 50, text: Years}\n"
    "      - {id: seen, type: date, text: Seen}\n"
    "      - {id: order, type: ranking, text: Order,\n"
    "         options: [{code: p, text: P}, {code: q, text: Q}, {code: r, text: R}]}\n"
    "      - {id: only, type: single, text: Only, when: role = a,\n"
    "         options: [{code: good, text: Good, favourable: true},\n"
    "                   {code: so, text: So-so}, {code: bad, text: Bad, unfavourable: true}]}\n"
    "      - {id: nps, type: scale, text: Recommend,\n"
    "         options: [{code: 10, text: t}, {code: 9, text: n}, {code: 8, text: e}, {code: 7, text: s},\n"
    "                   {code: 6, text: s}, {code: 5, text: f}, {code: 4, text: f}, {code: 3, text: t},\n"
    "                   {code: 2, text: t}, {code: 1, text: o}, {code: 0, text: z}]}\n"
    "      - {id: words, type: text, text: Words}\n";

enum { ROLE, HATS, SAT, MOOD, YEARS, SEEN, ORDER, ONLY, NPS, WORDS };
enum { BY_ROLE, BY_HATS, BY_CHANNEL };

static const struct {
    enum channel channel;
    const char *text;
} RESPONSES[] = {
    {CHANNEL_WEB,
     "role=a sat=4 hats=x mood=good years=1 seen=2024-01-01 order=p+q+r only=good nps=10 words=j"},
    {CHANNEL_WEB,
     "role=a sat=4 hats=x+y mood=good years=2 seen=2024-01-02 order=p+r only=good nps=9 words=i"},
    {CHANNEL_WEB, "role=a sat=3 hats=y mood=mid years=3 seen=2024-01-03 order=q+p+r only=bad nps=8 words=h"},
    {CHANNEL_PAPER, "role=a sat=2 hats=none mood=bad years=10 order=q only=good nps=6 words=g"},
    {CHANNEL_WEB, "role=a sat=no_opinion mood=bad years=4.5 seen=2024-01-05 order=r+q+p nps=0 words=f"},
    {CHANNEL_PAPER, "role=a hats=x seen=2024-01-06 only=bad words=e"},
    {CHANNEL_WEB, "role=b sat=1 hats=y mood=good years=0 seen=2024-01-07 order=p nps=10 words=d"},
    {CHANNEL_WEB, "role=b sat=3 hats=x+y+z mood=bad years=7 seen=2024-01-08 order=r+p nps=7 words=c"},
    {CHANNEL_WEB, "role=b sat=3 hats=x mood=mid years=2 seen=2024-02-01 order=q+r+p nps=9 words=b"},
    {CHANNEL_PAPER, "role=b sat=4 hats=z mood=mid years=2 seen=2024-03-01 order=p+q+r nps=3 words=a"},
};
enum { RESPONSE_COUNT = sizeof RESPONSES / sizeof *RESPONSES };

static const struct results_options OPTIONS = {.confidence = 0.95, .minimum_cell = 2};

static struct study small;

static int set_up(void **state) {
    (void)state;
    study_open(&small, SOURCE);
    for (size_t i = 0; i < RESPONSE_COUNT; i++)
        study_add(&small, RESPONSES[i].channel, (int64_t)i + 1, RESPONSES[i].text);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    study_close(&small);
    return 0;
}

static void assert_near(double actual, double expected) {
    if (!(fabs(actual - expected) <= 1e-12 * fmax(1, fabs(expected))))
        fail_msg("%.17g is not %.17g", actual, expected);
}

static void assert_bases(const struct group_result *group, size_t responses, size_t asked, size_t answered,
                         size_t expressed, size_t population) {
    assert_int_equal(group->responses, responses);
    assert_int_equal(group->asked, asked);
    assert_int_equal(group->answered, answered);
    assert_int_equal(group->expressed, expressed);
    assert_int_equal(group->population, population);
}

/* The interval is the one of the rate's own counts, whose values tests/unit/test_proportion.c knows. */
static void assert_share(const struct share *share, const struct group_result *group, size_t count,
                         double lowest, double highest) {
    struct interval interval = proportion_interval(INTERVAL_EXACT, (long)count, (long)group->expressed,
                                                   (long)group->population, 0.95);
    assert_int_equal(share->count, count);
    assert_near(share->rate, (double)count / (double)group->expressed);
    assert_near(share->rate_of_responses, (double)count / (double)group->responses);
    assert_near(share->low, interval.low);
    assert_near(share->high, interval.high);
    assert_near(share->bounds[0], lowest);
    assert_near(share->bounds[1], highest);
}

static const struct group_result *group_of(const struct results *results, size_t item, size_t by,
                                           size_t code) {
    return &results->items[item].breakdowns[by].groups[code];
}

/* --- The small study by hand --- */

static void test_campaign(void **state) {
    (void)state;
    const struct results *results = study_compute(&small, &OPTIONS);
    assert_int_equal(results->responses, 10);
    assert_int_equal(results->responses_by_channel[CHANNEL_WEB], 7);
    assert_int_equal(results->responses_by_channel[CHANNEL_PAPER], 3);
    assert_near(results->response_rate, 0.5);
    assert_int_equal(results->options.interval, INTERVAL_EXACT);
    assert_int_equal(results->response_rate_count, 1);
    assert_string_equal(results->response_rates[0].by, "role");
    assert_int_equal(results->response_rates[0].groups[0].responses, 6);
    assert_near(results->response_rates[0].groups[0].rate, 0.5);
    assert_near(results->response_rates[0].groups[1].rate, 0.5);
    assert_int_equal(results->day_count, 1);
    assert_int_equal(results->days[0].count[CHANNEL_WEB], 7);
    assert_int_equal(results->text_counts[WORDS], 10);
    assert_string_equal(results->texts[WORDS][0], "a");
    assert_string_equal(results->texts[WORDS][9], "j");
    assert_int_equal(results->item_count, 10);
    assert_int_equal(results->items[ROLE].breakdown_count, 2); /* not by itself */
    assert_string_equal(results->items[ROLE].breakdowns[0].by->id, "hats");
    assert_true(results->items[ROLE].breakdowns[0].by->overlapping);
    assert_string_equal(results->items[SAT].breakdowns[BY_CHANNEL].by->id, "channel");
}

/* sat: 4 4 4 3 3 3 2 1, one no opinion, one blank; mean 24 / 8, squares 3·1 + 3·0 + 1 + 4 = 8. */
static void test_scale(void **state) {
    (void)state;
    const struct results *results = study_compute(&small, &OPTIONS);
    const struct group_result *whole = &results->items[SAT].whole;
    assert_bases(whole, 10, 10, 9, 8, 20);
    assert_share(&whole->options[0].share, whole, 3, 3.0 / 20, 15.0 / 20);
    assert_share(&whole->options[3].share, whole, 1, 1.0 / 20, 13.0 / 20);
    assert_share(&whole->favourable, whole, 6, 6.0 / 20, 18.0 / 20);
    assert_share(&whole->unfavourable, whole, 2, 2.0 / 20, 14.0 / 20);
    assert_near(whole->balance, 0.5);
    assert_near(whole->mean, 3);
    assert_near(whole->standard_deviation, sqrt(8.0 / 7));
    double half = 2.3646242515927849 * sqrt((1 - 8.0 / 20) * (8.0 / 7) / 8); /* t of 7 degrees */
    assert_near(whole->mean_low, 3 - half);
    assert_near(whole->mean_high, 3 + half);
    assert_near(whole->quartile_1, 2);
    assert_near(whole->median, 3);
    assert_near(whole->quartile_3, 4);
    assert_string_equal(whole->median_code, "3");
    assert_true(isnan(whole->net_promoter_score));
    const struct group_result *a = group_of(results, SAT, BY_ROLE, 0);
    assert_string_equal(a->code, "a");
    assert_bases(a, 6, 6, 5, 4, 12);
    assert_share(&a->favourable, a, 3, 3.0 / 12, 11.0 / 12);
    const struct group_result *x = group_of(results, SAT, BY_HATS, 0);
    assert_bases(x, 5, 5, 4, 4, 10); /* no margin: its share of the 20 */
    assert_near(x->mean, (4 + 4 + 3 + 3) / 4.0);
}

/* mood has no numbers and goes downwards: bad < mid < good. */
static void test_scale_without_numbers(void **state) {
    (void)state;
    const struct results *results = study_compute(&small, &OPTIONS);
    const struct group_result *whole = &results->items[MOOD].whole;
    assert_bases(whole, 10, 10, 9, 9, 20);
    assert_true(isnan(whole->mean) && isnan(whole->median) && isnan(whole->standard_deviation));
    assert_string_equal(whole->median_code, "mid");
    assert_int_equal(whole->favourable.count, 3);
    assert_int_equal(whole->unfavourable.count, 3); /* the middle is neither */
    assert_near(whole->balance, 0);
    const struct group_result *paper = group_of(results, MOOD, BY_CHANNEL, CHANNEL_PAPER);
    assert_int_equal(paper->expressed, 2); /* bad, mid: half is reached at the lower one */
    assert_string_equal(paper->median_code, "bad");
}

static void test_net_promoter(void **state) {
    (void)state;
    const struct results *results = study_compute(&small, &OPTIONS);
    const struct group_result *whole = &results->items[NPS].whole;
    assert_bases(whole, 10, 10, 9, 9, 20);
    assert_near(whole->net_promoter_score, 100.0 * (4 - 3) / 9); /* 10 9 10 9, 6 0 3 */
    assert_false(whole->has_favourable);
    assert_near(whole->mean, 62.0 / 9);
}

static void test_multiple(void **state) {
    (void)state;
    const struct results *results = study_compute(&small, &OPTIONS);
    const struct group_result *whole = &results->items[HATS].whole;
    assert_bases(whole, 10, 10, 9, 9, 20);
    const size_t counts[] = {5, 4, 2, 1};
    for (size_t i = 0; i < 4; i++) {
        assert_share(&whole->options[i].share, whole, counts[i], (double)counts[i] / 20,
                     (double)(counts[i] + 10 - 9 + 10) / 20);
        assert_near(whole->options[i].share_of_ticks, (double)counts[i] / 12);
    }
    assert_true(isnan(whole->median) && isnan(whole->mean));
}

/* years: 0 1 2 2 2 3 4.5 7 10; mean 31.5 / 9, squares 81. */
static void test_number(void **state) {
    (void)state;
    const struct results *results = study_compute(&small, &OPTIONS);
    const struct group_result *whole = &results->items[YEARS].whole;
    assert_bases(whole, 10, 10, 9, 9, 20);
    assert_near(whole->mean, 3.5);
    assert_near(whole->standard_deviation, sqrt(81.0 / 8));
    assert_near(whole->minimum, 0);
    assert_near(whole->quartile_1, 2);
    assert_near(whole->median, 2);
    assert_near(whole->quartile_3, 4.5);
    assert_near(whole->maximum, 10);
    assert_int_equal(whole->value_count, 7);
    assert_near(whole->values[2].value, 2);
    assert_int_equal(whole->values[2].count, 3);
    const struct group_result *b = group_of(results, YEARS, BY_ROLE, 1); /* 0 2 2 7 */
    assert_near(b->mean, 11.0 / 4);
    assert_near(b->quartile_1, 1.5);
    assert_near(b->quartile_3, 3.25);
    assert_null(b->values);
}

static void test_date(void **state) {
    (void)state;
    const struct results *results = study_compute(&small, &OPTIONS);
    const struct group_result *whole = &results->items[SEEN].whole;
    assert_bases(whole, 10, 10, 9, 9, 20);
    assert_string_equal(whole->date_minimum, "2024-01-01");
    assert_string_equal(whole->date_median, "2024-01-06");
    assert_string_equal(whole->date_maximum, "2024-03-01");
    assert_string_equal(group_of(results, SEEN, BY_ROLE, 1)->date_median, "2024-01-08");
}

static void test_ranking(void **state) {
    (void)state;
    const struct results *results = study_compute(&small, &OPTIONS);
    const struct group_result *whole = &results->items[ORDER].whole;
    assert_bases(whole, 10, 10, 9, 9, 20);
    const size_t first[] = {4, 3, 2}, ranked[] = {8, 6, 7};
    const double mean_ranks[] = {14.0 / 8, 9.0 / 6, 15.0 / 7};
    for (size_t i = 0; i < 3; i++) {
        assert_share(&whole->options[i].share, whole, first[i], (double)first[i] / 20,
                     (double)(first[i] + 11) / 20);
        assert_int_equal(whole->options[i].ranked, ranked[i]);
        assert_near(whole->options[i].mean_rank, mean_ranks[i]);
    }
}

/* only: asked of the six a; five answered. 20 · 6/10 people concerned; 10 silent. */
static void test_routing(void **state) {
    (void)state;
    const struct results *results = study_compute(&small, &OPTIONS);
    const struct group_result *whole = &results->items[ONLY].whole;
    assert_bases(whole, 10, 6, 5, 5, 12);
    assert_share(&whole->favourable, whole, 3, 3.0 / 16, 14.0 / 16);
    assert_share(&whole->unfavourable, whole, 2, 2.0 / 16, 13.0 / 16); /* as said, without so-so */
    const struct group_result *b = group_of(results, ONLY, BY_ROLE, 1);
    assert_false(b->suppressed); /* nobody was asked: nothing to hide */
    assert_int_equal(b->asked, 0);
    assert_true(isnan(b->favourable.rate) && isnan(b->favourable.low));
    const struct group_result *web = group_of(results, ONLY, BY_CHANNEL, CHANNEL_WEB);
    assert_bases(web, 7, 4, 3, 3, 8); /* 14 people by share, 4 of 7 of them asked */
}

/* --- Options --- */

static void test_where(void **state) {
    (void)state;
    struct diagnostics *diagnostics = diagnostics_create(small.arena, "--where");
    struct expression_scope scope = {small.questionnaire->items, small.questionnaire->item_count,
                                     small.questionnaire->item_count};
    struct results_options options = OPTIONS;
    options.where = expression_parse(small.arena, "role = a", (struct place){1, 1, 1}, &scope, diagnostics);
    assert_non_null(options.where);
    const struct results *results = study_compute(&small, &options);
    assert_int_equal(results->responses, 6);
    assert_true(isnan(results->response_rate));
    assert_int_equal(results->response_rate_count, 0);
    assert_int_equal(results->day_count, 0);
    assert_bases(&results->items[SAT].whole, 6, 6, 5, 4, 12); /* 20 · 6/10 */
    assert_bases(group_of(results, SAT, BY_HATS, 0), 3, 3, 2, 2, 6);
    assert_null(results->texts[WORDS]); /* six are too few to be quoted */
}

/* A filter that takes whole categories of a margin is of as many people as they have, like those groups. */
static void test_where_margin(void **state) {
    (void)state;
    struct diagnostics *diagnostics = diagnostics_create(small.arena, "--where");
    struct study margins;
    study_open(&margins, "questionnaire: margins\nlanguages: [en]\ntitle: t\nprivacy: p\n"
                         "population: {size: 20, role: {a: 11, b: 9}}\n"
                         "pages:\n- title: p\n  questions:\n"
                         "  - {id: role, type: single, text: r, breakdown: true,"
                         " options: [{code: a, text: A}, {code: b, text: B}]}\n"
                         "  - {id: good, type: single, text: g, breakdown: true,"
                         " options: [{code: y, text: Y}, {code: n, text: N}]}\n");
    for (int64_t key = 1; key <= 12; key++)
        study_add(&margins, CHANNEL_WEB, key,
                  key <= 7 ? key % 2 ? "role=a good=y" : "role=a good=n" : "role=b good=y");
    struct expression_scope scope = {margins.questionnaire->items, 2, 2};
    struct results_options options = OPTIONS;
    const struct results *all = study_compute(&margins, &options);
    options.where = expression_parse(small.arena, "role != b", (struct place){1, 1, 1}, &scope, diagnostics);
    const struct results *some = study_compute(&margins, &options);
    const struct group_result *group = &all->items[1].breakdowns[0].groups[0], *whole = &some->items[1].whole;
    assert_int_equal(whole->population, 11);
    assert_int_equal(group->population, 11);
    assert_true(whole->options[0].share.low == group->options[0].share.low);
    assert_true(whole->options[0].share.bounds[1] == group->options[0].share.bounds[1]);
    options.where =
        expression_parse(small.arena, "role = a and good = y", (struct place){1, 1, 1}, &scope, diagnostics);
    some = study_compute(&margins, &options);
    assert_int_equal(some->items[1].whole.population, 7); /* 20 · 4/12 */
    options.where =
        expression_parse(small.arena, "not role = b", (struct place){1, 1, 1}, &scope, diagnostics);
    some = study_compute(&margins, &options);
    assert_int_equal(some->items[1].whole.population, 12); /* 20 · 7/12: who did not say is in it, too */
    study_close(&margins);
}

/* What a table hides cannot be read in the rows of the same table turned round. */
static void test_transposed(void **state) {
    (void)state;
    struct study units;
    study_open(&units, "questionnaire: units\nlanguages: [en]\ntitle: t\nprivacy: p\n"
                       "pages:\n- title: p\n  questions:\n"
                       "  - {id: unit, type: single, text: u, breakdown: true,"
                       " options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}]}\n"
                       "  - {id: good, type: single, text: g, breakdown: true,"
                       " options: [{code: y, text: Y}, {code: n, text: N}]}\n");
    for (int64_t key = 1; key <= 44; key++)
        study_add(&units, CHANNEL_WEB, key,
                  key <= 20   ? key % 2 ? "unit=a good=y" : "unit=a good=n"
                  : key <= 40 ? key % 2 ? "unit=b good=y" : "unit=b good=n"
                  : key == 41 ? "unit=c good=y"
                              : "unit=c good=n");
    struct results_options options = OPTIONS;
    options.minimum_cell = 5;
    const struct results *results = study_compute(&units, &options);
    for (size_t item = 0; item < 2; item++) {
        const struct breakdown_result *turned = &results->items[item].breakdowns[0];
        for (size_t i = 0; i < turned->by->group_count; i++)
            assert_true(turned->groups[i].suppressed);
        assert_false(results->items[item].breakdowns[1].groups[0].suppressed); /* by channel */
    }
    study_close(&units);
}

static void test_by(void **state) {
    (void)state;
    const char *by[] = {"mood", "role", "channel"};
    struct results_options options = OPTIONS;
    options.by = by;
    options.by_count = 3;
    const struct results *results = study_compute(&small, &options);
    assert_int_equal(results->items[SAT].breakdown_count, 4); /* role is no second time there */
    assert_string_equal(results->items[SAT].breakdowns[2].by->id, "mood");
    assert_int_equal(group_of(results, SAT, 2, 0)->responses, 3);
    assert_string_equal(results->items[SAT].breakdowns[3].by->id, "channel");
}

/* Role a: 4 online, 2 on paper; b: 3 online, 1 on paper. 12 are invited in role a and 8 in b, of 20. */
static void test_crossed(void **state) {
    (void)state;
    const char *by[] = {"role * channel", "channel*role", "mood*role"};
    struct results_options options = OPTIONS;
    options.minimum_cell = 0;
    options.by = by;
    options.by_count = 3;
    const struct results *results = study_compute(&small, &options);
    const struct item_result *sat = &results->items[SAT];
    assert_int_equal(sat->breakdown_count, 5); /* role, hats, role*channel (once), mood*role, channel */
    const struct breakdown_result *crossed = &sat->breakdowns[2];
    assert_string_equal(crossed->by->id, "role*channel");
    assert_string_equal(crossed->by->file_name, "role-and-channel");
    assert_false(crossed->by->overlapping);
    static const struct {
        const char *code;
        size_t responses, asked, expressed, population;
    } GROUPS[] = {
        {"a*web", 4, 4, 3, 8}, {"a*paper", 2, 2, 1, 4}, {"b*web", 3, 3, 3, 6}, {"b*paper", 1, 1, 1, 2}};
    assert_int_equal(crossed->by->group_count, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct group_result *group = &crossed->groups[i];
        assert_string_equal(group->code, GROUPS[i].code);
        assert_bases(group, GROUPS[i].responses, GROUPS[i].asked, group->answered, GROUPS[i].expressed,
                     GROUPS[i].population);
    }
    assert_int_equal(crossed->groups[2].options[1].share.count, 2); /* two of role b said 3 online */
    assert_string_equal(sat->breakdowns[3].by->id, "mood*role");
    assert_int_equal(sat->breakdowns[3].by->group_count, 6);
    assert_string_equal(sat->breakdowns[3].groups[1].code, "good*b");
    assert_string_equal(sat->breakdowns[4].by->id, "channel");
    assert_int_equal(results->items[ROLE].breakdown_count, 2); /* hats, channel: no crossing names it */
    assert_int_equal(results->items[MOOD].breakdown_count, 4);
    assert_null(results_breakdown(&results->items[MOOD], sat->breakdowns[3].by));
}

/* Where a margin says that everybody of a category answered, so did everybody of its part by channel. */
static void test_crossed_population(void **state) {
    (void)state;
    static const char COUNTED[] = "questionnaire: counted\n"
                                  "languages: [en]\n"
                                  "title: Counted, made up\n"
                                  "privacy: Made up.\n"
                                  "population: {size: 40, role: {a: 6, b: 34}}\n"
                                  "pages:\n"
                                  "  - title: All\n"
                                  "    questions:\n"
                                  "      - {id: role, type: single, text: Role, breakdown: true,\n"
                                  "         options: [{code: a, text: A}, {code: b, text: B}]}\n"
                                  "      - {id: years, type: number, text: Years}\n";
    struct study counted;
    study_open(&counted, COUNTED);
    for (int i = 0; i < 16; i++)
        study_add(&counted, i % 2 ? CHANNEL_WEB : CHANNEL_PAPER, i + 1,
                  i < 6 ? "role=a years=2" : "role=b years=3");
    const char *by[] = {"channel*role"};
    const struct results_options options = {.confidence = 0.95, .by = by, .by_count = 1};
    const struct results *results = study_compute(&counted, &options);
    const struct breakdown_result *crossed = &results->items[1].breakdowns[1];
    assert_string_equal(crossed->groups[0].code, "web*a");
    assert_int_equal(crossed->groups[0].population, 3); /* not 40 · 3 / 16, which is more than there are */
    assert_true(crossed->groups[0].census);
    assert_int_equal(crossed->groups[1].population, 17); /* 34 · 5 / 10 */
    assert_false(crossed->groups[1].census);
    study_close(&counted);
}

static void test_wrong_by(void **state) {
    (void)state;
    static const struct {
        const char *by, *text;
    } CASES[] = {
        {"moood", "--by moood: the questionnaire has no question or grid item of that name;"
                  " did you mean \"mood\"?"},
        {"qwertyuiop", "--by qwertyuiop: the questionnaire has no question or grid item of that name"},
        {"years", "--by years: results can be shown by a single choice, a multiple choice or a scale only"},
        {"order", "--by order: results can be shown by a single choice, a multiple choice or a scale only"},
        {"role*", "--by role*: name a question on both sides of the *"},
        {" * role", "--by  * role: name a question on both sides of the *"},
        {"role*mood*channel", "--by role*mood*channel: two questions can be crossed, not more"},
        {"role * role", "--by role * role: this is twice the same; cross two different questions"},
        {"channel*channel", "--by channel*channel: this is twice the same; cross two different questions"},
        {"role*hats",
         "--by role*hats: \"hats\" is a multiple choice, whose groups overlap; it cannot be crossed"},
        {"role*years",
         "--by role*years: results can be shown by a single choice, a multiple choice or a scale only"},
        {"role*chanel", "--by role*chanel: the questionnaire has no question or grid item \"chanel\";"
                        " did you mean \"channel\"?"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct results_options options = OPTIONS;
        options.by = &CASES[i].by;
        options.by_count = 1;
        struct failure failure = {0};
        assert_null(results_compute(small.arena, small.store, small.questionnaire, &options, &failure));
        assert_string_equal(failure.text, CASES[i].text);
    }
}

static void test_suppressed(void **state) {
    (void)state;
    struct results_options options = OPTIONS;
    options.minimum_cell = 5;
    const struct results *results = study_compute(&small, &options);
    for (size_t code = 0; code < 2; code++) { /* a and b each have 4 who expressed themselves on sat */
        const struct group_result *group = group_of(results, SAT, BY_ROLE, code);
        assert_true(group->suppressed);
        assert_int_equal(group->asked, code == 0 ? 6 : 4);
        assert_int_equal(group->answered + group->expressed + group->no_opinion, 0);
        assert_int_equal(group->options[0].share.count + group->favourable.count, 0);
        assert_true(isnan(group->options[0].share.rate) && isnan(group->options[0].share.bounds[0]));
        assert_true(isnan(group->mean) && isnan(group->median) && isnan(group->favourable.rate));
        assert_null(group->median_code);
    }
    /* On years a has 5, but what the whole has beyond them is b. */
    assert_true(group_of(results, YEARS, BY_ROLE, 0)->suppressed);
    assert_true(group_of(results, YEARS, BY_ROLE, 1)->suppressed);
    options.minimum_cell = 9;
    results = study_compute(&small, &options);
    assert_true(results->items[SAT].whole.suppressed);
    assert_false(results->items[YEARS].whole.suppressed);
}

static void test_unknown_population(void **state) {
    (void)state;
    struct study study;
    char *source = strdup(SOURCE), *line = strstr(source, "population:");
    memset(line, ' ', strcspn(line, "\n"));
    study_open(&study, source);
    for (size_t i = 0; i < RESPONSE_COUNT; i++)
        study_add(&study, RESPONSES[i].channel, (int64_t)i + 1, RESPONSES[i].text);
    const struct results *results = study_compute(&study, &OPTIONS);
    assert_int_equal(results->options.interval, INTERVAL_WILSON);
    assert_true(isnan(results->response_rate));
    const struct group_result *whole = &results->items[SAT].whole;
    assert_int_equal(whole->population, 0);
    assert_true(isnan(whole->favourable.bounds[0]) && isnan(whole->favourable.bounds[1]));
    struct interval wilson = proportion_interval(INTERVAL_WILSON, 6, 8, 0, 0.95);
    assert_near(whole->favourable.low, wilson.low);
    study_close(&study);
    free(source);
}

static void test_empty_store(void **state) {
    (void)state;
    struct study study;
    study_open(&study, SOURCE);
    const struct results *results = study_compute(&study, &OPTIONS);
    assert_int_equal(results->responses, 0);
    assert_near(results->response_rate, 0);
    for (size_t i = 0; i < results->item_count; i++) {
        assert_false(results->items[i].whole.suppressed);
        assert_int_equal(results->items[i].whole.asked, 0);
    }
    assert_true(isnan(results->items[SAT].whole.favourable.rate));
    assert_null(results->items[SAT].whole.median_code);
    assert_null(results->items[SEEN].whole.date_median);
    study_close(&study);
}

/* --- What holds of any study --- */

static uint64_t random_seed = 88172645463325252u;

static size_t random_below(size_t limit) {
    random_seed ^= random_seed << 13;
    random_seed ^= random_seed >> 7;
    random_seed ^= random_seed << 17;
    return (size_t)(random_seed % limit);
}

static const char RANDOM_SOURCE[] =
    "questionnaire: random\n"
    "languages: [en]\n"
    "title: Random, made up\n"
    "privacy: Made up.\n"
    "population: {size: 150}\n"
    "pages:\n"
    "  - title: All\n"
    "    questions:\n"
    "      - {id: role, type: single, text: Role, breakdown: true, required: true,\n"
    "         options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}, {code: d, text: D}]}\n"
    "      - {id: place, type: single, text: Place, breakdown: true, required: true,\n"
    "         options: [{code: n, text: N}, {code: s, text: S}, {code: w, text: W}]}\n"
    "      - {id: sat, type: scale, text: Satisfied, no_opinion: true,\n"
    "         options: [{code: 3, text: Yes, favourable: true}, {code: 2, text: So-so}, {code: 1, text: "
    "No}]}\n"
    "      - {id: ticks, type: multiple, text: Ticks,\n"
    "         options: [{code: x, text: X}, {code: y, text: Y}]}\n";

/* Groups of uneven size, so that small ones occur. */
static void add_random(struct study *study, size_t count) {
    static const char *const SATISFIED[] = {" sat=3", " sat=2", " sat=1", " sat=3", "", " sat=no_opinion"};
    static const char *const TICKS[] = {" ticks=x", " ticks=y", " ticks=x+y", ""};
    for (size_t i = 0; i < count; i++) {
        char text[80];
        size_t role = random_below(4), place = random_below(3);
        snprintf(text, sizeof text, "role=%c place=%c%s%s", "abcd"[random_below(role + 1)],
                 "nsw"[random_below(place + 1)], SATISFIED[random_below(6)], TICKS[random_below(4)]);
        study_add(study, random_below(4) ? CHANNEL_WEB : CHANNEL_PAPER, (int64_t)i + 1, text);
    }
}

static void assert_groups_add_up(const struct group_result *whole, const struct breakdown_result *breakdown,
                                 size_t options) {
    size_t asked = 0, answered = 0, expressed = 0, responses = 0;
    for (size_t i = 0; i < breakdown->by->group_count; i++) {
        responses += breakdown->groups[i].responses;
        asked += breakdown->groups[i].asked;
        answered += breakdown->groups[i].answered;
        expressed += breakdown->groups[i].expressed;
    }
    assert_int_equal(responses, whole->responses);
    assert_int_equal(asked, whole->asked);
    assert_int_equal(answered, whole->answered);
    assert_int_equal(expressed, whole->expressed);
    for (size_t option = 0; option < options; option++) {
        size_t count = 0;
        for (size_t i = 0; i < breakdown->by->group_count; i++)
            count += breakdown->groups[i].options[option].share.count;
        assert_int_equal(count, whole->options[option].share.count);
    }
}

/* What the shown groups leave of the whole is of at least five people and of two groups that were asked; or
 * nobody is hidden; or all are, and it is the whole. */
static void assert_not_undone(const struct group_result *whole, const struct breakdown_result *shown) {
    size_t rest = whole->expressed, hidden = 0;
    bool any_shown = false;
    for (size_t i = 0; i < shown->by->group_count; i++) {
        if (shown->groups[i].suppressed) {
            hidden += shown->groups[i].asked > 0;
            continue;
        }
        rest -= shown->groups[i].expressed;
        any_shown = any_shown || shown->groups[i].expressed;
        assert_true(shown->groups[i].expressed >= 5 || shown->groups[i].asked == 0);
    }
    assert_true(hidden == 0 || !any_shown || (rest >= 5 && hidden >= 2));
}

/* Gives how many groups were hidden. */
static size_t check_breakdown(const struct item_result *all, const struct item_result *some, size_t by) {
    const struct breakdown_result *breakdown = &all->breakdowns[by];
    size_t hidden = 0, unknown = 0;
    for (size_t i = 0; i < breakdown->by->group_count; i++) {
        hidden += some->breakdowns[by].groups[i].suppressed;
        unknown += breakdown->groups[i].suppressed;
    }
    if (!some->whole.suppressed)
        assert_not_undone(&all->whole, &some->breakdowns[by]);
    if (!unknown)
        assert_groups_add_up(&all->whole, breakdown, all->item->question->option_count);
    return hidden;
}

static void test_any_study(void **state) {
    (void)state;
    size_t hidden = 0;
    for (size_t round = 0; round < 25; round++) {
        struct study study;
        study_open(&study, RANDOM_SOURCE);
        add_random(&study, 10 + random_below(60));
        struct results_options everything = {.confidence = 0.95, .minimum_cell = 1};
        struct results_options options = {.confidence = 0.95, .minimum_cell = 5};
        const struct results *all = study_compute(&study, &everything),
                             *some = study_compute(&study, &options);
        for (size_t i = 0; i < all->item_count; i++)
            for (size_t j = 0; j < all->items[i].breakdown_count; j++)
                hidden += check_breakdown(&all->items[i], &some->items[i], j);
        study_close(&study);
    }
    assert_true(hidden > 50); /* else nothing was tried */
}

/* Other keys, another order of rows: the same bytes. */
static void test_order_does_not_show(void **state) {
    (void)state;
    struct buffer first = {0};
    results_json_write(&first, study_compute(&small, &OPTIONS), 0);
    for (size_t step = 3; step <= 9; step += 6) {
        struct study study;
        struct buffer other = {0};
        study_open(&study, SOURCE);
        for (size_t i = 0; i < RESPONSE_COUNT; i++) {
            size_t at = (i * step + step) % RESPONSE_COUNT;
            study_add(&study, RESPONSES[at].channel, (int64_t)(1000 - 7 * i), RESPONSES[at].text);
        }
        results_json_write(&other, study_compute(&study, &OPTIONS), 0);
        assert_string_equal(buffer_text(&first), buffer_text(&other));
        buffer_destroy(&other);
        study_close(&study);
    }
    buffer_destroy(&first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_campaign),
        cmocka_unit_test(test_scale),
        cmocka_unit_test(test_scale_without_numbers),
        cmocka_unit_test(test_net_promoter),
        cmocka_unit_test(test_multiple),
        cmocka_unit_test(test_number),
        cmocka_unit_test(test_date),
        cmocka_unit_test(test_ranking),
        cmocka_unit_test(test_routing),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_where_margin),
        cmocka_unit_test(test_transposed),
        cmocka_unit_test(test_by),
        cmocka_unit_test(test_crossed),
        cmocka_unit_test(test_crossed_population),
        cmocka_unit_test(test_wrong_by),
        cmocka_unit_test(test_suppressed),
        cmocka_unit_test(test_unknown_population),
        cmocka_unit_test(test_empty_store),
        cmocka_unit_test(test_any_study),
        cmocka_unit_test(test_order_does_not_show),
    };
    return cmocka_run_group_tests_name("results", tests, set_up, tear_down);
}
