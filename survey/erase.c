#include "survey/erase.h"

#include "model/base/language.h"
#include "model/base/terminal.h"
#include "model/campaign.h"
#include "model/store_path.h"
#include "model/store_read.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct command_option erase_options[] = {
    {.name = "yes", .help = "do not ask, on a terminal"}, CAMPAIGN_STORE_OPTION, {0}};

enum { ANSWER_MOST = 200 };

/* The message with the questionnaire's name. */
static void print(const struct campaign *campaign, enum message message, FILE *stream) {
    const struct hole holes[] = {{"name", campaign->questionnaire->name}, {NULL, NULL}};
    struct buffer text = {0};
    language_fill(&text, language_of_tag(campaign->questionnaire->languages[0]), message, holes);
    terminal_print(stream, "%s", buffer_text(&text));
    fflush(stream);
    buffer_destroy(&text);
}

/* A script knows what it does; a person types the name. */
static bool is_agreed(const struct campaign *campaign) {
    char answer[ANSWER_MOST];
    if (!isatty(STDIN_FILENO))
        return true;
    print(campaign, MESSAGE_ERASE_ASK, stderr);
    if (!fgets(answer, sizeof answer, stdin))
        return false;
    answer[strcspn(answer, "\n")] = '\0';
    return strcmp(answer, campaign->questionnaire->name) == 0;
}

static void erase(struct campaign *campaign, struct failure *failure) {
    store_close(campaign->store);
    campaign->store = NULL;
    if (!store_erase(campaign->path, failure))
        return;
    print(campaign, MESSAGE_ERASE_DONE, stdout);
    putchar('\n');
}

static bool is_there(const char *path) {
    return access(path, F_OK) == 0;
}

/* What an earlier run left unfinished, or finished, was agreed to then. */
static bool is_begun(const struct campaign *campaign) {
    return !is_there(campaign->path) && is_there(store_erased_path(campaign->arena, campaign->path));
}

static void run(struct campaign *campaign, const struct arguments *arguments, struct failure *failure) {
    if (is_begun(campaign)) {
        erase(campaign, failure);
        return;
    }
    campaign->store = store_open(campaign->path, STORE_READ, campaign->questionnaire, failure);
    if (!campaign->store)
        return;
    if (!store_is_ended(campaign->store))
        failure_set(failure, "the collection of %s is still open; close it first (survey close)",
                    campaign->path);
    else if (!command_flag(arguments, "yes") && !is_agreed(campaign))
        failure_set(failure, "nothing was erased");
    else
        erase(campaign, failure);
}

int erase_run(const struct arguments *arguments, struct failure *failure) {
    struct campaign campaign;
    int status = campaign_load(&campaign, arguments);
    if (status == COMMAND_DONE) {
        campaign.path =
            store_path_choose(campaign.arena, campaign.questionnaire, command_value(arguments, "store"));
        run(&campaign, arguments, failure);
    }
    campaign_close(&campaign);
    return failure_is_set(failure) ? COMMAND_FAILED : status;
}
