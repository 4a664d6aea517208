#include "survey/admin_page.h"

#include "model/base/html.h"
#include "model/store_invitation.h"

#include <string.h>

/* --- the frame --- */

static const struct {
    const char *path;
    enum message name;
} ways[] = {{"", MESSAGE_ADMIN_OVERVIEW},
            {"keying", MESSAGE_ADMIN_KEYING},
            {"review", MESSAGE_ADMIN_REVIEW},
            {"reminder", MESSAGE_ADMIN_REMINDER},
            {"downloads", MESSAGE_ADMIN_DOWNLOADS}};

static bool is_below(const char *path, const char *way) {
    size_t length = strcspn(path, "/");
    return strlen(way) == length && !strncmp(path, way, length);
}

static void write_ways(struct buffer *html, struct admin_visit *visit) {
    html_raw(html, "<nav class=\"ways\" aria-label=\"");
    wording_message(html, frame_language(&visit->pages), MESSAGE_ADMIN_WAYS, NULL);
    html_raw(html, "\">\n<ul>\n");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        html_raw(html, "<li><a");
        frame_link(html, &visit->pages,
                   arena_format(visit->arena, ADMIN_PATH "%s%s", *ways[i].path ? "/" : "", ways[i].path));
        html_attribute(html, "aria-current", is_below(visit->path, ways[i].path) ? "page" : NULL);
        html_raw(html, ">");
        wording_message(html, frame_language(&visit->pages), ways[i].name, NULL);
        html_raw(html, "</a></li>\n");
    }
    html_raw(html, "</ul>\n");
    admin_page_open_form(html, visit, "out");
    admin_page_button(html, visit, "quiet", "go-out", "1", MESSAGE_ADMIN_SIGN_OUT);
    html_raw(html, "</form>\n</nav>\n");
}

struct frame admin_page_begin(struct admin_visit *visit, unsigned status, enum message title) {
    struct frame frame = {.status = status, .main = "content", .names_survey = true};
    wording_message(&frame.title, frame_language(&visit->pages), title, NULL);
    if (visit->session)
        write_ways(&frame.content, visit);
    html_raw(&frame.content, "<p class=\"survey\">");
    wording_text(&frame.content, frame_language(&visit->pages), visit->pages.site->questionnaire->title);
    html_raw(&frame.content, "</p>\n");
    admin_page_say(&frame.content, visit, "h1", title, NULL);
    return frame;
}

void admin_page_finish(struct admin_visit *visit, struct frame *frame) {
    frame_finish(frame, &visit->answer->reply, &visit->pages);
}

/* --- parts --- */

void admin_page_say(struct buffer *html, const struct admin_visit *visit, const char *tag,
                    enum message message, const struct hole *holes) {
    frame_message(html, &visit->pages, tag, message, holes);
}

static const char *below(const struct admin_visit *visit, const char *path) {
    return arena_format(visit->arena, ADMIN_PATH "%s%s", *path ? "/" : "", path);
}

void admin_page_link(struct buffer *html, const struct admin_visit *visit, const char *path,
                     enum message message, const struct hole *holes) {
    html_raw(html, "<a");
    frame_link(html, &visit->pages, below(visit, path));
    html_attribute(html, "aria-current", strcmp(path, visit->path) == 0 ? "page" : NULL);
    html_raw(html, ">");
    wording_message(html, frame_language(&visit->pages), message, holes);
    html_raw(html, "</a>");
}

static const char *address(const struct admin_visit *visit, const char *path) {
    const struct questionnaire *questionnaire = visit->pages.site->questionnaire;
    return arena_format(visit->arena, "%s%s?language=%s", visit->pages.site->root, below(visit, path),
                        questionnaire->languages[visit->pages.language]);
}

void admin_page_open_form(struct buffer *html, const struct admin_visit *visit, const char *path) {
    html_raw(html, "<form method=\"post\" accept-charset=\"utf-8\"");
    html_attribute(html, "action", address(visit, path));
    html_raw(html, ">\n");
    if (visit->session)
        admin_page_hide(html, "form-token", visit->session->form);
}

void admin_page_hide(struct buffer *html, const char *name, const char *value) {
    html_raw(html, "<input type=\"hidden\"");
    html_attribute(html, "name", name);
    html_attribute(html, "value", value);
    html_raw(html, ">\n");
}

void admin_page_button(struct buffer *html, const struct admin_visit *visit, const char *class,
                       const char *name, const char *value, enum message message) {
    html_raw(html, "<button type=\"submit\"");
    html_attribute(html, "class", class);
    html_attribute(html, "name", name);
    html_attribute(html, "value", value);
    html_attribute(html, "lang", wording_foreign(frame_language(&visit->pages)));
    html_raw(html, ">");
    wording_message(html, frame_language(&visit->pages), message, NULL);
    html_raw(html, "</button>\n");
}

static void write_beside(struct buffer *html, const struct admin_visit *visit, const char *name,
                         const char *part, enum message message) {
    buffer_format(html, "<p class=\"%s\" id=\"%s-%s\">", part, name, part);
    wording_message(html, frame_language(&visit->pages), message, NULL);
    html_raw(html, "</p>\n");
}

void admin_page_field(struct buffer *html, const struct admin_visit *visit,
                      const struct admin_page_field *field) {
    bool wrong = field->error != MESSAGE_COUNT, helped = field->help != MESSAGE_COUNT;
    buffer_append(html, wrong ? "<div class=\"question wrong\"" : "<div class=\"question\"");
    html_attribute(html, "lang", wording_foreign(frame_language(&visit->pages)));
    html_raw(html, "><label class=\"legend\"");
    html_attribute(html, "for", field->name);
    html_raw(html, ">");
    wording_message(html, frame_language(&visit->pages), field->label, NULL);
    html_raw(html, "</label>\n");
    if (helped)
        write_beside(html, visit, field->name, "help", field->help);
    if (wrong)
        write_beside(html, visit, field->name, "error", field->error);
    html_raw(html, "<input");
    html_attribute(html, "type", field->type ? field->type : "text");
    html_attribute(html, "name", field->name);
    html_attribute(html, "id", field->name);
    html_attribute(html, "value", field->value);
    if (helped || wrong)
        html_attribute(html, "aria-describedby",
                       arena_format(visit->arena, "%s%s%s%s%s", helped ? field->name : "",
                                    helped ? "-help" : "", helped && wrong ? " " : "",
                                    wrong ? field->name : "", wrong ? "-error" : ""));
    html_attribute(html, "aria-invalid", wrong ? "true" : NULL);
    buffer_append(html, field->attributes ? field->attributes : "");
    html_raw(html, "></div>\n");
}

void admin_page_ask_initials(struct buffer *html, const struct admin_visit *visit) {
    bool sent = visit->request->method == REQUEST_POST;
    const struct admin_page_field field = {.name = "key-initials",
                                           .value = admin_field(visit, "key-initials"),
                                           .attributes =
                                               " class=\"short\" maxlength=\"8\" autocomplete=\"off\""
                                               " required",
                                           .label = MESSAGE_ADMIN_INITIALS,
                                           .help = MESSAGE_ADMIN_INITIALS_HELP,
                                           .error = sent ? MESSAGE_ADMIN_INITIALS_MISSING : MESSAGE_COUNT};
    if (!*visit->session->initials)
        admin_page_field(html, visit, &field);
}

void admin_page_notice(struct buffer *html, const struct admin_visit *visit, bool bad, enum message message,
                       const struct hole *holes, const char *detail) {
    buffer_append(html, bad ? "<div class=\"summary bad\" role=\"alert\" tabindex=\"-1\" autofocus>\n"
                            : "<div class=\"summary\" role=\"status\">\n");
    admin_page_say(html, visit, "p", message, holes);
    if (detail && *detail) {
        html_raw(html, "<p lang=\"en\" class=\"words\">");
        html_text(html, detail);
        html_raw(html, "</p>\n");
    }
    html_raw(html, "</div>\n");
}

/* A header, not an element: the page is read out anew only where it has changed. */
void admin_page_progress(struct buffer *html, struct admin_visit *visit, enum message message) {
    const struct admin_errands *errands = &visit->admin->errands;
    size_t files = admin_errand_files(errands);
    const struct hole seconds[] = {
        {"seconds", admin_page_number(visit, (size_t)admin_errand_seconds(errands))}, {0}};
    const struct hole charts[] = {{"count", admin_page_number(visit, files)}, {0}};
    html_raw(html, "<div class=\"summary\" role=\"status\">\n");
    admin_page_say(html, visit, "p id=\"errand\"", message, NULL);
    html_raw(html, "<p><progress aria-labelledby=\"errand\"></progress></p>\n");
    admin_page_say(html, visit, "p", MESSAGE_ADMIN_ERRAND_RUNS, seconds);
    if (files)
        admin_page_say(html, visit, "p", MESSAGE_ADMIN_ERRAND_CHARTS, charts);
    admin_page_say(html, visit, "p class=\"aside\"", MESSAGE_ADMIN_ERRAND_LOOK, NULL);
    html_raw(html, "</div>\n");
    reply_add_header(&visit->answer->reply, "Refresh", "2");
}

const char *admin_page_number(const struct admin_visit *visit, size_t number) {
    struct buffer words = {0};
    language_number(&words, wording_interface(frame_language(&visit->pages)), (double)number, 0);
    const char *copy = arena_copy(visit->arena, buffer_text(&words));
    buffer_destroy(&words);
    return copy;
}

/* --- whole replies --- */

void admin_page_redirect(struct admin_visit *visit, const char *path) {
    struct reply *reply = &visit->answer->reply;
    reply->status = 303;
    frame_add_headers(reply, visit->pages.site, "text/plain; charset=utf-8", "no-store");
    reply_add_header(reply, "Location", address(visit, path));
}

void admin_page_nothing(struct admin_visit *visit) {
    visit->pages.home = ADMIN_PATH;
    pages_message(&visit->answer->reply, &visit->pages, 404, PAGES_NOT_FOUND, NULL);
}

void admin_page_trouble(struct admin_visit *visit) {
    struct frame frame = admin_page_begin(visit, 503, MESSAGE_ADMIN_TROUBLE_TITLE);
    admin_page_notice(&frame.content, visit, true, MESSAGE_ADMIN_TROUBLE, NULL, visit->failure.text);
    admin_page_finish(visit, &frame);
}
