/* What the form says above its questions. */
#include "survey/pages_internal.h"

#include "model/base/html.h"

/* ` lang="en"` where the interface's words are not in the page's language. */
static void write_foreign(struct buffer *html, const struct pages_view *view) {
    html_attribute(html, "lang", wording_foreign(view->language));
}

/* Opens a box that is read out, and that has the focus when the page comes. */
static void open_summary(struct buffer *html, const struct pages_view *view, const char *class,
                         const char *role) {
    html_raw(html, "<div");
    html_attribute(html, "class", class);
    html_attribute(html, "role", role);
    html_raw(html, " tabindex=\"-1\" autofocus>\n<h2");
    write_foreign(html, view);
    html_raw(html, ">");
}

static void write_problem_link(struct buffer *html, const struct pages_view *view,
                               const struct problem *problem) {
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
static void write_problems(struct buffer *html, const struct pages_view *view) {
    const struct form_result *result = view->result;
    struct buffer links = {0};
    size_t count = 0;
    for (size_t i = 0; i < result->problem_count; i++)
        if (fields_problem(&view->fields, result->problems[i].item) == &result->problems[i]) {
            write_problem_link(&links, view, &result->problems[i]);
            count++;
        }
    open_summary(html, view, "summary bad", "alert");
    wording_message(html, view->language, count == 1 ? MESSAGE_FORM_ONE_PROBLEM : MESSAGE_FORM_PROBLEMS,
                    (struct hole[]){{"count", arena_format(view->pages->arena, "%zu", count)}, {0}});
    html_raw(html, "</h2>\n");
    frame_message(html, view->pages, "p", MESSAGE_FORM_PROBLEMS_KEPT, NULL);
    html_raw(html, "<ul>\n");
    buffer_append(html, buffer_text(&links));
    html_raw(html, "</ul>\n</div>\n");
    buffer_destroy(&links);
}

/* The questions that have come up, each a link. */
static void write_revealed(struct buffer *html, const struct pages_view *view) {
    open_summary(html, view, "summary", "alert");
    wording_message(html, view->language, MESSAGE_FORM_MORE_TITLE, NULL);
    html_raw(html, "</h2>\n");
    frame_message(html, view->pages, "p", MESSAGE_FORM_MORE, NULL);
    html_raw(html, "<ul>\n");
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

/* The words of each notice, and the button that helps; the class of its box tells good from bad. */
static const struct notice_words {
    enum message title, text;
    const char *class, *role;
    const char *button; /* NULL: none */
    enum message label;
} notice_words[PAGES_NOTICE_COUNT] = {
    [PAGES_NOT_RECORDED] = {MESSAGE_FORM_NOT_RECORDED_TITLE, MESSAGE_FORM_NOT_RECORDED, "summary bad",
                            "alert", "go-send", MESSAGE_FORM_SEND_AGAIN},
    [PAGES_NO_KEY] = {MESSAGE_FORM_NO_KEY_TITLE, MESSAGE_FORM_NO_KEY, "summary bad", "alert", "go-send",
                      MESSAGE_FORM_SEND_AGAIN},
    [PAGES_RESUMED] = {MESSAGE_FORM_RESUMED_TITLE, MESSAGE_FORM_RESUMED, "summary", "status", "go-erase",
                       MESSAGE_FORM_ERASE},
    [PAGES_ERASED] = {MESSAGE_FORM_ERASED_TITLE, MESSAGE_FORM_ERASED, "summary", "status", NULL,
                      MESSAGE_COUNT},
    [PAGES_NOT_SAVED] = {MESSAGE_FORM_NOT_SAVED_TITLE, MESSAGE_FORM_NOT_SAVED, "summary bad", "alert",
                         "go-save", MESSAGE_FORM_SAVE_AGAIN},
    [PAGES_NOTHING_TO_SAVE] = {MESSAGE_FORM_NOTHING_TO_SAVE_TITLE, MESSAGE_FORM_NOTHING_TO_SAVE, "summary",
                               "status", NULL, MESSAGE_COUNT},
};

static void write_words(struct buffer *html, const struct pages_view *view) {
    const struct notice_words *words = &notice_words[view->sheet->notice];
    open_summary(html, view, words->class, words->role);
    wording_message(html, view->language, words->title, NULL);
    html_raw(html, "</h2>\n");
    frame_message(html, view->pages, "p", words->text, NULL);
    if (words->button) {
        html_raw(html, "<p class=\"buttons\">\n");
        if (view->sheet->notice == PAGES_RESUMED) {
            html_raw(html, "<a class=\"button\" href=\"#questions\"");
            write_foreign(html, view);
            html_raw(html, ">");
            wording_message(html, view->language, MESSAGE_FORM_GO_ON, NULL);
            html_raw(html, "</a>\n");
        }
        pages_button(html, view->pages, NULL, words->button, words->label);
        html_raw(html, "</p>\n");
    }
    html_raw(html, "</div>\n");
}

void pages_write_notice(struct buffer *html, const struct pages_view *view) {
    if (view->sheet->notice != PAGES_PLAIN)
        write_words(html, view);
    else if (view->result->turn == FORM_MEND)
        write_problems(html, view);
    else if (view->result->turn == FORM_REVEAL)
        write_revealed(html, view);
}

void pages_write_known(struct buffer *html, const struct pages_view *view) {
    struct buffer list = {0};
    for (size_t i = 0; i < view->questionnaire->item_count; i++) {
        const struct question *question = view->questionnaire->items[i].question;
        if (!view->form->known[i])
            continue;
        html_raw(&list, "<div><dt>");
        wording_text(&list, view->language, question->text);
        html_raw(&list, "</dt> <dd>");
        size_t option = questionnaire_option(question, view->form->entries[i].values[0]);
        wording_text(&list, view->language, question->options[option].text);
        html_raw(&list, "</dd></div>\n");
    }
    if (list.length) {
        html_raw(html, "<div class=\"note\">\n");
        frame_message(html, view->pages, "p", MESSAGE_FORM_KNOWN, NULL);
        buffer_format(html, "<dl>\n%s</dl>\n", buffer_text(&list));
        frame_message(html, view->pages, "p", MESSAGE_FORM_KNOWN_NOT, NULL);
        html_raw(html, "</div>\n");
    }
    buffer_destroy(&list);
}

void pages_write_not_kept(struct buffer *html, const struct pages_view *view) {
    html_raw(html, "<p class=\"note quiet\" role=\"status\"");
    write_foreign(html, view);
    html_raw(html, ">");
    wording_message(html, view->language, MESSAGE_FORM_NOT_KEPT, NULL);
    html_raw(html, "</p>\n");
}
