/* The page where a sheet is typed: the whole questionnaire, a field for each question, to be filled with the
 * numbers that stand beside the answers. */
#include "model/base/html.h"
#include "survey/admin_entry.h"
#include "survey/admin_keying.h"
#include "survey/keying.h"
#include "survey/sheet.h"

#include <stdlib.h>
#include <string.h>

struct typing {
    struct admin_keying *keying;
    struct admin_visit *visit;
    struct sheet_record record; /* of what was typed */
    const bool *unreadable;     /* one per item: no cell could be made of it */
    struct sheet_check check;
    bool is_typed; /* the form came with answers */
    struct buffer *html;
};

static struct wording_language sheet_language(const struct typing *typing) {
    return (struct wording_language){typing->visit->pages.site->questionnaire, typing->keying->language};
}

/* --- reading what was typed --- */

static void read_item(struct typing *typing, const struct item *item, bool *unreadable) {
    struct arena *arena = typing->visit->arena;
    const char *typed = admin_field(typing->visit, item->id);
    const char *cell = keying_read(arena, item->question, typed ? typed : "");
    sheet_record_set(&typing->record, item->id, cell ? cell : "");
    *unreadable = !cell;
    if (questionnaire_has_specify(item->question)) {
        const char *name = arena_format(arena, "%s_specify", item->id);
        const char *words = admin_field(typing->visit, name);
        sheet_record_set(&typing->record, name, words ? words : "");
    }
}

static void read_typed(struct typing *typing) {
    const struct questionnaire *questionnaire = typing->visit->pages.site->questionnaire;
    bool *unreadable = ARENA_NEW(typing->visit->arena, bool, questionnaire->item_count);
    typing->record = sheet_record_create(typing->visit->arena, questionnaire, typing->keying->number,
                                         questionnaire->languages[typing->keying->language]);
    for (size_t i = 0; i < questionnaire->item_count; i++)
        read_item(typing, &questionnaire->items[i], &unreadable[i]);
    typing->unreadable = unreadable;
    typing->check = sheet_check_record(typing->visit->arena, &typing->record);
}

/* --- what is wrong with it --- */

static const struct problem *problem_of(const struct typing *typing, const struct item *item) {
    for (size_t i = 0; typing->is_typed && i < typing->check.problems.count; i++)
        if (typing->check.problems.all[i].item == item)
            return &typing->check.problems.all[i];
    return NULL;
}

static bool is_unreadable(const struct typing *typing, const struct item *item) {
    return typing->is_typed && typing->unreadable[item->index];
}

/* What will be left out, a slip of the hand as often as one of the pen. */
static bool is_stray(const struct problem *problem) {
    return problem->kind == PROBLEM_NOT_ASKED || problem->kind == PROBLEM_SPECIFY_ALONE;
}

static bool is_wrong(const struct typing *typing, const struct item *item) {
    const struct problem *problem = problem_of(typing, item);
    return is_unreadable(typing, item) || (problem && (!problem->warning || is_stray(problem)));
}

static size_t count_wrong(const struct typing *typing, bool errors_only) {
    const struct questionnaire *questionnaire = typing->visit->pages.site->questionnaire;
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct problem *problem = problem_of(typing, &questionnaire->items[i]);
        bool error = is_unreadable(typing, &questionnaire->items[i]) || (problem && !problem->warning);
        count += errors_only ? error : is_wrong(typing, &questionnaire->items[i]);
    }
    return count;
}

/* --- one field --- */

static const char *shown_value(const struct typing *typing, const struct item *item) {
    const struct keying_sheet *sheet = &typing->keying->sheet;
    const char *typed = typing->is_typed ? admin_field(typing->visit, item->id) : NULL;
    if (typing->is_typed || typing->keying->mode != ADMIN_KEYING_CORRECT || !sheet->is_stored)
        return typed ? typed : "";
    return keying_write(typing->visit->arena, item->question, sheet_record_cell(&sheet->stored, item->id));
}

static const char *shown_words(const struct typing *typing, const char *name) {
    const struct keying_sheet *sheet = &typing->keying->sheet;
    const char *typed = typing->is_typed ? admin_field(typing->visit, name) : NULL;
    if (typing->is_typed || typing->keying->mode != ADMIN_KEYING_CORRECT || !sheet->is_stored)
        return typed ? typed : "";
    return sheet_record_cell(&sheet->stored, name);
}

static const char *problem_words(const struct typing *typing, const struct item *item) {
    const struct wording_language language = frame_language(&typing->visit->pages);
    if (is_unreadable(typing, item))
        return wording_say(typing->visit->arena, language, MESSAGE_ADMIN_NO_SUCH_NUMBER, NULL);
    return answer_problem_text(typing->visit->arena, problem_of(typing, item), wording_interface(language));
}

/* The words beside an option; NULL: there are none. */
static const char *specify_of(const struct typing *typing, const struct item *item) {
    return questionnaire_has_specify(item->question)
               ? shown_words(typing, arena_format(typing->visit->arena, "%s_specify", item->id))
               : NULL;
}

static void write_item(const struct typing *typing, const struct item *item, size_t number) {
    const struct admin_entry entry = {.visit = typing->visit,
                                      .language = sheet_language(typing),
                                      .item = item,
                                      .number = number,
                                      .value = shown_value(typing, item),
                                      .specify = specify_of(typing, item),
                                      .error = is_wrong(typing, item) ? problem_words(typing, item) : NULL};
    admin_entry_write(typing->html, &entry);
}

/* --- the page --- */

static void write_question(const struct typing *typing, const struct question *question, size_t number) {
    struct buffer *html = typing->html;
    if (!question->is_grid) {
        write_item(typing, &question->items[0], number);
        return;
    }
    buffer_format(html, "<fieldset class=\"lines\"><legend><span class=\"ordinal\">%zu.</span> ", number);
    wording_text(html, sheet_language(typing), question->text);
    html_raw(html, "</legend>\n");
    for (size_t i = 0; i < question->item_count; i++)
        write_item(typing, &question->items[i], 0);
    html_raw(html, "</fieldset>\n");
}

static void write_questions(const struct typing *typing) {
    const struct questionnaire *questionnaire = typing->visit->pages.site->questionnaire;
    struct buffer *html = typing->html;
    size_t number = 0;
    html_raw(html, "<div class=\"typing\" id=\"typing\"");
    html_attribute(html, "lang", questionnaire->languages[typing->keying->language]);
    html_raw(html, ">\n");
    for (size_t i = 0; i < questionnaire->page_count; i++) {
        const struct page *page = &questionnaire->pages[i];
        html_raw(html, "<section>\n<h2>");
        wording_text(html, sheet_language(typing), page->title);
        html_raw(html, "</h2>\n");
        for (size_t k = 0; k < page->question_count; k++)
            write_question(typing, &page->questions[k], ++number);
        html_raw(html, "</section>\n");
    }
    html_raw(html, "</div>\n");
}

static void write_wrong(const struct typing *typing) {
    const struct questionnaire *questionnaire = typing->visit->pages.site->questionnaire;
    size_t count = count_wrong(typing, false);
    bool errors = count_wrong(typing, true) > 0;
    struct buffer *html = typing->html;
    if (count == 0)
        return;
    html_raw(html, "<div class=\"summary bad\" role=\"alert\" tabindex=\"-1\" autofocus>\n");
    admin_page_say(html, typing->visit, "h2", count == 1 ? MESSAGE_FORM_ONE_PROBLEM : MESSAGE_FORM_PROBLEMS,
                   (struct hole[]){{"count", admin_page_number(typing->visit, count)}, {0}});
    if (!errors)
        admin_page_say(html, typing->visit, "p", MESSAGE_ADMIN_STRAY, NULL);
    html_raw(html, "<ul>\n");
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[i];
        if (!is_wrong(typing, item))
            continue;
        buffer_format(html, "<li><a href=\"#%s-1\">", item->id);
        wording_text(html, sheet_language(typing), item->text);
        html_raw(html, "</a> ");
        html_text(html, problem_words(typing, item));
        html_raw(html, "</li>\n");
    }
    html_raw(html, "</ul>\n</div>\n");
    if (!errors)
        admin_page_hide(html, "key-seen", "1");
}

static void write_heading(const struct typing *typing) {
    static const enum message helps[] = {[ADMIN_KEYING_FIRST] = MESSAGE_ADMIN_TYPING_HELP,
                                         [ADMIN_KEYING_AGAIN] = MESSAGE_ADMIN_TYPING_BLIND,
                                         [ADMIN_KEYING_CORRECT] = MESSAGE_ADMIN_TYPING_CORRECT};
    const struct hole holes[] = {
        {"sheet", typing->keying->number_typed}, {"initials", typing->keying->initials}, {0}};
    admin_page_say(typing->html, typing->visit, "p class=\"state\"", MESSAGE_ADMIN_TYPING_SHEET, holes);
    admin_page_say(typing->html, typing->visit, "p class=\"aside\"", helps[typing->keying->mode], NULL);
}

/* `notice`: why it was not kept; MESSAGE_COUNT: nothing to say. */
static void show(struct typing *typing, enum message notice) {
    struct admin_visit *visit = typing->visit;
    bool wrong = notice != MESSAGE_COUNT || count_wrong(typing, false) > 0;
    struct frame frame = admin_page_begin(visit, wrong ? 422 : 200, MESSAGE_ADMIN_TYPING);
    frame.is_wrong = wrong;
    typing->html = &frame.content;
    admin_page_open_form(typing->html, visit, "keying/sheet");
    /* The button that Enter in a field presses only looks at what was typed. */
    html_raw(typing->html,
             "<button type=\"submit\" class=\"hidden\" name=\"go-check\" value=\"1\" tabindex=\"-1\" "
             "aria-hidden=\"true\"></button>\n");
    admin_keying_hide(typing->html, typing->keying);
    if (notice != MESSAGE_COUNT)
        admin_page_notice(typing->html, visit, true, notice, NULL, NULL);
    write_wrong(typing);
    write_heading(typing);
    write_questions(typing);
    html_raw(typing->html, "<p class=\"buttons\">\n");
    admin_page_button(typing->html, visit, NULL, "go-save", "1", MESSAGE_ADMIN_SAVE);
    html_raw(typing->html, "</p>\n</form>\n");
    admin_entry_write_script(typing->html, visit);
    admin_page_finish(visit, &frame);
    typing->html = NULL;
}

void admin_keying_show_typing(struct admin_keying *keying) {
    struct typing typing = {.keying = keying, .visit = keying->visit};
    show(&typing, MESSAGE_COUNT);
}

/* --- keeping it --- */

static enum message refusal_of(enum store_outcome outcome) {
    return outcome == STORE_ALREADY ? MESSAGE_ADMIN_SHEET_TAKEN
           : outcome == STORE_USED  ? MESSAGE_ADMIN_CODE_USED
           : outcome == STORE_NONE  ? MESSAGE_ADMIN_CODE_UNKNOWN
                                    : MESSAGE_ADMIN_NOT_KEPT;
}

/* What the list of people says of whom the code is fills what was left out on paper. */
static void fill_known(struct typing *typing, const struct guest *guest) {
    const struct questionnaire *questionnaire = typing->visit->pages.site->questionnaire;
    struct form form;
    form_start(&form, typing->visit->arena, questionnaire, typing->keying->language);
    guest_introduce(guest, typing->visit->arena, questionnaire, &form);
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const char *id = questionnaire->items[i].id;
        if (form.known && form.known[i] && form.entries[i].value_count &&
            !*sheet_record_cell(&typing->record, id))
            sheet_record_set(&typing->record, id, form.entries[i].values[0]);
    }
    typing->check = sheet_check_record(typing->visit->arena, &typing->record);
}

static void keep(struct typing *typing) {
    struct admin_keying *keying = typing->keying;
    struct guest guest = {0};
    bool has_guest = keying->mode == ADMIN_KEYING_FIRST && *keying->code;
    enum message refusal = has_guest ? admin_keying_find_guest(keying, &guest) : MESSAGE_COUNT;
    if (refusal != MESSAGE_COUNT) {
        show(typing, refusal);
        return;
    }
    if (has_guest)
        fill_known(typing, &guest);
    const struct keying_typed typed = {.record = &typing->record,
                                       .response = &typing->check.response,
                                       .initials = keying->initials,
                                       .guest = has_guest ? &guest : NULL};
    enum store_outcome outcome = keying->mode == ADMIN_KEYING_FIRST ? keying_desk_add(&keying->desk, &typed)
                                 : keying->mode == ADMIN_KEYING_AGAIN
                                     ? keying_desk_compare(&keying->desk, &keying->sheet, &typed)
                                     : keying_desk_settle(&keying->desk, &typed);
    if (outcome != STORE_DONE)
        show(typing, refusal_of(outcome));
    else
        admin_page_redirect(
            typing->visit,
            arena_format(typing->visit->arena,
                         keying->mode == ADMIN_KEYING_AGAIN ? "keying/settle/%lld" : "keying/saved/%lld",
                         (long long)keying->number));
}

void admin_take_typing(struct admin_visit *visit) {
    struct admin_keying keying;
    struct typing typing = {.keying = &keying, .visit = visit, .is_typed = true};
    if (!admin_keying_read(&keying, visit, STORE_UPDATE) || !keying.number || !keying.has_initials ||
        !admin_keying_look(&keying)) {
        if (!failure_is_set(&visit->failure))
            admin_page_nothing(visit);
        return;
    }
    read_typed(&typing);
    bool looks_only = !admin_field(visit, "go-save");
    if (keying.mode == ADMIN_KEYING_FIRST && (keying.sheet.is_stored || keying.sheet.is_scanned))
        show(&typing, MESSAGE_ADMIN_SHEET_TAKEN);
    else if (keying.mode == ADMIN_KEYING_CORRECT && !keying.sheet.is_stored)
        show(&typing, MESSAGE_ADMIN_NOT_TYPED);
    else if (keying.mode == ADMIN_KEYING_AGAIN && admin_keying_refuse_again(&keying) != MESSAGE_COUNT)
        show(&typing, admin_keying_refuse_again(&keying));
    else if (looks_only || count_wrong(&typing, true) ||
             (count_wrong(&typing, false) && !admin_field(visit, "key-seen")))
        show(&typing, MESSAGE_COUNT);
    else if (typing.check.is_empty)
        show(&typing, MESSAGE_ADMIN_EMPTY);
    else
        keep(&typing);
}
