#include "survey/revoke.h"

#include "model/base/text.h"
#include "survey/invitations.h"
#include "survey/post.h"

#include <stdio.h>
#include <string.h>

const struct command_option revoke_options[] = {
    {.name = "email", .argument = "ADDRESS", .help = "of the person"},
    {.name = "name", .argument = "NAME", .help = "of the person"},
    {.name = "replace", .help = "give the person another link: where to, the next options say as for invite"},
    POST_OPTIONS,
    CAMPAIGN_STORE_OPTION,
    {0}};

struct revocation {
    const struct arguments *arguments;
    struct campaign campaign;
    struct secret key;
    const struct invitation *people;
    size_t count;
    struct invitation person; /* who is meant, as they are to be */
};

/* --- who is meant --- */

/* An empty address means nobody's: so a person without one is told from a namesake who has one. */
static bool is_meant(const struct invitation *person, const char *email, const char *name) {
    return (!email || text_same_letters(person->email ? person->email : "", email)) &&
           (!name || (person->name && !strcmp(person->name, name)));
}

static const char *nearest(const struct revocation *revocation, bool by_email, const char *word) {
    const char **words = ARENA_NEW(revocation->campaign.arena, const char *, revocation->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < revocation->count; i++) {
        const char *candidate = by_email ? revocation->people[i].email : revocation->people[i].name;
        if (candidate)
            words[count++] = candidate;
    }
    return text_nearest(word, words, count);
}

/* Says that nobody is meant who has a valid link. */
static void refuse_nobody(const struct revocation *revocation, bool was_revoked, struct failure *failure) {
    const char *email = command_value(revocation->arguments, "email");
    const char *name = command_value(revocation->arguments, "name");
    const char *word = email && *email ? email : name;
    const char *near = email && name ? NULL : nearest(revocation, email != NULL, word);
    if (was_revoked)
        failure_set(failure, "the link of \"%s\" is revoked already; survey invite gives another", word);
    else if (email && name)
        failure_set(failure, "nobody is invited as \"%s\" with the address \"%s\"; give one of the two", name,
                    email);
    else
        failure_set(failure, "nobody is invited as \"%s\"%s%s%s", word, near ? "; did you mean \"" : "",
                    near ? near : "", near ? "\"?" : "");
}

/* The one person meant; NULL with the failure. What it says does not depend on who has answered. */
static const struct invitation *find(const struct revocation *revocation, struct failure *failure) {
    const char *email = command_value(revocation->arguments, "email");
    const char *name = command_value(revocation->arguments, "name");
    const struct invitation *found = NULL;
    size_t valid = 0, revoked = 0;
    for (size_t i = 0; i < revocation->count; i++) {
        const struct invitation *person = &revocation->people[i];
        if (!is_meant(person, email, name))
            continue;
        revoked += person->is_revoked;
        valid += !person->is_revoked;
        found = person->is_revoked ? found : person;
    }
    if (valid == 0)
        refuse_nobody(revocation, revoked > 0, failure);
    else if (valid > 1)
        failure_set(failure,
                    "%zu people are invited as \"%s\": add --email ADDRESS (--email '' for the one without)",
                    valid, name ? name : email);
    return valid == 1 ? found : NULL;
}

/* --- the change --- */

/* What was begun under the old link cannot be opened by the new one. */
static enum store_outcome drop_draft(const struct revocation *revocation, const struct invitation *before) {
    struct link old = link_make(&revocation->key, before->id, before->generation);
    struct link_hash name;
    struct secret secret;
    link_draft(old.token, &name, &secret);
    secret_erase(&secret, sizeof secret);
    secret_erase(&old, sizeof old);
    return store_drop_draft(revocation->campaign.store, &name);
}

/* The new link was mailed to nobody yet. */
static struct invitation changed(const struct invitation *before, bool replace) {
    struct invitation person = *before;
    person.is_revoked = !replace;
    if (replace) {
        person.generation++;
        person.mail_begun = person.mail_done = person.remind_begun = person.remind_done = false;
    }
    return person;
}

static bool write_change(struct revocation *revocation, const struct invitation *before,
                         struct failure *failure) {
    struct store *store = revocation->campaign.store;
    struct link_hash token, code;
    invitations_hashes(&revocation->key, &revocation->person, &token, &code);
    enum store_outcome outcome = store_change_invitation(store, &revocation->person, &token, &code);
    if (outcome == STORE_DONE)
        outcome = drop_draft(revocation, before);
    if (outcome == STORE_DONE)
        outcome = store_commit(store);
    return outcome == STORE_DONE || failure_set(failure, "nothing was changed: %s", store_reason(store));
}

/* Inside a transaction, so that nothing changes between the look and the change. */
static bool revoke(struct revocation *revocation, struct failure *failure) {
    struct campaign *campaign = &revocation->campaign;
    if (store_begin_patiently(campaign->store) != STORE_DONE)
        return failure_set(failure, "nothing was changed: %s", store_reason(campaign->store));
    if (!store_links_are_open(campaign->store))
        return failure_set(failure, "%s has no personal links that are open", campaign->path);
    revocation->people = store_invitations(campaign->store, campaign->arena, &revocation->count, failure);
    const struct invitation *before = revocation->people ? find(revocation, failure) : NULL;
    if (!before || !invitations_open_key(&revocation->key, campaign, failure))
        return false;
    revocation->person = changed(before, command_flag(revocation->arguments, "replace"));
    return write_change(revocation, before, failure);
}

/* --- the whole --- */

static int check_options(const struct arguments *arguments, struct failure *failure) {
    static const struct command_option delivery[] = {POST_OPTIONS, {0}};
    const char *email = command_value(arguments, "email"), *name = command_value(arguments, "name");
    if (!(email && *email) && !(name && *name)) {
        failure_set(failure, "whose link? name the person with --email ADDRESS or --name NAME");
        return COMMAND_USAGE;
    }
    for (const struct command_option *option = delivery; option->name; option++)
        if (command_value(arguments, option->name) && !command_flag(arguments, "replace")) {
            failure_set(failure, "--%s is about another link: add --replace", option->name);
            return COMMAND_USAGE;
        }
    return COMMAND_DONE;
}

static int run(struct revocation *revocation, struct failure *failure) {
    const struct arguments *arguments = revocation->arguments;
    struct campaign *campaign = &revocation->campaign;
    bool replace = command_flag(arguments, "replace");
    int status = campaign_open(campaign, arguments, STORE_UPDATE, failure);
    if (status == COMMAND_DONE)
        status = post_check(arguments, campaign, POST_INVITATION, failure);
    if (status != COMMAND_DONE)
        return status;
    if (!revoke(revocation, failure)) {
        store_rollback(campaign->store);
        return COMMAND_FAILED;
    }
    fputs(replace ? "the link was replaced: the one before no longer opens anything, and what was begun by "
                    "it is erased\n"
                  : "the link was revoked: it no longer opens anything, and what was begun by it is erased\n",
          stderr);
    return replace ? post_deliver(arguments, campaign, &revocation->key, POST_INVITATION, &revocation->person,
                                  1, failure)
                   : COMMAND_DONE;
}

int revoke_run(const struct arguments *arguments, struct failure *failure) {
    struct revocation revocation = {.arguments = arguments};
    int status = check_options(arguments, failure);
    if (status == COMMAND_DONE)
        status = run(&revocation, failure);
    secret_erase(&revocation.key, sizeof revocation.key);
    campaign_close(&revocation.campaign);
    return status;
}
