#include "analysis/results_csv.h"

#include "analysis/number_text.h"

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

/* Ids and codes have no character that would need quotes. */
static void write_line(struct lines *lines, const char *option, const struct figures *figures) {
    const double cells[] = {figures->count, figures->base, figures->rate, figures->low, figures->high};
    buffer_append_bytes(lines->buffer, lines->heading.bytes, lines->heading.length);
    buffer_append(lines->buffer, option);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        buffer_append(lines->buffer, ",");
        if (isfinite(cells[i]))
            number_text_append(lines->numbers, lines->buffer, cells[i]);
    }
    buffer_append(lines->buffer, "\n");
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

void results_csv_write(struct buffer *buffer, const struct results *results) {
    struct lines lines = {.buffer = buffer, .numbers = number_text_create(DIGITS)};
    buffer_append(buffer, "question,item,by,group,option,count,base,rate,low,high\n");
    for (size_t i = 0; i < results->item_count; i++) {
        const struct item_result *result = &results->items[i];
        write_group(&lines, result->item, "", &result->whole);
        for (size_t j = 0; j < result->breakdown_count; j++)
            for (size_t k = 0; k < result->breakdowns[j].group_count; k++)
                write_group(&lines, result->item, result->breakdowns[j].by, &result->breakdowns[j].groups[k]);
    }
    number_text_destroy(lines.numbers);
    buffer_destroy(&lines.heading);
}
