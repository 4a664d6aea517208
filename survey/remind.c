#include "survey/remind.h"

#include "model/campaign_key.h"
#include "survey/post.h"

#include <stdio.h>

const struct command_option remind_options[] = {
    {.name = "everyone", .help = "write to those who have answered, too"},
    {.name = "new", .help = "begin another reminder although the last one did not reach all"},
    POST_OPTIONS,
    CAMPAIGN_STORE_OPTION,
    {0}};

/* A file or a heap of letters with those only who have not answered would tell everybody who sees it. */
static int check_options(const struct arguments *arguments, struct failure *failure) {
    bool has_file = command_value(arguments, "output") || command_value(arguments, "letters");
    if (!command_flag(arguments, "everyone") && (has_file || !command_value(arguments, "smtp"))) {
        failure_set(failure,
                    has_file ? "a file of those who have not answered would tell who has; add --everyone to"
                               " write to all, or send mails only (--smtp)"
                             : "how? --smtp mails those who have not answered; --everyone with --letters or"
                               " -o writes to all, so that no file tells who has answered");
        return COMMAND_USAGE;
    }
    return COMMAND_DONE;
}

static bool check_store(const struct campaign *campaign, struct failure *failure) {
    if (!store_has_links(campaign->store))
        return failure_set(failure, "nobody was invited by a personal link yet (survey invite)");
    return store_links_are_open(campaign->store) ||
           failure_set(failure, "the collection is closed; nobody can answer any more");
}

/* Ends the reminder under way where another is asked for; else says that it goes on. */
static bool choose_reminder(const struct campaign *campaign, bool is_new, struct failure *failure) {
    if (!store_is_reminding(campaign->store))
        return true;
    if (!is_new) {
        fputs("continuing the reminder that did not reach all; --new begins another\n", stderr);
        return true;
    }
    enum store_outcome outcome = store_begin_patiently(campaign->store);
    if (outcome == STORE_DONE)
        outcome = store_end_reminder(campaign->store);
    if (outcome == STORE_DONE)
        outcome = store_commit(campaign->store);
    if (outcome == STORE_DONE)
        return true;
    store_rollback(campaign->store);
    return failure_set(failure, "no reminder was begun: %s", store_reason(campaign->store));
}

/* Those to be written to. */
static const struct invitation *choose_people(const struct campaign *campaign, bool everyone, size_t *count,
                                              struct failure *failure) {
    size_t all_count;
    const struct invitation *all = store_invitations(campaign->store, campaign->arena, &all_count, failure);
    if (!all)
        return NULL;
    struct invitation *chosen = ARENA_NEW(campaign->arena, struct invitation, all_count);
    *count = 0;
    for (size_t i = 0; i < all_count; i++)
        if (!all[i].is_revoked && (everyone || !all[i].is_used))
            chosen[(*count)++] = all[i];
    return chosen;
}

static int remind(const struct arguments *arguments, const struct campaign *campaign,
                  struct failure *failure) {
    struct secret key;
    size_t count;
    bool by_mail = command_value(arguments, "smtp");
    if (!check_store(campaign, failure) || !campaign_key_read(&key, campaign->path, failure) ||
        (by_mail && !choose_reminder(campaign, command_flag(arguments, "new"), failure)))
        return COMMAND_FAILED;
    const struct invitation *people =
        choose_people(campaign, command_flag(arguments, "everyone"), &count, failure);
    int status = people ? post_deliver(arguments, campaign, &key, POST_REMINDER, people, count, failure)
                        : COMMAND_FAILED;
    secret_erase(&key, sizeof key);
    return status;
}

int remind_run(const struct arguments *arguments, struct failure *failure) {
    struct campaign campaign = {0};
    int status = check_options(arguments, failure);
    if (status == COMMAND_DONE)
        status = campaign_open(&campaign, arguments, STORE_UPDATE, failure);
    if (status == COMMAND_DONE)
        status = post_check(arguments, &campaign, POST_REMINDER, failure);
    if (status == COMMAND_DONE)
        status = remind(arguments, &campaign, failure);
    campaign_close(&campaign);
    return status;
}
