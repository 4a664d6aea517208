/* The form as a page. */
#include "survey/pages.h"

#include "model/base/html.h"
#include "model/store.h"
#include "survey/fields.h"
#include "survey/frame.h"

#include <stdio.h>
#include <string.h>

/* What the parts of the page are written from. */
struct view {
    const struct pages *pages;
    const struct questionnaire *questionnaire;
    struct wording_language language;
    const struct form *form;
    const struct form_result *result;
    struct fields fields;
    size_t first, end; /* the pages of the questionnaire on this screen */
    bool is_last;      /* nothing can come after it */
};

static bool is_on_screen(const struct view *view, const struct item *item) {
    return item->question->page >= view->first && item->question->page < view->end;
}

static bool is_asked(const struct view *view, const struct item *item) {
    return view->result->answers[item->index].state != ANSWER_NOT_ASKED;
}

static void write_message(struct buffer *html, const struct view *view, enum message message) {
    wording_message(html, view->language, message, NULL);
}

/* ` lang="en"` where the interface's words are not in the page's language. */
static void write_foreign(struct buffer *html, const struct view *view) {
    html_attribute(html, "lang", wording_foreign(view->language));
}

/* --- the head of the form: what is not seen --- */

static void write_control(struct buffer *html, const char *name, const char *value) {
    html_raw(html, "<input type=\"hidden\"");
    html_attribute(html, "name", name);
    html_attribute(html, "value", value);
    html_raw(html, ">\n");
}

static void write_controls(struct buffer *html, const struct view *view) {
    struct arena *arena = view->pages->arena;
    struct buffer withheld = {0};
    int64_t key = view->form->key ? view->form->key : store_new_key();
    write_control(html, "response-key", arena_format(arena, "%lld", (long long)key));
    write_control(html, "page-shown", arena_format(arena, "%zu", view->result->screen));
    write_control(html, "form-language", wording_tag(view->language));
    for (size_t i = 0; i < view->questionnaire->item_count; i++) {
        const struct item *item = &view->questionnaire->items[i];
        if (is_on_screen(view, item) && !is_asked(view, item))
            buffer_format(&withheld, "%s%s", withheld.length ? " " : "", item->id);
    }
    if (withheld.length)
        write_control(html, "not-shown", buffer_text(&withheld));
    buffer_destroy(&withheld);
}

/* Opens the form. The first button in it is what Enter in a text field presses: it goes on, and never sends,
 * goes back or changes the language. It is neither seen nor reached by keyboard or screen reader. */
static void write_opening(struct buffer *html, const struct view *view) {
    html_raw(html, "<form method=\"post\"");
    html_attribute(html, "action", view->pages->site->root);
    html_raw(html, " accept-charset=\"utf-8\">\n"
                   "<button type=\"submit\" class=\"hidden\" name=\"go-next\" value=\"1\" tabindex=\"-1\" "
                   "aria-hidden=\"true\"></button>\n");
    write_controls(html, view);
    for (size_t i = 0; i < view->questionnaire->item_count; i++) {
        const struct item *item = &view->questionnaire->items[i];
        if (!is_on_screen(view, item) || !is_asked(view, item))
            fields_hidden(html, &view->fields, item);
    }
}

/* --- what is said above the questions --- */

static void open_summary(struct buffer *html, const struct view *view, const char *class) {
    html_raw(html, "<div");
    html_attribute(html, "class", class);
    html_raw(html, " role=\"alert\" tabindex=\"-1\" autofocus>\n<h2");
    write_foreign(html, view);
    html_raw(html, ">");
}

static void write_problem_link(struct buffer *html, const struct view *view, const struct problem *problem) {
    enum language language = wording_interface(view->language);
    buffer_format(html, "<li><a href=\"#%s-1\">", problem->item->id);
    wording_text(html, view->language, problem->item->text);
    html_raw(html, "</a> <span");
    write_foreign(html, view);
    html_raw(html, ">");
    html_text(html, answer_problem_text(view->pages->arena, problem, language));
    html_raw(html, "</span></li>\n");
}

/* The problems of the screen, one for each item, each a link to its field. */
static void write_problems(struct buffer *html, const struct view *view) {
    const struct form_result *result = view->result;
    struct buffer links = {0};
    size_t count = 0;
    for (size_t i = 0; i < result->problem_count; i++)
        if (fields_problem(&view->fields, result->problems[i].item) == &result->problems[i]) {
            write_problem_link(&links, view, &result->problems[i]);
            count++;
        }
    open_summary(html, view, "summary bad");
    wording_message(html, view->language, count == 1 ? MESSAGE_FORM_ONE_PROBLEM : MESSAGE_FORM_PROBLEMS,
                    (struct hole[]){{"count", arena_format(view->pages->arena, "%zu", count)}, {0}});
    html_raw(html, "</h2>\n<p");
    write_foreign(html, view);
    html_raw(html, ">");
    write_message(html, view, MESSAGE_FORM_PROBLEMS_KEPT);
    html_raw(html, "</p>\n<ul>\n");
    buffer_append(html, buffer_text(&links));
    html_raw(html, "</ul>\n</div>\n");
    buffer_destroy(&links);
}

/* The questions that have come up, each a link. */
static void write_revealed(struct buffer *html, const struct view *view) {
    open_summary(html, view, "summary");
    write_message(html, view, MESSAGE_FORM_MORE_TITLE);
    html_raw(html, "</h2>\n<p");
    write_foreign(html, view);
    html_raw(html, ">");
    write_message(html, view, MESSAGE_FORM_MORE);
    html_raw(html, "</p>\n<ul>\n");
    for (size_t i = 0; i < view->questionnaire->question_count; i++) {
        const struct question *question = &view->questionnaire->questions[i];
        if (!view->fields.fresh[question->items[0].index])
            continue;
        buffer_format(html, "<li><a href=\"#%s-1\">", question->items[0].id);
        wording_text(html, view->language, question->text);
        html_raw(html, "</a></li>\n");
    }
    html_raw(html, "</ul>\n</div>\n");
}

static void write_notice(struct buffer *html, const struct view *view, enum pages_notice notice) {
    bool full = notice == PAGES_NOT_RECORDED;
    open_summary(html, view, "summary bad");
    write_message(html, view, full ? MESSAGE_FORM_NOT_RECORDED_TITLE : MESSAGE_FORM_NO_KEY_TITLE);
    html_raw(html, "</h2>\n<p");
    write_foreign(html, view);
    html_raw(html, ">");
    write_message(html, view, full ? MESSAGE_FORM_NOT_RECORDED : MESSAGE_FORM_NO_KEY);
    html_raw(html, "</p>\n<p class=\"buttons\">");
    html_raw(html, "<button type=\"submit\" name=\"go-send\" value=\"1\"");
    write_foreign(html, view);
    html_raw(html, ">");
    write_message(html, view, MESSAGE_FORM_SEND_AGAIN);
    html_raw(html, "</button></p>\n</div>\n");
}

/* Where the respondent is: how many pages there are is said as far as it is known. */
static void write_progress(struct buffer *html, const struct view *view) {
    const struct answer *answers = view->result->answers;
    struct buffer steps = {0};
    size_t number = 0, most = 0, screens = form_screen_count(view->questionnaire), now = view->result->screen;
    bool certain = true;
    for (size_t screen = 0; screen < screens; screen++) {
        enum form_prospect prospect = screen > now ? form_prospect(view->questionnaire, answers, screen, now)
                                      : answer_page_is_asked(view->questionnaire, screen, answers)
                                          ? FORM_COMES
                                          : FORM_DOES_NOT_COME;
        if (prospect == FORM_DOES_NOT_COME)
            continue;
        most++;
        number += screen <= now;
        certain = certain && prospect == FORM_COMES;
        buffer_format(&steps, "<i class=\"%s\"></i>",
                      screen < now             ? "done"
                      : screen == now          ? "now"
                      : prospect == FORM_COMES ? "ahead"
                                               : "maybe");
    }
    if (most > 1) {
        const char *page = arena_format(view->pages->arena, "%zu", number);
        const char *pages = arena_format(view->pages->arena, "%zu", most);
        html_raw(html, "<div class=\"progress\"><p");
        write_foreign(html, view);
        html_raw(html, ">");
        wording_message(html, view->language,
                        now == screens ? MESSAGE_FORM_LAST_STEP
                        : certain      ? MESSAGE_FORM_PAGE_OF
                                       : MESSAGE_FORM_PAGE_OF_AT_MOST,
                        (struct hole[]){{"page", page}, {"pages", pages}, {0}});
        buffer_format(html, "</p><div class=\"steps\" aria-hidden=\"true\">%s</div></div>\n",
                      buffer_text(&steps));
    }
    buffer_destroy(&steps);
}

/* --- the questions --- */

static void write_heading(struct buffer *html, const struct view *view, int level, struct wording text) {
    if (!wording_exists(text))
        return;
    buffer_format(html, "<h%d>", level);
    wording_text(html, view->language, text);
    buffer_format(html, "</h%d>\n", level);
}

/* The survey's title, introduced on the first screen and only recalled on the others. */
static void write_head(struct buffer *html, const struct view *view) {
    const struct questionnaire *questionnaire = view->questionnaire;
    if (view->result->screen > 0) {
        html_raw(html, "<p class=\"survey\">");
        wording_text(html, view->language, questionnaire->title);
        html_raw(html, "</p>\n");
        return;
    }
    write_heading(html, view, 1, questionnaire->title);
    /* Who has something to mend has read the introduction. */
    if (view->result->turn == FORM_SHOW && wording_exists(questionnaire->introduction)) {
        html_raw(html, "<div class=\"prose introduction\">\n");
        wording_markdown(html, view->language, questionnaire->introduction);
        html_raw(html, "</div>\n");
    }
}

static void write_page(struct buffer *html, const struct view *view, size_t number) {
    const struct page *page = &view->questionnaire->pages[number];
    if (!answer_page_is_asked(view->questionnaire, number, view->result->answers))
        return;
    html_raw(html, "<section>\n");
    write_heading(html, view, view->result->screen > 0 ? 1 : 2, page->title);
    for (size_t i = 0; i < page->question_count; i++)
        if (is_asked(view, &page->questions[i].items[0]))
            fields_question(html, &view->fields, &page->questions[i]);
    html_raw(html, "</section>\n");
}

static void write_last_step(struct buffer *html, const struct view *view) {
    html_raw(html, "<section>\n<h1");
    write_foreign(html, view);
    html_raw(html, ">");
    write_message(html, view, MESSAGE_FORM_DONE_TITLE);
    html_raw(html, "</h1>\n<p");
    write_foreign(html, view);
    html_raw(html, ">");
    write_message(html, view, MESSAGE_FORM_DONE);
    html_raw(html, "</p>\n</section>\n");
}

static void write_button(struct buffer *html, const struct view *view, const char *name,
                         enum message message) {
    html_raw(html, "<button type=\"submit\"");
    html_attribute(html, "name", name);
    html_raw(html, " value=\"1\"");
    write_foreign(html, view);
    html_raw(html, ">");
    write_message(html, view, message);
    html_raw(html, "</button>\n");
}

static void write_buttons(struct buffer *html, const struct view *view) {
    size_t before = view->result->screen;
    html_raw(html, "<p class=\"buttons\">\n");
    if (view->is_last)
        write_button(html, view, "go-send", MESSAGE_FORM_SEND);
    else
        write_button(html, view, "go-next", MESSAGE_FORM_NEXT);
    if (form_screen_before(view->questionnaire, view->result->answers, &before))
        write_button(html, view, "go-back", MESSAGE_FORM_BACK);
    html_raw(html, "</p>\n");
}

/* --- the whole --- */

static bool may_go_on(const struct view *view) {
    size_t now = view->result->screen;
    for (size_t screen = now + 1; screen < form_screen_count(view->questionnaire); screen++)
        if (form_prospect(view->questionnaire, view->result->answers, screen, now) != FORM_DOES_NOT_COME)
            return true;
    return false;
}

/* The items that were withheld and are asked now, one flag each. */
static const bool *find_fresh(const struct view *view) {
    if (view->result->turn != FORM_REVEAL)
        return NULL;
    bool *fresh = ARENA_NEW(view->pages->arena, bool, view->questionnaire->item_count);
    for (size_t i = 0; i < view->questionnaire->item_count; i++)
        fresh[i] = view->form->withheld[i] && is_asked(view, &view->questionnaire->items[i]);
    return fresh;
}

static void write_title(struct buffer *html, const struct view *view) {
    bool titled = view->first < view->end && wording_exists(view->questionnaire->pages[view->first].title);
    if (view->result->screen == form_screen_count(view->questionnaire))
        write_message(html, view, MESSAGE_FORM_DONE_TITLE);
    else if (titled && !view->questionnaire->single_layout)
        wording_text(html, view->language, view->questionnaire->pages[view->first].title);
}

static void write_content(struct buffer *html, const struct view *view, enum pages_notice notice) {
    if (notice != PAGES_PLAIN)
        write_notice(html, view, notice);
    else if (view->result->turn == FORM_MEND)
        write_problems(html, view);
    else if (view->result->turn == FORM_REVEAL)
        write_revealed(html, view);
    write_head(html, view);
    if (!view->questionnaire->single_layout)
        write_progress(html, view);
    for (size_t page = view->first; page < view->end; page++)
        write_page(html, view, page);
    if (view->result->screen == form_screen_count(view->questionnaire))
        write_last_step(html, view);
    write_buttons(html, view);
}

void pages_form(struct reply *reply, const struct pages *pages, const struct form *form,
                const struct form_result *result, enum pages_notice notice) {
    struct view view = {.pages = pages,
                        .questionnaire = pages->site->questionnaire,
                        .language = frame_language(pages),
                        .form = form,
                        .result = result};
    form_pages(view.questionnaire, result->screen, &view.first, &view.end);
    view.is_last = !may_go_on(&view);
    view.fields = (struct fields){.arena = pages->arena,
                                  .language = view.language,
                                  .entries = form->entries,
                                  .answers = result->answers,
                                  .fresh = find_fresh(&view),
                                  .problems = result->problems,
                                  .problem_count = result->problem_count,
                                  .first_page = view.first};
    bool mend = result->turn == FORM_MEND;
    struct frame frame = {.status = mend                           ? 422
                                    : notice == PAGES_NOT_RECORDED ? 503
                                                                   : 200,
                          .main = "form",
                          .is_wrong = mend || notice != PAGES_PLAIN};
    write_title(&frame.title, &view);
    frame.names_survey = true;
    write_opening(&frame.opening, &view);
    write_content(&frame.content, &view, notice);
    frame_finish(&frame, reply, pages);
}
