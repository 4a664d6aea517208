/* What the scanner left to people: a question's picture, what was seen, and a field for what is there. */
#include "model/base/calendar.h"
#include "model/base/html.h"
#include "model/base/text.h"
#include "survey/admin_entry.h"
#include "survey/admin_keying.h"
#include "survey/keying.h"
#include "survey/sheet.h"

#include <inttypes.h>
#include <string.h>

struct review {
    struct admin_visit *visit;
    struct keying_desk desk;
    const struct store_paper_review *all; /* of all sheets */
    size_t count;
    const struct store_paper_review *one; /* the one that the path names; NULL: none */
    const struct item *item;              /* of it */
    bool is_words;                        /* what was written beside an option of the item */
};

/* --- finding --- */

static bool is_open(const struct store_paper_review *review) {
    return !review->settled;
}

/* A correction that the scanner took, and nobody has seen. */
static bool is_unseen(const struct store_paper_review *review) {
    return review->settled && !*review->initials;
}

/* A question on several pages is looked at once. */
static bool is_first(const struct review *review, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (review->all[i].sheet == review->all[index].sheet &&
            !strcmp(review->all[i].name, review->all[index].name))
            return false;
    return true;
}

static size_t count_those(const struct review *review, bool (*is)(const struct store_paper_review *)) {
    size_t count = 0;
    for (size_t i = 0; i < review->count; i++)
        count += is(&review->all[i]) && is_first(review, i);
    return count;
}

static bool open(struct review *review, struct admin_visit *visit, enum store_access access) {
    char *today = arena_allocate(visit->arena, CALENDAR_DAY_SIZE, 1);
    calendar_today(today);
    *review = (struct review){.visit = visit};
    if (!admin_open_store(visit, access))
        return false;
    review->desk = (struct keying_desk){visit->store, visit->pages.site->questionnaire, visit->arena, today};
    review->all = store_paper_reviews(visit->store, visit->arena, 0, &review->count, &visit->failure);
    return review->all != NULL;
}

/* Takes `<sheet>/<name>` apart. False: there is no such question to be looked at. */
static bool find(struct review *review, const char *path) {
    const char *slash = strchr(path, '/');
    int64_t sheet =
        slash ? admin_keying_number(arena_copy_bytes(review->desk.arena, path, (size_t)(slash - path))) : 0;
    for (size_t i = 0; sheet && i < review->count && !review->one; i++)
        if (review->all[i].sheet == sheet && !strcmp(review->all[i].name, slash + 1))
            review->one = &review->all[i];
    if (!review->one)
        return false;
    const char *name = review->one->name, *end = strrchr(name, '_');
    review->item = questionnaire_item(review->desk.questionnaire, name);
    review->is_words = !review->item;
    if (!review->item && end)
        review->item = questionnaire_item(review->desk.questionnaire,
                                          arena_copy_bytes(review->desk.arena, name, (size_t)(end - name)));
    return review->item != NULL;
}

/* Where the question is that comes after this one: the next of the same kind, else any; NULL: none is left.
 */
static const char *next_path(const struct review *review) {
    const struct store_paper_review *next = NULL;
    for (size_t i = 0; i < review->count && !next; i++)
        if (is_open(&review->all[i]))
            next = &review->all[i];
    for (size_t i = 0; i < review->count && !next; i++)
        if (is_unseen(&review->all[i]))
            next = &review->all[i];
    return next ? arena_format(review->desk.arena, "review/%" PRId64 "/%s", next->sheet, next->name) : NULL;
}

/* --- the first page --- */

static void write_partial(struct buffer *html, const struct review *review, int64_t sheet) {
    const struct sheet_desk desk = {review->desk.store, review->desk.questionnaire, review->desk.day};
    struct admin_visit *visit = review->visit;
    const struct sheet_status status = sheet_look(&desk, review->desk.arena, sheet, &visit->failure);
    if (status.outcome != STORE_DONE || status.state != SHEET_PARTIAL)
        return;
    admin_page_say(html, visit, "li", MESSAGE_ADMIN_PAGE_MISSING,
                   (struct hole[]){{"sheet", arena_format(visit->arena, "%" PRId64, sheet)},
                                   {"page", admin_page_number(visit, status.page)},
                                   {0}});
}

/* The sheets with a page that was not scanned. */
static void write_missing(struct buffer *html, const struct review *review) {
    struct admin_visit *visit = review->visit;
    struct buffer list = {0};
    size_t count;
    const struct store_paper_page *pages =
        store_paper_pages(visit->store, visit->arena, 0, &count, &visit->failure);
    for (size_t i = 0; pages && i < count; i++)
        if (i == 0 || pages[i].sheet != pages[i - 1].sheet)
            write_partial(&list, review, pages[i].sheet);
    if (list.length) {
        html_raw(html, "<section>\n");
        admin_page_say(html, visit, "h2", MESSAGE_ADMIN_PAGES_MISSING, NULL);
        buffer_format(html, "<ul>\n%s</ul>\n</section>\n", buffer_text(&list));
    }
    buffer_destroy(&list);
}

static void show_all(struct review *review) {
    struct admin_visit *visit = review->visit;
    size_t open_count = count_those(review, is_open), unseen = count_those(review, is_unseen);
    const char *next = next_path(review);
    struct frame frame = admin_page_begin(visit, 200, MESSAGE_ADMIN_REVIEW);
    struct buffer *html = &frame.content;
    if (!next) {
        admin_page_say(html, visit, "p class=\"state\"", MESSAGE_ADMIN_REVIEW_NOTHING, NULL);
    } else {
        admin_page_say(html, visit, "p class=\"state\"", MESSAGE_ADMIN_REVIEW_LEFT,
                       (struct hole[]){{"count", admin_page_number(visit, open_count)},
                                       {"corrections", admin_page_number(visit, unseen)},
                                       {0}});
        html_raw(html, "<p class=\"buttons\"><a class=\"button\"");
        frame_link(html, &visit->pages, arena_format(visit->arena, ADMIN_PATH "/%s", next));
        html_raw(html, ">");
        wording_message(html, frame_language(&visit->pages), MESSAGE_ADMIN_REVIEW_GO, NULL);
        html_raw(html, "</a></p>\n");
    }
    write_missing(html, review);
    admin_page_say(html, visit, "p class=\"aside\"", MESSAGE_ADMIN_REVIEW_HOW, NULL);
    admin_page_finish(visit, &frame);
}

/* --- one question --- */

static const struct {
    const char *name;
    enum message words;
} reasons[] = {{"several", MESSAGE_ADMIN_DOUBT_SEVERAL},     {"faint", MESSAGE_ADMIN_DOUBT_FAINT},
               {"beside", MESSAGE_ADMIN_DOUBT_BESIDE},       {"damaged", MESSAGE_ADMIN_DOUBT_DAMAGED},
               {"mixed", MESSAGE_ADMIN_DOUBT_MIXED},         {"ranks", MESSAGE_ADMIN_DOUBT_RANKS},
               {"alone", MESSAGE_ADMIN_DOUBT_ALONE},         {"handwriting", MESSAGE_ADMIN_DOUBT_HANDWRITING},
               {"corrected", MESSAGE_ADMIN_DOUBT_CORRECTED}, {"impossible", MESSAGE_ADMIN_DOUBT_IMPOSSIBLE}};

static enum message reason_of(const char *name) {
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (!strcmp(name, reasons[i].name))
            return reasons[i].words;
    return MESSAGE_ADMIN_DOUBT_OTHER;
}

static void write_pictures(struct buffer *html, const struct review *review) {
    struct admin_visit *visit = review->visit;
    for (size_t i = 0; i < review->count; i++) {
        const struct store_paper_review *one = &review->all[i];
        if (one->sheet != review->one->sheet || strcmp(one->name, review->one->name) != 0 ||
            !one->picture_length)
            continue;
        html_raw(html, "<p class=\"picture\"><img");
        html_attribute(html, "src",
                       arena_format(visit->arena, "%s" ADMIN_PATH "/review/picture/%" PRId64 "/%u/%s",
                                    visit->pages.site->root, one->sheet, one->page, one->name));
        html_attribute(html, "alt",
                       wording_say(visit->arena, frame_language(&visit->pages), MESSAGE_ADMIN_PICTURE, NULL));
        html_raw(html, "></p>\n");
    }
}

static void write_seen(struct buffer *html, const struct review *review) {
    const struct admin_visit *visit = review->visit;
    const char *seen = is_unseen(review->one) ? review->one->settled : review->one->reading;
    admin_page_say(html, visit, "p class=\"aside\"", reason_of(review->one->reason), NULL);
    if (!*seen)
        return;
    const char *words = review->is_words ? seen
                                         : keying_words(visit->arena, frame_language(&visit->pages),
                                                        review->item->question, seen);
    admin_page_say(html, visit, "p", MESSAGE_ADMIN_SEEN, (struct hole[]){{"reading", words}, {0}});
}

static void write_words(struct buffer *html, const struct review *review, const char *typed,
                        const char *error) {
    const char *name = review->one->name;
    html_raw(html, "<div class=\"entry\"><label for=\"words\">");
    wording_text(html, frame_language(&review->visit->pages), review->item->text);
    html_raw(html, " – ");
    wording_message(html, frame_language(&review->visit->pages), MESSAGE_FORM_SPECIFY, NULL);
    html_raw(html, "</label>\n<input type=\"text\" id=\"words\" autocomplete=\"off\" class=\"wide\"");
    html_attribute(html, "name", name);
    html_attribute(html, "value", typed);
    html_attribute(html, "aria-describedby", error ? "words-error" : NULL);
    html_raw(html, ">\n");
    if (error) {
        html_raw(html, "<p class=\"error\" id=\"words-error\">");
        html_text(html, error);
        html_raw(html, "</p>\n");
    }
    html_raw(html, "</div>\n");
}

/* What the field begins with: a correction as it was taken; what is in doubt is left to whoever looks. */
static const char *begin_with(const struct review *review) {
    const char *typed = admin_field(review->visit, review->one->name);
    if (typed)
        return typed;
    if (!is_unseen(review->one))
        return "";
    return review->is_words
               ? review->one->settled
               : keying_write(review->visit->arena, review->item->question, review->one->settled);
}

static void write_field(struct buffer *html, const struct review *review, const char *error) {
    const struct admin_visit *visit = review->visit;
    const struct admin_entry entry = {.visit = visit,
                                      .language = frame_language(&visit->pages),
                                      .item = review->item,
                                      .value = begin_with(review),
                                      .error = error};
    html_raw(html, "<div class=\"typing\" id=\"typing\" data-alone=\"1\">\n");
    if (review->is_words)
        write_words(html, review, begin_with(review), error);
    else
        admin_entry_write(html, &entry);
    html_raw(html, "</div>\n");
    admin_page_ask_initials(html, visit);
}

/* `error`: what is wrong with what was typed; NULL: nothing. */
static void show(struct review *review, const char *error) {
    struct admin_visit *visit = review->visit;
    struct frame frame = admin_page_begin(visit, error ? 422 : 200, MESSAGE_ADMIN_REVIEW_ONE);
    struct buffer *html = &frame.content;
    frame.is_wrong = error;
    const char *path =
        arena_format(visit->arena, "review/%" PRId64 "/%s", review->one->sheet, review->one->name);
    admin_page_say(
        html, visit, "p class=\"state\"", MESSAGE_ADMIN_SHEET_NUMBER,
        (struct hole[]){{"sheet", arena_format(visit->arena, "%" PRId64, review->one->sheet)}, {0}});
    write_seen(html, review);
    write_pictures(html, review);
    admin_page_open_form(html, visit, path);
    write_field(html, review, error);
    html_raw(html, "<p class=\"buttons\">\n");
    admin_page_button(html, visit, NULL, "go-save", "1", MESSAGE_ADMIN_REVIEW_SAVE);
    html_raw(html, "</p>\n</form>\n");
    admin_entry_write_script(html, visit);
    admin_page_finish(visit, &frame);
}

static void show_picture(struct review *review, const char *path) {
    struct admin_visit *visit = review->visit;
    const char *slash = strchr(path, '/'), *next = slash ? strchr(slash + 1, '/') : NULL;
    struct reply *reply = &visit->answer->reply;
    size_t length = 0;
    struct store_paper_review wanted = {0};
    if (next) {
        wanted.sheet = admin_keying_number(arena_copy_bytes(visit->arena, path, (size_t)(slash - path)));
        wanted.page = (unsigned)admin_keying_number(
            arena_copy_bytes(visit->arena, slash + 1, (size_t)(next - slash - 1)));
        wanted.name = next + 1;
    }
    const unsigned char *picture =
        next ? store_paper_picture(visit->store, visit->arena, &wanted, &length) : NULL;
    if (!picture) {
        admin_page_nothing(visit);
        return;
    }
    reply->status = 200;
    buffer_append_bytes(&reply->body, (const char *)picture, length);
    frame_add_headers(reply, visit->pages.site, "image/png", "no-store");
}

void admin_show_review(struct admin_visit *visit) {
    struct review review;
    if (!open(&review, visit, STORE_READ))
        return;
    if (!strncmp(visit->rest, "picture/", 8))
        show_picture(&review, visit->rest + 8);
    else if (!*visit->rest)
        show_all(&review);
    else if (find(&review, visit->rest))
        show(&review, NULL);
    else
        admin_page_redirect(visit, "review"); /* somebody else has looked at it meanwhile */
}

/* --- deciding --- */

/* The cell that was typed; NULL: it is none. */
static const char *read_cell(const struct review *review) {
    const char *typed = admin_field(review->visit, review->one->name);
    return !typed || review->is_words ? typed
                                      : keying_read(review->visit->arena, review->item->question, typed);
}

/* What the questionnaire says of the cell alone, in words; NULL: nothing. */
static const char *find_error(const struct review *review, const char *cell) {
    const struct wording_language language = frame_language(&review->visit->pages);
    struct arena *arena = review->visit->arena;
    if (!cell)
        return wording_say(arena, language, MESSAGE_ADMIN_NO_SUCH_NUMBER, NULL);
    struct sheet_record record = sheet_record_create(arena, review->desk.questionnaire, review->one->sheet,
                                                     review->desk.questionnaire->languages[0]);
    sheet_record_set(&record, review->one->name, cell);
    const struct sheet_check check = sheet_check_record(arena, &record);
    for (size_t i = 0; i < check.problems.count; i++)
        if (!check.problems.all[i].warning && check.problems.all[i].item == review->item && !review->is_words)
            return answer_problem_text(arena, &check.problems.all[i], wording_interface(language));
    return NULL;
}

/* A correction that is seen belongs to a response, perhaps one in the store already, which changes with it.
 */
static enum store_outcome change_stored(const struct review *review, struct keying_sheet *sheet,
                                        const char *cell) {
    struct admin_visit *visit = review->visit;
    if (!sheet->is_stored || !strcmp(sheet_record_cell(&sheet->stored, review->one->name), cell))
        return STORE_DONE;
    sheet_record_set(&sheet->stored, review->one->name, cell);
    struct sheet_check check = sheet_check_record(visit->arena, &sheet->stored);
    if (check.problems.any_error)
        return STORE_NONE;
    check.response.key = store_new_key();
    enum store_outcome outcome = store_remove_sheet(visit->store, sheet->number);
    return outcome == STORE_DONE ? store_add(visit->store, &check.response, review->desk.day) : outcome;
}

static enum store_outcome decide(const struct review *review, struct keying_sheet *sheet, const char *cell) {
    struct admin_visit *visit = review->visit;
    const struct sheet_desk desk = {review->desk.store, review->desk.questionnaire, review->desk.day};
    int64_t number = review->one->sheet;
    enum store_outcome outcome =
        store_paper_settle(visit->store, number, review->one->name, cell, visit->session->initials);
    if (outcome == STORE_DONE)
        outcome = change_stored(review, sheet, cell);
    if (outcome != STORE_DONE)
        return outcome;
    return sheet->is_stored ? store_paper_finish(visit->store, number)
                            : sheet_complete(&desk, visit->arena, number, &visit->failure).outcome;
}

static void keep(struct review *review, const char *cell) {
    struct admin_visit *visit = review->visit;
    struct keying_sheet sheet;
    if (!keying_desk_look(&review->desk, review->one->sheet, &sheet, &visit->failure))
        return;
    enum store_outcome outcome = store_begin_patiently(visit->store);
    if (outcome == STORE_DONE)
        outcome = decide(review, &sheet, cell);
    if (outcome == STORE_DONE)
        outcome = store_commit(visit->store);
    if (outcome != STORE_DONE) {
        store_rollback(visit->store);
        enum message words = outcome == STORE_NONE ? MESSAGE_ADMIN_SETTLE_IMPOSSIBLE : MESSAGE_ADMIN_NOT_KEPT;
        show(review, wording_say(visit->arena, frame_language(&visit->pages), words, NULL));
        return;
    }
    review->all = store_paper_reviews(visit->store, visit->arena, 0, &review->count, &visit->failure);
    const char *next = review->all ? next_path(review) : NULL;
    if (review->all)
        admin_page_redirect(visit, next ? next : "review");
}

void admin_take_review(struct admin_visit *visit) {
    struct review review;
    if (!open(&review, visit, STORE_UPDATE))
        return;
    if (!find(&review, visit->rest)) {
        admin_page_redirect(visit, "review");
        return;
    }
    const char *cell = read_cell(&review), *error = find_error(&review, cell);
    if (!admin_initials(visit))
        error =
            wording_say(visit->arena, frame_language(&visit->pages), MESSAGE_ADMIN_INITIALS_MISSING, NULL);
    if (error)
        show(&review, error);
    else
        keep(&review, cell);
}
