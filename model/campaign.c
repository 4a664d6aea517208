#include "model/campaign.h"

#include "model/store_invitation.h"
#include "model/store_path.h"

int campaign_load(struct campaign *campaign, const struct arguments *arguments) {
    *campaign = (struct campaign){.arena = arena_create()};
    const char *file = command_operand(arguments, 0);
    struct diagnostics *diagnostics = diagnostics_create(campaign->arena, file);
    campaign->questionnaire = questionnaire_load(campaign->arena, file, diagnostics);
    if (campaign->questionnaire)
        return COMMAND_DONE; /* warnings are what `survey check` is for */
    diagnostics_print(diagnostics, stderr);
    return COMMAND_FAILED;
}

int campaign_open(struct campaign *campaign, const struct arguments *arguments, enum store_access access,
                  struct failure *failure) {
    int status = campaign_load(campaign, arguments);
    if (status != COMMAND_DONE)
        return status;
    campaign->path =
        store_path_choose(campaign->arena, campaign->questionnaire, command_value(arguments, "store"));
    campaign->store = store_open(campaign->path, access, campaign->questionnaire, failure);
    return campaign->store ? COMMAND_DONE : COMMAND_FAILED;
}

bool campaign_may_evaluate(const struct store *store, bool before_close, struct failure *failure) {
    return before_close || !store_links_are_open(store) ||
           failure_set(failure,
                       "personal links are open: figures made now and again later would tell what those who"
                       " answered in between said; end the collection first (survey close), or add"
                       " --before-close");
}

void campaign_close(struct campaign *campaign) {
    store_close(campaign->store);
    arena_destroy(campaign->arena);
    *campaign = (struct campaign){0};
}
