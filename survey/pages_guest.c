/* Pages around the form: where a code is typed, what is kept for later, what is to be erased. */
#include "survey/pages_internal.h"

#include "model/base/html.h"

void pages_button_link(struct buffer *html, const struct pages *pages, const char *path,
                       enum message message) {
    html_raw(html, "<p><a class=\"button\"");
    frame_link(html, pages, path);
    html_attribute(html, "lang", wording_foreign(frame_language(pages)));
    html_raw(html, ">");
    wording_message(html, frame_language(pages), message, NULL);
    html_raw(html, "</a></p>\n");
}

/* A page of that title, below the questionnaire's. */
static struct frame start(const struct pages *pages, unsigned status, enum message title) {
    struct frame frame = {.status = status, .main = "content", .names_survey = true};
    wording_message(&frame.title, frame_language(pages), title, NULL);
    html_raw(&frame.content, "<p class=\"survey\">");
    wording_text(&frame.content, frame_language(pages), pages->site->questionnaire->title);
    html_raw(&frame.content, "</p>\n");
    frame_message(&frame.content, pages, "h1", title, NULL);
    return frame;
}

/* --- the code of a personal link --- */

/* What is wrong with the code, at the top of the page and at its field; MESSAGE_COUNT: nothing. */
static enum message problem_message(enum pages_code problem) {
    switch (problem) {
    case PAGES_CODE_MISSING:
        return MESSAGE_CODE_MISSING;
    case PAGES_CODE_CUT:
        return MESSAGE_CODE_CUT;
    case PAGES_CODE_UNKNOWN:
        return MESSAGE_CODE_UNKNOWN;
    case PAGES_CODE_LATER:
        return MESSAGE_PAGE_LATER;
    case PAGES_CODE_ASKED:
        break;
    }
    return MESSAGE_COUNT;
}

static void write_code_problem(struct buffer *html, const struct pages *pages, enum message problem) {
    html_raw(html, "<div class=\"summary bad\" role=\"alert\" tabindex=\"-1\" autofocus>\n");
    frame_message(html, pages, "h2", MESSAGE_CODE_PROBLEM, NULL);
    html_raw(html, "<ul>\n<li><a href=\"#code\"");
    html_attribute(html, "lang", wording_foreign(frame_language(pages)));
    html_raw(html, ">");
    wording_message(html, frame_language(pages), problem, NULL);
    html_raw(html, "</a></li>\n</ul>\n</div>\n");
}

static void write_code_field(struct buffer *html, const struct pages *pages, enum message problem,
                             const char *typed) {
    bool wrong = problem != MESSAGE_COUNT;
    buffer_append(html, wrong ? "<div class=\"question wrong\"" : "<div class=\"question\"");
    html_attribute(html, "lang", wording_foreign(frame_language(pages)));
    html_raw(html, ">\n<label class=\"legend\" for=\"code\">");
    wording_message(html, frame_language(pages), MESSAGE_CODE_LABEL, NULL);
    html_raw(html, "</label>\n<p class=\"help\" id=\"code-help\">");
    wording_message(html, frame_language(pages), MESSAGE_CODE_HELP, NULL);
    html_raw(html, "</p>\n");
    if (wrong) {
        html_raw(html, "<p class=\"error\" id=\"code-error\"><span class=\"hidden\">");
        wording_message(html, frame_language(pages), MESSAGE_FORM_ERROR, NULL);
        html_raw(html, " </span>");
        wording_message(html, frame_language(pages), problem, NULL);
        html_raw(html, "</p>\n");
    }
    html_raw(html,
             "<input type=\"text\" class=\"code\" name=\"code\" id=\"code\" size=\"19\" maxlength=\"100\" "
             "autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" "
             "aria-required=\"true\"");
    if (wrong)
        html_raw(html, " aria-invalid=\"true\"");
    html_attribute(html, "aria-describedby", wrong ? "code-help code-error" : "code-help");
    html_attribute(html, "value", typed && *typed ? typed : NULL);
    html_raw(html, ">\n</div>\n");
}

void pages_code(struct reply *reply, const struct pages *pages, enum pages_code problem, const char *typed) {
    enum message message = problem_message(problem);
    struct frame frame = {.status = problem == PAGES_CODE_ASKED   ? 200
                                    : problem == PAGES_CODE_LATER ? 503
                                                                  : 422,
                          .main = "content",
                          .names_survey = true,
                          .is_wrong = problem != PAGES_CODE_ASKED};
    struct buffer *html = &frame.content, *opening = &frame.opening;
    wording_message(&frame.title, frame_language(pages), MESSAGE_CODE_TITLE, NULL);
    html_raw(opening, "<form method=\"post\"");
    html_attribute(opening, "action", pages->site->root);
    html_raw(opening, " accept-charset=\"utf-8\">\n"
                      "<button type=\"submit\" class=\"hidden\" name=\"go-code\" value=\"1\" tabindex=\"-1\" "
                      "aria-hidden=\"true\"></button>\n<input type=\"hidden\" name=\"form-language\"");
    html_attribute(opening, "value", wording_tag(frame_language(pages)));
    html_raw(opening, ">\n");
    if (message != MESSAGE_COUNT)
        write_code_problem(html, pages, message);
    html_raw(html, "<h1>");
    wording_text(html, frame_language(pages), pages->site->questionnaire->title);
    html_raw(html, "</h1>\n<div class=\"prose introduction\">\n");
    frame_message(html, pages, "p", MESSAGE_CODE_BY_LINK, NULL);
    frame_message(html, pages, "p", MESSAGE_CODE_OR_TYPE, NULL);
    html_raw(html, "</div>\n");
    write_code_field(html, pages, message, typed);
    html_raw(html, "<p class=\"buttons\">\n");
    pages_button(html, pages, NULL, "go-code", MESSAGE_CODE_GO);
    html_raw(html, "</p>\n");
    frame_message(html, pages, "p class=\"aside\"", MESSAGE_CODE_LOST, NULL);
    frame_finish(&frame, reply, pages);
}

/* --- kept for later --- */

/* To how many questions something was entered. */
static size_t count_entered(const struct questionnaire *questionnaire, const struct form *form) {
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->question_count; i++) {
        const struct question *question = &questionnaire->questions[i];
        bool entered = false;
        for (size_t j = question->items[0].index; j < question->items[0].index + question->item_count; j++)
            for (size_t k = 0; k < form->entries[j].value_count && !form->known[j]; k++)
                entered = entered || *form->entries[j].values[k];
        count += entered;
    }
    return count;
}

void pages_saved(struct reply *reply, const struct pages *pages, const struct form *form) {
    const struct questionnaire *questionnaire = pages->site->questionnaire;
    struct frame frame = start(pages, 200, MESSAGE_SAVED_TITLE);
    struct buffer *html = &frame.content, date = {0};
    size_t count = count_entered(questionnaire, form);
    const struct hole counted[] = {{"count", arena_format(pages->arena, "%zu", count)}, {0}};
    bool by_link = pages->site->by_link;
    html_raw(html, "<div class=\"prose\">\n");
    frame_message(html, pages, "p", count == 1 ? MESSAGE_SAVED_ONE : MESSAGE_SAVED_COUNT, counted);
    frame_message(html, pages, "p", by_link ? MESSAGE_SAVED_UNTIL_LINK : MESSAGE_SAVED_UNTIL_COOKIE, NULL);
    if (questionnaire->closes) {
        language_date(&date, wording_interface(frame_language(pages)), questionnaire->closes);
        const struct hole holes[] = {{"date", buffer_text(&date)}, {0}};
        frame_message(html, pages, "p", MESSAGE_SAVED_CLOSES, holes);
        buffer_destroy(&date);
    }
    frame_message(html, pages, "h2", MESSAGE_SAVED_BACK_TITLE, NULL);
    frame_message(html, pages, "p", by_link ? MESSAGE_SAVED_BACK_LINK : MESSAGE_SAVED_BACK_COOKIE, NULL);
    if (!by_link)
        frame_message(html, pages, "p", MESSAGE_SAVED_SHARED, NULL);
    html_raw(html, "</div>\n");
    pages_button_link(html, pages, pages->home ? pages->home : "", MESSAGE_FORM_GO_ON);
    frame_finish(&frame, reply, pages);
}

/* --- pages that carry the form, unseen --- */

void pages_erase(struct reply *reply, const struct pages *pages, const struct pages_sheet *sheet,
                 bool failed) {
    struct pages_view view = pages_view(pages, sheet);
    struct frame frame = start(pages, failed ? 503 : 200, MESSAGE_ERASE_TITLE);
    struct buffer *html = &frame.content;
    pages_open_form(&frame.opening, &view, "go-stay", true);
    if (failed)
        frame_message(html, pages, "p class=\"error\" role=\"alert\"", MESSAGE_ERASE_FAILED, NULL);
    html_raw(html, "<div class=\"prose\">\n");
    frame_message(html, pages, "p", MESSAGE_ERASE_WHAT, NULL);
    html_raw(html, "</div>\n<p class=\"buttons\">\n");
    pages_button(html, pages, NULL, "go-stay", MESSAGE_ERASE_KEEP);
    pages_button(html, pages, "grave", "go-erase-all", MESSAGE_ERASE_DO);
    html_raw(html, "</p>\n");
    frame_finish(&frame, reply, pages);
}

/* The button of a step. */
static const char *button_of(enum form_step step) {
    static const char *const names[] = {
        [FORM_NEXT] = "go-next",          [FORM_BACK] = "go-back", [FORM_SEND] = "go-send",
        [FORM_LANGUAGE] = "go-stay", /* the form's language is the new one already */
        [FORM_SAVE] = "go-save",          [FORM_STAY] = "go-stay", [FORM_ERASE] = "go-erase",
        [FORM_ERASE_ALL] = "go-erase-all"};
    return names[step];
}

void pages_hold(struct reply *reply, const struct pages *pages, const struct pages_sheet *sheet) {
    struct pages_view view = pages_view(pages, sheet);
    struct frame frame = start(pages, 503, MESSAGE_PAGE_LATER_TITLE);
    const char *again = button_of(sheet->form->step);
    pages_open_form(&frame.opening, &view, again, true);
    html_raw(&frame.content, "<div class=\"prose\">\n");
    frame_message(&frame.content, pages, "p", MESSAGE_PAGE_LATER_KEPT, NULL);
    html_raw(&frame.content, "</div>\n<p class=\"buttons\">\n");
    pages_button(&frame.content, pages, NULL, again, MESSAGE_PAGE_TRY_AGAIN);
    html_raw(&frame.content, "</p>\n");
    frame_finish(&frame, reply, pages);
}
