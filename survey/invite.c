#include "survey/invite.h"

#include "model/base/diagnostic.h"
#include "model/base/terminal.h"
#include "model/campaign_key.h"
#include "model/names.h"
#include "model/store_path.h"
#include "model/store_read.h"
#include "survey/groups.h"
#include "survey/invitations.h"
#include "survey/post.h"
#include "survey/roster.h"

#include <stdio.h>
#include <string.h>

const struct command_option invite_options[] = {POST_OPTIONS, CAMPAIGN_STORE_OPTION, {0}};

/* What becomes of a person of the roster. */
enum change {
    CHANGE_NONE,    /* is invited, and stays so */
    CHANGE_ADD,     /* was never invited */
    CHANGE_RENEW,   /* the link was revoked: gets another, which is used if the first one was */
    CHANGE_CORRECT, /* keeps the link, under another name or in another language */
};

struct invite {
    const struct arguments *arguments;
    struct campaign campaign;
    const struct roster *roster;
    struct secret key;
    const struct invitation *before; /* all that the store has */
    size_t before_count;
    struct invitation *people; /* in the order of the roster, as they are to be */
    enum change *changes;
    size_t new_count, corrected_count;
};

/* --- those who were invited before --- */

/* By what a person is known again: the address without regard to case, or else the name. */
static const char *identity(struct arena *arena, const char *name, const char *email) {
    char *identity = arena_format(arena, "%c%s", email ? '@' : '#', email ? email : name);
    for (char *at = identity; email && *at; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    return identity;
}

/* The places of all in the store. Of a person there is one row only, revoked or not, so that nobody can
 * answer twice by being revoked and invited again. */
static struct names *places_of_all(const struct invite *invite) {
    struct arena *arena = invite->campaign.arena;
    struct names *places = names_create(arena, false);
    for (size_t i = 0; i < invite->before_count; i++)
        names_set(places, identity(arena, invite->before[i].name, invite->before[i].email), i);
    return places;
}

static bool is_same(const char *one, const char *other) {
    return !strcmp(one ? one : "", other ? other : "");
}

static void refuse_known(struct diagnostics *mistakes, const struct roster_person *person,
                         const struct invitation *before) {
    diagnostics_error(
        mistakes, (struct place){.line = person->line},
        "this person was invited with %s, and now has %s: what is known of people goes with their"
        " answers and stays; give it as it was, or revoke the link first (survey revoke)",
        *before->known ? before->known : "nothing known", *person->known ? person->known : "nothing");
}

/* Where the roster has no name or language, those of the store stay. */
static struct invitation as_written(const struct invite *invite, const struct roster_person *person,
                                    const struct invitation *before) {
    struct invitation now = *before;
    if (person->name)
        now.name = person->name;
    if (person->language)
        now.language = person->language;
    if (!now.language)
        now.language = invite->campaign.questionnaire->languages[0];
    now.known = person->known;
    return now;
}

static enum change renew(struct invitation *now) {
    now->generation++;
    now->is_revoked = now->mail_begun = now->mail_done = now->remind_begun = now->remind_done = false;
    return CHANGE_RENEW;
}

/* Decides about one person; `before` is NULL for one who is not in the store. */
static enum change match_person(const struct invite *invite, struct diagnostics *mistakes,
                                const struct roster_person *person, const struct invitation *before,
                                struct invitation *now) {
    const struct invitation fresh = {.id = before ? 0 : store_new_key(), .email = person->email};
    *now = as_written(invite, person, before ? before : &fresh);
    if (!before)
        return CHANGE_ADD;
    if (before->is_revoked)
        return renew(now);
    if (!is_same(now->known, before->known))
        refuse_known(mistakes, person, before);
    return is_same(now->name, before->name) && is_same(now->language, before->language) ? CHANGE_NONE
                                                                                        : CHANGE_CORRECT;
}

/* --- namesakes --- */

static void refuse_namesake(struct diagnostics *mistakes, const struct roster_person *person,
                            const struct invitation *before) {
    diagnostics_error(
        mistakes, (struct place){.line = person->line},
        "\"%s\" was invited before %s%s, and nobody may get two links: write the line as it was, or"
        " revoke the former link first (survey revoke); if this is somebody else, put both into"
        " the roster",
        person->name, before->email ? "as " : "without an address", before->email ? before->email : "");
}

/* One person whose address has changed, or came later, looks like two. Whoever is in the roster as they were
 * before is told apart by it. */
static void check_namesakes(const struct invite *invite, struct diagnostics *mistakes,
                            const bool *is_in_roster) {
    struct names *places = names_create(invite->campaign.arena, false);
    for (size_t i = 0; i < invite->before_count; i++)
        if (!is_in_roster[i] && !invite->before[i].is_revoked && invite->before[i].name)
            names_set(places, invite->before[i].name, i);
    for (size_t i = 0; i < invite->roster->count; i++) {
        const struct roster_person *person = &invite->roster->people[i];
        bool is_new = invite->changes[i] == CHANGE_ADD && person->name;
        size_t place = is_new ? names_find(places, person->name) : NAMES_NONE;
        if (place != NAMES_NONE)
            refuse_namesake(mistakes, person, &invite->before[place]);
    }
}

/* Matches the roster with the store; false with the mistakes printed. */
static bool match(struct invite *invite) {
    struct arena *arena = invite->campaign.arena;
    struct diagnostics *mistakes = diagnostics_create(arena, command_operand(invite->arguments, 1));
    struct names *places = places_of_all(invite);
    bool *is_in_roster = ARENA_NEW(arena, bool, invite->before_count + 1);
    for (size_t i = 0; i < invite->roster->count; i++) {
        const struct roster_person *person = &invite->roster->people[i];
        size_t place = names_find(places, identity(arena, person->name, person->email));
        bool is_there = place != NAMES_NONE;
        if (is_there)
            is_in_roster[place] = true;
        invite->changes[i] = match_person(invite, mistakes, person, is_there ? &invite->before[place] : NULL,
                                          &invite->people[i]);
        invite->new_count += invite->changes[i] == CHANGE_ADD || invite->changes[i] == CHANGE_RENEW;
        invite->corrected_count += invite->changes[i] == CHANGE_CORRECT;
    }
    check_namesakes(invite, mistakes, is_in_roster);
    diagnostics_print(mistakes, stderr);
    return diagnostics_count(mistakes, SEVERITY_ERROR) == 0;
}

/* --- writing --- */

static enum store_outcome write_person(struct invite *invite, size_t index) {
    struct store *store = invite->campaign.store;
    const struct invitation *person = &invite->people[index];
    struct link_hash token, code;
    invitations_hashes(&invite->key, person, &token, &code);
    switch (invite->changes[index]) {
    case CHANGE_ADD:
        return store_add_invitation(store, person, &token, &code);
    case CHANGE_RENEW:
    case CHANGE_CORRECT:
        return store_change_invitation(store, person, &token, &code);
    case CHANGE_NONE:
        break;
    }
    return STORE_DONE;
}

static bool write_people(struct invite *invite, struct failure *failure) {
    struct store *store = invite->campaign.store;
    enum store_outcome outcome = STORE_DONE;
    for (size_t i = 0; i < invite->roster->count && outcome == STORE_DONE; i++)
        outcome = write_person(invite, i);
    if (outcome == STORE_DONE)
        outcome = store_commit(store);
    return outcome == STORE_DONE || failure_set(failure, "nobody was invited: %s", store_reason(store));
}

/* The key goes with the links that are there; it is made with the first of them. */
static bool open_key(struct invite *invite, struct failure *failure) {
    const struct campaign *campaign = &invite->campaign;
    return invite->before_count ? invitations_open_key(&invite->key, campaign, failure)
                                : campaign_key_make(&invite->key, campaign->path, failure);
}

static bool check_open(const struct invite *invite, struct failure *failure) {
    return !store_is_ended(invite->campaign.store) ||
           failure_set(failure, "the collection of %s was closed: nobody can be invited any more",
                       invite->campaign.path);
}

/* Inside a transaction, so that of two who invite the same people at a time the second finds them invited. */
static bool invite_people(struct invite *invite, struct failure *failure) {
    struct arena *arena = invite->campaign.arena;
    struct store *store = invite->campaign.store;
    if (store_begin_patiently(store) != STORE_DONE)
        return failure_set(failure, "nobody was invited: %s", store_reason(store));
    if (!check_open(invite, failure))
        return false;
    invite->before = store_invitations(store, arena, &invite->before_count, failure);
    invite->people = ARENA_NEW(arena, struct invitation, invite->roster->count);
    invite->changes = ARENA_NEW(arena, enum change, invite->roster->count);
    return invite->before && open_key(invite, failure) && match(invite) && write_people(invite, failure);
}

/* --- the whole --- */

/* Counts are of everybody invited so far, in this roster or before. */
static bool report(const struct invite *invite, struct failure *failure) {
    size_t all_count, count;
    const struct invitation *all =
        store_invitations(invite->campaign.store, invite->campaign.arena, &all_count, failure);
    if (!all || !store_invited(invite->campaign.store, &count, failure))
        return false;
    groups_warn(invite->campaign.arena, invite->campaign.questionnaire, all, all_count, stderr);
    terminal_line(stderr, "%zu %s invited (%zu new, %zu %s before)", count, count == 1 ? "person" : "people",
                  invite->new_count, count - invite->new_count,
                  count - invite->new_count == 1 ? "was" : "were");
    if (invite->corrected_count)
        terminal_print(stderr, "%zu of them with another name or language than before\n",
                       invite->corrected_count);
    return true;
}

/* The questionnaire and the roster are checked before there is a store. */
static int run(struct invite *invite, struct failure *failure) {
    struct campaign *campaign = &invite->campaign;
    const struct arguments *arguments = invite->arguments;
    int status = campaign_load(campaign, arguments);
    if (status == COMMAND_DONE)
        status = post_check(arguments, campaign, POST_INVITATION, failure);
    if (status != COMMAND_DONE)
        return status;
    invite->roster =
        roster_read(campaign->arena, command_operand(arguments, 1), campaign->questionnaire, failure);
    if (!invite->roster)
        return COMMAND_FAILED;
    campaign->path =
        store_path_choose(campaign->arena, campaign->questionnaire, command_value(arguments, "store"));
    campaign->store = store_open(campaign->path, STORE_WRITE, campaign->questionnaire, failure);
    bool done = campaign->store && check_open(invite, failure) && store_keep_links(campaign->store, failure);
    if (done && !invite_people(invite, failure)) {
        store_rollback(campaign->store);
        done = false;
    }
    if (!done || !report(invite, failure))
        return COMMAND_FAILED;
    return post_deliver(arguments, campaign, &invite->key, POST_INVITATION, invite->people,
                        invite->roster->count, failure);
}

int invite_run(const struct arguments *arguments, struct failure *failure) {
    struct invite invite = {.arguments = arguments};
    int status = run(&invite, failure);
    secret_erase(&invite.key, sizeof invite.key);
    campaign_close(&invite.campaign);
    return status;
}
