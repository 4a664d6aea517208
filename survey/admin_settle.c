/* Two readings of a sheet side by side, to be settled with the paper in hand. */
#include "model/base/html.h"
#include "survey/admin_keying.h"
#include "survey/keying.h"
#include "survey/sheet.h"

#include <string.h>

struct settling {
    struct admin_keying keying;
    struct sheet_record one, other;
    const struct keying_difference *differences;
    size_t count;
    bool is_sent;
};

/* The item of a column; `*words` whether it is what was written beside it. */
static const struct item *item_of(const struct settling *settling, const char *name, bool *words) {
    const struct questionnaire *questionnaire = settling->keying.desk.questionnaire;
    const struct item *item = questionnaire_item(questionnaire, name);
    const char *end = strrchr(name, '_');
    *words = !item;
    return item ? item
                : questionnaire_item(questionnaire, arena_copy_bytes(settling->keying.desk.arena, name,
                                                                     (size_t)(end - name)));
}

static const char *part(const struct settling *settling, const char *name, const char *suffix) {
    return arena_format(settling->keying.desk.arena, "%s-%s", name, suffix);
}

/* --- the page --- */

static void write_side(struct buffer *html, const struct settling *settling, const char *name,
                       const char *cell, const char *side) {
    bool words;
    const struct admin_visit *visit = settling->keying.visit;
    const struct item *item = item_of(settling, name, &words);
    const char *chosen = settling->is_sent ? admin_field(visit, part(settling, name, "pick")) : NULL;
    html_raw(html, "<td><label class=\"option\"><input type=\"radio\" required");
    html_attribute(html, "name", part(settling, name, "pick"));
    html_attribute(html, "aria-describedby", part(settling, name, "question"));
    html_attribute(html, "value", side);
    buffer_append(html, chosen && !strcmp(chosen, side) ? " checked><span>" : "><span>");
    if (*cell)
        html_text(html,
                  words ? cell
                        : keying_words(visit->arena, frame_language(&visit->pages), item->question, cell));
    else
        wording_message(html, frame_language(&visit->pages), MESSAGE_STATUS_UNANSWERED, NULL);
    html_raw(html, "</span></label></td>\n");
}

static void write_third(struct buffer *html, const struct settling *settling, const char *name) {
    const struct admin_visit *visit = settling->keying.visit;
    const char *chosen = settling->is_sent ? admin_field(visit, part(settling, name, "pick")) : NULL;
    html_raw(html, "<td class=\"third\"><label class=\"option\"><input type=\"radio\" required");
    html_attribute(html, "name", part(settling, name, "pick"));
    html_attribute(html, "aria-describedby", part(settling, name, "question"));
    buffer_append(html, chosen && !strcmp(chosen, "third") ? " value=\"third\" checked><span>"
                                                           : " value=\"third\"><span>");
    wording_message(html, frame_language(&visit->pages), MESSAGE_ADMIN_THIRD, NULL);
    html_raw(html, "</span></label><input type=\"text\" autocomplete=\"off\"");
    html_attribute(html, "name", part(settling, name, "third"));
    html_attribute(html, "aria-describedby", part(settling, name, "question"));
    html_attribute(html, "aria-label",
                   wording_say(visit->arena, frame_language(&visit->pages), MESSAGE_ADMIN_THIRD, NULL));
    html_attribute(html, "value",
                   settling->is_sent ? admin_field(visit, part(settling, name, "third")) : NULL);
    html_raw(html, "></td></tr>\n");
}

static void write_difference(struct buffer *html, const struct settling *settling,
                             const struct keying_difference *difference) {
    bool words;
    const struct admin_visit *visit = settling->keying.visit;
    const struct item *item = item_of(settling, difference->name, &words);
    html_raw(html, "<tr><th scope=\"row\"");
    html_attribute(html, "id", part(settling, difference->name, "question"));
    html_raw(html, ">");
    wording_text(html, frame_language(&visit->pages), item->text);
    if (words) {
        html_raw(html, " – ");
        wording_message(html, frame_language(&visit->pages), MESSAGE_FORM_SPECIFY, NULL);
    }
    html_raw(html, "</th>\n");
    write_side(html, settling, difference->name, difference->one, "one");
    write_side(html, settling, difference->name, difference->other, "other");
    write_third(html, settling, difference->name);
}

/* Who typed it; of what was not typed, that. */
static void write_heading(struct buffer *html, const struct settling *settling,
                          const struct store_paper_entry *entry) {
    const struct admin_visit *visit = settling->keying.visit;
    const struct hole holes[] = {{"initials", entry->initials}, {0}};
    admin_page_say(html, visit, "th scope=\"col\"",
                   entry->source == STORE_PAPER_SCAN ? MESSAGE_ADMIN_FROM_SCAN : MESSAGE_ADMIN_TYPED_BY,
                   holes);
}

static void write_table(struct buffer *html, const struct settling *settling) {
    const struct keying_sheet *sheet = &settling->keying.sheet;
    bool twice = sheet->entries[STORE_PAPER_SECOND];
    html_raw(html, "<table class=\"settling\"><thead><tr>");
    admin_page_say(html, settling->keying.visit, "th scope=\"col\"", MESSAGE_ADMIN_QUESTION, NULL);
    write_heading(html, settling, sheet->entries[twice ? STORE_PAPER_FIRST : STORE_PAPER_SCAN]);
    write_heading(html, settling, sheet->entries[twice ? STORE_PAPER_SECOND : STORE_PAPER_FIRST]);
    admin_page_say(html, settling->keying.visit, "th scope=\"col\"", MESSAGE_ADMIN_ELSE, NULL);
    html_raw(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < settling->count; i++)
        write_difference(html, settling, &settling->differences[i]);
    html_raw(html, "</tbody></table>\n");
}

static void show(struct settling *settling, enum message problem) {
    struct admin_visit *visit = settling->keying.visit;
    bool wrong = problem != MESSAGE_COUNT;
    struct frame frame = admin_page_begin(visit, wrong ? 422 : 200, MESSAGE_ADMIN_SETTLE);
    struct buffer *html = &frame.content;
    const char *number = arena_format(visit->arena, "%lld", (long long)settling->keying.number);
    const struct hole holes[] = {
        {"sheet", number}, {"count", admin_page_number(visit, settling->count)}, {0}};
    frame.is_wrong = wrong;
    if (wrong)
        admin_page_notice(html, visit, true, problem, NULL, NULL);
    if (settling->count == 0) {
        admin_page_notice(html, visit, false, MESSAGE_ADMIN_NO_DIFFERENCE, holes, NULL);
        html_raw(html, "<p>");
        admin_page_link(html, visit, "keying/again/100", MESSAGE_ADMIN_OTHER_SHEET, NULL);
        html_raw(html, "</p>\n");
        admin_page_finish(visit, &frame);
        return;
    }
    admin_page_say(html, visit, "p", MESSAGE_ADMIN_DIFFERENCES, holes);
    admin_page_open_form(html, visit, arena_format(visit->arena, "keying/settle/%s", number));
    write_table(html, settling);
    admin_page_ask_initials(html, visit);
    html_raw(html, "<p class=\"buttons\">\n");
    admin_page_button(html, visit, NULL, "go-settle", "1", MESSAGE_ADMIN_SETTLE_DO);
    html_raw(html, "</p>\n</form>\n");
    admin_page_finish(visit, &frame);
}

/* False: the page says why, or the failure does. */
static bool open(struct settling *settling, struct admin_visit *visit, enum store_access access) {
    size_t compared;
    *settling = (struct settling){0};
    if (!admin_keying_read(&settling->keying, visit, access))
        return false;
    settling->keying.number = admin_keying_number(visit->rest);
    if (!admin_keying_look(&settling->keying))
        return false;
    if (!settling->keying.sheet.is_stored ||
        !keying_desk_pair(&settling->keying.desk, &settling->keying.sheet, &settling->one,
                          &settling->other)) {
        admin_page_nothing(visit);
        return false;
    }
    settling->differences =
        keying_desk_differences(visit->arena, &settling->one, &settling->other, &settling->count, &compared);
    return true;
}

void admin_show_settling(struct admin_visit *visit) {
    struct settling settling;
    if (open(&settling, visit, STORE_READ))
        show(&settling, MESSAGE_COUNT);
}

/* --- settling --- */

/* The cell that was chosen for a difference; NULL: none, or nothing that can be read. */
static const char *chosen_cell(const struct settling *settling, const struct keying_difference *difference) {
    bool words;
    const struct admin_visit *visit = settling->keying.visit;
    const char *pick = admin_field(visit, part(settling, difference->name, "pick"));
    const char *third = admin_field(visit, part(settling, difference->name, "third"));
    const struct item *item = item_of(settling, difference->name, &words);
    if (!pick)
        return NULL;
    if (!strcmp(pick, "one"))
        return difference->one;
    if (!strcmp(pick, "other"))
        return difference->other;
    return words || !third ? third : keying_read(visit->arena, item->question, third);
}

static void keep(struct settling *settling, const struct sheet_record *record) {
    struct admin_visit *visit = settling->keying.visit;
    const struct sheet_check check = sheet_check_record(visit->arena, record);
    const struct keying_typed typed = {
        .record = record, .response = &check.response, .initials = settling->keying.initials};
    if (check.problems.any_error)
        show(settling, MESSAGE_ADMIN_SETTLE_IMPOSSIBLE);
    else if (keying_desk_settle(&settling->keying.desk, &typed) == STORE_DONE)
        admin_page_redirect(
            visit, arena_format(visit->arena, "keying/saved/%lld", (long long)settling->keying.number));
    else
        show(settling, MESSAGE_ADMIN_NOT_KEPT);
}

void admin_take_settling(struct admin_visit *visit) {
    struct settling settling;
    if (!open(&settling, visit, STORE_UPDATE))
        return;
    settling.is_sent = true;
    if (!settling.keying.has_initials) {
        show(&settling, MESSAGE_ADMIN_INITIALS_MISSING);
        return;
    }
    struct sheet_record record = settling.keying.sheet.stored;
    for (size_t i = 0; i < settling.count; i++) {
        const char *cell = chosen_cell(&settling, &settling.differences[i]);
        if (!cell) {
            show(&settling, MESSAGE_ADMIN_SETTLE_MISSING);
            return;
        }
        sheet_record_set(&record, settling.differences[i].name, cell);
    }
    keep(&settling, &record);
}
