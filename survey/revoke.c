#include "survey/revoke.h"

#include "model/base/text.h"
#include "model/campaign_key.h"
#include "survey/invitations.h"
#include "survey/post.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

const struct command_option revoke_options[] = {
    {.name = "email", .argument = "ADDRESS", .help = "of the person"},
    {.name = "name", .argument = "NAME", .help = "of the person"},
    {.name = "replace", .help = "give the person another link, and print it"},
    {.name = "public-url", .argument = "URL", .help = "the address respondents use, for the new link"},
    CAMPAIGN_STORE_OPTION,
    {0}};

struct revocation {
    const struct arguments *arguments;
    struct campaign campaign;
    const struct invitation *people;
    size_t count;
};

/* --- who is meant --- */

static bool is_meant(const struct invitation *person, const char *email, const char *name) {
    return (!email || (person->email && !strcasecmp(person->email, email))) &&
           (!name || (person->name && !strcmp(person->name, name)));
}

static const char *nearest(const struct revocation *revocation, const char *email, const char *name) {
    const char **words = ARENA_NEW(revocation->campaign.arena, const char *, revocation->count);
    size_t count = 0;
    for (size_t i = 0; i < revocation->count; i++) {
        const char *word = email ? revocation->people[i].email : revocation->people[i].name;
        if (word)
            words[count++] = word;
    }
    return text_nearest(email ? email : name, words, count);
}

/* The one person meant; NULL with the failure. Of one whose link was revoked and who was invited again, the
 * link that is valid. */
static const struct invitation *find(const struct revocation *revocation, struct failure *failure) {
    const char *email = command_value(revocation->arguments, "email");
    const char *name = command_value(revocation->arguments, "name");
    const struct invitation *found = NULL, *revoked = NULL;
    size_t matches = 0;
    for (size_t i = 0; i < revocation->count; i++) {
        if (!is_meant(&revocation->people[i], email, name))
            continue;
        if (revocation->people[i].is_revoked) {
            revoked = &revocation->people[i];
            continue;
        }
        found = &revocation->people[i];
        matches++;
    }
    const char *word = email ? email : name;
    const char *near = matches || revoked ? NULL : nearest(revocation, email, name);
    if (matches > 1)
        failure_set(failure, "%zu people are invited as \"%s\": give --email and --name", matches, word);
    else if (!found && revoked)
        failure_set(failure, "the link of \"%s\" is revoked already; survey invite gives a new one", word);
    else if (!found)
        failure_set(failure, "nobody is invited as \"%s\"%s%s%s", word, near ? "; did you mean \"" : "",
                    near ? near : "", near ? "\"?" : "");
    return matches == 1 ? found : NULL;
}

/* --- the change --- */

/* What was begun under the old link cannot be opened by the new one. */
static enum store_outcome drop_draft(struct store *store, const struct link *old) {
    struct link_hash name;
    struct secret secret;
    link_draft(old->token, &name, &secret);
    secret_erase(&secret, sizeof secret);
    return store_drop_draft(store, &name);
}

static enum store_outcome change(struct store *store, const struct secret *key, struct invitation *person,
                                 bool replace) {
    struct link old = link_make(key, person->id, person->generation), new;
    struct link_hash token, code;
    person->generation += replace;
    person->is_revoked = !replace;
    if (replace)
        person->mail_begun = person->mail_done = false; /* the new link was mailed to nobody yet */
    new = link_make(key, person->id, person->generation);
    link_token_hash(key, new.token, &token);
    link_code_hash(key, new.code, &code);
    enum store_outcome outcome = store_begin_patiently(store);
    if (outcome == STORE_DONE)
        outcome = store_change_invitation(store, person, &token, &code);
    if (outcome == STORE_DONE)
        outcome = drop_draft(store, &old);
    if (outcome == STORE_DONE)
        outcome = store_commit(store);
    if (outcome != STORE_DONE)
        store_rollback(store);
    return outcome;
}

static bool print_link(const struct revocation *revocation, const struct secret *key,
                       const struct invitation *person, struct failure *failure) {
    const struct campaign *campaign = &revocation->campaign;
    const char *url = command_value(revocation->arguments, "public-url");
    struct buffer csv = {0};
    invitations_csv(&csv, campaign->arena, campaign->questionnaire, key, url ? url : INVITATIONS_DEFAULT_URL, person,
                    1);
    bool done = fwrite(csv.bytes, 1, csv.length, stdout) == csv.length && fflush(stdout) == 0;
    buffer_destroy(&csv);
    return done || failure_set(failure, "cannot write to standard output");
}

static bool revoke(struct revocation *revocation, struct failure *failure) {
    struct campaign *campaign = &revocation->campaign;
    bool replace = command_flag(revocation->arguments, "replace");
    struct secret key = {{0}};
    revocation->people = store_invitations(campaign->store, campaign->arena, &revocation->count, failure);
    const struct invitation *found = revocation->people ? find(revocation, failure) : NULL;
    if (!found || !campaign_key_read(&key, campaign->path, failure))
        return false;
    struct invitation person = *found;
    bool done = change(campaign->store, &key, &person, replace) == STORE_DONE ||
                failure_set(failure, "nothing was changed: %s", store_reason(campaign->store));
    if (done)
        fputs(replace ? "the link was replaced: the one before no longer opens anything\n"
                      : "the link was revoked: it no longer opens anything\n",
              stderr);
    done = done && (!replace || print_link(revocation, &key, &person, failure));
    secret_erase(&key, sizeof key);
    return done;
}

int revoke_run(const struct arguments *arguments, struct failure *failure) {
    struct revocation revocation = {.arguments = arguments};
    if (!command_value(arguments, "email") && !command_value(arguments, "name")) {
        failure_set(failure, "whose link? name the person with --email ADDRESS or --name NAME");
        return COMMAND_USAGE;
    }
    int status = campaign_open(&revocation.campaign, arguments, STORE_UPDATE, failure);
    if (status == COMMAND_DONE && !store_links_are_open(revocation.campaign.store))
        failure_set(failure, "%s has no open personal links", revocation.campaign.path);
    else if (status == COMMAND_DONE)
        revoke(&revocation, failure);
    campaign_close(&revocation.campaign);
    return failure_is_set(failure) ? COMMAND_FAILED : status;
}
