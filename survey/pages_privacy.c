/* Who runs the survey, in the organiser's words, and what the program does, in its own. */
#include "survey/pages_internal.h"

#include "model/base/html.h"

/* One message is a paragraph, several are a list. */
static void write_list(struct buffer *html, const struct pages *pages, const enum message *messages,
                       size_t count) {
    if (count == 1) {
        frame_message(html, pages, "p", messages[0], NULL);
        return;
    }
    html_raw(html, "<ul>\n");
    for (size_t i = 0; i < count; i++)
        frame_message(html, pages, "li", messages[i], NULL);
    html_raw(html, "</ul>\n");
}

/* What is so however one came, and what depends on it. */
static void write_own_words(struct buffer *html, const struct pages *pages) {
    static const enum message kept[] = {MESSAGE_PRIVACY_KEPT, MESSAGE_PRIVACY_KEPT_ROSTER},
                              by_link[] = {MESSAGE_PRIVACY_LINK, MESSAGE_PRIVACY_LINK_LIST,
                                           MESSAGE_PRIVACY_LINK_FAITH};
    bool links = pages->site->by_link;
    frame_message(html, pages, "h2", MESSAGE_PRIVACY_TITLE, NULL);
    frame_message(html, pages, "h3", MESSAGE_PRIVACY_KEPT_TITLE, NULL);
    write_list(html, pages, kept, links ? 2 : 1);
    frame_message(html, pages, "h3", MESSAGE_PRIVACY_NOT_KEPT_TITLE, NULL);
    frame_message(html, pages, "p", MESSAGE_PRIVACY_NOT_KEPT, NULL);
    if (links) {
        frame_message(html, pages, "h3", MESSAGE_PRIVACY_LINK_TITLE, NULL);
        write_list(html, pages, by_link, 3);
    }
    frame_message(html, pages, "h3", MESSAGE_PRIVACY_DRAFT_TITLE, NULL);
    frame_message(html, pages, "p", links ? MESSAGE_PRIVACY_DRAFT_LINK : MESSAGE_PRIVACY_DRAFT_COOKIE, NULL);
    frame_message(html, pages, "h3", MESSAGE_PRIVACY_SENT_TITLE, NULL);
    frame_message(html, pages, "p", MESSAGE_PRIVACY_SENT, NULL);
}

void pages_privacy(struct reply *reply, const struct pages *pages) {
    const struct questionnaire *questionnaire = pages->site->questionnaire;
    struct frame frame = {.status = 200, .main = "content", .names_survey = true};
    wording_message(&frame.title, frame_language(pages), MESSAGE_PAGE_PRIVACY, NULL);
    frame_message(&frame.content, pages, "h1", MESSAGE_PAGE_PRIVACY, NULL);
    html_raw(&frame.content, "<div class=\"prose\">\n");
    if (wording_exists(questionnaire->privacy))
        wording_markdown(&frame.content, frame_language(pages), questionnaire->privacy);
    else
        frame_message(&frame.content, pages, "p", MESSAGE_PAGE_NO_PRIVACY, NULL);
    write_own_words(&frame.content, pages);
    html_raw(&frame.content, "</div>\n");
    frame_finish(&frame, reply, pages);
}
