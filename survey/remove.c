#include "survey/remove.h"

#include "model/base/terminal.h"
#include "model/campaign.h"
#include "survey/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct command_option remove_options[] = {
    {.name = "sheet", .argument = "NUMBER", .help = "the number of the paper sheet (needed)"},
    CAMPAIGN_STORE_OPTION,
    {0}};

enum { SHEET_DIGITS_MOST = 18 };

/* 0 if it is not the number of a sheet. */
static int64_t read_sheet(const char *text) {
    size_t digits = strspn(text, "0123456789");
    return digits && digits <= SHEET_DIGITS_MOST && !text[digits] ? strtoll(text, NULL, 10) : 0;
}

static int take_out(const struct campaign *campaign, int64_t sheet, struct failure *failure) {
    struct store *store = campaign->store;
    enum store_outcome outcome = store_begin_patiently(store);
    if (outcome == STORE_DONE)
        outcome = sheet_remove(store, sheet);
    if (outcome == STORE_DONE)
        outcome = store_commit(store);
    if (outcome == STORE_DONE) {
        terminal_line(stdout, "sheet %lld was taken out of %s", (long long)sheet, campaign->path);
        return store_forget_log(store, failure) ? COMMAND_DONE : COMMAND_FAILED;
    }
    store_rollback(store);
    if (outcome == STORE_NONE)
        failure_set(failure, "there is no sheet %lld in %s", (long long)sheet, campaign->path);
    else
        failure_set(failure, "%s", store_reason(store));
    return COMMAND_FAILED;
}

int remove_run(const struct arguments *arguments, struct failure *failure) {
    const char *number = command_value(arguments, "sheet");
    int64_t sheet = number ? read_sheet(number) : 0;
    if (sheet == 0) {
        failure_set(failure,
                    number ? "--sheet is the number of a sheet (1, 2, 3, …), not \"%s\""
                           : "which sheet? name it with --sheet NUMBER",
                    number);
        return COMMAND_USAGE;
    }
    struct campaign campaign;
    int status = campaign_open(&campaign, arguments, STORE_UPDATE, failure);
    if (status == COMMAND_DONE)
        status = take_out(&campaign, sheet, failure);
    campaign_close(&campaign);
    return status;
}
