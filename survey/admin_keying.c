/* Paper sheets: which one is to be typed, and what is there of it. */
#include "survey/admin_keying.h"

#include "model/base/calendar.h"
#include "model/base/html.h"
#include "model/base/text.h"
#include "model/campaign_key.h"
#include "survey/keying_rate.h"
#include "survey/paper_sheet.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 18, PRINTED_LEAST = 10000000, PRINTED_MOST = 99999999 };

/* --- the fields --- */

int64_t admin_keying_number(const char *text) {
    char digits[DIGITS_MOST + 1];
    size_t count = 0;
    for (; *text; text++) {
        if (*text == ' ')
            continue;
        if (*text < '0' || *text > '9' || count == DIGITS_MOST)
            return 0;
        digits[count++] = *text;
    }
    digits[count] = '\0';
    return strtoll(digits, NULL, 10);
}

static const char *field(const struct admin_visit *visit, const char *name) {
    const char *value = admin_field(visit, name);
    return value ? value : "";
}

static size_t read_language(const struct admin_visit *visit) {
    const struct questionnaire *questionnaire = visit->pages.site->questionnaire;
    size_t language = questionnaire_language(questionnaire, field(visit, "key-language"));
    return language < questionnaire->language_count ? language : visit->pages.language;
}

bool admin_keying_read(struct admin_keying *keying, struct admin_visit *visit, enum store_access access) {
    char *today = arena_allocate(visit->arena, CALENDAR_DAY_SIZE, 1);
    const char *initials = admin_initials(visit);
    const char *mode = field(visit, "key-mode");
    calendar_today(today);
    *keying = (struct admin_keying){.visit = visit,
                                    .mode = !strcmp(mode, "again")     ? ADMIN_KEYING_AGAIN
                                            : !strcmp(mode, "correct") ? ADMIN_KEYING_CORRECT
                                                                       : ADMIN_KEYING_FIRST,
                                    .number_typed = field(visit, "key-sheet"),
                                    .has_initials = initials,
                                    .initials = initials ? initials : field(visit, "key-initials"),
                                    .code = field(visit, "key-code"),
                                    .language = read_language(visit)};
    keying->number = admin_keying_number(keying->number_typed);
    if (!admin_open_store(visit, access))
        return false;
    keying->desk = (struct keying_desk){.store = visit->store,
                                        .questionnaire = visit->pages.site->questionnaire,
                                        .arena = visit->arena,
                                        .day = today};
    return true;
}

bool admin_keying_look(struct admin_keying *keying) {
    return keying_desk_look(&keying->desk, keying->number, &keying->sheet, &keying->visit->failure);
}

void admin_keying_hide(struct buffer *html, const struct admin_keying *keying) {
    static const char *const modes[] = {"first", "again", "correct"};
    const struct questionnaire *questionnaire = keying->desk.questionnaire;
    admin_page_hide(html, "key-sheet", keying->number_typed);
    admin_page_hide(html, "key-initials", keying->initials);
    admin_page_hide(html, "key-code", keying->code);
    admin_page_hide(html, "key-language", questionnaire->languages[keying->language]);
    admin_page_hide(html, "key-mode", modes[keying->mode]);
}

enum message admin_keying_find_guest(const struct admin_keying *keying, struct guest *guest) {
    struct secret key;
    char *token = arena_allocate(keying->desk.arena, LINK_TOKEN_LENGTH + 1, 1);
    struct failure ignored = {0};
    *guest = (struct guest){0};
    if (!store_links_are_open(keying->desk.store) ||
        !campaign_key_read(&key, keying->visit->admin->options->store, &ignored))
        return MESSAGE_ADMIN_CODE_NOT_NOW;
    const struct guest_door door = {.store = keying->desk.store, .key = &key};
    enum guest_standing standing = guest_by_code(&door, keying->desk.arena, keying->code, token);
    if (standing == GUEST_EXPECTED)
        *guest = guest_by_link(&door, keying->desk.arena, token);
    secret_erase(&key, sizeof key);
    switch (standing) {
    case GUEST_EXPECTED:
        return MESSAGE_COUNT;
    case GUEST_USED:
        return MESSAGE_ADMIN_CODE_USED;
    case GUEST_UNKNOWN:
        return MESSAGE_ADMIN_CODE_UNKNOWN;
    case GUEST_LATER:
        break;
    }
    return MESSAGE_ADMIN_CODE_NOT_NOW;
}

/* --- the page where it begins --- */

/* What is wrong with the fields; MESSAGE_COUNT: nothing. */
struct wrong {
    enum message initials, number, code;
};

static const struct wrong nothing_wrong = {MESSAGE_COUNT, MESSAGE_COUNT, MESSAGE_COUNT};

static void write_languages(struct buffer *html, const struct admin_keying *keying) {
    const struct questionnaire *questionnaire = keying->desk.questionnaire;
    if (questionnaire->language_count < 2)
        return;
    html_raw(html, "<div class=\"question\"><label class=\"legend\" for=\"key-language\">");
    wording_message(html, frame_language(&keying->visit->pages), MESSAGE_ADMIN_SHEET_LANGUAGE, NULL);
    html_raw(html, "</label>\n<select name=\"key-language\" id=\"key-language\">\n");
    for (size_t i = 0; i < questionnaire->language_count; i++) {
        html_raw(html, "<option");
        html_attribute(html, "value", questionnaire->languages[i]);
        html_attribute(html, "lang", questionnaire->languages[i]);
        buffer_append(html, i == keying->language ? " selected>" : ">");
        html_text(html, site_language_name(questionnaire->languages[i]));
        html_raw(html, "</option>\n");
    }
    html_raw(html, "</select></div>\n");
}

static void write_fields(struct buffer *html, const struct admin_keying *keying, const struct wrong *wrong) {
    bool known = keying->has_initials && wrong->initials == MESSAGE_COUNT;
    const struct admin_page_field fields[] = {
        {"key-initials", NULL, keying->initials,
         known ? " class=\"short\" maxlength=\"8\" autocomplete=\"off\" required"
               : " class=\"short\" maxlength=\"8\" autocomplete=\"off\" required autofocus",
         MESSAGE_ADMIN_INITIALS, MESSAGE_ADMIN_INITIALS_HELP, wrong->initials},
        {"key-sheet", NULL, *keying->number_typed ? keying->number_typed : NULL,
         known ? " class=\"short\" inputmode=\"numeric\" maxlength=\"24\" autocomplete=\"off\" required "
                 "autofocus"
               : " class=\"short\" inputmode=\"numeric\" maxlength=\"24\" autocomplete=\"off\" required",
         MESSAGE_ADMIN_SHEET, MESSAGE_ADMIN_SHEET_HELP, wrong->number},
        {"key-code", NULL, *keying->code ? keying->code : NULL,
         " class=\"code\" maxlength=\"40\" autocomplete=\"off\" spellcheck=\"false\"", MESSAGE_ADMIN_CODE,
         MESSAGE_ADMIN_CODE_HELP, wrong->code}};
    bool has_code = keying->mode == ADMIN_KEYING_FIRST && store_links_are_open(keying->desk.store);
    html_raw(html, "<div class=\"side\">\n");
    for (size_t i = 0; i < 2 + (size_t)has_code; i++)
        admin_page_field(html, keying->visit, &fields[i]);
    write_languages(html, keying);
    html_raw(html, "</div>\n");
}

static void write_form(struct buffer *html, const struct admin_keying *keying, const struct wrong *wrong) {
    bool again = keying->mode == ADMIN_KEYING_AGAIN;
    admin_page_open_form(html, keying->visit, "keying");
    admin_page_hide(html, "key-mode", again ? "again" : "first");
    write_fields(html, keying, wrong);
    html_raw(html, "<p class=\"buttons\">\n");
    admin_page_button(html, keying->visit, NULL, "go-type", "1",
                      again ? MESSAGE_ADMIN_TYPE_AGAIN : MESSAGE_ADMIN_TYPE);
    html_raw(html, "</p>\n</form>\n");
}

static const char *percent_words(const struct admin_visit *visit, double share) {
    struct buffer words = {0};
    language_percent(&words, wording_interface(frame_language(&visit->pages)), share, 2);
    const char *copy = arena_copy(visit->arena, buffer_text(&words));
    buffer_destroy(&words);
    return copy;
}

static void write_rate(struct buffer *html, const struct admin_visit *visit, enum message message,
                       size_t different, size_t compared) {
    const struct keying_rate rate = keying_rate(different, compared);
    if (compared == 0)
        return;
    const struct hole holes[] = {
        {"different", admin_page_number(visit, different)}, {"compared", admin_page_number(visit, compared)},
        {"rate", percent_words(visit, rate.rate)},          {"low", percent_words(visit, rate.low)},
        {"high", percent_words(visit, rate.high)},          {0}};
    admin_page_say(html, visit, "p", message, holes);
}

static void write_open(struct buffer *html, const struct admin_visit *visit,
                       const struct keying_measure *measure) {
    if (measure->open_count == 0)
        return;
    admin_page_say(html, visit, "p", MESSAGE_ADMIN_TO_SETTLE,
                   (struct hole[]){{"count", admin_page_number(visit, measure->open_count)}, {0}});
    html_raw(html, "<ul class=\"sheets\">\n");
    for (size_t i = 0; i < measure->open_count; i++) {
        const char *number = arena_format(visit->arena, "%lld", (long long)measure->open[i]);
        html_raw(html, "<li>");
        admin_page_link(html, visit, arena_format(visit->arena, "keying/settle/%s", number),
                        MESSAGE_ADMIN_SHEET_NUMBER, (struct hole[]){{"sheet", number}, {0}});
        html_raw(html, "</li>\n");
    }
    html_raw(html, "</ul>\n");
}

static void write_measure(struct buffer *html, const struct admin_visit *visit,
                          const struct keying_measure *measure) {
    html_raw(html, "<section>\n");
    admin_page_say(html, visit, "h2", MESSAGE_ADMIN_CONTROL, NULL);
    const struct hole holes[] = {{"typed", admin_page_number(visit, measure->typed)},
                                 {"twice", admin_page_number(visit, measure->twice)},
                                 {0}};
    admin_page_say(html, visit, "p", MESSAGE_ADMIN_TYPED, holes);
    write_rate(html, visit, MESSAGE_ADMIN_RATE_TYPED, measure->different, measure->compared);
    write_rate(html, visit, MESSAGE_ADMIN_RATE_SCANNED, measure->scans_different, measure->scans_compared);
    write_open(html, visit, measure);
    html_raw(html, "</section>\n");
}

/* The sheets of the sample that were typed once only. */
static void write_sample(struct buffer *html, const struct admin_visit *visit,
                         const struct keying_measure *measure, unsigned percent) {
    static const unsigned choices[] = {100, 50, 20, 10};
    html_raw(html, "<section>\n");
    admin_page_say(html, visit, "h2", MESSAGE_ADMIN_SAMPLE, NULL);
    html_raw(html, "<ul class=\"sheets\">\n");
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const char *share = arena_format(visit->arena, "%u", choices[i]);
        html_raw(html, "<li>");
        admin_page_link(html, visit, arena_format(visit->arena, "keying/again/%s", share),
                        choices[i] == 100 ? MESSAGE_ADMIN_SAMPLE_ALL : MESSAGE_ADMIN_SAMPLE_SHARE,
                        (struct hole[]){{"share", share}, {0}});
        html_raw(html, "</li>\n");
    }
    html_raw(html, "</ul>\n");
    struct buffer list = {0};
    size_t count = 0;
    for (size_t i = 0; i < measure->once_count; i++)
        if (keying_desk_is_sampled(measure->once[i], percent)) {
            buffer_format(&list, "<li>%lld</li>\n", (long long)measure->once[i]);
            count++;
        }
    admin_page_say(html, visit, "p", count ? MESSAGE_ADMIN_SAMPLE_LEFT : MESSAGE_ADMIN_SAMPLE_DONE,
                   (struct hole[]){{"count", admin_page_number(visit, count)},
                                   {"share", arena_format(visit->arena, "%u", percent)},
                                   {0}});
    if (count)
        buffer_format(html, "<ul class=\"sheets\">\n%s</ul>\n", buffer_text(&list));
    buffer_destroy(&list);
    html_raw(html, "</section>\n");
}

static void show_start(struct admin_keying *keying, const struct wrong *wrong, unsigned percent) {
    struct admin_visit *visit = keying->visit;
    struct keying_measure measure;
    bool again = keying->mode == ADMIN_KEYING_AGAIN;
    bool sound =
        wrong->initials == MESSAGE_COUNT && wrong->number == MESSAGE_COUNT && wrong->code == MESSAGE_COUNT;
    if (!keying_desk_measure(&keying->desk, &measure, &visit->failure))
        return;
    struct frame frame =
        admin_page_begin(visit, sound ? 200 : 422, again ? MESSAGE_ADMIN_KEYING_AGAIN : MESSAGE_ADMIN_KEYING);
    frame.is_wrong = !sound;
    if (!strncmp(visit->rest, "saved/", 6))
        admin_page_notice(&frame.content, visit, false, MESSAGE_ADMIN_SAVED,
                          (struct hole[]){{"sheet", visit->rest + 6}, {0}}, NULL);
    write_form(&frame.content, keying, wrong);
    html_raw(&frame.content, "<p>");
    admin_page_link(&frame.content, visit, again ? "keying" : "keying/again/100",
                    again ? MESSAGE_ADMIN_TO_FIRST : MESSAGE_ADMIN_TO_AGAIN, NULL);
    html_raw(&frame.content, "</p>\n");
    if (again)
        write_sample(&frame.content, visit, &measure, percent);
    if (measure.typed)
        write_measure(&frame.content, visit, &measure);
    admin_page_finish(visit, &frame);
}

/* `keying`, `keying/saved/<sheet>`, `keying/again/<per cent>`. */
void admin_show_keying(struct admin_visit *visit) {
    struct admin_keying keying;
    enum { ALL = 100 };
    bool again = !strncmp(visit->rest, "again/", 6);
    if (*visit->rest && !again &&
        (strncmp(visit->rest, "saved/", 6) != 0 || !admin_keying_number(visit->rest + 6))) {
        admin_page_nothing(visit);
        return;
    }
    if (!admin_keying_read(&keying, visit, STORE_READ))
        return;
    int64_t percent = again ? admin_keying_number(visit->rest + 6) : ALL;
    keying.mode = again ? ADMIN_KEYING_AGAIN : ADMIN_KEYING_FIRST;
    show_start(&keying, &nothing_wrong, percent > 0 && percent < ALL ? (unsigned)percent : ALL);
}

/* --- which way from there --- */

static struct wrong find_wrong(const struct admin_keying *keying) {
    struct wrong wrong = nothing_wrong;
    struct guest guest;
    bool printed = keying->number >= PRINTED_LEAST && keying->number <= PRINTED_MOST;
    if (!keying->has_initials)
        wrong.initials = MESSAGE_ADMIN_INITIALS_MISSING;
    if (keying->number == 0)
        wrong.number = MESSAGE_ADMIN_SHEET_WRONG;
    else if (printed && !paper_sheet_is_sound(keying->number))
        wrong.number = MESSAGE_ADMIN_SHEET_SLIP;
    if (keying->mode == ADMIN_KEYING_FIRST && *keying->code)
        wrong.code = admin_keying_find_guest(keying, &guest);
    return wrong;
}

/* Who typed a sheet first would only repeat what was misread. */
static bool is_own(const struct admin_keying *keying) {
    const struct store_paper_entry *first = keying->sheet.entries[STORE_PAPER_FIRST];
    return first && !strcmp(first->initials, keying->initials);
}

enum message admin_keying_refuse_again(const struct admin_keying *keying) {
    if (!keying->sheet.is_stored)
        return MESSAGE_ADMIN_NOT_TYPED;
    if (keying->sheet.entries[STORE_PAPER_SECOND])
        return MESSAGE_ADMIN_TYPED_TWICE;
    return is_own(keying) ? MESSAGE_ADMIN_OWN_SHEET : MESSAGE_COUNT;
}

static void begin_typing(struct admin_keying *keying) {
    struct wrong wrong = nothing_wrong;
    enum { ALL = 100 };
    bool is_there = keying->sheet.is_stored || keying->sheet.is_scanned;
    if (keying->mode == ADMIN_KEYING_AGAIN)
        wrong.number = admin_keying_refuse_again(keying);
    if (wrong.number != MESSAGE_COUNT)
        show_start(keying, &wrong, ALL);
    else if (keying->mode == ADMIN_KEYING_FIRST && is_there)
        admin_keying_show_choice(keying);
    else
        admin_keying_show_typing(keying);
}

void admin_take_keying(struct admin_visit *visit) {
    struct admin_keying keying;
    enum { ALL = 100 };
    if (!admin_keying_read(&keying, visit, STORE_UPDATE))
        return;
    if (admin_field(visit, "go-again"))
        keying.mode = ADMIN_KEYING_AGAIN;
    if (admin_field(visit, "go-correct"))
        keying.mode = ADMIN_KEYING_CORRECT;
    struct wrong wrong = find_wrong(&keying);
    if (wrong.initials != MESSAGE_COUNT || wrong.number != MESSAGE_COUNT || wrong.code != MESSAGE_COUNT) {
        show_start(&keying, &wrong, ALL);
        return;
    }
    if (admin_keying_look(&keying))
        begin_typing(&keying);
}

/* --- a sheet that is there --- */

static enum message state_of(const struct keying_sheet *sheet) {
    if (!sheet->is_stored)
        return MESSAGE_ADMIN_SHEET_HALF;
    return sheet->entries[STORE_PAPER_FIRST] ? MESSAGE_ADMIN_SHEET_TYPED : MESSAGE_ADMIN_SHEET_SCANNED;
}

void admin_keying_show_choice(struct admin_keying *keying) {
    struct admin_visit *visit = keying->visit;
    const struct hole holes[] = {{"sheet", keying->number_typed}, {0}};
    struct frame frame = admin_page_begin(visit, 409, MESSAGE_ADMIN_SHEET_THERE);
    struct buffer *html = &frame.content;
    admin_page_notice(html, visit, true, state_of(&keying->sheet), holes, NULL);
    admin_page_open_form(html, visit, "keying");
    admin_keying_hide(html, keying);
    html_raw(html, "<p class=\"buttons\">\n");
    if (keying->sheet.is_stored) {
        if (admin_keying_refuse_again(keying) == MESSAGE_COUNT)
            admin_page_button(html, visit, NULL, "go-again", "1", MESSAGE_ADMIN_COMPARE);
        admin_page_button(html, visit, NULL, "go-correct", "1", MESSAGE_ADMIN_CORRECT);
    }
    html_raw(html, "</p>\n</form>\n");
    admin_page_open_form(html, visit, "keying/remove");
    admin_keying_hide(html, keying);
    html_raw(html, "<p class=\"buttons\">\n");
    admin_page_button(html, visit, "grave", "go-remove", "1", MESSAGE_ADMIN_REMOVE);
    html_raw(html, "</p>\n</form>\n<p>");
    admin_page_link(html, visit, "keying", MESSAGE_ADMIN_OTHER_SHEET, NULL);
    html_raw(html, "</p>\n");
    admin_page_finish(visit, &frame);
}

static void ask_removal(struct admin_keying *keying) {
    struct admin_visit *visit = keying->visit;
    struct frame frame = admin_page_begin(visit, 200, MESSAGE_ADMIN_REMOVE_TITLE);
    struct buffer *html = &frame.content;
    admin_page_say(html, visit, "p", MESSAGE_ADMIN_REMOVE_WHAT,
                   (struct hole[]){{"sheet", keying->number_typed}, {0}});
    if (store_links_are_open(visit->store))
        admin_page_say(html, visit, "p", MESSAGE_ADMIN_REMOVE_CODE, NULL);
    admin_page_open_form(html, visit, "keying/remove");
    admin_keying_hide(html, keying);
    html_raw(html, "<p class=\"buttons\">\n<a class=\"button\"");
    frame_link(html, &visit->pages, ADMIN_PATH "/keying");
    html_raw(html, ">");
    wording_message(html, frame_language(&visit->pages), MESSAGE_ADMIN_KEEP, NULL);
    html_raw(html, "</a>\n");
    admin_page_button(html, visit, "grave", "go-remove-all", "1", MESSAGE_ADMIN_REMOVE_DO);
    html_raw(html, "</p>\n</form>\n");
    admin_page_finish(visit, &frame);
}

void admin_take_removal(struct admin_visit *visit) {
    struct admin_keying keying;
    if (!admin_keying_read(&keying, visit, STORE_UPDATE))
        return;
    if (!keying.number) {
        admin_page_nothing(visit);
        return;
    }
    if (!admin_field(visit, "go-remove-all")) {
        ask_removal(&keying);
        return;
    }
    enum store_outcome outcome = keying_desk_remove(&keying.desk, keying.number);
    struct failure ignored = {0};
    if (outcome != STORE_DONE && outcome != STORE_NONE) {
        failure_set(&visit->failure, "%s", store_reason(visit->store));
        return;
    }
    store_forget_log(visit->store, &ignored); /* else the log forgets when the collection is closed */
    admin_page_redirect(visit, "keying");
}
