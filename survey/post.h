/* What each invited person gets: a line in a mail-merge file, a letter, a mail. */
#ifndef SURVEY_POST_H
#define SURVEY_POST_H

#include "model/base/secret.h"
#include "model/campaign.h"
#include "model/store_invitation.h"

enum post_kind { POST_INVITATION, POST_REMINDER };

/* The options by which a command says where to: for its table of options. */
#define POST_OPTIONS                                                                                         \
    {"public-url", "URL", "the address respondents use; http://127.0.0.1:8080/ unless given", false},        \
        {"output", "FILE.csv", "write a mail-merge file with everyone's link", false},                       \
        {"letters", "FILE.pdf", "write a letter for everyone", false},                                       \
        {"smtp", "URL", "send mails through this server (smtp://HOST:PORT, smtps://HOST:PORT)", false},      \
        {"from", "ADDRESS", "the sender of the mails", false},                                               \
        {"credentials", "FILE", "user and password, a line each; else SMTP_USER and SMTP_PASSWORD", false},  \
        {"smtp-plain", NULL, "allow a mail server without TLS", false},                                      \
        {"again-uncertain", NULL, "mail those again whose mail was broken off and may have arrived", false}, \
    {                                                                                                        \
        "text", "FILE.md", "the text of mails or letters; NAME.fr.md for French, and so on", true            \
    }

/* Checks the options of POST_OPTIONS before anything is done: COMMAND_DONE, or COMMAND_USAGE with the
 * failure, or COMMAND_FAILED with the mistakes of a text printed. */
int post_check(const struct arguments *arguments, const struct campaign *campaign, enum post_kind kind,
               struct failure *failure);

/* Writes and sends to `people`, but to nobody whose link is revoked, what the options ask for; a mail-merge
 * file to standard output if they ask for nothing. Nobody is mailed twice: neither the invitation, nor the
 * reminder under way, which begins with its first mail and ends when nobody is left. COMMAND_DONE, or
 * COMMAND_FAILED with the failure or with what was refused printed; of reminders no name is. */
int post_deliver(const struct arguments *arguments, const struct campaign *campaign, const struct secret *key,
                 enum post_kind kind, const struct invitation *people, size_t count, struct failure *failure);

#endif
