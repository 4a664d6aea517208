/* The figures as JSON and CSV: a whole small document as it must be written, and the keys of every type. */
#include "tests/unit/study.h"

#include "analysis/results_csv.h"
#include "analysis/results_json.h"

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Four people, all of whom answered: every rate is a fact, and can be worked out in the head. */
static const char CENSUS[] =
    "questionnaire: census\n"
    "languages: [fr, en]\n"
    "title: {fr: Recensement, en: Census}\n"
    "privacy: {fr: Inventé, en: Made up}\n"
    "population: {size: 4, role: {a: 2, b: 2}}\n"
    "pages:\n"
    "  - title: {fr: Tout, en: All}\n"
    "    questions:\n"
    "      - {id: role, type: single, breakdown: true, text: {fr: Rôle, en: Role},\n"
    "         options: [{code: a, text: {fr: Un, en: A}}, {code: b, text: {fr: Deux, en: B}}]}\n"
    "      - {id: grid, type: scale, no_opinion: true, text: {fr: Grille, en: Grid},\n"
    "         options: [{code: 2, text: {fr: Oui, en: \"Yes, yes\"}, favourable: true},\n"
    "                   {code: 1, text: {fr: Non, en: No}}],\n"
    "         items: [{id: line, text: {fr: Ligne, en: Line}}]}\n";

static const char EXPECTED_CSV[] = "question,item,by,group,option,count,base,rate,low,high\n"
                                   "role,role,,,(answered),4,4,1,,\n"
                                   "role,role,,,a,2,4,0.5,0.5,0.5\n"
                                   "role,role,,,b,2,4,0.5,0.5,0.5\n"
                                   "role,role,channel,web,(answered),4,4,1,,\n"
                                   "role,role,channel,web,a,2,4,0.5,0.5,0.5\n"
                                   "role,role,channel,web,b,2,4,0.5,0.5,0.5\n"
                                   "role,role,channel,paper,(answered),0,0,,,\n"
                                   "role,role,channel,paper,a,0,0,,,\n"
                                   "role,role,channel,paper,b,0,0,,,\n"
                                   "grid,line,,,(answered),4,4,1,,\n"
                                   "grid,line,,,2,3,4,0.75,0.75,0.75\n"
                                   "grid,line,,,1,1,4,0.25,0.25,0.25\n"
                                   "grid,line,,,(favourable),3,4,0.75,0.75,0.75\n"
                                   "grid,line,,,(unfavourable),1,4,0.25,0.25,0.25\n"
                                   "grid,line,,,(mean),4,4,1.75,1.75,1.75\n"
                                   "grid,line,,,(median),4,4,2,,\n"
                                   "grid,line,role,a,(answered),2,2,1,,\n"
                                   "grid,line,role,a,2,2,2,1,1,1\n"
                                   "grid,line,role,a,1,0,2,0,0,0\n"
                                   "grid,line,role,a,(favourable),2,2,1,1,1\n"
                                   "grid,line,role,a,(unfavourable),0,2,0,0,0\n"
                                   "grid,line,role,a,(mean),2,2,2,2,2\n"
                                   "grid,line,role,a,(median),2,2,2,,\n"
                                   "grid,line,role,b,(answered),2,2,1,,\n"
                                   "grid,line,role,b,2,1,2,0.5,0.5,0.5\n"
                                   "grid,line,role,b,1,1,2,0.5,0.5,0.5\n"
                                   "grid,line,role,b,(favourable),1,2,0.5,0.5,0.5\n"
                                   "grid,line,role,b,(unfavourable),1,2,0.5,0.5,0.5\n"
                                   "grid,line,role,b,(mean),2,2,1.5,1.5,1.5\n"
                                   "grid,line,role,b,(median),2,2,1,,\n"
                                   "grid,line,channel,web,(answered),4,4,1,,\n"
                                   "grid,line,channel,web,2,3,4,0.75,0.75,0.75\n"
                                   "grid,line,channel,web,1,1,4,0.25,0.25,0.25\n"
                                   "grid,line,channel,web,(favourable),3,4,0.75,0.75,0.75\n"
                                   "grid,line,channel,web,(unfavourable),1,4,0.25,0.25,0.25\n"
                                   "grid,line,channel,web,(mean),4,4,1.75,1.75,1.75\n"
                                   "grid,line,channel,web,(median),4,4,2,,\n"
                                   "grid,line,channel,paper,(answered),0,0,,,\n"
                                   "grid,line,channel,paper,2,0,0,,,\n"
                                   "grid,line,channel,paper,1,0,0,,,\n"
                                   "grid,line,channel,paper,(favourable),0,0,,,\n"
                                   "grid,line,channel,paper,(unfavourable),0,0,,,\n"
                                   "grid,line,channel,paper,(mean),0,0,,,\n"
                                   "grid,line,channel,paper,(median),0,0,,,\n";

/* The document's beginning, and that of the grid's item; the other breakdowns repeat the keys. */
static const char EXPECTED_HEAD[] = "{\n"
                                    " \"questionnaire\": \"census\",\n"
                                    " \"language\": \"en\",\n"
                                    " \"notice\": \"Made up\",\n"
                                    " \"confidence\": 0.90000000000000002,\n"
                                    " \"interval\": \"exact\",\n"
                                    " \"population\": {\n"
                                    "  \"size\": 4,\n"
                                    "  \"margins\": {\n"
                                    "   \"role\": {\"a\": 2, \"b\": 2}\n"
                                    "  }\n"
                                    " },\n"
                                    " \"responses\": {\n"
                                    "  \"count\": 4,\n"
                                    "  \"rate\": 1,\n"
                                    "  \"channel\": {\"web\": 4, \"paper\": 0}\n"
                                    " },\n"
                                    " \"weighting\": null,\n"
                                    " \"questions\": [\n"
                                    "  {\n";

static const char EXPECTED_LINE[] =
    "  {\n"
    "   \"id\": \"line\",\n"
    "   \"question\": \"grid\",\n"
    "   \"type\": \"scale\",\n"
    "   \"text\": \"Line\",\n"
    "   \"asked\": 4,\n"
    "   \"answered\": 4,\n"
    "   \"expressed\": 4,\n"
    "   \"census\": true,\n"
    "   \"options\": [\n"
    "    {\"code\": \"2\", \"text\": \"Yes, yes\", \"count\": 3, \"rate\": 0.75, \"rate_of_responses\": "
    "0.75, \"low\": 0.75, \"high\": 0.75, \"bounds\": [0.75, 0.75]},\n"
    "    {\"code\": \"1\", \"text\": \"No\", \"count\": 1, \"rate\": 0.25, \"rate_of_responses\": 0.25, "
    "\"low\": 0.25, \"high\": 0.25, \"bounds\": [0.25, 0.25]}\n"
    "   ],\n"
    "   \"favourable\": {\"count\": 3, \"rate\": 0.75, \"rate_of_responses\": 0.75, \"low\": 0.75, \"high\": "
    "0.75, \"bounds\": [0.75, 0.75], \"words\": \"3 of 4\"},\n"
    "   \"unfavourable\": {\"count\": 1, \"rate\": 0.25, \"rate_of_responses\": 0.25, \"low\": 0.25, "
    "\"high\": 0.25, \"bounds\": [0.25, 0.25], \"words\": \"1 of 4\"},\n"
    "   \"balance\": 0.5,\n"
    "   \"mean\": 1.75,\n"
    "   \"mean_low\": 1.75,\n"
    "   \"mean_high\": 1.75,\n"
    "   \"standard_deviation\": 0.5,\n"
    "   \"median\": 2,\n"
    "   \"breakdowns\": [\n"
    "    {\n"
    "     \"by\": \"role\",\n"
    "     \"overlapping\": false,\n"
    "     \"groups\": [\n"
    "      {\n"
    "       \"code\": \"a\",\n"
    "       \"asked\": 2,\n"
    "       \"answered\": 2,\n"
    "       \"expressed\": 2,\n"
    "       \"unanimous\": true,\n"
    "       \"census\": true,\n"
    "       \"options\": [\n";

static void test_census(void **state) {
    (void)state;
    static const char *const RESPONSES[] = {"role=a line=2", "role=a line=2", "role=b line=2",
                                            "role=b line=1"};
    struct results_options options = {.confidence = 0.9, .minimum_cell = 1, .notice = "Made up"};
    struct study study;
    study_open(&study, CENSUS);
    for (size_t i = 0; i < 4; i++)
        study_add(&study, CHANNEL_WEB, (int64_t)i + 1, RESPONSES[i]);
    const struct results *results = study_compute(&study, &options);
    struct buffer json = {0}, csv = {0};
    results_json_write(&json, results, 1);
    results_csv_write(&csv, results);
    assert_string_equal(buffer_text(&csv), EXPECTED_CSV);
    assert_memory_equal(buffer_text(&json), EXPECTED_HEAD, sizeof EXPECTED_HEAD - 1);
    const char *line = strstr(buffer_text(&json), "  {\n   \"id\": \"line\"");
    assert_non_null(line);
    assert_memory_equal(line, EXPECTED_LINE, sizeof EXPECTED_LINE - 1);
    buffer_destroy(&json);
    buffer_destroy(&csv);
    study_close(&study);
}

/* --- The keys of every type --- */

static const char TYPES[] =
    "questionnaire: types\n"
    "languages: [en]\n"
    "title: Types\n"
    "privacy: Made up\n"
    "pages:\n"
    "  - title: All\n"
    "    questions:\n"
    "      - {id: one, type: single, text: T, breakdown: true,\n"
    "         options: [{code: a, text: A}, {code: b, text: B}]}\n"
    "      - {id: many, type: multiple, text: T, options: [{code: a, text: A}, {code: b, text: B}]}\n"
    "      - {id: words, type: scale, text: T,\n"
    "         options: [{code: up, text: A, favourable: true}, {code: down, text: B}]}\n"
    "      - {id: number, type: number, text: T}\n"
    "      - {id: date, type: date, text: T}\n"
    "      - {id: order, type: ranking, text: T, options: [{code: a, text: A}, {code: b, text: B}]}\n"
    "      - {id: text, type: text, text: T}\n";

static const char *const KEYS[][2] = {
    {"one", "id type text asked answered expressed options breakdowns"},
    {"many", "id type text asked answered expressed options breakdowns"},
    {"words", "id type text asked answered expressed options favourable unfavourable balance mean mean_low"
              " mean_high standard_deviation median breakdowns"},
    {"number",
     "id type text asked answered expressed mean mean_low mean_high standard_deviation median minimum"
     " quartiles maximum breakdowns"},
    {"date", "id type text asked answered expressed minimum median maximum breakdowns"},
    {"order", "id type text asked answered expressed options breakdowns"},
    {"text", "id type text asked answered expressed breakdowns"},
};
enum { TYPE_COUNT = sizeof KEYS / sizeof *KEYS };

static const char SHARE_KEYS[] = "code text count rate rate_of_responses low high bounds";

static void assert_keys(json_t *object, const char *expected) {
    struct buffer keys = {0};
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) buffer_format(&keys, "%s%s", keys.length ? " " : "", key);
    assert_string_equal(buffer_text(&keys), expected);
    buffer_destroy(&keys);
}

/* The document of six made-up responses, five of whose people are in group a and one in b. */
static json_t *types_document(size_t minimum_cell) {
    static const char *const RESPONSES[] = {
        "one=a many=a+b words=up number=3 date=2024-02-29 order=b+a text=x",
        "one=a many=a words=down number=5 date=2024-02-28 order=b text=y",
        "one=a many=a words=up number=5 date=2024-02-28 order=b+a text=y",
        "one=a many=a words=up number=5 date=2024-02-28 order=b+a text=y",
        "one=a many=b words=up number=5 date=2024-02-28 order=a+b text=y",
        "one=b many=b words=up number=6 date=2024-02-27 order=a text=z",
    };
    struct results_options options = {.confidence = 0.95, .minimum_cell = minimum_cell};
    struct study study;
    study_open(&study, TYPES);
    for (size_t i = 0; i < 6; i++)
        study_add(&study, CHANNEL_WEB, (int64_t)i + 1, RESPONSES[i]);
    struct buffer json = {0};
    results_json_write(&json, study_compute(&study, &options), 0);
    json_t *document = json_loads(buffer_text(&json), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(document);
    buffer_destroy(&json);
    study_close(&study);
    return document;
}

static json_t *question(json_t *document, size_t index) {
    return json_array_get(json_object_get(document, "questions"), index);
}

static void test_keys(void **state) {
    (void)state;
    json_t *document = types_document(1);
    assert_keys(document,
                "questionnaire language confidence interval population responses weighting questions");
    assert_true(json_is_null(json_object_get(document, "population")));
    assert_true(json_is_null(json_object_get(json_object_get(document, "responses"), "rate")));
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        assert_string_equal(json_string_value(json_object_get(question(document, i), "id")), KEYS[i][0]);
        assert_keys(question(document, i), KEYS[i][1]);
    }
    json_t *option = json_array_get(json_object_get(question(document, 0), "options"), 0);
    assert_keys(option, SHARE_KEYS);
    assert_true(json_is_null(json_object_get(option, "bounds"))); /* nobody knows how many were invited */
    option = json_array_get(json_object_get(question(document, 1), "options"), 0);
    assert_keys(option, "code text count rate rate_of_responses low high bounds share_of_ticks");
    option = json_array_get(json_object_get(question(document, 5), "options"), 0);
    assert_keys(option, "code text count rate rate_of_responses low high bounds ranked mean_rank");
    assert_keys(json_object_get(question(document, 2), "favourable"),
                "count rate rate_of_responses low high bounds words");
    json_decref(document);
}

static void test_values(void **state) {
    (void)state;
    json_t *document = types_document(1);
    assert_true(json_is_null(json_object_get(question(document, 2), "mean")));
    assert_string_equal(json_string_value(json_object_get(question(document, 2), "median")), "up");
    json_t *quartiles = json_object_get(question(document, 3), "quartiles");
    assert_int_equal(json_array_size(quartiles), 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(json_number_value(json_array_get(quartiles, i)) == 5);
    json_t *date = question(document, 4);
    assert_string_equal(json_string_value(json_object_get(date, "minimum")), "2024-02-27");
    assert_string_equal(json_string_value(json_object_get(date, "median")), "2024-02-28");
    assert_string_equal(json_string_value(json_object_get(date, "maximum")), "2024-02-29");
    json_t *b = json_array_get(json_object_get(question(document, 5), "options"), 1);
    assert_int_equal(json_integer_value(json_object_get(b, "count")), 4);
    assert_int_equal(json_integer_value(json_object_get(b, "ranked")), 5);
    assert_true(json_number_value(json_object_get(b, "mean_rank")) == 6.0 / 5);
    json_decref(document);
}

static void assert_all_null(json_t *object, const char *kept) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        char padded[64];
        snprintf(padded, sizeof padded, " %s ", key);
        if (strstr(kept, padded))
            continue;
        if (json_is_object(value))
            assert_all_null(value, kept);
        else if (json_is_array(value))
            for (size_t i = 0; i < json_array_size(value); i++)
                assert_all_null(json_array_get(value, i), kept);
        else if (!json_is_null(value))
            fail_msg("\"%s\" of a suppressed group is told", key);
    }
}

/* One of b, so both groups are hidden: only what they are called, and how many were asked, is told. */
static void test_suppressed(void **state) {
    (void)state;
    json_t *document = types_document(5);
    for (size_t i = 1; i < TYPE_COUNT; i++) {
        json_t *breakdown = json_array_get(json_object_get(question(document, i), "breakdowns"), 0);
        assert_keys(breakdown, "by overlapping groups tests");
        json_t *groups = json_object_get(breakdown, "groups");
        for (size_t j = 0; j < 2; j++) {
            json_t *group = json_array_get(groups, j);
            assert_true(json_is_true(json_object_get(group, "suppressed")));
            assert_int_equal(json_integer_value(json_object_get(group, "asked")), j == 0 ? 5 : 1);
            assert_all_null(group, " code text asked suppressed ");
        }
        assert_null(json_object_get(question(document, i), "suppressed"));
    }
    json_decref(document);
}

/* What comes from the command line may be any bytes; the document is UTF-8 all the same. */
static void test_foreign_bytes(void **state) {
    (void)state;
    struct results_options options = {.confidence = 0.95, .notice = "a\xFF\"b\xC3"};
    struct study study;
    study_open(&study, TYPES);
    study_add(&study, CHANNEL_PAPER, 1, "one=a");
    struct buffer json = {0};
    results_json_write(&json, study_compute(&study, &options), 0);
    json_t *document = json_loads(buffer_text(&json), 0, NULL);
    assert_non_null(document);
    assert_string_equal(json_string_value(json_object_get(document, "notice")), "a\uFFFD\"b\uFFFD");
    json_decref(document);
    buffer_destroy(&json);
    study_close(&study);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_census),        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_values),        cmocka_unit_test(test_suppressed),
        cmocka_unit_test(test_foreign_bytes),
    };
    return cmocka_run_group_tests_name("results_json", tests, NULL, NULL);
}
