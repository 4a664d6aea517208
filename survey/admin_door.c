/* Signing in and out. What was sent while nobody was signed in any more is not lost: it is done once the
 * password is given with it. */
#include "model/base/html.h"
#include "survey/admin_page.h"

#include <string.h>

/* What is sent again with the password; the token of an earlier session means nothing any more. */
static void write_sent(struct buffer *html, const struct admin_visit *visit) {
    const struct request *request = visit->request;
    for (size_t i = 0; i < request->field_count; i++) {
        const struct request_field *field = &request->fields[i];
        if (strcmp(field->name, "password") != 0 && strcmp(field->name, "form-token") != 0)
            admin_page_hide(html, field->name, field->value);
    }
}

static void write_door(struct admin_visit *visit, unsigned status, enum message error) {
    bool sent = visit->request->method == REQUEST_POST && visit->request->field_count > 1;
    struct frame frame = admin_page_begin(visit, status, MESSAGE_ADMIN_SIGN_IN_TITLE);
    struct buffer *html = &frame.content;
    frame.is_wrong = error != MESSAGE_COUNT;
    if (sent && error == MESSAGE_COUNT)
        admin_page_notice(html, visit, false, MESSAGE_ADMIN_SIGN_IN_AGAIN, NULL, NULL);
    admin_page_open_form(html, visit, visit->path);
    const struct admin_page_field field = {.name = "password",
                                           .type = "password",
                                           .attributes =
                                               " autocomplete=\"current-password\" maxlength=\"1000\""
                                               " required autofocus",
                                           .label = MESSAGE_ADMIN_PASSWORD,
                                           .help = MESSAGE_COUNT,
                                           .error = error};
    admin_page_field(html, visit, &field);
    write_sent(html, visit);
    html_raw(html, "<p class=\"buttons\">\n");
    admin_page_button(html, visit, NULL, NULL, NULL, MESSAGE_ADMIN_SIGN_IN);
    html_raw(html, "</p>\n</form>\n");
    admin_page_finish(visit, &frame);
}

void admin_show_door(struct admin_visit *visit) {
    write_door(visit, 200, MESSAGE_COUNT);
}

/* Whoever guesses is slowed: each failure costs its address what a minute allows a few times, and is told
 * later the more of them there were. */
static void refuse(struct admin_visit *visit) {
    enum { COST = 300, HOLD_STEP = 500, STEPS_MOST = 10 };
    visit->admin->failures += visit->admin->failures < STEPS_MOST;
    visit->answer->cost = COST;
    visit->answer->hold = HOLD_STEP * visit->admin->failures;
    write_door(visit, 403, MESSAGE_ADMIN_WRONG_PASSWORD);
}

static void give_cookie(struct admin_visit *visit, const char *token, bool lasts) {
    const struct site *site = visit->pages.site;
    bool secure = visit->request->is_secure || site->is_secure;
    reply_add_header(&visit->answer->reply, "Set-Cookie",
                     arena_format(visit->arena,
                                  "office=%s; Path=%s" ADMIN_PATH "; HttpOnly; SameSite=Strict%s%s", token,
                                  site->root, secure ? "; Secure" : "", lasts ? "" : "; Max-Age=0"));
}

void admin_take_door(struct admin_visit *visit, const char *kept, int64_t now) {
    char token[ADMIN_TOKEN_LENGTH + 1];
    if (!secret_is_password(admin_field(visit, "password"), kept)) {
        refuse(visit);
        return;
    }
    visit->admin->failures = 0;
    visit->session = admin_session_begin(&visit->admin->sessions, now, token);
    give_cookie(visit, token, true);
    if (visit->request->field_count == 1)
        admin_page_redirect(visit, visit->path);
}

void admin_leave(struct admin_visit *visit) {
    admin_session_end(visit->session);
    visit->session = NULL;
    give_cookie(visit, "0", false);
    admin_page_redirect(visit, "");
}

void admin_refuse_form(struct admin_visit *visit) {
    struct frame frame = admin_page_begin(visit, 403, MESSAGE_ADMIN_STRANGE_FORM_TITLE);
    admin_page_say(&frame.content, visit, "p", MESSAGE_ADMIN_STRANGE_FORM, NULL);
    admin_page_finish(visit, &frame);
}
