/* What nearly every command begins with: a questionnaire file, read, and its store, opened. */
#ifndef MODEL_CAMPAIGN_H
#define MODEL_CAMPAIGN_H

#include "model/base/command.h"
#include "model/store.h"

struct campaign {
    struct arena *arena; /* lives as long as the campaign is open */
    const struct questionnaire *questionnaire;
    const char *path; /* of the store */
    struct store *store;
};

/* Loads the questionnaire that the first operand names. If it has errors, its mistakes go to standard error
 * and the status is COMMAND_FAILED, else COMMAND_DONE. The campaign must be closed in any case. */
int campaign_load(struct campaign *campaign, const struct arguments *arguments);

/* The same, and opens its store (--store, SURVEY_STORE, or its default place). */
int campaign_open(struct campaign *campaign, const struct arguments *arguments, enum store_access access,
                  struct failure *failure);

/* Whether the answers may be looked at: not while personal links are open, when each new figure could tell
 * what the last person answered, unless it is asked for in so many words. False with the failure. */
bool campaign_may_evaluate(const struct store *store, bool before_close, struct failure *failure);

#define CAMPAIGN_BEFORE_CLOSE_OPTION                                                                         \
    { .name = "before-close", .help = "even while personal links are open" }

/* Closes what is open. */
void campaign_close(struct campaign *campaign);

/* What --store is, for a command's table of options. */
#define CAMPAIGN_STORE_OPTION                                                                                \
    {                                                                                                        \
        .name = "store", .argument = "PATH",                                                                 \
        .help = "the store of answers (default: $SURVEY_STORE, or results/<questionnaire>/answers.db)"       \
    }

#endif
