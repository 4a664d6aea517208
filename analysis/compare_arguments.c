#include "analysis/compare_arguments.h"

#include "analysis/report_arguments.h"
#include "model/campaign.h"

const struct command_option compare_arguments_table[] = {
    {"output", "FOLDER", "where it goes, also -o (default: results/<questionnaire>/comparison)", false},
    {"language", "TAG", "one of the second wave's languages (default: its first)", false},
    {"link", "QUESTION", "the text question of people's own codes, to follow them", false},
    {"same-people", NULL, "the same people could answer both times (--link says so, too)", false},
    {"confidence", "LEVEL", "of the intervals, from 0.5 to below 1 (default: 0.95)", false},
    {"interval", "METHOD", "exact or wilson (default: exact up to 1000 people invited)", false},
    {"adjust", "METHOD", "of p for the number of tests: holm, bh or none (default: holm)", false},
    {"minimum-cell", "COUNT", "hide results of fewer people (default: 5)", false},
    CAMPAIGN_BEFORE_CLOSE_OPTION,
    {"no-charts", NULL, "draw no chart", false},
    {"chart-theme", "FILE", "font, size and colours of the chart (YAML)", false},
    {"format", "LIST", "html, md, docx, odt, pdf, with commas between (default: html,md)", false},
    {"reference", "FILE", "a .docx or .odt whose styles the comparison takes", true},
    {"notice", "TEXT", "a line shown on every page and chart, as \"Made-up answers\"", false},
    {0},
};

/* What both commands have is read as for a report; what only a report has was not given. */
bool compare_arguments_read(struct arena *arena, const struct arguments *given,
                            struct compare_arguments *read, struct failure *failure) {
    struct report_arguments common;
    if (!report_arguments_read(arena, given, &common, failure))
        return false;
    *read = (struct compare_arguments){.output = common.output,
                                       .chart_theme = common.chart_theme,
                                       .options = {.results = common.options,
                                                   .same_people = command_flag(given, "same-people"),
                                                   .link = command_value(given, "link")},
                                       .charts = common.charts,
                                       .before_close = common.before_close,
                                       .formats = common.formats};
    return true;
}

bool compare_arguments_settle(struct arena *arena, const struct arguments *given,
                              const struct questionnaire *questionnaire, struct compare_arguments *read,
                              struct failure *failure) {
    struct report_arguments common = {.options = read->options.results};
    if (!report_arguments_settle(arena, given, questionnaire, &common, failure))
        return false;
    read->language = common.language;
    return true;
}
