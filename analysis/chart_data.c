#include "analysis/chart_data.h"

#include "model/csv.h"

#include <math.h>

void chart_data_begin(struct buffer *table, const char *columns) {
    buffer_format(table, "%s\n", columns);
}

/* A comma stands behind every cell, until the line ends. */
void chart_data_text(struct buffer *table, const char *text) {
    csv_append_harmless(table, text, ',');
    buffer_append(table, ",");
}

void chart_data_number(struct buffer *table, double number) {
    if (isfinite(number))
        buffer_format(table, fabs(number) < 1e10 ? "%.10g," : "%.0f,", number);
    else
        buffer_append(table, ",");
}

void chart_data_end(struct buffer *table) {
    table->bytes[table->length - 1] = '\n';
}

/* --- Of a subject --- */

/* What the lines of a table begin with, and what is counted. */
struct line {
    const struct chart_context *context;
    const struct chart_subject *subject;
    struct buffer *table;
    const struct item *item;
    const struct group_result *group;
};

static void begin(const struct line *line, const char *columns) {
    const char *of_groups = line->subject->by ? "group,group_text," : "";
    const char *of_items = line->subject->is_grid ? "item,item_text," : "";
    chart_data_begin(line->table, arena_format(line->context->arena, "%s%s%s", of_groups, of_items, columns));
}

static void begin_line(const struct line *line) {
    if (line->subject->by) {
        chart_data_text(line->table, line->group->code ? line->group->code : "");
        chart_data_text(line->table, chart_text_group(line->context, line->group));
    }
    if (line->subject->is_grid) {
        chart_data_text(line->table, line->item->id);
        chart_data_text(line->table, chart_text_wording(line->context, line->item->text));
    }
}

static void add_count(const struct line *line, size_t count) {
    chart_data_number(line->table, line->group->suppressed ? NAN : (double)count);
}

static void add_share(const struct line *line, const struct share *share) {
    add_count(line, share->count);
    add_count(line, line->group->expressed);
    chart_data_number(line->table, share->rate);
    chart_data_number(line->table, share->low);
    chart_data_number(line->table, share->high);
}

/* Calls `write` for the item and group of each line, or set of lines. */
static void write_lines(struct line *line, void (*write)(const struct line *)) {
    const struct chart_subject *subject = line->subject;
    for (size_t i = 0; i < subject->item_count; i++) {
        line->item = &subject->items[i];
        struct chart_groups groups = chart_base_groups(line->context, subject, line->item);
        for (size_t j = 0; j < groups.count; j++) {
            line->group = groups.all[j];
            write(line);
        }
    }
}

/* --- Answers --- */

static bool is_ranking(const struct line *line) {
    return line->subject->question->type == QUESTION_RANKING;
}

static void begin_answer(const struct line *line, const char *code, const char *text) {
    begin_line(line);
    chart_data_text(line->table, code);
    chart_data_text(line->table, text);
}

static void write_option(const struct line *line, const struct option_result *option) {
    begin_answer(line, option->option->code, chart_text_wording(line->context, option->option->text));
    add_share(line, &option->share);
    if (is_ranking(line)) {
        add_count(line, option->ranked);
        chart_data_number(line->table, line->group->suppressed || !line->group->expressed
                                           ? NAN
                                           : (double)option->ranked / (double)line->group->expressed);
        chart_data_number(line->table, option->mean_rank);
    }
    chart_data_end(line->table);
}

static void write_no_opinion(const struct line *line) {
    const struct group_result *group = line->group;
    begin_answer(line, "no_opinion", chart_text_wording(line->context, line->subject->question->no_opinion));
    add_count(line, group->no_opinion);
    add_count(line, group->answered);
    chart_data_number(line->table, group->suppressed || !group->answered
                                       ? NAN
                                       : (double)group->no_opinion / (double)group->answered);
    for (int i = is_ranking(line) ? 5 : 2; i > 0; i--)
        chart_data_number(line->table, NAN);
    chart_data_end(line->table);
}

static void write_answers(const struct line *line) {
    const struct question *question = line->subject->question;
    for (size_t i = 0; i < question->option_count; i++)
        write_option(line, &line->group->options[i]);
    if (line->group->has_favourable) {
        begin_answer(line, "(favourable)", chart_text(line->context, MESSAGE_CHART_TOTAL_FAVOURABLE, NULL));
        add_share(line, &line->group->favourable);
        chart_data_end(line->table);
    }
    if (question->no_opinion.in)
        write_no_opinion(line);
}

void chart_data_answers(const struct chart_context *context, struct chart_sheet *sheet,
                        const struct chart_subject *subject) {
    struct line line = {.context = context, .subject = subject, .table = chart_sheet_table(sheet)};
    begin(&line, is_ranking(&line)
                     ? "answer,answer_text,count,base,rate,low,high,ranked,ranked_rate,mean_rank"
                     : "answer,answer_text,count,base,rate,low,high");
    write_lines(&line, write_answers);
}

/* --- Favourable shares, means --- */

static void write_favourable(const struct line *line) {
    begin_line(line);
    add_share(line, &line->group->favourable);
    chart_data_end(line->table);
}

void chart_data_favourable(const struct chart_context *context, struct chart_sheet *sheet,
                           const struct chart_subject *subject) {
    struct line line = {.context = context, .subject = subject, .table = chart_sheet_table(sheet)};
    begin(&line, "count,base,rate,low,high");
    write_lines(&line, write_favourable);
}

static void write_mean(const struct line *line) {
    const struct group_result *group = line->group;
    begin_line(line);
    add_count(line, group->expressed);
    chart_data_number(line->table, group->mean);
    chart_data_number(line->table, group->mean_low);
    chart_data_number(line->table, group->mean_high);
    chart_data_end(line->table);
}

void chart_data_means(const struct chart_context *context, struct chart_sheet *sheet,
                      const struct chart_subject *subject) {
    struct line line = {.context = context, .subject = subject, .table = chart_sheet_table(sheet)};
    begin(&line, "count,mean,low,high");
    write_lines(&line, write_mean);
}
