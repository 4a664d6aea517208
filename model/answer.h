/* One response: what was entered, checked against the questionnaire, as answers. */
#ifndef MODEL_ANSWER_H
#define MODEL_ANSWER_H

#include "model/base/arena.h"
#include "model/base/buffer.h"
#include "model/base/language.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum channel { CHANNEL_WEB, CHANNEL_PAPER, CHANNEL_COUNT };

/* Of four kinds and never mixed are the missing answers. */
enum answer_state {
    ANSWER_NOT_ANSWERED, /* asked, and left empty */
    ANSWER_GIVEN,        /* substantive */
    ANSWER_NO_OPINION,
    ANSWER_NOT_CONCERNED,
    ANSWER_NOT_ASKED
};

/* The answer to one item. Beyond `state` only what its type needs is set, and only if it is ANSWER_GIVEN. */
struct answer {
    enum answer_state state;
    const size_t
        *choices; /* option indices: one (single, scale), ascending (multiple), best first (ranking) */
    size_t choice_count;
    double number;
    const char *text;    /* text; a date as YYYY-MM-DD */
    const char *specify; /* the words beside a chosen option; NULL: none */
};

struct response {
    int64_t key; /* random, positive */
    enum channel channel;
    size_t language;              /* index in the questionnaire's languages */
    int64_t sheet;                /* number of the paper sheet; 0: none */
    bool is_late;                 /* came after the last day: it may be kept only if it is there already */
    const struct answer *answers; /* one per item */
};

/* What was entered for one item, as typed and unchecked: the values of a form field, or a CSV cell. Zeroed:
 * nothing. Empty values count as nothing; the words no_opinion and not_concerned are values like codes. */
struct entry {
    const char *const *values;
    size_t value_count;
    const char *specify; /* NULL or empty: none */
    bool not_asked;      /* a file says that it was not asked, though `when` would; never set for a form */
};

/* The words beside an option have at most so many characters. */
enum { ANSWER_SPECIFY_MOST = 500 };

/* No number is larger: beyond, a double no longer holds every number of 15 digits as it was typed. */
#define ANSWER_NUMBER_MOST 999999999999999.0

enum problem_kind {
    PROBLEM_REQUIRED,
    PROBLEM_UNKNOWN_CODE, /* or no_opinion where it is not offered */
    PROBLEM_NOT_OFFERED,  /* an option whose `when` is false */
    PROBLEM_SEVERAL,   /* more than one answer where one is expected, or a substantive one and no opinion */
    PROBLEM_REPEATED,  /* a code twice */
    PROBLEM_EXCLUSIVE, /* an exclusive option beside others */
    PROBLEM_TOO_FEW,
    PROBLEM_TOO_MANY,
    PROBLEM_NOT_A_NUMBER,
    PROBLEM_TOO_PRECISE,
    PROBLEM_TOO_SMALL,
    PROBLEM_TOO_LARGE,
    PROBLEM_NOT_A_DATE,
    PROBLEM_TOO_LONG,
    PROBLEM_NOT_ASKED,     /* paper only, a warning: the answer is dropped */
    PROBLEM_SPECIFY_ALONE, /* words beside an option that is not chosen: dropped, a warning on paper; silent
                              on the web */
    PROBLEM_CONTROL        /* control characters other than line ends and tabs */
};

/* What is wrong with one item's entry. A warning does not hinder the response. */
struct problem {
    const struct item *item;
    enum problem_kind kind;
    bool warning;
    const char *value; /* the wrong word, or NULL */
};

struct problems {
    const struct problem *all;
    size_t count;
    bool any_error;
};

/* Checks the entries (one per item, valid UTF-8) and settles every answer in order: routing first (an item
 * whose page, question or `when` does not apply is ANSWER_NOT_ASKED whatever was entered), then the entry.
 * For the channel paper, required and at_least are warnings, and an answer that was not asked for is dropped
 * with a warning. `answers` has one place per item; an item with an error becomes ANSWER_NOT_ANSWERED.
 * Problems are in the order of items. Memory from `arena`. */
struct problems answer_check(struct arena *arena, const struct questionnaire *questionnaire,
                             const struct entry *entries, enum channel channel, struct answer *answers);

/* Whether the item's page, question and item apply, given the answers settled before it. */
bool answer_is_asked(const struct questionnaire *questionnaire, const struct item *item,
                     const struct answer *answers);

/* Whether any question of the page is asked, given the answers to the pages before it. */
bool answer_page_is_asked(const struct questionnaire *questionnaire, size_t page,
                          const struct answer *answers);

/* The problem in words, for the respondent ("Choose at most 3 answers.") . */
const char *answer_problem_text(struct arena *arena, const struct problem *problem, enum language language);

/* Appends an answer as a CSV cell holds it (unquoted): codes, separated by spaces if several; numbers
 * shortest; no_opinion, not_concerned; empty for not answered and not asked. */
void answer_format(struct buffer *buffer, const struct item *item, const struct answer *answer);

/* "web" or "paper"; and back, CHANNEL_COUNT if it is neither. */
const char *answer_channel_name(enum channel channel);
enum channel answer_channel(const char *name);

#endif
