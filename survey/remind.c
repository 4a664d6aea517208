#include "survey/remind.h"

#include "model/base/calendar.h"
#include "model/campaign_key.h"
#include "survey/post.h"

#include <stdio.h>
#include <string.h>

const struct command_option remind_options[] = {
    {.name = "everyone", .help = "write to those who have answered, too"},
    {.name = "new",
     .help = "begin another reminder although the last one did not reach all, or went out today"},
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

/* A reminder of what cannot be answered yet, or no longer, would only vex. */
static bool check_day(const struct questionnaire *questionnaire, struct failure *failure) {
    char today[CALENDAR_DAY_SIZE];
    calendar_today(today);
    if (questionnaire->opens && strcmp(today, questionnaire->opens) < 0)
        return failure_set(failure, "nobody can answer before %s: remind them when they could have answered",
                           questionnaire->opens);
    if (questionnaire->closes && strcmp(today, questionnaire->closes) > 0)
        return failure_set(failure,
                           "the last day was %s: nobody can answer any more; give the questionnaire another"
                           " day, or end the collection (survey close)",
                           questionnaire->closes);
    return true;
}

static bool check_store(const struct campaign *campaign, struct failure *failure) {
    if (!store_has_links(campaign->store))
        return failure_set(failure, "nobody was invited by a personal link yet (survey invite)");
    if (!store_links_are_open(campaign->store))
        return failure_set(failure, "the collection is closed; nobody can answer any more");
    return check_day(campaign->questionnaire, failure);
}

/* Says that a reminder goes on; refuses a second one on the same day, which a slip would send. */
static bool check_reminder(const struct campaign *campaign, bool is_new, struct failure *failure) {
    char today[CALENDAR_DAY_SIZE];
    calendar_today(today);
    if (is_new)
        return true;
    if (store_is_reminding(campaign->store))
        fputs("continuing the reminder that did not reach all; --new begins another\n", stderr);
    return store_is_reminding(campaign->store) || !store_has_reminded(campaign->store, today) ||
           failure_set(failure, "a reminder went out today; --new sends another");
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
        (by_mail && !check_reminder(campaign, command_flag(arguments, "new"), failure)))
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
