/* The form's protocol: fields of a request become entries, and the step asked for becomes the next screen.
 *
 * The server needs nothing from one page to the next. Each page carries the answers to all others as hidden
 * fields of the same names, and fields of its own whose names have a hyphen, as no id has: `response-key`,
 * `page-shown`, `form-language`, `not-shown`, and the buttons `go-next`, `go-back`, `go-send`, `go-language`,
 * `go-save`, `go-stay`, `go-erase`, `go-erase-all`. The draft that is kept at each step is for who comes
 * back.
 *
 * A screen is what is shown at once: a page of the questionnaire, or all of them with `layout: single`. The
 * screen after the last has no questions, only the button to send. */
#ifndef SURVEY_FORM_H
#define SURVEY_FORM_H

#include "model/answer.h"
#include "survey/request.h"

enum form_step {
    FORM_NEXT,
    FORM_BACK,
    FORM_SEND,
    FORM_LANGUAGE,
    FORM_SAVE,     /* for later */
    FORM_STAY,     /* the screen again, as it was */
    FORM_ERASE,    /* everything entered: asks first */
    FORM_ERASE_ALL /* does it */
};

/* What came in, unchecked. */
struct form {
    int64_t key;     /* 0: none, or malformed */
    size_t screen;   /* the one that was filled in */
    size_t language; /* the one to answer in */
    enum form_step step;
    const struct entry *entries; /* one per item */
    const bool *withheld;        /* one per item: on the screen, but not asked when it was made */
    const bool *known;           /* one per item: its entry is known beforehand, and not the respondent's */
};

enum form_fault {
    FORM_SOUND,
    FORM_UNKNOWN_FIELD,
    FORM_REPEATED_FIELD /* one that no form holds twice */
};

/* An empty form in that language, its screen the first. Memory from `arena`. */
void form_start(struct form *form, struct arena *arena, const struct questionnaire *questionnaire,
                size_t language);

/* Reads the fields of a request into a form just started, whose language stays if the fields name none. What
 * a person can have caused is left to form_take_step; a client that names no screen is taken to have filled
 * in the last. `*field` becomes the name of the field at fault. */
enum form_fault form_read(struct form *form, struct arena *arena, const struct questionnaire *questionnaire,
                          const struct request *request, const char **field);

/* Whether nothing was entered by the respondent. */
bool form_is_empty(const struct form *form, const struct questionnaire *questionnaire);

/* Whether the questionnaire's form has a field of that name that can hold that value: where codes are chosen,
 * the code of an answer. */
bool form_takes(const struct questionnaire *questionnaire, const char *name, const char *value);

/* The largest body and the most fields that this questionnaire's form can have, with room for slips. */
size_t form_body_limit(const struct questionnaire *questionnaire);
size_t form_field_limit(const struct questionnaire *questionnaire);

/* What the step comes to. */
enum form_turn {
    FORM_SHOW,   /* another screen, or the same again */
    FORM_MEND,   /* the screen again: its problems have to be mended */
    FORM_REVEAL, /* the screen again: its answers call for questions that were not on it */
    FORM_STORE   /* all is well: the answers can be stored */
};

/* The entries checked and settled, and what is to be shown for it. */
struct form_result {
    enum form_turn turn;
    size_t screen;
    const struct answer *answers;   /* one per item */
    const struct problem *problems; /* the errors of the screen to be mended */
    size_t problem_count;
};

/* Checks all entries and takes the step. Only next and send complain. Sending goes to the first screen that
 * has an error; who stays on a screen that is not asked gets the nearest that is. Memory from `arena`. */
struct form_result form_take_step(const struct form *form, struct arena *arena,
                                  const struct questionnaire *questionnaire);

#endif
