#include "survey/close.h"

#include "model/base/language.h"
#include "model/campaign.h"
#include "model/campaign_key.h"
#include "model/store_invitation.h"
#include "model/store_pass.h"

#include <stdio.h>

const struct command_option close_options[] = {CAMPAIGN_STORE_OPTION, {0}};

static bool count_responses(struct store *store, size_t counts[static CHANNEL_COUNT],
                            struct failure *failure) {
    struct store_pass *pass = store_pass_begin(store, failure);
    struct response response;
    while (pass && store_pass_next(pass, &response, failure))
        counts[response.channel]++;
    store_pass_end(pass);
    return !failure_is_set(failure);
}

static void print_done(const struct campaign *campaign, const size_t counts[static CHANNEL_COUNT],
                       size_t links) {
    size_t web = counts[CHANNEL_WEB], paper = counts[CHANNEL_PAPER];
    const struct hole holes[] = {{"count", arena_format(campaign->arena, "%zu", web + paper)},
                                 {"web", arena_format(campaign->arena, "%zu", web)},
                                 {"paper", arena_format(campaign->arena, "%zu", paper)},
                                 {NULL, NULL}};
    struct buffer text = {0};
    language_fill(&text, language_of_tag(campaign->questionnaire->languages[0]), MESSAGE_CLOSE_DONE, holes);
    puts(buffer_text(&text));
    if (store_has_links(campaign->store)) {
        const struct hole invited[] = {{"count", arena_format(campaign->arena, "%zu", links)}, {NULL, NULL}};
        buffer_clear(&text);
        language_fill(&text, language_of_tag(campaign->questionnaire->languages[0]), MESSAGE_CLOSE_FORGOTTEN,
                      invited);
        puts(buffer_text(&text));
    }
    buffer_destroy(&text);
}

int close_run(const struct arguments *arguments, struct failure *failure) {
    struct campaign campaign;
    int status = campaign_open(&campaign, arguments, STORE_UPDATE, failure);
    size_t counts[CHANNEL_COUNT] = {0}, links;
    if (status == COMMAND_DONE && store_end_collection(campaign.store, failure) &&
        campaign_key_erase(campaign.path, failure) && count_responses(campaign.store, counts, failure) &&
        store_invited(campaign.store, &links, failure))
        print_done(&campaign, counts, links);
    campaign_close(&campaign);
    return failure_is_set(failure) ? COMMAND_FAILED : status;
}
