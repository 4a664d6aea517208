/* survey: collects the answers to a questionnaire. */
#include "model/base/command.h"
#include "survey/audit.h"
#include "survey/check.h"
#include "survey/close.h"
#include "survey/erase.h"
#include "survey/import.h"
#include "survey/invite.h"
#include "survey/paper.h"
#include "survey/password.h"
#include "survey/remind.h"
#include "survey/remove.h"
#include "survey/revoke.h"
#include "survey/scan.h"
#include "survey/serve.h"
#include "survey/status.h"

static const struct command commands[] = {
    {"check", "FILE…", 1, 1000, "list every mistake of questionnaires", NULL, check_run},
    {"serve", "FILE", 1, 1, "serve the form on the web", serve_options, serve_run},
    {"invite", "FILE ROSTER.csv", 2, 2, "give each person of a roster a personal link", invite_options,
     invite_run},
    {"remind", "FILE", 1, 1, "mail those who have not answered, without naming them", remind_options,
     remind_run},
    {"revoke", "FILE", 1, 1, "make a personal link invalid, or replace it", revoke_options, revoke_run},
    {"paper", "FILE", 1, 1, "print the form on paper, to be typed or scanned", paper_options, paper_run},
    {"password", "FILE", 1, 1, "open the evaluator's pages at /admin by a password", password_options,
     password_run},
    {"import", "FILE ANSWERS.csv", 2, 2, "take in a file of answers, all of it or nothing", import_options,
     import_run},
    {"scan", "FILE PAGES…", 2, 100000, "read scanned paper sheets: PDF, PNG, JPEG, TIFF", scan_options,
     scan_run},
    {"status", "FILE", 1, 1, "print how many answered, by margin, channel and day", status_options,
     status_run},
    {"remove", "FILE", 1, 1, "take a mistyped paper sheet out", remove_options, remove_run},
    {"close", "FILE", 1, 1, "end the collection; late paper may still be imported", close_options, close_run},
    {"audit", "FILE", 1, 1, "try on the store's own files to tell who answered what", audit_options,
     audit_run},
    {"erase", "FILE", 1, 1, "end of retention: erase all answers; reports stay", erase_options, erase_run},
    {0},
};

int main(int count, char **words) {
    static const struct program program = {"survey", "collects the answers to a questionnaire", VERSION,
                                           commands};
    return command_main(&program, count, words);
}
