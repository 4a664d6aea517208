#include "survey/pages_internal.h"

#include "model/base/html.h"

static const char accessibility[2][8192] = {[LANGUAGE_ENGLISH] =
#include "survey/web/accessibility.en.md.inc"
                                                , [LANGUAGE_FRENCH] =
#include "survey/web/accessibility.fr.md.inc"
};

static void start_message(struct frame *frame, const struct pages *pages, enum message title) {
    *frame = (struct frame){.status = 200, .main = "content", .names_survey = true};
    wording_message(&frame->title, frame_language(pages), title, NULL);
    frame_message(&frame->content, pages, "h1", title, NULL);
}

/* The questionnaire's title above a page that is not the form's first. */
static void write_survey(struct buffer *html, const struct pages *pages) {
    html_raw(html, "<p class=\"survey\">");
    wording_text(html, frame_language(pages), pages->site->questionnaire->title);
    html_raw(html, "</p>\n");
}

void pages_thanks(struct reply *reply, const struct pages *pages, bool is_repeated) {
    bool preview = pages->site->preview;
    const struct wording thanks = pages->site->questionnaire->thanks;
    struct frame frame = {.status = 200, .main = "thanks", .names_survey = true};
    enum message title = preview ? MESSAGE_PAGE_PREVIEW_END_TITLE : MESSAGE_PAGE_THANKS_TITLE;
    wording_message(&frame.title, frame_language(pages), title, NULL);
    write_survey(&frame.content, pages);
    if (!preview)
        html_raw(&frame.content,
                 "<svg class=\"check\" viewBox=\"0 0 48 48\" width=\"56\" height=\"56\" aria-hidden=\"true\">"
                 "<circle cx=\"24\" cy=\"24\" r=\"22\"/><path d=\"m14 25 7 7 13-15\"/></svg>\n");
    frame_message(&frame.content, pages, "h1", title, NULL);
    if (preview)
        frame_message(&frame.content, pages, "p", MESSAGE_PAGE_PREVIEW_END, NULL);
    if (is_repeated)
        frame_message(&frame.content, pages, "p", MESSAGE_PAGE_THANKS_AGAIN, NULL);
    html_raw(&frame.content, "<div class=\"prose\">\n");
    if (wording_exists(thanks))
        wording_markdown(&frame.content, frame_language(pages), thanks);
    else
        frame_message(&frame.content, pages, "p", MESSAGE_PAGE_THANKS, NULL);
    html_raw(&frame.content, "</div>\n");
    frame_finish(&frame, reply, pages);
}

/* The words of each message: its title and up to two paragraphs. */
static const struct message_words {
    enum message title, text, advice; /* MESSAGE_COUNT: none */
} message_words[] = {
    [PAGES_NOT_YET] = {MESSAGE_PAGE_NOT_YET_TITLE, MESSAGE_PAGE_NOT_YET, MESSAGE_COUNT},
    [PAGES_CLOSED] = {MESSAGE_PAGE_CLOSED_TITLE, MESSAGE_PAGE_CLOSED, MESSAGE_COUNT},
    [PAGES_CLOSED_TOO_LATE] = {MESSAGE_PAGE_CLOSED_TITLE, MESSAGE_PAGE_CLOSED_NOT_RECORDED,
                               MESSAGE_PAGE_CLOSED},
    [PAGES_NOT_FOUND] = {MESSAGE_PAGE_NOT_FOUND_TITLE, MESSAGE_PAGE_NOT_FOUND, MESSAGE_COUNT},
    [PAGES_NOT_ALLOWED] = {MESSAGE_PAGE_NOT_ALLOWED_TITLE, MESSAGE_PAGE_NOT_ALLOWED, MESSAGE_COUNT},
    [PAGES_NOT_A_FORM] = {MESSAGE_PAGE_REFUSED_TITLE, MESSAGE_PAGE_NOT_A_FORM, MESSAGE_PAGE_REFUSED_BACK},
    [PAGES_BROKEN] = {MESSAGE_PAGE_REFUSED_TITLE, MESSAGE_PAGE_BROKEN, MESSAGE_PAGE_REFUSED_BACK},
    [PAGES_NO_TEXT] = {MESSAGE_PAGE_REFUSED_TITLE, MESSAGE_PAGE_NO_TEXT, MESSAGE_PAGE_REFUSED_BACK},
    [PAGES_TOO_MANY] = {MESSAGE_PAGE_REFUSED_TITLE, MESSAGE_PAGE_TOO_MANY, MESSAGE_PAGE_REFUSED_BACK},
    [PAGES_UNKNOWN_FIELD] = {MESSAGE_PAGE_REFUSED_TITLE, MESSAGE_PAGE_UNKNOWN_FIELD,
                             MESSAGE_PAGE_REFUSED_BACK},
    [PAGES_REPEATED_FIELD] = {MESSAGE_PAGE_REFUSED_TITLE, MESSAGE_PAGE_REPEATED_FIELD,
                              MESSAGE_PAGE_REFUSED_BACK},
    [PAGES_TOO_LARGE] = {MESSAGE_PAGE_REFUSED_TITLE, MESSAGE_PAGE_TOO_LARGE, MESSAGE_PAGE_REFUSED_BACK},
    [PAGES_ANSWERED] = {MESSAGE_PAGE_ANSWERED_TITLE, MESSAGE_PAGE_ANSWERED, MESSAGE_PAGE_ANSWERED_NOT_YOU},
    [PAGES_ANSWERED_TWICE] = {MESSAGE_PAGE_ANSWERED_TITLE, MESSAGE_PAGE_ANSWERED_TWICE,
                              MESSAGE_PAGE_ANSWERED_NOT_YOU},
    [PAGES_NO_LINK] = {MESSAGE_PAGE_NO_LINK_TITLE, MESSAGE_PAGE_NO_LINK, MESSAGE_PAGE_NO_LINK_ASK},
    [PAGES_LATER] = {MESSAGE_PAGE_LATER_TITLE, MESSAGE_PAGE_LATER, MESSAGE_COUNT},
};

/* The way on from a message, where there is one: back to the form, or to where a code is typed. */
static void write_way_on(struct buffer *html, const struct pages *pages, enum pages_message message) {
    bool by_link = pages->site->by_link;
    switch (message) {
    case PAGES_NOT_YET:
    case PAGES_CLOSED:
    case PAGES_CLOSED_TOO_LATE:
    case PAGES_ANSWERED:
    case PAGES_ANSWERED_TWICE:
        break;
    case PAGES_NO_LINK:
        pages_button_link(html, pages, "", MESSAGE_PAGE_TO_CODE);
        break;
    case PAGES_LATER:
        pages_button_link(html, pages, pages->home ? pages->home : "", MESSAGE_PAGE_TRY_AGAIN);
        break;
    default:
        pages_button_link(html, pages, pages->home ? pages->home : "",
                          by_link && !pages->home ? MESSAGE_PAGE_TO_CODE : MESSAGE_PAGE_TO_FORM);
        break;
    }
}

void pages_message(struct reply *reply, const struct pages *pages, unsigned status,
                   enum pages_message message, const char *detail) {
    const struct message_words *words = &message_words[message];
    const struct questionnaire *questionnaire = pages->site->questionnaire;
    struct frame frame;
    struct buffer date = {0};
    if (questionnaire->opens)
        language_date(&date, wording_interface(frame_language(pages)), questionnaire->opens);
    const struct hole holes[] = {{"date", buffer_text(&date)}, {"field", detail ? detail : ""}, {0}};
    start_message(&frame, pages, words->title);
    frame.status = status;
    frame_message(&frame.content, pages, "p", words->text, holes);
    if (words->advice != MESSAGE_COUNT)
        frame_message(&frame.content, pages, "p", words->advice, NULL);
    write_way_on(&frame.content, pages, message);
    buffer_destroy(&date);
    frame_finish(&frame, reply, pages);
}

void pages_accessibility(struct reply *reply, const struct pages *pages) {
    const char *text = accessibility[wording_interface(frame_language(pages))];
    struct frame frame;
    start_message(&frame, pages, MESSAGE_PAGE_ACCESSIBILITY);
    html_raw(&frame.content, "<div class=\"prose\"");
    html_attribute(&frame.content, "lang", wording_foreign(frame_language(pages)));
    html_raw(&frame.content, ">\n");
    html_markdown(&frame.content, text, 1);
    html_raw(&frame.content, "</div>\n");
    frame_finish(&frame, reply, pages);
}
