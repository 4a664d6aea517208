#include "survey/sheet.h"

#include "model/answer_csv.h"
#include "model/store_read.h"

#include <stdlib.h>
#include <string.h>

/* --- checking --- */

struct sheet_check sheet_check_record(struct arena *arena, const struct sheet_record *record) {
    const struct questionnaire *questionnaire = record->questionnaire;
    struct diagnostics *diagnostics = diagnostics_create(arena, "sheet");
    const struct csv_record header = {record->names, record->count, 1},
                            line = {record->cells, record->count, 2};
    const struct answer_csv_layout *layout = answer_csv_layout(arena, questionnaire, &header, diagnostics);
    if (!layout)
        abort(); /* the names are those of the questionnaire */
    struct answer_csv_cells cells = answer_csv_read(arena, layout, &line);
    struct answer *answers = ARENA_NEW(arena, struct answer, questionnaire->item_count);
    struct sheet_check check = {.problems =
                                    answer_check(arena, questionnaire, cells.entries, CHANNEL_PAPER, answers),
                                .is_empty = true};
    for (size_t i = 0; i < questionnaire->item_count; i++)
        check.is_empty = check.is_empty && answers[i].state != ANSWER_GIVEN &&
                         answers[i].state != ANSWER_NO_OPINION && answers[i].state != ANSWER_NOT_CONCERNED;
    size_t language = questionnaire_language(questionnaire, cells.language);
    check.response = (struct response){.channel = CHANNEL_PAPER,
                                       .language = language < questionnaire->language_count ? language : 0,
                                       .sheet = strtoll(cells.sheet, NULL, 10),
                                       .answers = answers};
    return check;
}

/* --- how far it is --- */

static size_t count_open(const struct store_paper_review *reviews, size_t count) {
    size_t open = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_first = !reviews[i].settled;
        for (size_t k = 0; k < i && is_first; k++)
            is_first = strcmp(reviews[k].name, reviews[i].name) != 0;
        open += is_first;
    }
    return open;
}

struct sheet_status sheet_look(const struct sheet_desk *desk, struct arena *arena, int64_t sheet,
                               struct failure *failure) {
    struct sheet_status status = {.outcome = STORE_DONE};
    size_t pages, reviews;
    const struct store_paper_page *page = store_paper_pages(desk->store, arena, sheet, &pages, failure);
    const struct store_paper_review *review =
        page ? store_paper_reviews(desk->store, arena, sheet, &reviews, failure) : NULL;
    if (!page || !review)
        return (struct sheet_status){.outcome = STORE_FULL};
    status.open = count_open(review, reviews);
    unsigned there = 0;
    while (there < pages && page[there].page == there + 1)
        there++;
    status.page = there + 1;
    if (store_has_sheet(desk->store, sheet))
        status.state = SHEET_STORED;
    else if (pages == 0)
        status.state = SHEET_UNKNOWN;
    else if (there < page[0].pages)
        status.state = SHEET_PARTIAL;
    else
        status.state = status.open ? SHEET_IN_DOUBT : SHEET_EMPTY;
    return status;
}

/* --- into the answers --- */

static struct sheet_status fail(const struct sheet_desk *desk, enum store_outcome outcome,
                                struct failure *failure) {
    failure_set(failure, "%s", store_reason(desk->store));
    return (struct sheet_status){.outcome = outcome};
}

/* What was read of the sheet, with what people have settled in its place. False with the failure. */
static bool read_record(const struct sheet_desk *desk, struct arena *arena, int64_t sheet,
                        struct sheet_record *record, struct failure *failure) {
    size_t entries, reviews;
    const struct store_paper_entry *entry = store_paper_entries(desk->store, arena, sheet, &entries, failure);
    const struct store_paper_review *review =
        entry ? store_paper_reviews(desk->store, arena, sheet, &reviews, failure) : NULL;
    if (!review)
        return false;
    *record = sheet_record_create(arena, desk->questionnaire, sheet, desk->questionnaire->languages[0]);
    for (size_t i = 0; i < entries; i++)
        if (entry[i].source == STORE_PAPER_SCAN)
            *record = sheet_record_read(arena, desk->questionnaire, entry[i].answers);
    for (size_t i = 0; i < reviews; i++)
        if (review[i].settled)
            sheet_record_set(record, review[i].name, review[i].settled);
    return true;
}

/* Puts what the questionnaire does not allow before a person. How many questions these are. */
static size_t doubt_problems(const struct sheet_desk *desk, int64_t sheet, const struct sheet_record *record,
                             const struct problems *problems, enum store_outcome *outcome) {
    size_t count = 0;
    for (size_t i = 0; i < problems->count && *outcome == STORE_DONE; i++) {
        const char *name = problems->all[i].item->id;
        if (problems->all[i].warning)
            continue;
        count++;
        *outcome = store_paper_settle(desk->store, sheet, name, NULL, "");
        if (*outcome != STORE_NONE)
            continue;
        const struct store_paper_review review = {
            .sheet = sheet, .name = name, .reason = "impossible", .reading = sheet_record_cell(record, name)};
        *outcome = store_paper_add_review(desk->store, &review);
    }
    return count;
}

static struct sheet_status store_record(const struct sheet_desk *desk, struct arena *arena,
                                        const struct sheet_record *record, struct failure *failure) {
    struct sheet_check check = sheet_check_record(arena, record);
    struct sheet_status status = {.outcome = STORE_DONE, .state = SHEET_EMPTY};
    int64_t sheet = check.response.sheet;
    if (check.problems.any_error) {
        status.state = SHEET_IN_DOUBT;
        status.open = doubt_problems(desk, sheet, record, &check.problems, &status.outcome);
    } else if (!check.is_empty) {
        check.response.key = store_new_key();
        status.state = SHEET_STORED;
        status.is_new = true;
        status.problems = check.problems;
        status.outcome = store_add(desk->store, &check.response, desk->day);
        if (status.outcome == STORE_DONE)
            status.outcome = store_paper_finish(desk->store, sheet);
    }
    return status.outcome == STORE_DONE ? status : fail(desk, status.outcome, failure);
}

struct sheet_status sheet_complete(const struct sheet_desk *desk, struct arena *arena, int64_t sheet,
                                   struct failure *failure) {
    struct sheet_status status = sheet_look(desk, arena, sheet, failure);
    struct sheet_record record;
    if (status.outcome != STORE_DONE || status.state != SHEET_EMPTY)
        return status;
    if (!read_record(desk, arena, sheet, &record, failure))
        return (struct sheet_status){.outcome = STORE_FULL};
    return store_record(desk, arena, &record, failure);
}

enum store_outcome sheet_remove(struct store *store, int64_t sheet) {
    enum store_outcome response = store_remove_sheet(store, sheet);
    if (response != STORE_DONE && response != STORE_ALREADY)
        return response;
    enum store_outcome rest = store_paper_forget(store, sheet);
    return rest == STORE_NONE && response == STORE_DONE ? STORE_DONE : rest;
}
