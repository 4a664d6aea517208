/* Sending a reminder: how many it reaches at most, whether it is meant, how far it is. */
#include "model/base/calendar.h"
#include "model/base/html.h"
#include "model/store_invitation.h"
#include "survey/admin_page.h"
#include "survey/counts.h"

/* What hinders a reminder; MESSAGE_COUNT: nothing. */
static enum message find_hindrance(const struct admin_visit *visit) {
    char today[CALENDAR_DAY_SIZE];
    calendar_today(today);
    if (!store_has_links(visit->store))
        return MESSAGE_ADMIN_REMINDER_NO_LINKS;
    if (!store_links_are_open(visit->store))
        return MESSAGE_ADMIN_REMINDER_ENDED;
    if (!visit->admin->options->reminder)
        return MESSAGE_ADMIN_REMINDER_NO_SERVER;
    if (!store_is_reminding(visit->store) && store_has_reminded(visit->store, today))
        return MESSAGE_ADMIN_REMINDER_TODAY;
    return MESSAGE_COUNT;
}

static void write_form(struct buffer *html, const struct admin_visit *visit, const struct counts *counts) {
    size_t web = counts->channels[CHANNEL_WEB]; /* a few on paper may have used their link, too */
    size_t left = counts->links > web ? counts->links - web : 0;
    admin_page_say(html, visit, "p", MESSAGE_ADMIN_REMINDER_WHO,
                   (struct hole[]){{"count", admin_page_number(visit, left)}, {0}});
    if (store_is_reminding(visit->store))
        admin_page_say(html, visit, "p", MESSAGE_ADMIN_REMINDER_GOES_ON, NULL);
    admin_page_open_form(html, visit, "reminder");
    html_raw(
        html,
        "<div class=\"options\"><label class=\"option\"><input type=\"checkbox\" name=\"sure\" value=\"yes\" "
        "required><span>");
    wording_message(html, frame_language(&visit->pages), MESSAGE_ADMIN_REMINDER_CONFIRM, NULL);
    html_raw(html, "</span></label></div>\n<p class=\"buttons\">\n");
    admin_page_button(html, visit, NULL, "go-send", "1", MESSAGE_ADMIN_REMINDER_SEND);
    html_raw(html, "</p>\n</form>\n");
}

/* What the program says is shown when it is done: it names nobody. */
static void write_last(struct buffer *html, const struct admin_visit *visit) {
    const struct admin_errands *errands = &visit->admin->errands;
    if (errands->errand == ADMIN_ERRAND_REMINDER)
        admin_page_notice(html, visit, errands->failed,
                          errands->failed ? MESSAGE_ADMIN_ERRAND_FAILED : MESSAGE_ADMIN_ERRAND_SENT, NULL,
                          buffer_text(&errands->said));
}

static void show(struct admin_visit *visit, enum message problem) {
    struct counts counts;
    bool wrong = problem != MESSAGE_COUNT;
    bool runs = visit->admin->errands.errand == ADMIN_ERRAND_REMINDER &&
                admin_errand_is_running(&visit->admin->errands);
    if (!counts_take(&counts, visit->arena, visit->pages.site->questionnaire, visit->store, &visit->failure))
        return;
    counts_coarsen(&counts);
    struct frame frame = admin_page_begin(visit, wrong ? 422 : 200, MESSAGE_ADMIN_REMINDER);
    frame.is_wrong = wrong;
    enum message hindrance = find_hindrance(visit);
    if (wrong)
        admin_page_notice(&frame.content, visit, true, problem, NULL, NULL);
    if (runs) {
        admin_page_progress(&frame.content, visit, MESSAGE_ADMIN_ERRAND_SENDING);
    } else {
        write_last(&frame.content, visit);
        if (hindrance != MESSAGE_COUNT)
            admin_page_say(&frame.content, visit, "p", hindrance, NULL);
        else
            write_form(&frame.content, visit, &counts);
    }
    admin_page_finish(visit, &frame);
}

void admin_show_reminder(struct admin_visit *visit) {
    if (admin_open_store(visit, STORE_READ))
        show(visit, MESSAGE_COUNT);
}

void admin_take_reminder(struct admin_visit *visit) {
    const char *language = visit->pages.site->questionnaire->languages[visit->pages.language];
    if (!admin_open_store(visit, STORE_READ))
        return;
    if (find_hindrance(visit) != MESSAGE_COUNT)
        show(visit, MESSAGE_COUNT);
    else if (!admin_field(visit, "sure"))
        show(visit, MESSAGE_ADMIN_REMINDER_UNCONFIRMED);
    else if (admin_errand_is_running(&visit->admin->errands))
        show(visit, MESSAGE_ADMIN_ERRAND_BUSY);
    else if (admin_errand_start(&visit->admin->errands, ADMIN_ERRAND_REMINDER, language, &visit->failure))
        admin_page_redirect(visit, "reminder");
}
