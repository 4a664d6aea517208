#include "survey/scan_take.h"

#include "model/store_read.h"

#include <string.h>

struct taking {
    const struct scan_take *take;
    struct arena *arena;
    const struct paper_geometry *geometry;
    int64_t sheet;
    struct sheet_record record;
    struct scan_taken *taken;
    enum store_outcome outcome;
};

static const struct paper_block *block_of(const struct taking *taking, const struct scan_verdict *verdict) {
    return &taking->geometry->blocks[verdict->block];
}

/* --- whether it may be taken --- */

static const char *refuse_pages(const struct taking *taking, const struct store_paper_page *pages,
                                size_t count) {
    const struct paper_label *label = &taking->take->reading->label;
    for (size_t i = 0; i < count; i++) {
        if (pages[i].page == label->page)
            return arena_format(taking->arena, "page %u of sheet %lld was taken in before", label->page,
                                (long long)taking->sheet);
        if (strcmp(pages[i].version, label->version) != 0)
            return arena_format(taking->arena,
                                "it is of another version (%s) than the other pages of sheet %lld (%s)",
                                label->version, (long long)taking->sheet, pages[i].version);
    }
    return NULL;
}

static const char *refuse_entries(const struct taking *taking, const struct store_paper_entry *entries,
                                  size_t count) {
    for (size_t i = 0; i < count; i++)
        if (entries[i].source != STORE_PAPER_SCAN)
            return arena_format(taking->arena,
                                "sheet %lld was typed already; compare it there, or take it out with"
                                " \"survey remove --sheet %lld\"",
                                (long long)taking->sheet, (long long)taking->sheet);
    return NULL;
}

/* Reads what is there of the sheet; a reason for refusal goes into `taken`. False with the failure. */
static bool look(struct taking *taking, struct failure *failure) {
    struct store *store = taking->take->desk.store;
    size_t pages, entries;
    const struct store_paper_page *page =
        store_paper_pages(store, taking->arena, taking->sheet, &pages, failure);
    const struct store_paper_entry *entry =
        page ? store_paper_entries(store, taking->arena, taking->sheet, &entries, failure) : NULL;
    if (!entry)
        return false;
    taking->taken->refusal = refuse_pages(taking, page, pages);
    if (!taking->taken->refusal)
        taking->taken->refusal = refuse_entries(taking, entry, entries);
    if (!taking->taken->refusal && store_has_sheet(store, taking->sheet))
        taking->taken->refusal =
            arena_format(taking->arena,
                         "sheet %lld is in the store already; \"survey remove --sheet %lld\""
                         " takes it out",
                         (long long)taking->sheet, (long long)taking->sheet);
    const struct questionnaire *questionnaire = taking->take->desk.questionnaire;
    taking->record = entries > 0 ? sheet_record_read(taking->arena, questionnaire, entry[0].answers)
                                 : sheet_record_create(taking->arena, questionnaire, taking->sheet,
                                                       taking->geometry->language);
    return true;
}

/* --- taking it --- */

/* Whether a doubt about the column is already there from another page of the same question. */
static bool is_in_doubt(struct taking *taking, const char *column) {
    struct failure ignored = {0};
    size_t count;
    const struct store_paper_review *reviews =
        store_paper_reviews(taking->take->desk.store, taking->arena, taking->sheet, &count, &ignored);
    for (size_t i = 0; reviews && i < count; i++)
        if (!strcmp(reviews[i].name, column) && !reviews[i].settled)
            return true;
    return false;
}

static void queue(struct taking *taking, size_t index, const char *reason, const char *settled) {
    const struct scan_verdict *verdict = &taking->take->reading->verdicts[index];
    const struct scan_picture *picture = &taking->take->reading->pictures[index];
    const struct store_paper_review review = {.sheet = taking->sheet,
                                              .name = verdict->column,
                                              .page = taking->take->reading->label.page,
                                              .reason = reason,
                                              .reading = verdict->value,
                                              .settled = settled,
                                              .picture = picture->bytes,
                                              .picture_length = picture->length};
    taking->outcome = store_paper_add_review(taking->take->desk.store, &review);
}

/* A question on several pages: its marks come together. Two where one may be are for a person. */
static void join(struct taking *taking, size_t index, const char *before) {
    const struct scan_verdict *verdict = &taking->take->reading->verdicts[index];
    const struct item *item =
        questionnaire_item(taking->take->desk.questionnaire, block_of(taking, verdict)->item);
    const char *both = arena_format(taking->arena, "%s %s", before, verdict->value);
    if (item->question->type == QUESTION_MULTIPLE && strcmp(before, "no_opinion") != 0 &&
        strcmp(before, "not_concerned") != 0) {
        sheet_record_set(&taking->record, verdict->column, both);
        taking->taken->read++;
    } else {
        sheet_record_set(&taking->record, verdict->column, "");
        queue(taking, index, scan_doubt_name(SCAN_SEVERAL), NULL);
        taking->taken->queued++;
    }
}

static void take_verdict(struct taking *taking, size_t index) {
    const struct scan_verdict *verdict = &taking->take->reading->verdicts[index];
    bool is_words = strcmp(verdict->column, block_of(taking, verdict)->item) != 0;
    const char *before = sheet_record_cell(&taking->record, verdict->column);
    if (verdict->doubt != SCAN_SURE) {
        queue(taking, index, scan_doubt_name(verdict->doubt), NULL);
        *(verdict->doubt == SCAN_HANDWRITING ? &taking->taken->typed : &taking->taken->queued) += 1;
    } else if (*verdict->value && before && *before) {
        join(taking, index, before);
    } else {
        if (*verdict->value)
            sheet_record_set(&taking->record, verdict->column, verdict->value);
        taking->taken->read += !is_words;
        if (verdict->is_corrected && !is_in_doubt(taking, verdict->column)) {
            queue(taking, index, "corrected", verdict->value);
            taking->taken->corrected++;
        }
    }
}

static void take_all(struct taking *taking) {
    const struct scan_reading *reading = taking->take->reading;
    struct store *store = taking->take->desk.store;
    const struct store_paper_page page = {.sheet = taking->sheet,
                                          .page = reading->label.page,
                                          .pages = taking->geometry->pages,
                                          .version = reading->label.version,
                                          .digest = taking->take->digest};
    taking->outcome = store_paper_add_page(store, &page);
    for (size_t i = 0; i < reading->count && taking->outcome == STORE_DONE; i++)
        take_verdict(taking, i);
    if (taking->outcome != STORE_DONE)
        return;
    const struct store_paper_entry entry = {.sheet = taking->sheet,
                                            .source = STORE_PAPER_SCAN,
                                            .initials = "",
                                            .answers = sheet_record_write(taking->arena, &taking->record)};
    taking->outcome = store_paper_keep_entry(store, &entry);
}

/* Inside a transaction. False with the failure. */
static bool take_page(struct taking *taking, struct failure *failure) {
    if (!look(taking, failure))
        return false;
    if (taking->taken->refusal)
        return true;
    take_all(taking);
    if (taking->outcome == STORE_ALREADY) {
        taking->taken->refusal = "the same picture was taken in before";
        return true;
    }
    if (taking->outcome != STORE_DONE)
        return failure_set(failure, "%s", store_reason(taking->take->desk.store));
    taking->taken->sheet = sheet_complete(&taking->take->desk, taking->arena, taking->sheet, failure);
    return taking->taken->sheet.outcome == STORE_DONE;
}

bool scan_take_page(const struct scan_take *take, struct arena *arena, struct scan_taken *taken,
                    struct failure *failure) {
    struct taking taking = {.take = take,
                            .arena = arena,
                            .geometry = &take->forms->all[take->reading->form].geometry,
                            .sheet = take->reading->label.sheet,
                            .taken = taken};
    *taken = (struct scan_taken){0};
    struct store *store = take->desk.store;
    bool done = store_begin_patiently(store) == STORE_DONE || failure_set(failure, "%s", store_reason(store));
    done = done && take_page(&taking, failure);
    if (done && !taken->refusal)
        done = store_commit(store) == STORE_DONE || failure_set(failure, "%s", store_reason(store));
    if (!done || taken->refusal)
        store_rollback(store);
    return done;
}
