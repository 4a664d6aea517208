#include "analysis/report_arguments.h"

#include "analysis/relations_request.h"
#include "analysis/weights.h"
#include "model/base/text.h"
#include "model/campaign.h"
#include "model/expression.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NOTICE_MOST = 200 };

const struct command_option report_arguments_table[] = {
    {"store", "PATH", "the responses (default: SURVEY_STORE, or results/<questionnaire>/answers.db)", false},
    {"output", "FOLDER", "where the report goes, also -o (default: results/<questionnaire>)", false},
    {"language", "TAG", "one of the questionnaire's languages (default: its first)", false},
    {"by", "QUESTION", "show results by this question, too, or by two: role*channel", true},
    {"where", "EXPRESSION", "only responses of which this is true, written as in when:", false},
    {"confidence", "LEVEL", "of intervals, and of what is called a difference, from 0.5 on (default: 0.95)",
     false},
    {"interval", "METHOD", "exact or wilson (default: exact up to 1000 people invited)", false},
    {"minimum-cell", "COUNT", "hide results of fewer people (default: 5)", false},
    {"weight", "MARGIN", "weight to this margin of the population (role, channel)", true},
    {"adjust", "METHOD", "tests for their number: holm, bh or none (default: holm)", false},
    {"test", "WHAT", "between groups, of ordered answers: rates or ranks (default: rates)", false},
    {"reliability", "GRID", "how well the items of this grid go together: Cronbach's alpha", true},
    {"drivers", "OUTCOME[=ITEM,…]", "what goes with this answer: all scales, or the items and grids named",
     true},
    {"likert", "STYLE", "ordered scales as stacked or diverging bars (default: stacked)", false},
    CAMPAIGN_BEFORE_CLOSE_OPTION,
    {"no-charts", NULL, "draw no charts", false},
    {"chart-theme", "FILE", "font, size and colours of charts (YAML)", false},
    {"format", "LIST", "html, md, docx, odt, pdf, with commas between (default: html,md)", false},
    {"reference", "FILE", "a .docx or .odt whose styles the report takes", true},
    {"text", "FILE", "the report's own text, Markdown with holes (default: a complete report)", false},
    {"strict", NULL, "end with 1 if a claim of the text does not hold", false},
    {"notice", "TEXT", "a line shown on every page and chart, as \"Made-up answers\"", false},
    {0},
};

static bool read_confidence(const char *value, double *confidence, struct failure *failure) {
    *confidence = 0.95;
    if (!value)
        return true;
    if (text_number(value, false, confidence, NULL) && *confidence >= 0.5 && *confidence < 1)
        return true;
    return failure_set(failure, "--confidence %.100s: give a level from 0.5 to below 1, such as 0.95", value);
}

static bool read_minimum(const char *value, size_t *minimum, struct failure *failure) {
    double number = 5;
    unsigned decimals = 0;
    bool whole = !value || (text_number(value, false, &number, &decimals) && decimals == 0);
    if (!whole || number < 1 || number > 1000000)
        return failure_set(failure, "--minimum-cell %.100s: give a whole number from 1 on, such as 5", value);
    *minimum = (size_t)number;
    return true;
}

static bool read_interval(const char *value, struct results_options *options, struct failure *failure) {
    options->interval_chosen = value != NULL;
    options->interval = value && !strcmp(value, "wilson") ? INTERVAL_WILSON : INTERVAL_EXACT;
    if (!value || !strcmp(value, "exact") || !strcmp(value, "wilson"))
        return true;
    return failure_set(failure, "--interval %.100s: the methods are exact and wilson", value);
}

static bool read_adjustment(const char *value, enum adjustment *adjustment, struct failure *failure) {
    *adjustment = ADJUSTMENT_HOLM;
    if (!value || !strcmp(value, "holm"))
        return true;
    *adjustment = !strcmp(value, "bh") ? ADJUSTMENT_BENJAMINI_HOCHBERG : ADJUSTMENT_NONE;
    if (!strcmp(value, "bh") || !strcmp(value, "none"))
        return true;
    return failure_set(failure, "--adjust %.100s: the methods are holm, bh and none", value);
}

static bool read_test(const char *value, bool *by_ranks, struct failure *failure) {
    *by_ranks = value && !strcmp(value, "ranks");
    if (!value || *by_ranks || !strcmp(value, "rates"))
        return true;
    return failure_set(failure, "--test %.100s: compare rates or ranks", value);
}

static bool read_likert(const char *value, bool *diverging, struct failure *failure) {
    *diverging = value && !strcmp(value, "diverging");
    if (!value || *diverging || !strcmp(value, "stacked"))
        return true;
    return failure_set(failure, "--likert %.100s: the styles are stacked and diverging", value);
}

static bool read_formats(const char *value, unsigned *wanted, struct failure *failure) {
    *wanted = value ? 0 : FORMAT_HTML | FORMAT_MARKDOWN;
    for (const char *word = value; word;) {
        size_t length = strcspn(word, ",");
        enum format format = formats_find(word, length);
        if (!format)
            return failure_set(failure, "--format %.100s: the formats are html, md, docx, odt and pdf",
                               value);
        *wanted |= format;
        word = word[length] ? word + length + 1 : NULL;
    }
    return true;
}

/* The ending says for which format a reference is; one that no wanted format takes is a mistake. */
static bool read_reference(const char *value, struct formats *formats, struct failure *failure) {
    const char *ending = strrchr(value, '.');
    bool docx = ending && !strcmp(ending, ".docx"), odt = ending && !strcmp(ending, ".odt");
    if (!docx && !odt)
        return failure_set(failure, "--reference %.200s: give a file that ends in .docx or .odt", value);
    if (!(formats->wanted & (docx ? FORMAT_DOCX : FORMAT_ODT)))
        return failure_set(failure, "--reference %.200s: its styles are for --format %s, which is not given",
                           value, ending + 1);
    const char **reference = docx ? &formats->docx_reference : &formats->odt_reference;
    if (*reference)
        return failure_set(failure, "--reference %.200s: %.200s is given, too", value, *reference);
    *reference = value;
    return access(value, R_OK) == 0 || failure_set(failure, "--reference %.200s: %s", value, strerror(errno));
}

static bool read_references(const struct arguments *given, struct formats *formats, struct failure *failure) {
    const char *value;
    for (size_t i = 0; (value = command_value_at(given, "reference", i)) != NULL; i++)
        if (!read_reference(value, formats, failure))
            return false;
    return true;
}

/* The notice goes into pages, charts and their scripts: one short line of plain text. */
static bool read_notice(const char *value, const char **notice, struct failure *failure) {
    *notice = value;
    if (!value)
        return true;
    if (!text_is_utf8(value, strlen(value), NULL))
        return failure_set(failure, "--notice: this is not UTF-8");
    bool visible = false;
    for (const char *at = value; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            return failure_set(failure, "--notice: give one line, without control characters");
        visible = visible || *at != ' ';
    }
    if (!visible || text_characters(value) > NOTICE_MOST)
        return failure_set(failure, "--notice: give a text of 1 to %d characters", NOTICE_MOST);
    return true;
}

static bool read_path(const char *option, const char *value, const char **path, struct failure *failure) {
    *path = value;
    return !value || *value || failure_set(failure, "--%s is empty", option);
}

/* The values of an option that may be repeated; `*count` of them. */
static const char *const *list_values(struct arena *arena, const struct arguments *given, const char *option,
                                      size_t *count) {
    *count = 0;
    while (command_value_at(given, option, *count))
        (*count)++;
    const char **values = ARENA_NEW(arena, const char *, *count);
    for (size_t i = 0; i < *count; i++)
        values[i] = command_value_at(given, option, i);
    return values;
}

bool report_arguments_read(struct arena *arena, const struct arguments *given, struct report_arguments *read,
                           struct failure *failure) {
    *read = (struct report_arguments){.file = command_operand(given, 0),
                                      .before_close = command_flag(given, "before-close"),
                                      .strict = command_flag(given, "strict"),
                                      .charts = !command_flag(given, "no-charts")};
    struct results_options *options = &read->options;
    options->by = list_values(arena, given, "by", &options->by_count);
    options->weights = list_values(arena, given, "weight", &options->weight_count);
    options->reliability = list_values(arena, given, "reliability", &options->reliability_count);
    options->drivers = list_values(arena, given, "drivers", &options->drivers_count);
    options->where_text = command_value(given, "where");
    return read_path("store", command_value(given, "store"), &read->store, failure) &&
           read_path("output", command_value(given, "output"), &read->output, failure) &&
           read_path("text", command_value(given, "text"), &read->text, failure) &&
           read_path("chart-theme", command_value(given, "chart-theme"), &read->chart_theme, failure) &&
           read_confidence(command_value(given, "confidence"), &options->confidence, failure) &&
           read_minimum(command_value(given, "minimum-cell"), &options->minimum_cell, failure) &&
           read_interval(command_value(given, "interval"), options, failure) &&
           read_adjustment(command_value(given, "adjust"), &options->adjustment, failure) &&
           read_test(command_value(given, "test"), &options->by_ranks, failure) &&
           read_likert(command_value(given, "likert"), &read->diverging, failure) &&
           read_formats(command_value(given, "format"), &read->formats.wanted, failure) &&
           read_references(given, &read->formats, failure) &&
           read_notice(command_value(given, "notice"), &options->notice, failure);
}

static bool settle_language(struct arena *arena, const char *tag, const struct questionnaire *questionnaire,
                            size_t *language, struct failure *failure) {
    *language = tag ? questionnaire_language(questionnaire, tag) : 0;
    if (*language < questionnaire->language_count)
        return true;
    const char *declared = questionnaire->languages[0];
    for (size_t i = 1; i < questionnaire->language_count; i++)
        declared = arena_format(arena, "%s, %s", declared, questionnaire->languages[i]);
    return failure_set(failure, "--language %.100s: the languages of %s are: %s", tag, questionnaire->file,
                       declared);
}

static bool settle_where(struct arena *arena, const struct questionnaire *questionnaire,
                         struct results_options *options, struct failure *failure) {
    const char *text = options->where_text;
    if (!text)
        return true;
    if (!text_is_utf8(text, strlen(text), NULL))
        return failure_set(failure, "--where: this is not UTF-8");
    struct diagnostics *diagnostics = diagnostics_create(arena, "--where");
    diagnostics_set_source(diagnostics, text, strlen(text));
    const struct expression_scope scope = {questionnaire->items, questionnaire->item_count,
                                           questionnaire->item_count};
    options->where = expression_parse(arena, text, (struct place){1, 1, 1}, &scope, diagnostics);
    diagnostics_print(diagnostics, stderr);
    return options->where != NULL;
}

static bool check_weights(struct arena *arena, const struct questionnaire *questionnaire,
                          const struct results_options *options, struct failure *failure) {
    size_t count;
    return weights_margins(arena, questionnaire, options, &count, failure) != NULL;
}

bool report_arguments_settle(struct arena *arena, const struct arguments *given,
                             const struct questionnaire *questionnaire, struct report_arguments *read,
                             struct failure *failure) {
    return settle_language(arena, command_value(given, "language"), questionnaire, &read->language,
                           failure) &&
           results_check_by(arena, questionnaire, &read->options, failure) &&
           check_weights(arena, questionnaire, &read->options, failure) &&
           relations_request_read(arena, questionnaire, &read->options, &(struct relations_request){0},
                                  failure) &&
           settle_where(arena, questionnaire, &read->options, failure);
}
