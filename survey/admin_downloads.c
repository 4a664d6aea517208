/* Report and answers, made when they are asked for by the program for it, and held in memory only. */
#include "model/base/html.h"
#include "model/store_invitation.h"
#include "survey/admin_page.h"

#include <string.h>

static const struct kind {
    const char *name, *type, *ending;
    enum admin_errand errand;
    enum message title, what;
} kinds[] = {{"report", "text/html; charset=utf-8", "report.html", ADMIN_ERRAND_REPORT,
              MESSAGE_ADMIN_DOWNLOAD_REPORT, MESSAGE_ADMIN_DOWNLOAD_REPORT_WHAT},
             {"spreadsheet", "text/csv; charset=utf-8", "spreadsheet.csv", ADMIN_ERRAND_SPREADSHEET,
              MESSAGE_ADMIN_DOWNLOAD_SHEET, MESSAGE_ADMIN_DOWNLOAD_SHEET_WHAT},
             {"csv", "text/csv; charset=utf-8", "answers.csv", ADMIN_ERRAND_CSV, MESSAGE_ADMIN_DOWNLOAD_CSV,
              MESSAGE_ADMIN_DOWNLOAD_CSV_WHAT}};

static const struct kind *kind_of(enum admin_errand errand) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].errand == errand)
            return &kinds[i];
    return NULL;
}

/* What was made while links were closed is not given once they are open again, in a store made anew. */
static bool may_have(struct admin_visit *visit) {
    return admin_open_store(visit, STORE_READ) && !store_links_are_open(visit->store);
}

static void write_kinds(struct buffer *html, const struct admin_visit *visit) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        html_raw(html, "<section>\n");
        admin_page_say(html, visit, "h2", kinds[i].title, NULL);
        admin_page_say(html, visit, "p class=\"aside\"", kinds[i].what, NULL);
        admin_page_open_form(html, visit, "downloads");
        html_raw(html, "<p class=\"buttons\">\n<button type=\"submit\" name=\"go-make\"");
        html_attribute(html, "value", kinds[i].name);
        html_raw(html, ">");
        wording_message(html, frame_language(&visit->pages), MESSAGE_ADMIN_DOWNLOAD_MAKE, NULL);
        html_raw(html, "<span class=\"hidden\"> – ");
        wording_message(html, frame_language(&visit->pages), kinds[i].title, NULL);
        html_raw(html, "</span></button>\n</p>\n</form>\n</section>\n");
    }
}

static void write_made(struct buffer *html, const struct admin_visit *visit, const struct kind *kind) {
    html_raw(html, "<div class=\"summary\" role=\"status\">\n<h2>");
    wording_message(html, frame_language(&visit->pages), kind->title, NULL);
    html_raw(html, "</h2>\n");
    admin_page_say(html, visit, "p", MESSAGE_ADMIN_ERRAND_MADE, NULL);
    html_raw(html, "<p><a class=\"button\"");
    frame_link(html, &visit->pages, ADMIN_PATH "/downloads/file");
    html_raw(html, " download>");
    wording_message(html, frame_language(&visit->pages), MESSAGE_ADMIN_DOWNLOAD_GET, NULL);
    html_raw(html, "</a></p>\n</div>\n");
}

static void show(struct admin_visit *visit, bool is_busy) {
    const struct admin_errands *errands = &visit->admin->errands;
    const struct kind *kind = kind_of(errands->errand);
    bool runs = kind && admin_errand_is_running(errands);
    struct frame frame = admin_page_begin(visit, is_busy ? 409 : 200, MESSAGE_ADMIN_DOWNLOADS);
    struct buffer *html = &frame.content;
    if (is_busy)
        admin_page_notice(html, visit, true, MESSAGE_ADMIN_ERRAND_BUSY, NULL, NULL);
    if (runs)
        admin_page_progress(html, visit, MESSAGE_ADMIN_ERRAND_MAKING);
    else if (kind && errands->failed)
        admin_page_notice(html, visit, true, MESSAGE_ADMIN_ERRAND_FAILED, NULL, buffer_text(&errands->said));
    else if (kind)
        write_made(html, visit, kind);
    if (!runs)
        write_kinds(html, visit);
    admin_page_finish(visit, &frame);
}

static void refuse(struct admin_visit *visit) {
    if (failure_is_set(&visit->failure))
        return;
    struct frame frame = admin_page_begin(visit, 200, MESSAGE_ADMIN_DOWNLOADS);
    admin_page_say(&frame.content, visit, "p", MESSAGE_ADMIN_DOWNLOAD_NOT_YET, NULL);
    admin_page_finish(visit, &frame);
}

void admin_show_downloads(struct admin_visit *visit) {
    if (may_have(visit))
        show(visit, false);
    else
        refuse(visit);
}

void admin_take_downloads(struct admin_visit *visit) {
    const char *name = admin_field(visit, "go-make");
    const char *language = visit->pages.site->questionnaire->languages[visit->pages.language];
    struct admin_errands *errands = &visit->admin->errands;
    if (!may_have(visit)) {
        refuse(visit);
        return;
    }
    if (admin_errand_is_running(errands)) {
        show(visit, true);
        return;
    }
    for (size_t i = 0; name && i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].name, name) &&
            !admin_errand_start(errands, kinds[i].errand, language, &visit->failure))
            return;
    admin_page_redirect(visit, "downloads");
}

void admin_get_download(struct admin_visit *visit) {
    const struct admin_errands *errands = &visit->admin->errands;
    const struct kind *kind = kind_of(errands->errand);
    struct reply *reply = &visit->answer->reply;
    bool made = kind && !errands->failed && !admin_errand_is_running(errands);
    if (!made || !may_have(visit)) {
        if (!failure_is_set(&visit->failure))
            admin_page_redirect(visit, "downloads");
        return;
    }
    reply->status = 200;
    buffer_append_bytes(&reply->body, buffer_text(&errands->made), errands->made.length);
    frame_add_headers(reply, visit->pages.site, kind->type, "no-store");
    reply_add_header(reply, "Content-Disposition",
                     arena_format(visit->arena, "attachment; filename=\"%s-%s\"",
                                  visit->pages.site->questionnaire->name, kind->ending));
}
