#include "survey/keying_desk.h"

#include "model/answer_csv.h"
#include "model/base/digest.h"
#include "model/store_pass.h"
#include "model/store_read.h"
#include "survey/sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- looking --- */

static struct sheet_record record_of(const struct keying_desk *desk, const struct response *response) {
    struct buffer text = {0};
    answer_csv_header(&text, desk->questionnaire, ',');
    answer_csv_record(&text, desk->questionnaire, response);
    struct sheet_record record = sheet_record_read(desk->arena, desk->questionnaire, buffer_text(&text));
    buffer_destroy(&text);
    return record;
}

static bool find_response(const struct keying_desk *desk, struct keying_sheet *sheet,
                          struct failure *failure) {
    struct store_pass *pass = store_pass_begin(desk->store, failure);
    struct response response;
    while (pass && !sheet->is_stored && store_pass_next(pass, &response, failure))
        if (response.sheet == sheet->number) {
            sheet->is_stored = true;
            sheet->stored = record_of(desk, &response);
        }
    store_pass_end(pass);
    return !failure_is_set(failure);
}

bool keying_desk_look(const struct keying_desk *desk, int64_t number, struct keying_sheet *sheet,
                      struct failure *failure) {
    size_t pages, entries;
    *sheet = (struct keying_sheet){.number = number};
    const struct store_paper_entry *entry =
        store_paper_entries(desk->store, desk->arena, number, &entries, failure);
    if (!entry || !store_paper_pages(desk->store, desk->arena, number, &pages, failure))
        return false;
    sheet->is_scanned = pages > 0;
    for (size_t i = 0; i < entries; i++)
        sheet->entries[entry[i].source] = &entry[i];
    return find_response(desk, sheet, failure);
}

/* --- changing --- */

/* Keeps the answers as they were checked, so that two ways to write the same are the same. */
static enum store_outcome keep(const struct keying_desk *desk, const struct keying_typed *typed,
                               enum store_paper_source source) {
    const struct sheet_record checked = record_of(desk, typed->response);
    const struct store_paper_entry entry = {.sheet = typed->response->sheet,
                                            .source = source,
                                            .initials = typed->initials,
                                            .answers = sheet_record_write(desk->arena, &checked)};
    return store_paper_keep_entry(desk->store, &entry);
}

static enum store_outcome end(const struct keying_desk *desk, enum store_outcome outcome) {
    if (outcome == STORE_DONE)
        outcome = store_commit(desk->store);
    if (outcome != STORE_DONE)
        store_rollback(desk->store);
    return outcome;
}

static enum store_outcome add(const struct keying_desk *desk, const struct keying_typed *typed) {
    struct response response = *typed->response;
    response.key = store_new_key();
    struct submission submission = {.response = &response};
    if (!typed->guest)
        return store_add(desk->store, &response, desk->day);
    submission.invitation = typed->guest->invitation;
    submission.generation = typed->guest->generation;
    return store_submit(desk->store, &submission, desk->day);
}

enum store_outcome keying_desk_add(const struct keying_desk *desk, const struct keying_typed *typed) {
    enum store_outcome outcome = store_begin_patiently(desk->store);
    if (outcome == STORE_DONE && store_has_sheet(desk->store, typed->response->sheet))
        outcome = STORE_ALREADY;
    if (outcome == STORE_DONE)
        outcome = add(desk, typed);
    if (outcome == STORE_DONE)
        outcome = keep(desk, typed, STORE_PAPER_FIRST);
    return end(desk, outcome);
}

/* What was typed first of a sheet that came otherwise is compared with what the response is. */
static enum store_outcome keep_stored(const struct keying_desk *desk, const struct keying_sheet *sheet) {
    const struct store_paper_entry entry = {.sheet = sheet->number,
                                            .source = STORE_PAPER_SCAN,
                                            .initials = "",
                                            .answers = sheet_record_write(desk->arena, &sheet->stored)};
    return store_paper_keep_entry(desk->store, &entry);
}

enum store_outcome keying_desk_compare(const struct keying_desk *desk, const struct keying_sheet *sheet,
                                       const struct keying_typed *typed) {
    bool is_first = !sheet->entries[STORE_PAPER_FIRST];
    enum store_outcome outcome = store_begin_patiently(desk->store);
    if (outcome == STORE_DONE && is_first)
        outcome = keep_stored(desk, sheet);
    if (outcome == STORE_DONE)
        outcome = keep(desk, typed, is_first ? STORE_PAPER_FIRST : STORE_PAPER_SECOND);
    return end(desk, outcome);
}

/* Whoever puts the whole sheet right has the paper: a correction that the scanner took in it is seen with
 * that, and must not be put back later. */
static enum store_outcome see_corrections(const struct keying_desk *desk, const struct keying_typed *typed) {
    size_t count;
    struct failure ignored = {0};
    int64_t sheet = typed->response->sheet;
    const struct sheet_record checked = record_of(desk, typed->response);
    const struct store_paper_review *all =
        store_paper_reviews(desk->store, desk->arena, sheet, &count, &ignored);
    enum store_outcome outcome = all ? STORE_DONE : STORE_BUSY;
    for (size_t i = 0; i < count && outcome == STORE_DONE; i++) {
        const char *cell = sheet_record_cell(&checked, all[i].name);
        outcome = store_paper_settle(desk->store, sheet, all[i].name, cell ? cell : "", typed->initials);
    }
    return outcome == STORE_DONE ? store_paper_finish(desk->store, sheet) : outcome;
}

enum store_outcome keying_desk_settle(const struct keying_desk *desk, const struct keying_typed *typed) {
    enum store_outcome outcome = store_begin_patiently(desk->store);
    if (outcome == STORE_DONE)
        outcome = store_remove_sheet(desk->store, typed->response->sheet);
    if (outcome == STORE_DONE)
        outcome = add(desk, typed);
    if (outcome == STORE_DONE)
        outcome = keep(desk, typed, STORE_PAPER_SETTLED);
    if (outcome == STORE_DONE)
        outcome = see_corrections(desk, typed);
    return end(desk, outcome);
}

enum store_outcome keying_desk_remove(const struct keying_desk *desk, int64_t number) {
    enum store_outcome outcome = store_begin_patiently(desk->store);
    if (outcome == STORE_DONE)
        outcome = sheet_remove(desk->store, number);
    return end(desk, outcome);
}

/* --- comparing --- */

static struct sheet_record read_entry(const struct keying_desk *desk, const struct store_paper_entry *entry) {
    return sheet_record_read(desk->arena, desk->questionnaire, entry->answers);
}

bool keying_desk_pair(const struct keying_desk *desk, const struct keying_sheet *sheet,
                      struct sheet_record *one, struct sheet_record *other) {
    const struct store_paper_entry *const *entries = sheet->entries;
    bool twice = entries[STORE_PAPER_SECOND];
    const struct store_paper_entry *earlier = entries[twice ? STORE_PAPER_FIRST : STORE_PAPER_SCAN];
    const struct store_paper_entry *later = entries[twice ? STORE_PAPER_SECOND : STORE_PAPER_FIRST];
    if (!earlier || !later)
        return false;
    *one = read_entry(desk, earlier);
    *other = read_entry(desk, later);
    return true;
}

/* How the sheet came and in which language it is printed are no answers. */
static bool is_answer(const char *name) {
    return strcmp(name, "channel") != 0 && strcmp(name, "language") != 0 && strcmp(name, "sheet") != 0;
}

const struct keying_difference *keying_desk_differences(struct arena *arena, const struct sheet_record *one,
                                                        const struct sheet_record *other, size_t *count,
                                                        size_t *compared) {
    struct keying_difference *all = ARENA_NEW(arena, struct keying_difference, one->count);
    *count = *compared = 0;
    for (size_t i = 0; i < one->count; i++) {
        if (!is_answer(one->names[i]) || (!*one->cells[i] && !*other->cells[i]))
            continue;
        ++*compared;
        if (strcmp(one->cells[i], other->cells[i]) != 0)
            all[(*count)++] = (struct keying_difference){one->names[i], one->cells[i], other->cells[i]};
    }
    return all;
}

/* --- measuring --- */

/* Lists that `measure` shows, while they are made. */
struct lists {
    int64_t *open, *once;
};

static void measure_sheet(const struct keying_desk *desk, const struct keying_sheet *sheet,
                          struct keying_measure *measure, struct lists *lists) {
    struct sheet_record one, other;
    size_t different, compared;
    bool twice = sheet->entries[STORE_PAPER_SECOND];
    if (!sheet->entries[STORE_PAPER_FIRST])
        return;
    measure->typed++;
    if (!keying_desk_pair(desk, sheet, &one, &other)) {
        lists->once[measure->once_count++] = sheet->number;
        return;
    }
    keying_desk_differences(desk->arena, &one, &other, &different, &compared);
    measure->twice++;
    *(twice ? &measure->compared : &measure->scans_compared) += compared;
    *(twice ? &measure->different : &measure->scans_different) += different;
    if (different && !sheet->entries[STORE_PAPER_SETTLED])
        lists->open[measure->open_count++] = sheet->number;
}

bool keying_desk_measure(const struct keying_desk *desk, struct keying_measure *measure,
                         struct failure *failure) {
    size_t count;
    const struct store_paper_entry *all = store_paper_entries(desk->store, desk->arena, 0, &count, failure);
    *measure = (struct keying_measure){0};
    if (!all)
        return false;
    struct lists lists = {ARENA_NEW(desk->arena, int64_t, count), ARENA_NEW(desk->arena, int64_t, count)};
    measure->open = lists.open;
    measure->once = lists.once;
    for (size_t i = 0; i < count;) {
        struct keying_sheet sheet = {.number = all[i].sheet};
        for (; i < count && all[i].sheet == sheet.number; i++)
            sheet.entries[all[i].source] = &all[i];
        measure_sheet(desk, &sheet, measure, &lists);
    }
    return true;
}

bool keying_desk_is_sampled(int64_t number, unsigned percent) {
    char digits[32], hex[DIGEST_HEX_SIZE];
    enum { PREFIX = 8, PERCENT = 100 };
    int length = snprintf(digits, sizeof digits, "%" PRId64, number);
    digest_sha256(digits, (size_t)length, hex);
    hex[PREFIX] = '\0';
    return strtoul(hex, NULL, 16) % PERCENT < percent;
}
