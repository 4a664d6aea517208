/* analysis: from responses to results, charts and a report. */
#include "analysis/export.h"
#include "analysis/report.h"
#include "analysis/report_arguments.h"
#include "model/base/command.h"

static const struct command commands[] = {
    {"report", "FILE", 1, 1, "write the report of a questionnaire's responses", report_arguments_table,
     report_run},
    {"export", "FILE", 1, 1, "write the responses for other programs", export_options, export_run},
    {"export", "FILE", 1, 1, "write the answers as CSV, or for a spreadsheet", export_options, export_run},
    {0},
};

int main(int count, char **words) {
    static const struct program program = {"analysis", "from responses to results, charts and a report",
                                           VERSION, commands};
    return command_main(&program, count, words);
}
