#include "survey/scan.h"

#include "model/base/calendar.h"
#include "model/base/digest.h"
#include "model/base/terminal.h"
#include "model/campaign.h"
#include "survey/scan_child.h"
#include "survey/scan_source.h"
#include "survey/scan_take.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct command_option scan_options[] = {
    {.name = "form",
     .argument = "FORM.json",
     .help = "where the boxes are on the form; needed if it was printed elsewhere",
     .repeatable = true},
    CAMPAIGN_STORE_OPTION,
    {0}};

struct scan {
    struct campaign campaign;
    struct scan_forms forms;
    char day[sizeof "2024-01-31"];
    size_t pages, refused;
    size_t read, queued, typed, corrected; /* questions */
    bool is_shown;                         /* progress, on a terminal */
    struct failure *failure;
};

/* --- what is said --- */

static void clear_progress(const struct scan *scan) {
    if (scan->is_shown)
        fputs("\r\033[K", stderr);
}

static void show_progress(const struct scan *scan, const char *path, unsigned page) {
    clear_progress(scan);
    if (scan->is_shown)
        terminal_print(stderr, "reading: page %zu (%s, %u)", scan->pages + scan->refused + 1, path, page);
}

/* Page 0: the file as a whole. */
static void refuse(struct scan *scan, const char *path, unsigned page, const char *reason) {
    clear_progress(scan);
    if (page)
        terminal_line(stderr, "%s, page %u: refused: %s", path, page, reason);
    else
        terminal_line(stderr, "%s: refused: %s", path, reason);
    scan->refused++;
}

/* On paper people stray: what did not apply to them is left out, with a word. */
static void say_dropped(const struct scan *scan, int64_t sheet, const struct problems *problems) {
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->all[i];
        if (problem->kind != PROBLEM_NOT_ASKED && problem->kind != PROBLEM_SPECIFY_ALONE)
            continue;
        clear_progress(scan);
        terminal_line(stderr, "sheet %lld: warning: \"%s\"%s was left out: %s", (long long)sheet,
                      problem->item->id,
                      problem->kind == PROBLEM_NOT_ASKED ? "" : ", what was written beside it,",
                      problem->kind == PROBLEM_NOT_ASKED ? "this question did not apply"
                                                         : "the answer beside it is not chosen");
    }
}

static void say_taken(struct scan *scan, const struct scan_reading *reading, const struct scan_taken *taken) {
    scan->pages++;
    scan->read += taken->read;
    scan->queued += taken->queued;
    scan->typed += taken->typed;
    scan->corrected += taken->corrected;
    for (size_t i = 0; i < reading->count; i++) {
        const struct scan_verdict *verdict = &reading->verdicts[i];
        if (verdict->doubt != SCAN_SURE || !verdict->is_corrected)
            continue;
        clear_progress(scan);
        terminal_line(stderr, "sheet %lld: \"%s\" was corrected by its writer; taken: %s",
                      (long long)reading->label.sheet, verdict->column, verdict->value);
    }
    say_dropped(scan, reading->label.sheet, &taken->sheet.problems);
}

/* --- reading --- */

static void digest_page(struct arena *arena, const struct scan_bytes *page,
                        char digest[static DIGEST_HEX_SIZE]) {
    digest_sha256((const char *)page->bytes, page->length, digest);
    if (page->index == 0)
        return;
    const char *both = arena_format(arena, "%s %u", digest, page->index);
    digest_sha256(both, strlen(both), digest);
}

/* A page among others of the files. */
struct leaf {
    const char *path;
    unsigned number; /* from 1 */
    struct scan_bytes bytes;
    struct arena *arena;
};

static void take_page(struct scan *scan, const struct leaf *page, const struct scan_reading *reading) {
    char digest[DIGEST_HEX_SIZE];
    struct scan_taken taken;
    digest_page(page->arena, &page->bytes, digest);
    const struct scan_take take = {.desk = {scan->campaign.store, scan->campaign.questionnaire, scan->day},
                                   .forms = &scan->forms,
                                   .reading = reading,
                                   .digest = digest};
    if (!scan_take_page(&take, page->arena, &taken, scan->failure))
        return;
    if (taken.refusal)
        refuse(scan, page->path, page->number, taken.refusal);
    else
        say_taken(scan, reading, &taken);
}

/* False at the end of the file, or with the failure. */
static bool read_page(struct scan *scan, struct scan_source *source, struct leaf *page) {
    struct scan_reading reading;
    const char *reason;
    switch (scan_source_next(source, page->arena, &page->bytes, &reason)) {
    case SCAN_SOURCE_END:
        return false;
    case SCAN_SOURCE_REFUSED:
        refuse(scan, page->path, page->number, reason);
        return true;
    case SCAN_SOURCE_DONE:
        break;
    }
    if (!scan_child_read(page->arena, &page->bytes, &scan->forms, &reading, scan->failure))
        return false;
    if (reading.is_last)
        scan_source_note_last(source);
    if (reading.refusal)
        refuse(scan, page->path, page->number, reading.refusal);
    else
        take_page(scan, page, &reading);
    return !failure_is_set(scan->failure);
}

static void read_file(struct scan *scan, const char *path) {
    struct arena *arena = arena_create();
    const char *reason;
    struct scan_source *source = scan_source_open(arena, path, &reason);
    struct leaf page = {.path = path, .arena = arena_create()};
    if (!source)
        refuse(scan, path, 0, reason);
    for (bool goes_on = source != NULL; goes_on;) {
        page.number++;
        show_progress(scan, path, page.number);
        goes_on = read_page(scan, source, &page);
        arena_reset(page.arena);
    }
    scan_source_close(source);
    arena_destroy(page.arena);
    arena_destroy(arena);
}

/* --- the end --- */

struct sheets {
    size_t complete, in_doubt, partial, empty;
};

/* All sheets that were ever scanned into this store, each with what it lacks. False with the failure. */
static bool count_sheets(struct scan *scan, struct sheets *sheets) {
    const struct sheet_desk desk = {scan->campaign.store, scan->campaign.questionnaire, scan->day};
    size_t count;
    const struct store_paper_page *pages =
        store_paper_pages(desk.store, scan->campaign.arena, 0, &count, scan->failure);
    for (size_t i = 0; pages && i < count; i++) {
        if (i > 0 && pages[i].sheet == pages[i - 1].sheet)
            continue;
        struct sheet_status status = sheet_look(&desk, scan->campaign.arena, pages[i].sheet, scan->failure);
        if (status.outcome != STORE_DONE)
            return false;
        sheets->complete += status.state == SHEET_STORED;
        sheets->in_doubt += status.state == SHEET_IN_DOUBT;
        sheets->partial += status.state == SHEET_PARTIAL;
        sheets->empty += status.state == SHEET_EMPTY;
        if (status.state == SHEET_EMPTY)
            terminal_print(stderr, "sheet %lld: nothing is marked on it; it is left out\n",
                           (long long)pages[i].sheet);
        for (unsigned page = 1, k = (unsigned)i; status.state == SHEET_PARTIAL && page <= pages[i].pages;
             page++)
            if (k < count && pages[k].sheet == pages[i].sheet && pages[k].page == page)
                k++;
            else
                terminal_print(stderr, "sheet %lld: page %u of %u is missing\n", (long long)pages[i].sheet,
                               page, pages[i].pages);
    }
    return pages != NULL;
}

static void print_summary(const struct scan *scan, const struct sheets *sheets) {
    terminal_print(stdout, "pages      %6zu read, %zu refused\n", scan->pages, scan->refused);
    terminal_print(stdout,
                   "questions  %6zu read, %zu queued for review, %zu to be typed, %zu corrections taken\n",
                   scan->read, scan->queued, scan->typed, scan->corrected);
    terminal_line(stdout,
                  "sheets     %6zu complete, %zu in review, %zu with pages missing, %zu empty (all in %s)",
                  sheets->complete, sheets->in_doubt, sheets->partial, sheets->empty, scan->campaign.path);
}

static int read_all(struct scan *scan, const struct arguments *arguments) {
    const char *forms[1000];
    size_t count = 0;
    while (count < sizeof forms / sizeof *forms &&
           (forms[count] = command_value_at(arguments, "form", count)))
        count++;
    scan->forms.questionnaire = scan->campaign.questionnaire;
    if (!scan_forms_read(&scan->forms, scan->campaign.arena, scan->campaign.path, forms, count,
                         scan->failure))
        return COMMAND_FAILED;
    for (size_t i = 1; i < command_operand_count(arguments) && !failure_is_set(scan->failure); i++)
        read_file(scan, command_operand(arguments, i));
    clear_progress(scan);
    struct sheets sheets = {0};
    if (failure_is_set(scan->failure) || !count_sheets(scan, &sheets))
        return COMMAND_FAILED;
    print_summary(scan, &sheets);
    return scan->refused ? COMMAND_FAILED : COMMAND_DONE;
}

int scan_run(const struct arguments *arguments, struct failure *failure) {
    struct scan scan = {.is_shown = isatty(STDERR_FILENO), .failure = failure};
    int status = campaign_open(&scan.campaign, arguments, STORE_WRITE, failure);
    calendar_today(scan.day);
    if (status == COMMAND_DONE)
        status = read_all(&scan, arguments);
    campaign_close(&scan.campaign);
    return status;
}
