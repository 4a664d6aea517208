/* The form as a page. */
#include "survey/pages_internal.h"

#include "model/base/html.h"
#include "model/store.h"
#include "survey/form_screen.h"

#include <stdio.h>
#include <string.h>

static bool is_on_screen(const struct pages_view *view, const struct item *item) {
    return item->question->page >= view->first && item->question->page < view->end;
}

static bool is_asked(const struct pages_view *view, const struct item *item) {
    return view->result->answers[item->index].state != ANSWER_NOT_ASKED;
}

/* ` lang="en"` where the interface's words are not in the page's language. */
static void write_foreign(struct buffer *html, const struct pages_view *view) {
    html_attribute(html, "lang", wording_foreign(view->language));
}

/* The items that were withheld and are asked now, one flag each. */
static const bool *find_fresh(const struct pages_view *view) {
    if (view->result->turn != FORM_REVEAL)
        return NULL;
    bool *fresh = ARENA_NEW(view->pages->arena, bool, view->questionnaire->item_count);
    for (size_t i = 0; i < view->questionnaire->item_count; i++)
        fresh[i] = view->form->withheld[i] && is_asked(view, &view->questionnaire->items[i]);
    return fresh;
}

struct pages_view pages_view(const struct pages *pages, const struct pages_sheet *sheet) {
    const struct form_result *result = sheet->result;
    struct pages_view view = {.pages = pages,
                              .questionnaire = pages->site->questionnaire,
                              .language = frame_language(pages),
                              .sheet = sheet,
                              .form = sheet->form,
                              .result = result};
    form_screen_pages(view.questionnaire, result->screen, &view.first, &view.end);
    view.fields = (struct fields){.arena = pages->arena,
                                  .language = view.language,
                                  .entries = view.form->entries,
                                  .answers = result->answers,
                                  .known = view.form->known,
                                  .fresh = find_fresh(&view),
                                  .problems = result->problems,
                                  .problem_count = result->problem_count,
                                  .first_page = view.first};
    return view;
}

/* --- the head of the form: what is not seen --- */

static void write_control(struct buffer *html, const char *name, const char *value) {
    html_raw(html, "<input type=\"hidden\"");
    html_attribute(html, "name", name);
    html_attribute(html, "value", value);
    html_raw(html, ">\n");
}

static void write_controls(struct buffer *html, const struct pages_view *view) {
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

void pages_open_form(struct buffer *html, const struct pages_view *view, const char *enter, bool all) {
    const struct pages *pages = view->pages;
    const char *home = pages->home ? pages->home : "";
    html_raw(html, "<form method=\"post\"");
    html_attribute(html, "action", arena_format(pages->arena, "%s%s", pages->site->root, home));
    html_raw(html, " accept-charset=\"utf-8\">\n<button type=\"submit\" class=\"hidden\"");
    html_attribute(html, "name", enter);
    html_raw(html, " value=\"1\" tabindex=\"-1\" aria-hidden=\"true\"></button>\n");
    write_controls(html, view);
    for (size_t i = 0; i < view->questionnaire->item_count; i++) {
        const struct item *item = &view->questionnaire->items[i];
        bool hidden = all || !is_on_screen(view, item) || !is_asked(view, item);
        if (hidden && !view->form->known[i])
            fields_hidden(html, &view->fields, item);
    }
}

void pages_button(struct buffer *html, const struct pages *pages, const char *class, const char *name,
                  enum message message) {
    html_raw(html, "<button type=\"submit\"");
    html_attribute(html, "class", class);
    html_attribute(html, "name", name);
    html_raw(html, " value=\"1\"");
    html_attribute(html, "lang", wording_foreign(frame_language(pages)));
    html_raw(html, ">");
    wording_message(html, frame_language(pages), message, NULL);
    html_raw(html, "</button>\n");
}

/* --- where the respondent is --- */

/* Where the respondent is: how many pages there are is said as far as it is known. */
static void write_progress(struct buffer *html, const struct pages_view *view) {
    const struct answer *answers = view->result->answers;
    struct buffer steps = {0};
    size_t number = 0, most = 0, screens = form_screen_count(view->questionnaire), now = view->result->screen;
    bool certain = true;
    for (size_t screen = 0; screen < screens; screen++) {
        enum form_screen_prospect prospect =
            screen > now ? form_screen_prospect(view->questionnaire, answers, screen, now)
            : answer_page_is_asked(view->questionnaire, screen, answers) ? FORM_SCREEN_COMES
                                                                         : FORM_SCREEN_DOES_NOT_COME;
        if (prospect == FORM_SCREEN_DOES_NOT_COME)
            continue;
        most++;
        number += screen <= now;
        certain = certain && prospect == FORM_SCREEN_COMES;
        buffer_format(&steps, "<i class=\"%s\"></i>",
                      screen < now                    ? "done"
                      : screen == now                 ? "now"
                      : prospect == FORM_SCREEN_COMES ? "ahead"
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

static void write_heading(struct buffer *html, const struct pages_view *view, int level,
                          struct wording text) {
    if (!wording_exists(text))
        return;
    buffer_format(html, "<h%d>", level);
    wording_text(html, view->language, text);
    buffer_format(html, "</h%d>\n", level);
}

/* The survey's title, introduced on the first screen and only recalled on the others. */
static void write_head(struct buffer *html, const struct pages_view *view) {
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

static void write_page(struct buffer *html, const struct pages_view *view, size_t number) {
    const struct page *page = &view->questionnaire->pages[number];
    if (!answer_page_is_asked(view->questionnaire, number, view->result->answers))
        return;
    if (number == view->first)
        html_raw(html, "<section id=\"questions\" tabindex=\"-1\">\n");
    else
        html_raw(html, "<section>\n");
    write_heading(html, view, view->result->screen > 0 ? 1 : 2, page->title);
    for (size_t i = 0; i < page->question_count; i++)
        if (is_asked(view, &page->questions[i].items[0]))
            fields_question(html, &view->fields, &page->questions[i]);
    html_raw(html, "</section>\n");
}

static void write_last_step(struct buffer *html, const struct pages_view *view) {
    html_raw(html, "<section id=\"questions\" tabindex=\"-1\">\n");
    frame_message(html, view->pages, "h1", MESSAGE_FORM_DONE_TITLE, NULL);
    frame_message(html, view->pages, "p", MESSAGE_FORM_DONE, NULL);
    html_raw(html, "</section>\n");
}

static bool may_go_on(const struct pages_view *view) {
    size_t now = view->result->screen;
    for (size_t screen = now + 1; screen < form_screen_count(view->questionnaire); screen++)
        if (form_screen_prospect(view->questionnaire, view->result->answers, screen, now) !=
            FORM_SCREEN_DOES_NOT_COME)
            return true;
    return false;
}

static void write_buttons(struct buffer *html, const struct pages_view *view) {
    size_t before = view->result->screen;
    html_raw(html, "<p class=\"buttons\">\n");
    if (may_go_on(view))
        pages_button(html, view->pages, NULL, "go-next", MESSAGE_FORM_NEXT);
    else
        pages_button(html, view->pages, NULL, "go-send", MESSAGE_FORM_SEND);
    if (form_screen_before(view->questionnaire, view->result->answers, &before))
        pages_button(html, view->pages, NULL, "go-back", MESSAGE_FORM_BACK);
    html_raw(html, "</p>\n");
}

/* What can be done with what was entered besides sending it. A preview keeps nothing. */
static void write_asides(struct buffer *html, const struct pages_view *view) {
    if (view->pages->site->preview)
        return;
    html_raw(html, "<p class=\"quiet-buttons\">\n");
    pages_button(html, view->pages, NULL, "go-save", MESSAGE_FORM_SAVE);
    if (view->sheet->has_draft)
        pages_button(html, view->pages, NULL, "go-erase", MESSAGE_FORM_ERASE);
    html_raw(html, "</p>\n");
}

/* --- the whole --- */

static void write_title(struct buffer *html, const struct pages_view *view) {
    bool titled = view->first < view->end && wording_exists(view->questionnaire->pages[view->first].title);
    if (view->result->screen == form_screen_count(view->questionnaire))
        wording_message(html, view->language, MESSAGE_FORM_DONE_TITLE, NULL);
    else if (titled && !view->questionnaire->single_layout)
        wording_text(html, view->language, view->questionnaire->pages[view->first].title);
}

static void write_content(struct buffer *html, const struct pages_view *view) {
    pages_write_notice(html, view);
    write_head(html, view);
    if (view->result->screen == 0)
        pages_write_known(html, view);
    if (!view->questionnaire->single_layout)
        write_progress(html, view);
    for (size_t page = view->first; page < view->end; page++)
        write_page(html, view, page);
    if (view->result->screen == form_screen_count(view->questionnaire))
        write_last_step(html, view);
    if (view->sheet->not_kept)
        pages_write_not_kept(html, view);
    write_buttons(html, view);
    write_asides(html, view);
}

void pages_form(struct reply *reply, const struct pages *pages, const struct pages_sheet *sheet) {
    struct pages_view view = pages_view(pages, sheet);
    bool mend = sheet->result->turn == FORM_MEND;
    bool failed = sheet->notice == PAGES_NOT_RECORDED || sheet->notice == PAGES_NOT_SAVED;
    struct frame frame = {.status = mend     ? 422
                                    : failed ? 503
                                             : 200,
                          .main = "form",
                          .names_survey = true,
                          .is_wrong = mend || failed || sheet->notice == PAGES_NO_KEY};
    write_title(&frame.title, &view);
    pages_open_form(&frame.opening, &view, "go-next", false);
    write_content(&frame.content, &view);
    frame_finish(&frame, reply, pages);
}
