#include "survey/invite.h"

#include "model/base/diagnostic.h"
#include "model/campaign_key.h"
#include "model/names.h"
#include "model/store_path.h"
#include "model/store_read.h"
#include "survey/groups.h"
#include "survey/post.h"
#include "survey/roster.h"

#include <stdio.h>
#include <string.h>

const struct command_option invite_options[] = {POST_OPTIONS, CAMPAIGN_STORE_OPTION, {0}};

/* The people of the roster as the store knows them. */
struct invite {
    const struct arguments *arguments;
    struct campaign campaign;
    const struct roster *roster;
    struct secret key;
    struct invitation *people; /* in the order of the roster */
    bool *is_new;
    size_t new_count;
};

/* --- those who were invited before --- */

/* By what a person is known again: the address without regard to case, or else the name. */
static const char *identity(struct arena *arena, const char *name, const char *email) {
    char *identity = arena_format(arena, "%c%s", email ? '@' : '#', email ? email : name);
    for (char *at = identity; email && *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    return identity;
}

static bool is_same(const char *one, const char *other) {
    return !strcmp(one ? one : "", other ? other : "");
}

/* A change would go with an answer that may be there already, or lead to mails in the wrong name. */
static void compare(struct diagnostics *mistakes, const struct roster_person *person,
                    const struct invitation *before) {
    const struct place place = {.line = person->line};
    if (!is_same(person->known, before->known))
        diagnostics_error(
            mistakes, place,
            "this person was invited as \"%s\", and is \"%s\" now; what is known of a person stays, since"
            " it goes with the answer: give the line as it was, or revoke the link first (survey"
            " revoke)",
            before->known, person->known);
}

/* Matches the roster with the store; false if somebody has changed. */
static bool match(struct invite *invite, const struct invitation *before, size_t count) {
    struct arena *arena = invite->campaign.arena;
    struct names *known = names_create(arena, false);
    struct diagnostics *mistakes = diagnostics_create(arena, command_operand(invite->arguments, 1));
    for (size_t i = 0; i < count; i++)
        if (!before[i].is_revoked)
            names_set(known, identity(arena, before[i].name, before[i].email), i);
    for (size_t i = 0; i < invite->roster->count; i++) {
        const struct roster_person *person = &invite->roster->people[i];
        size_t found = names_find(known, identity(arena, person->name, person->email));
        invite->is_new[i] = found == NAMES_NONE;
        invite->new_count += invite->is_new[i];
        if (!invite->is_new[i])
            compare(mistakes, person, &before[found]);
        invite->people[i] = invite->is_new[i] ? (struct invitation){.id = store_new_key(),
                                                                    .name = person->name,
                                                                    .email = person->email,
                                                                    .language = person->language,
                                                                    .known = person->known}
                                              : before[found];
    }
    diagnostics_print(mistakes, stderr);
    return diagnostics_count(mistakes, SEVERITY_ERROR) == 0;
}

/* --- adding --- */

static enum store_outcome add(struct invite *invite, const struct invitation *person) {
    struct link link = link_make(&invite->key, person->id, person->generation);
    struct link_hash token, code;
    link_token_hash(&invite->key, link.token, &token);
    link_code_hash(&invite->key, link.code, &code);
    secret_erase(&link, sizeof link);
    return store_add_invitation(invite->campaign.store, person, &token, &code);
}

/* All who are new, in one transaction. */
static bool add_all(struct invite *invite, struct failure *failure) {
    struct store *store = invite->campaign.store;
    if (invite->new_count == 0)
        return true;
    enum store_outcome outcome = store_begin_patiently(store);
    for (size_t i = 0; i < invite->roster->count && outcome == STORE_DONE; i++)
        if (invite->is_new[i])
            outcome = add(invite, &invite->people[i]);
    if (outcome == STORE_DONE)
        outcome = store_commit(store);
    if (outcome == STORE_DONE)
        return true;
    store_rollback(store);
    return failure_set(failure, "nobody was invited: %s", store_reason(store));
}

/* --- the whole --- */

/* The key goes with the links that are there: without it they would be made anew, and nobody's would work. */
static bool open_key(struct invite *invite, size_t before, struct failure *failure) {
    const char *path = invite->campaign.path;
    return before ? campaign_key_read(&invite->key, path, failure)
                  : campaign_key_make(&invite->key, path, failure);
}

static bool prepare(struct invite *invite, struct failure *failure) {
    struct store *store = invite->campaign.store;
    struct arena *arena = invite->campaign.arena;
    size_t count;
    if (store_is_ended(store))
        return failure_set(failure, "the collection of %s was closed: nobody can be invited any more",
                           invite->campaign.path);
    if (!store_keep_links(store, failure))
        return false;
    const struct invitation *before = store_invitations(store, arena, &count, failure);
    invite->people = ARENA_NEW(arena, struct invitation, invite->roster->count);
    invite->is_new = ARENA_NEW(arena, bool, invite->roster->count);
    return before && open_key(invite, count, failure) && match(invite, before, count) &&
           add_all(invite, failure);
}

static bool report(const struct invite *invite, struct failure *failure) {
    struct arena *arena = invite->campaign.arena;
    size_t count;
    const struct invitation *all = store_invitations(invite->campaign.store, arena, &count, failure);
    if (!all)
        return false;
    groups_warn(arena, invite->campaign.questionnaire, all, count, stderr);
    fprintf(stderr, "%zu people invited (%zu new, %zu were before)\n", store_invited(invite->campaign.store),
            invite->new_count, store_invited(invite->campaign.store) - invite->new_count);
    return true;
}

/* The questionnaire and the roster are checked before there is a store. */
static int run(struct invite *invite, struct failure *failure) {
    struct campaign *campaign = &invite->campaign;
    int status = campaign_load(campaign, invite->arguments);
    if (status == COMMAND_DONE)
        status = post_check(invite->arguments, campaign, POST_INVITATION, failure);
    if (status != COMMAND_DONE)
        return status;
    invite->roster =
        roster_read(campaign->arena, command_operand(invite->arguments, 1), campaign->questionnaire, failure);
    if (!invite->roster)
        return COMMAND_FAILED;
    campaign->path = store_path_choose(campaign->arena, campaign->questionnaire,
                                       command_value(invite->arguments, "store"));
    campaign->store = store_open(campaign->path, STORE_WRITE, campaign->questionnaire, failure);
    if (!campaign->store || !prepare(invite, failure) || !report(invite, failure))
        return COMMAND_FAILED;
    return post_deliver(invite->arguments, campaign, &invite->key, POST_INVITATION, invite->people,
                        invite->roster->count, failure);
}

int invite_run(const struct arguments *arguments, struct failure *failure) {
    struct invite invite = {.arguments = arguments};
    int status = run(&invite, failure);
    secret_erase(&invite.key, sizeof invite.key);
    campaign_close(&invite.campaign);
    return status;
}
