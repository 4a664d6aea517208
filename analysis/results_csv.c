#include "analysis/results_csv.h"

#include "analysis/number_text.h"
#include "analysis/themes.h"
#include "model/csv.h"

#include <math.h>

enum { DIGITS = 10 };

/* The table so far, and what the lines of the present group begin with: question, item, by and group. */
struct lines {
    struct buffer *buffer;
    struct number_text *numbers;
    struct buffer heading;
};

/* The figures of one line; a NaN is an empty cell. Counts are doubles here, which hold them exactly. */
struct figures {
    double count, base, rate, low, high;
};

static void write_figures(struct lines *lines, const struct figures *figures) {
    const double cells[] = {figures->count, figures->base, figures->rate, figures->low, figures->high};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        buffer_append(lines->buffer, ",");
        if (isfinite(cells[i]))
            number_text_append(lines->numbers, lines->buffer, cells[i]);
    }
    buffer_append(lines->buffer, "\n");
}

/* Ids and codes have no character that would need quotes. */
static void write_line(struct lines *lines, const char *option, const struct figures *figures) {
    buffer_append_bytes(lines->buffer, lines->heading.bytes, lines->heading.length);
    buffer_append(lines->buffer, option);
    write_figures(lines, figures);
}

/* The name of a theme may have any, and may come from somebody else's file. */
static void write_theme(struct lines *lines, const char *name, const struct figures *figures) {
    buffer_append_bytes(lines->buffer, lines->heading.bytes, lines->heading.length);
    csv_append_harmless(lines->buffer, name, ',');
    write_figures(lines, figures);
}

static double told(const struct group_result *group, size_t count) {
    return group->suppressed ? NAN : (double)count;
}

static void write_share(struct lines *lines, const char *option, const struct group_result *group,
                        const struct share *share) {
    struct figures figures = {told(group, share->count), told(group, group->expressed), share->rate,
                              share->low, share->high};
    write_line(lines, option, &figures);
}

static void write_answered(struct lines *lines, const struct group_result *group) {
    double answered = told(group, group->answered), asked = (double)group->asked;
    struct figures figures = {answered, asked, group->asked ? answered / asked : NAN, NAN, NAN};
    write_line(lines, "(answered)", &figures);
}

static bool has_values(const struct question *question) {
    for (size_t i = 0; i < question->option_count; i++)
        if (!question->options[i].has_value)
            return false;
    return question->type == QUESTION_SINGLE || question->type == QUESTION_SCALE ||
           question->type == QUESTION_NUMBER;
}

static void write_values(struct lines *lines, const struct group_result *group) {
    double expressed = told(group, group->expressed);
    struct figures mean = {expressed, expressed, group->mean, group->mean_low, group->mean_high};
    struct figures median = {expressed, expressed, group->median, NAN, NAN};
    write_line(lines, "(mean)", &mean);
    write_line(lines, "(median)", &median);
}

static void write_group(struct lines *lines, const struct item *item, const char *by,
                        const struct group_result *group) {
    const struct question *question = item->question;
    buffer_clear(&lines->heading);
    buffer_format(&lines->heading, "%s,%s,%s,%s,", question->id, item->id, by,
                  group->code ? group->code : "");
    write_answered(lines, group);
    for (size_t i = 0; i < question->option_count; i++)
        write_share(lines, question->options[i].code, group, &group->options[i].share);
    if (group->has_favourable) {
        write_share(lines, "(favourable)", group, &group->favourable);
        write_share(lines, "(unfavourable)", group, &group->unfavourable);
    }
    if (has_values(question))
        write_values(lines, group);
}

/* Tests are lines without a group; of an answer of a multiple choice, they name it: "(p:intranet)". */
static void write_test_line(struct lines *lines, const char *what, const struct comparison_test *test,
                            const struct figures *figures) {
    struct buffer name = {0};
    buffer_format(&name, test->option ? "(%s:%s)" : "(%s)", what, test->option ? test->option->code : NULL);
    write_line(lines, buffer_text(&name), figures);
    buffer_destroy(&name);
}

static void write_tests(struct lines *lines, const struct item *item,
                        const struct breakdown_result *breakdown) {
    buffer_clear(&lines->heading);
    buffer_format(&lines->heading, "%s,%s,%s,,", item->question->id, item->id, breakdown->by->id);
    for (size_t i = 0; i < breakdown->test_count; i++) {
        const struct hypothesis_test *test = &breakdown->tests[i].test;
        double n = (double)test->n;
        struct figures p = {NAN, n, test->p, NAN, NAN}, adjusted = {NAN, n, test->p_adjusted, NAN, NAN};
        struct figures effect = {NAN, n, test->effect.value, test->effect.low, test->effect.high};
        if (test->method == TEST_NONE)
            continue;
        write_test_line(lines, "p", &breakdown->tests[i], &p);
        write_test_line(lines, "p_adjusted", &breakdown->tests[i], &adjusted);
        write_test_line(lines, "effect", &breakdown->tests[i], &effect);
    }
}

/* Every group of a breakdown, and its tests. */
static void write_breakdown(struct lines *lines, const struct item *item,
                            const struct breakdown_result *breakdown) {
    for (size_t i = 0; i < breakdown->by->group_count; i++)
        write_group(lines, item, breakdown->by->id, &breakdown->groups[i]);
    write_tests(lines, item, breakdown);
}

/* Behind the question's own lines: its themes, as if they were options. */
static void write_themes(struct lines *lines, const struct item_themes *themes) {
    for (size_t i = 0; themes && i < themes->count; i++) {
        const struct share *share = &themes->all[i].share;
        struct figures figures = {(double)share->count, (double)themes->coded, share->rate, NAN, NAN};
        write_theme(lines, themes->all[i].name, &figures);
    }
}

void results_csv_write(struct buffer *buffer, const struct results *results) {
    struct lines lines = {.buffer = buffer, .numbers = number_text_create(DIGITS)};
    buffer_append(buffer, "question,item,by,group,option,count,base,rate,low,high\n");
    for (size_t i = 0; i < results->item_count; i++) {
        const struct item_result *result = &results->items[i];
        write_group(&lines, result->item, "", &result->whole);
        write_themes(&lines, themes_of(results, result->item));
        for (size_t j = 0; j < result->breakdown_count; j++)
            write_breakdown(&lines, result->item, &result->breakdowns[j]);
    }
    number_text_destroy(lines.numbers);
    buffer_destroy(&lines.heading);
}
