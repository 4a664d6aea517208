#include "survey/post.h"

#include "survey/invitations.h"
#include "survey/letters.h"
#include "survey/post_internal.h"
#include "survey/site.h"

#include <stdio.h>
#include <string.h>

/* --- options --- */

static int usage(struct failure *failure, const char *text) {
    failure_set(failure, "%s", text);
    return COMMAND_USAGE;
}

static bool is_link_base(const char *url) {
    for (const char *at = url; *at; at++)
        if (*at <= ' ' || *at > '~')
            return false;
    return site_is_url(url);
}

static int check_options(const struct arguments *arguments, struct failure *failure) {
    static const char *const of_mail[] = {"from", "credentials", "smtp-plain", "again-uncertain"};
    const char *url = command_value(arguments, "public-url"), *smtp = command_value(arguments, "smtp");
    for (size_t i = 0; i < sizeof of_mail / sizeof *of_mail; i++)
        if (!smtp && command_value(arguments, of_mail[i])) {
            failure_set(failure, "--%s is about mails, which are sent with --smtp", of_mail[i]);
            return COMMAND_USAGE;
        }
    if (smtp && !command_value(arguments, "from"))
        return usage(failure, "--smtp needs --from: who sends the mails");
    if (url && !is_link_base(url))
        return usage(failure, "--public-url must be an address such as https://survey.example.org/");
    if (smtp && !url)
        return usage(failure, "--smtp needs --public-url: without it links would lead to this machine only");
    if (command_value(arguments, "text") && !smtp && !command_value(arguments, "letters"))
        return usage(failure, "--text is the text of mails or letters: add --smtp or --letters");
    return COMMAND_DONE;
}

static bool check_server(const struct arguments *arguments, struct arena *arena, struct failure *failure) {
    struct mail_server server;
    if (!command_value(arguments, "smtp"))
        return true;
    struct mailer *mailer =
        post_server(arguments, arena, &server, failure) ? mail_open(&server, failure) : NULL;
    mail_close(mailer);
    return mailer != NULL;
}

int post_check(const struct arguments *arguments, const struct campaign *campaign, enum post_kind kind,
               struct failure *failure) {
    int status = check_options(arguments, failure);
    if (status == COMMAND_DONE && (!post_text_read(arguments, campaign, kind, failure) ||
                                   !check_server(arguments, campaign->arena, failure)))
        status = COMMAND_FAILED;
    return status;
}

/* --- files --- */

struct post_personal post_personal(struct arena *arena, const struct post *post,
                                   const struct invitation *person) {
    const struct link link = link_make(post->key, person->id, person->generation);
    return (struct post_personal){.link = invitations_address(arena, post->public_url, &link),
                                  .code = arena_copy(arena, link.code),
                                  .address = post->public_url};
}

static bool write_csv(const struct post *post, struct failure *failure) {
    const char *path = command_value(post->arguments, "output");
    struct buffer csv = {0};
    invitations_csv(&csv, post->campaign->arena, post->campaign->questionnaire, post->key, post->public_url,
                    post->people, post->count);
    bool done = true;
    if (path)
        done = invitations_write(path, csv.bytes, csv.length, failure);
    else
        fwrite(csv.bytes, 1, csv.length, stdout); /* a failure to is found when all is done */
    buffer_destroy(&csv);
    return done;
}

static void add_letter(struct letters *letters, const struct post *post, struct arena *arena,
                       const struct invitation *person) {
    const struct questionnaire *questionnaire = post->campaign->questionnaire;
    const struct post_personal personal = post_personal(arena, post, person);
    size_t index = post_text_language(questionnaire, person);
    enum language language = language_of_tag(questionnaire->languages[index]);
    const struct letter letter = {
        .name = person->name,
        .organisation = questionnaire->organisation.in ? questionnaire->organisation.in[index] : NULL,
        .language = questionnaire->languages[index],
        .link = personal.link,
        .code = personal.code,
        .address = personal.address,
        .text = post_text_fill(arena, post->texts, POST_LETTER, person, &personal),
        .scan = language_message(language, MESSAGE_POST_SCAN),
        .type = language_message(language, MESSAGE_POST_TYPE)};
    letters_add(letters, &letter);
}

static bool write_letters(const struct post *post, struct failure *failure) {
    const char *path = command_value(post->arguments, "letters");
    struct letters *letters = letters_begin(path, post->campaign->questionnaire->title.in[0], failure);
    if (!letters)
        return false;
    struct arena *arena = arena_create();
    for (size_t i = 0; i < post->count; i++) {
        add_letter(letters, post, arena, &post->people[i]);
        arena_reset(arena);
    }
    arena_destroy(arena);
    return letters_finish(letters, failure);
}

/* --- delivery --- */

static void keep_people(struct post *post, const struct invitation *people, size_t count) {
    struct invitation *kept = ARENA_NEW(post->campaign->arena, struct invitation, count);
    for (size_t i = 0; i < count; i++)
        if (!people[i].is_revoked)
            kept[post->count++] = people[i];
    post->people = kept;
}

static const char *choose_url(const struct arguments *arguments, struct arena *arena) {
    const char *url = command_value(arguments, "public-url");
    if (!url)
        fputs("warning: the links lead to " INVITATIONS_DEFAULT_URL
              ", which is this machine; say with --public-url where respondents find the form\n",
              stderr);
    size_t length = url ? strlen(url) : 0;
    return !url ? INVITATIONS_DEFAULT_URL : url[length - 1] == '/' ? url : arena_format(arena, "%s/", url);
}

int post_deliver(const struct arguments *arguments, const struct campaign *campaign, const struct secret *key,
                 enum post_kind kind, const struct invitation *people, size_t count,
                 struct failure *failure) {
    struct post post = {.arguments = arguments,
                        .campaign = campaign,
                        .kind = kind,
                        .public_url = choose_url(arguments, campaign->arena),
                        .texts = post_text_read(arguments, campaign, kind, failure),
                        .key = key};
    bool to_letters = command_value(arguments, "letters"), to_mail = command_value(arguments, "smtp");
    bool to_csv = command_value(arguments, "output") || (!to_letters && !to_mail);
    calendar_today(post.today);
    keep_people(&post, people, count);
    bool done = post.texts && (!to_csv || write_csv(&post, failure)) &&
                (!to_letters || write_letters(&post, failure)) && (!to_mail || post_mail(&post, failure));
    return done ? COMMAND_DONE : COMMAND_FAILED;
}
