#include "survey/import.h"

#include "model/base/calendar.h"
#include "model/base/digest.h"
#include "model/base/terminal.h"
#include "model/campaign.h"
#include "model/csv_file.h"
#include "model/store_path.h"
#include "model/store_read.h"
#include "survey/import_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROGRESS_EVERY = 10000, MEBIBYTES_MOST = 1024 };

const struct command_option import_options[] = {
    {.name = "channel", .argument = "web|paper", .help = "of records that name none (default: paper)"},
    {.name = "again", .help = "import a file although the same was imported before"},
    CAMPAIGN_STORE_OPTION,
    {0}};

struct import {
    struct import_taker taker;
    struct import_source source;
    char digest[DIGEST_HEX_SIZE];
    char day[sizeof "2024-01-31"];
    bool again;
    size_t expected, added, channels[CHANNEL_COUNT];
    enum store_outcome outcome;
};

static bool refuse_again(const struct import *import, struct failure *failure) {
    return failure_set(
        failure,
        "%s was imported before (the same bytes); nothing was changed. To import it once more, use"
        " --again",
        import->source.path);
}

static void show_progress(const struct import *import) {
    if (import->added % PROGRESS_EVERY != 0 || !isatty(STDERR_FILENO))
        return;
    fputs("\r", stderr);
    terminal_print(stderr, "importing: %zu of %zu%s", import->added, import->expected,
                   import->added == import->expected ? "\n" : "");
}

static bool take(struct import_taker *taker, const struct response *response, unsigned line) {
    struct import *import = (struct import *)taker; /* its first member */
    struct response added = *response;
    added.key = store_new_key();
    (void)line;
    import->outcome = store_add(import->source.store, &added, import->day);
    if (import->outcome != STORE_DONE)
        return false;
    import->added++;
    import->channels[added.channel]++;
    show_progress(import);
    return true;
}

/* All records, or none. */
static bool add_all(struct import *import, struct failure *failure) {
    struct store *store = import->source.store;
    import->outcome = store_begin_patiently(store);
    if (import->outcome == STORE_DONE && !import->again && store_was_imported(store, import->digest)) {
        store_rollback(store);
        return refuse_again(import, failure);
    }
    bool walked = import->outcome == STORE_DONE && import_file_walk(&import->source, &import->taker);
    if (walked)
        import->outcome = store_note_import(store, import->digest);
    if (walked && import->outcome == STORE_DONE)
        import->outcome = store_commit(store);
    if (walked && import->outcome == STORE_DONE)
        return true;
    store_rollback(store);
    if (import->outcome == STORE_DONE)
        return false; /* what was wrong with the file has been said */
    return failure_set(failure, "nothing was imported: %s", store_reason(store));
}

/* First everything is checked against the store as it is, so that a file with a mistake leaves no trace:
 * neither a new store, nor one brought up to a changed questionnaire. */
static bool check_all(struct import *import, const char *path, struct failure *failure) {
    /* What hinders reading is told when it is opened to be written; what is not there is made then. */
    struct failure ignored = {0};
    struct store *store = store_open(path, STORE_READ, import->source.questionnaire, &ignored);
    bool good = true;
    if (store && !import->again && store_was_imported(store, import->digest))
        good = refuse_again(import, failure);
    import->source.store = store;
    good = good && import_file_check(&import->source, &import->expected);
    import->source.store = NULL;
    store_close(store);
    return good;
}

static void print_done(const struct import *import, const char *path) {
    size_t paper = import->channels[CHANNEL_PAPER], web = import->channels[CHANNEL_WEB];
    terminal_line(stdout, "%s: %zu response%s imported into %s (%zu paper, %zu web)", import->source.path,
                  import->added, import->added == 1 ? "" : "s", path, paper, web);
}

static int import_into(struct import *import, const char *path, struct failure *failure) {
    if (!check_all(import, path, failure))
        return COMMAND_FAILED;
    import->source.store = store_open(path, STORE_WRITE, import->source.questionnaire, failure);
    bool done = import->source.store && add_all(import, failure);
    store_close(import->source.store);
    if (done)
        print_done(import, path);
    return done ? COMMAND_DONE : COMMAND_FAILED;
}

int import_run(const struct arguments *arguments, struct failure *failure) {
    const char *channel = command_value(arguments, "channel");
    struct import import = {.taker.take = take, .again = command_flag(arguments, "again")};
    import.source.path = command_operand(arguments, 1);
    import.source.channel = channel ? answer_channel(channel) : CHANNEL_PAPER;
    if (import.source.channel == CHANNEL_COUNT) {
        failure_set(failure, "--channel is web or paper, not \"%s\"", channel);
        return COMMAND_USAGE;
    }
    struct campaign campaign;
    int status = campaign_load(&campaign, arguments);
    char *bytes = NULL;
    if (status == COMMAND_DONE &&
        !csv_file_read(import.source.path, MEBIBYTES_MOST, &bytes, &import.source.length, failure))
        status = COMMAND_FAILED;
    if (status == COMMAND_DONE) {
        import.source.bytes = bytes;
        import.source.questionnaire = campaign.questionnaire;
        digest_sha256(bytes, import.source.length, import.digest);
        calendar_today(import.day);
        status = import_into(
            &import,
            store_path_choose(campaign.arena, campaign.questionnaire, command_value(arguments, "store")),
            failure);
    }
    free(bytes);
    campaign_close(&campaign);
    return status;
}
