/* The form: shown, taken a step further, kept, erased, sent. */
#include "survey/routes_internal.h"
#include "survey/stencil.h"

#include <string.h>

static struct pages_sheet sheet_of(const struct exchange *exchange, enum pages_notice notice) {
    return (struct pages_sheet){.form = &exchange->form,
                                .result = &exchange->result,
                                .notice = notice,
                                .has_draft = exchange->guest.sealed != NULL};
}

/* --- the cookie of a draft --- */

enum cookie_life { COOKIE_OF_SESSION, COOKIE_OF_A_MONTH, COOKIE_GONE };

/* The cookie holds the token alone. A link needs none. */
static void set_cookie(const struct site *site, struct exchange *exchange, enum cookie_life life) {
    static const char *const ages[] = {"", "; Max-Age=2592000", "; Max-Age=0"};
    bool secure = site->is_secure || exchange->request.is_secure;
    reply_add_header(&exchange->reply, "Set-Cookie",
                     arena_format(exchange->arena, "draft=%s; Path=%s%s; HttpOnly; SameSite=Lax%s",
                                  life == COOKIE_GONE ? "" : exchange->guest.token, site->root, ages[life],
                                  secure ? "; Secure" : ""));
}

static void drop_cookie(const struct site *site, struct exchange *exchange) {
    if (!site->by_link && exchange->request.cookie)
        set_cookie(site, exchange, COOKIE_GONE);
}

/* --- showing --- */

/* Under what name the form of a guest is kept who has entered nothing yet; NULL: there is a draft. It has the
 * guest's home and the key of the response in it, and what is known of the guest. */
static const char *name_blank(const struct exchange *exchange, const struct pages *pages) {
    const struct guest *guest = &exchange->guest;
    return guest->sealed ? NULL
                         : arena_format(exchange->arena, "form %zu %d %s", pages->language,
                                        pages->home != NULL, guest->known ? guest->known : "");
}

/* `key` is for a response whose draft has none. */
static void compose_form(const struct site *site, struct exchange *exchange, const struct pages *pages,
                         int64_t key) {
    const struct questionnaire *questionnaire = site->questionnaire;
    struct pages in_language = *pages;
    struct form *form = &exchange->form;
    form_start(form, exchange->arena, questionnaire, pages->language);
    guest_open_draft(&exchange->guest, exchange->arena, questionnaire, form);
    if (!form->key)
        form->key = key;
    if (exchange->request.language)
        form->language = pages->language;
    in_language.language = form->language;
    form->step = FORM_STAY;
    guest_introduce(&exchange->guest, exchange->arena, questionnaire, form);
    exchange->result = form_take_step(form, exchange->arena, questionnaire);
    struct pages_sheet sheet =
        sheet_of(exchange, form_is_empty(form, questionnaire) ? PAGES_PLAIN : PAGES_RESUMED);
    pages_form(&exchange->reply, &in_language, &sheet);
}

void routes_show_form(const struct site *site, struct exchange *exchange, const struct pages *pages) {
    const char *name = name_blank(exchange, pages);
    int64_t key = store_new_key();
    const char *const words[REPLY_WORDS] = {arena_format(exchange->arena, "%lld", (long long)key),
                                            pages->home};
    if (name && stencil_print(site->stencils, name, words, &exchange->reply))
        return;
    compose_form(site, exchange, pages, key);
    if (name)
        stencil_keep(site->stencils, name, words, &exchange->reply);
}

/* An empty form again, in the language of the one before. */
static void show_erased(const struct site *site, struct exchange *exchange, const struct pages *pages) {
    form_start(&exchange->form, exchange->arena, site->questionnaire, pages->language);
    exchange->form.step = FORM_STAY;
    exchange->guest.sealed = NULL;
    guest_recall(&exchange->guest, exchange->arena, site->questionnaire, &exchange->form);
    guest_introduce(&exchange->guest, exchange->arena, site->questionnaire, &exchange->form);
    exchange->result = form_take_step(&exchange->form, exchange->arena, site->questionnaire);
    struct pages_sheet sheet = sheet_of(exchange, PAGES_ERASED);
    pages_form(&exchange->reply, pages, &sheet);
    drop_cookie(site, exchange);
}

/* --- taking a step --- */

static bool read_form(const struct site *site, struct exchange *exchange, const struct pages *pages) {
    if (!routes_has_fields(exchange, pages))
        return false;
    const char *field = "";
    form_start(&exchange->form, exchange->arena, site->questionnaire, pages->language);
    enum form_fault fault =
        form_read(&exchange->form, exchange->arena, site->questionnaire, &exchange->request, &field);
    if (fault != FORM_SOUND)
        pages_message(&exchange->reply, pages, 400,
                      fault == FORM_UNKNOWN_FIELD ? PAGES_UNKNOWN_FIELD : PAGES_REPEATED_FIELD, field);
    return fault == FORM_SOUND;
}

/* Whether the step sends a response that is whole. What comes late may be anything: it is not added, and who
 * sends again what was recorded before the end is to be thanked again, as the store knows. */
static bool sends(const struct site *site, const struct exchange *exchange) {
    bool whole = exchange->result.turn == FORM_STORE;
    bool late = exchange->form.step == FORM_SEND && !site->preview && routes_is_late(site, exchange);
    return exchange->form.key != 0 && (whole || late);
}

static void submit(const struct site *site, struct exchange *exchange) {
    struct deed *deed = &exchange->deed;
    *deed = (struct deed){.kind = DEED_SUBMIT,
                          .invitation = exchange->guest.invitation,
                          .generation = exchange->guest.generation,
                          .response = {.key = guest_response_key(exchange->door, exchange->form.key),
                                       .channel = CHANNEL_WEB,
                                       .language = exchange->form.language,
                                       .is_late = routes_is_late(site, exchange),
                                       .answers = exchange->result.answers}};
    guest_name_draft(&exchange->guest, deed);
}

/* Keeps a draft of the step, if there is anything to keep or an earlier one to replace; false if not. */
static bool keep(const struct site *site, struct exchange *exchange) {
    bool something = !form_is_empty(&exchange->form, site->questionnaire) || exchange->guest.sealed;
    if (site->preview || !exchange->door || !something)
        return false;
    guest_keep_draft(&exchange->guest, exchange->arena, site->questionnaire, &exchange->form,
                     exchange->result.screen, &exchange->deed);
    return true;
}

static void erase(const struct site *site, struct exchange *exchange, const struct pages *pages) {
    if (guest_name_draft(&exchange->guest, &exchange->deed))
        exchange->deed.kind = DEED_DROP;
    else
        show_erased(site, exchange, pages);
}

static enum pages_notice notice_of(const struct exchange *exchange) {
    return exchange->result.turn == FORM_STORE ? PAGES_NO_KEY : PAGES_PLAIN;
}

static void take_step(const struct site *site, struct exchange *exchange, const struct pages *pages) {
    struct pages_sheet sheet = sheet_of(exchange, notice_of(exchange));
    if (sends(site, exchange) && site->preview)
        pages_thanks(&exchange->reply, pages, false);
    else if (sends(site, exchange))
        submit(site, exchange);
    else if (exchange->form.step == FORM_ERASE)
        pages_erase(&exchange->reply, pages, &sheet, false);
    else if (exchange->form.step == FORM_ERASE_ALL)
        erase(site, exchange, pages);
    else if (!keep(site, exchange)) {
        if (exchange->form.step == FORM_SAVE && !site->preview)
            sheet.notice = PAGES_NOTHING_TO_SAVE;
        pages_form(&exchange->reply, pages, &sheet);
    }
}

/* The same step again, when the store can be read: it is taken from the screen it was taken from. */
static void hold(struct exchange *exchange, const struct pages *pages) {
    exchange->result.screen = exchange->form.screen;
    exchange->result.turn = FORM_SHOW;
    struct pages_sheet sheet = sheet_of(exchange, PAGES_PLAIN);
    pages_hold(&exchange->reply, pages, &sheet);
    reply_add_header(&exchange->reply, "Retry-After", "5");
}

void routes_take_form(const struct site *site, struct exchange *exchange, struct pages *pages) {
    if (!read_form(site, exchange, pages))
        return;
    pages->language = exchange->form.language;
    guest_introduce(&exchange->guest, exchange->arena, site->questionnaire, &exchange->form);
    exchange->result = form_take_step(&exchange->form, exchange->arena, site->questionnaire);
    bool sent = sends(site, exchange);
    if (!(sent && routes_is_late(site, exchange)) && !routes_is_open(site, exchange, pages))
        return;
    if (exchange->guest.standing == GUEST_LATER)
        hold(exchange, pages);
    else if (exchange->guest.standing == GUEST_USED && !sent)
        pages_message(&exchange->reply, pages, 409, PAGES_ANSWERED_TWICE, NULL);
    else
        take_step(site, exchange, pages);
}

/* --- once the deed is done, or not --- */

static void thank(const struct site *site, struct exchange *exchange, const struct pages *pages,
                  bool is_repeated) {
    static const char *const words[REPLY_WORDS];
    const char *name = arena_format(exchange->arena, "thanks %zu %d", pages->language, is_repeated);
    if (stencil_print(site->stencils, name, words, &exchange->reply))
        return;
    pages_thanks(&exchange->reply, pages, is_repeated);
    stencil_keep(site->stencils, name, words, &exchange->reply);
}

static void settle_response(const struct site *site, struct exchange *exchange, const struct pages *pages,
                            enum store_outcome outcome) {
    struct pages_sheet sheet = sheet_of(exchange, PAGES_NOT_RECORDED);
    switch (outcome) {
    case STORE_DONE:
    case STORE_ALREADY:
        thank(site, exchange, pages, outcome == STORE_ALREADY);
        drop_cookie(site, exchange);
        break;
    case STORE_USED:
        pages_message(&exchange->reply, pages, 409, PAGES_ANSWERED_TWICE, NULL);
        break;
    case STORE_NONE:
        pages_message(&exchange->reply, pages, 404, PAGES_NO_LINK, NULL);
        break;
    case STORE_BUSY:
    case STORE_FULL:
        pages_form(&exchange->reply, pages, &sheet);
        break;
    case STORE_ENDED:
        pages_message(&exchange->reply, pages, 403, PAGES_CLOSED_TOO_LATE, NULL);
        break;
    }
}

static void settle_draft(const struct site *site, struct exchange *exchange, const struct pages *pages,
                         enum store_outcome outcome) {
    bool kept = outcome == STORE_DONE, saves = exchange->form.step == FORM_SAVE;
    struct pages_sheet sheet = sheet_of(exchange, saves ? PAGES_NOT_SAVED : notice_of(exchange));
    sheet.has_draft = sheet.has_draft || kept;
    sheet.not_kept = !kept && !saves;
    if (outcome == STORE_ENDED)
        pages_message(&exchange->reply, pages, 403, PAGES_CLOSED_TOO_LATE, NULL);
    else if (outcome == STORE_USED)
        pages_message(&exchange->reply, pages, 409, PAGES_ANSWERED_TWICE, NULL);
    else if (outcome == STORE_NONE)
        pages_message(&exchange->reply, pages, 404, PAGES_NO_LINK, NULL);
    else if (kept && saves)
        pages_saved(&exchange->reply, pages, &exchange->form);
    else
        pages_form(&exchange->reply, pages, &sheet);
    if (kept && !site->by_link && (saves || exchange->guest.token != exchange->request.cookie))
        set_cookie(site, exchange, saves ? COOKIE_OF_A_MONTH : COOKIE_OF_SESSION);
}

static void settle_erasing(const struct site *site, struct exchange *exchange, const struct pages *pages,
                           enum store_outcome outcome) {
    struct pages_sheet sheet = sheet_of(exchange, PAGES_PLAIN);
    if (outcome == STORE_DONE)
        show_erased(site, exchange, pages);
    else
        pages_erase(&exchange->reply, pages, &sheet, true);
}

void routes_settle(const struct site *site, struct exchange *exchange, enum store_outcome outcome) {
    struct pages pages = {.site = site, .arena = exchange->arena, .language = exchange->form.language};
    enum deed_kind kind = exchange->deed.kind;
    exchange->deed.kind = DEED_NONE;
    if (site->by_link)
        pages.home = exchange->request.path + 1;
    if (kind == DEED_SUBMIT)
        settle_response(site, exchange, &pages, outcome);
    else if (kind == DEED_KEEP)
        settle_draft(site, exchange, &pages, outcome);
    else
        settle_erasing(site, exchange, &pages, outcome);
}
