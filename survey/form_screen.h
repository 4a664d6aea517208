/* The screens of a form: which pages each shows, which of them are asked, what is still to come. The screen
 * after the last, of number form_screen_count, has no questions, only the button to send. */
#ifndef SURVEY_FORM_SCREEN_H
#define SURVEY_FORM_SCREEN_H

#include "model/answer.h"

/* How many screens there are, and the pages of one: `*first` up to, not including, `*end`. */
size_t form_screen_count(const struct questionnaire *questionnaire);
void form_screen_pages(const struct questionnaire *questionnaire, size_t screen, size_t *first, size_t *end);

/* Whether a screen before this one, or one after it, is asked, and which is the next; false if there is none.
 */
bool form_screen_before(const struct questionnaire *questionnaire, const struct answer *answers,
                        size_t *screen);
bool form_screen_after(const struct questionnaire *questionnaire, const struct answer *answers,
                       size_t *screen);

/* The screen itself if it is asked, or else the nearest before it that is, or else behind it. */
size_t form_screen_nearest(const struct questionnaire *questionnaire, const struct answer *answers,
                           size_t screen);

/* Whether a screen behind screen `now` will be asked, as far as the answers tell that `now` and those between
 * cannot change any more. */
enum form_screen_prospect { FORM_SCREEN_DOES_NOT_COME, FORM_SCREEN_MAY_COME, FORM_SCREEN_COMES };
enum form_screen_prospect form_screen_prospect(const struct questionnaire *questionnaire,
                                               const struct answer *answers, size_t screen, size_t now);

#endif
