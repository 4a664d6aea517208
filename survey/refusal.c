#include "survey/refusal.h"

#include "model/base/html.h"
#include "survey/frame.h"

static void write_element(struct buffer *html, const struct pages *pages, const char *tag,
                          enum message message, const struct hole *holes) {
    buffer_format(html, "<%s", tag);
    html_attribute(html, "lang", wording_foreign(frame_language(pages)));
    html_raw(html, ">");
    wording_message(html, frame_language(pages), message, holes);
    buffer_format(html, "</%s>\n", tag);
}

/* In a flood this page is made thousands of times: it has no style sheet, and is shorter than a request may
 * be, so that nobody can make the server send more than it is sent. */
static void write_too_often(struct reply *reply, const struct pages *pages, unsigned retry_after) {
    const char *seconds = arena_format(pages->arena, "%u", retry_after);
    const struct hole holes[] = {{"seconds", seconds}, {0}};
    struct buffer *html = &reply->body;
    html_raw(html, "<!doctype html>\n<html");
    html_attribute(html, "lang", wording_tag(frame_language(pages)));
    html_raw(html, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    wording_message(html, frame_language(pages), MESSAGE_PAGE_TOO_OFTEN_TITLE, NULL);
    html_raw(html,
             "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n"
             "</head>\n<body>\n<main>\n");
    write_element(html, pages, "h1", MESSAGE_PAGE_TOO_OFTEN_TITLE, NULL);
    write_element(html, pages, "p", MESSAGE_PAGE_TOO_OFTEN, holes);
    html_raw(html, "</main>\n</body>\n</html>\n");
    reply->status = 429;
    frame_add_headers(reply, pages->site, "text/html; charset=utf-8", "no-store");
    reply_add_header(reply, "Retry-After", seconds);
    reply_add_header(reply, "Connection", "close");
}

static void write_foreign(struct reply *reply, const struct pages *pages) {
    struct frame frame = {.status = 403, .main = "content", .names_survey = true};
    wording_message(&frame.title, frame_language(pages), MESSAGE_PAGE_FOREIGN_TITLE, NULL);
    write_element(&frame.content, pages, "h1", MESSAGE_PAGE_FOREIGN_TITLE, NULL);
    write_element(&frame.content, pages, "p", MESSAGE_PAGE_FOREIGN, NULL);
    write_element(&frame.content, pages, "p", MESSAGE_PAGE_FOREIGN_SETTING, NULL);
    frame_finish(&frame, reply, pages);
}

void refusal_page(struct reply *reply, const struct pages *pages, enum request_fault fault,
                  unsigned retry_after) {
    if (fault == REQUEST_TOO_OFTEN)
        write_too_often(reply, pages, retry_after);
    else
        write_foreign(reply, pages);
}
