#include "survey/form_screen.h"

#include "model/expression.h"

size_t form_screen_count(const struct questionnaire *questionnaire) {
    return questionnaire->single_layout ? 1 : questionnaire->page_count;
}

void form_screen_pages(const struct questionnaire *questionnaire, size_t screen, size_t *first, size_t *end) {
    bool past = screen >= form_screen_count(questionnaire);
    *first = questionnaire->single_layout && !past ? 0 : past ? questionnaire->page_count : screen;
    *end = questionnaire->single_layout || past ? questionnaire->page_count : screen + 1;
}

/* How an expression of `page` will turn out: open if it names an item that is still to be answered. */
static enum form_screen_prospect look_ahead(const struct questionnaire *questionnaire,
                                            const struct answer *answers, const struct expression *expression,
                                            size_t page, size_t now) {
    if (!expression)
        return FORM_SCREEN_COMES;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[i];
        size_t its_page = item->question->page;
        if (its_page > page)
            break;
        if (its_page >= now && expression_names(expression, item) &&
            (its_page == now || its_page == page ||
             form_screen_prospect(questionnaire, answers, its_page, now) != FORM_SCREEN_DOES_NOT_COME))
            return FORM_SCREEN_MAY_COME;
    }
    return expression_holds(expression, answers) ? FORM_SCREEN_COMES : FORM_SCREEN_DOES_NOT_COME;
}

enum form_screen_prospect form_screen_prospect(const struct questionnaire *questionnaire,
                                               const struct answer *answers, size_t screen, size_t now) {
    const struct page *page = &questionnaire->pages[screen];
    enum form_screen_prospect questions = FORM_SCREEN_DOES_NOT_COME;
    for (size_t i = 0; i < page->question_count; i++) {
        enum form_screen_prospect its =
            look_ahead(questionnaire, answers, page->questions[i].when, screen, now);
        if (its > questions)
            questions = its;
    }
    enum form_screen_prospect whole = look_ahead(questionnaire, answers, page->when, screen, now);
    return whole < questions ? whole : questions;
}

static bool is_asked(const struct questionnaire *questionnaire, const struct answer *answers, size_t screen) {
    return questionnaire->single_layout || answer_page_is_asked(questionnaire, screen, answers);
}

bool form_screen_before(const struct questionnaire *questionnaire, const struct answer *answers,
                        size_t *screen) {
    for (size_t before = *screen; before-- > 0;)
        if (is_asked(questionnaire, answers, before)) {
            *screen = before;
            return true;
        }
    return false;
}

bool form_screen_after(const struct questionnaire *questionnaire, const struct answer *answers,
                       size_t *screen) {
    for (size_t after = *screen + 1; after < form_screen_count(questionnaire); after++)
        if (is_asked(questionnaire, answers, after)) {
            *screen = after;
            return true;
        }
    return false;
}

size_t form_screen_nearest(const struct questionnaire *questionnaire, const struct answer *answers,
                           size_t screen) {
    if (screen >= form_screen_count(questionnaire) || is_asked(questionnaire, answers, screen))
        return screen;
    if (!form_screen_before(questionnaire, answers, &screen) &&
        !form_screen_after(questionnaire, answers, &screen))
        return form_screen_count(questionnaire);
    return screen;
}
