/* analysis: from responses to results, charts and a report. */
#include "analysis/compare.h"
#include "analysis/compare_arguments.h"
#include "analysis/export.h"
#include "analysis/holes.h"
#include "analysis/report.h"
#include "analysis/report_arguments.h"
#include "analysis/theme_command.h"
#include "model/base/command.h"

static const struct command commands[] = {
    {"report", "FILE", 1, 1, "write the report of a questionnaire's responses", report_arguments_table,
     report_run},
    {"compare", "WAVE1 WAVE2", 2, 2, "compare two waves: stores, or questionnaire files for theirs",
     compare_arguments_table, compare_run},
    {"holes", "FILE [QUESTION]", 1, 2, "list what a report's text can name, with its present value",
     report_arguments_table, holes_run},
    {"themes", "FILE QUESTION", 2, 2, "code the answers to an open question by theme", theme_command_options,
     theme_command_run},
    {"export", "FILE", 1, 1, "write the answers as CSV, or for a spreadsheet", export_options, export_run},
    {0},
};

int main(int count, char **words) {
    static const struct program program = {"analysis", "from responses to results, charts and a report",
                                           VERSION, commands};
    return command_main(&program, count, words);
}
