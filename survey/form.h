/* The form's protocol: fields of a request become entries, and the step asked for becomes the next screen.
 *
 * The server keeps nothing between two pages. Each page carries the answers to all others as hidden fields of
 * the same names, and fields of its own whose names have a hyphen, as no id has: `response-key`,
 * `page-shown`, `form-language`, `not-shown`, and the buttons `go-next`, `go-back`, `go-send`, `go-language`.
 *
 * A screen is what is shown at once: a page of the questionnaire, or all of them with `layout: single`. The
 * screen after the last has no questions, only the button to send. */
#ifndef SURVEY_FORM_H
#define SURVEY_FORM_H

#include "model/answer.h"
#include "survey/request.h"

enum form_step { FORM_NEXT, FORM_BACK, FORM_SEND, FORM_LANGUAGE };

/* What came in, unchecked. */
struct form {
    int64_t key;     /* 0: none, or malformed */
    size_t screen;   /* the one that was filled in */
    size_t language; /* the one to answer in */
    enum form_step step;
    const struct entry *entries; /* one per item */
    const bool *withheld;        /* one per item: on the screen, but not asked when it was made */
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

/* The largest body and the most fields that this questionnaire's form can have, with room for slips. */
size_t form_body_limit(const struct questionnaire *questionnaire);
size_t form_field_limit(const struct questionnaire *questionnaire);

/* How many screens there are, and the pages of one: `*first` up to, not including, `*end`. */
size_t form_screen_count(const struct questionnaire *questionnaire);
void form_pages(const struct questionnaire *questionnaire, size_t screen, size_t *first, size_t *end);

/* What the step comes to. */
enum form_turn {
    FORM_SHOW,   /* another screen, or the same in another language */
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

/* Checks all entries and takes the step. Back and a change of language never complain. Sending goes to the
 * first screen that has an error. Memory from `arena`. */
struct form_result form_take_step(const struct form *form, struct arena *arena,
                                  const struct questionnaire *questionnaire);

/* Whether the screen before this one, and the one after, is asked, and which; false if there is none. */
bool form_screen_before(const struct questionnaire *questionnaire, const struct answer *answers,
                        size_t *screen);
bool form_screen_after(const struct questionnaire *questionnaire, const struct answer *answers,
                       size_t *screen);

/* Whether a screen behind screen `now` will be asked, as far as the answers tell that `now` and those between
 * cannot change any more. */
enum form_prospect { FORM_DOES_NOT_COME, FORM_MAY_COME, FORM_COMES };
enum form_prospect form_prospect(const struct questionnaire *questionnaire, const struct answer *answers,
                                 size_t screen, size_t now);

#endif
