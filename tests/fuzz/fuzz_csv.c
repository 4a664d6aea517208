/* CSV files of answers and of people from any bytes: cells that are written again read back as the same; what
 * the check lets through can be walked to the end, in as many records; a person has a name or an address. */
#include "model/csv.h"
#include "model/csv_file.h"
#include "survey/import_file.h"
#include "survey/roster.h"
#include "tests/fuzz/file.h"
#include "tests/fuzz/target.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char SOURCE[] =
    "questionnaire: fuzz\n"
    "languages: [en, fr]\n"
    "title: Fuzz\n"
    "privacy: Nothing\n"
    "population: {size: 9, a: {x: 4, y: 5}}\n"
    "pages:\n"
    "  - questions:\n"
    "      - {id: a, type: single, text: A, no_opinion: true,\n"
    "         options: [{code: x, text: X}, {code: y, text: Y}]}\n"
    "      - {id: m, type: multiple, text: M, options: [{code: x, text: X}, {code: y, text: Y, specify: "
    "true}]}\n"
    "      - {id: n, type: number, text: N, minimum: 0, decimals: 1, when: a = x}\n"
    "      - {id: d, type: date, text: D}\n"
    "      - {id: r, type: ranking, text: R, options: [{code: x, text: X}, {code: y, text: Y}]}\n"
    "      - {id: t, type: text, maximum_length: 9, text: T}\n";

static const struct questionnaire *questionnaire(void) {
    static const struct questionnaire *kept;
    if (!kept) {
        struct arena *arena = arena_create(); /* as long as the process */
        kept = questionnaire_parse(arena, "fuzz", SOURCE, strlen(SOURCE), diagnostics_create(arena, "fuzz"));
    }
    if (!kept)
        abort();
    return kept;
}

/* --- cells --- */

static size_t write_all(const char *bytes, size_t length, struct buffer *written) {
    struct csv_reader *reader = csv_open(bytes, length);
    struct csv_record record;
    size_t cells = 0;
    unsigned line = 0;
    for (; csv_next(reader, &record); cells += record.count) {
        if (record.count == 0 || record.line <= line)
            abort();
        line = record.line;
        for (size_t i = 0; i < record.count; i++) {
            buffer_append(written, i ? "," : "");
            csv_append(written, record.fields[i], ',');
        }
        buffer_append(written, "\n");
    }
    csv_close(reader);
    return cells;
}

/* What is left out is the first line alone, by which the separator is told, and blank lines. */
static void write_and_read(const char *bytes, size_t length) {
    struct buffer once = {0}, twice = {0};
    buffer_append(&once, "a,b\n");
    write_all(bytes, length, &once);
    write_all(once.bytes, once.length, &twice);
    struct buffer thrice = {0};
    write_all(buffer_text(&twice), twice.length, &thrice);
    if (twice.length != thrice.length || memcmp(buffer_text(&twice), buffer_text(&thrice), twice.length) != 0)
        abort();
    buffer_destroy(&once);
    buffer_destroy(&twice);
    buffer_destroy(&thrice);
}

/* --- answers and people --- */

struct counter {
    struct import_taker taker;
    size_t count;
};

static bool count_one(struct import_taker *taker, const struct response *response, unsigned line) {
    if (line < 2 || response->channel >= CHANNEL_COUNT)
        abort();
    ((struct counter *)taker)->count++;
    return true;
}

static void import(const char *bytes, size_t length) {
    const struct import_source source = {.path = "fuzz.csv",
                                         .bytes = bytes,
                                         .length = length,
                                         .questionnaire = questionnaire(),
                                         .channel = CHANNEL_PAPER};
    struct counter counter = {.taker.take = count_one};
    size_t count = 0;
    if (import_file_check(&source, &count) &&
        (!import_file_walk(&source, &counter.taker) || counter.count != count))
        abort();
}

static void invite(struct arena *arena, const void *bytes, size_t length) {
    struct failure failure = {0};
    const struct roster *roster = roster_read(arena, fuzz_file(bytes, length), questionnaire(), &failure);
    for (size_t i = 0; roster && i < roster->count; i++)
        if (!roster->people[i].name && !roster->people[i].email)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_create();
    const char *bytes = arena_copy_bytes(arena, (const char *)data, size);
    if (csv_file_check(bytes, size, diagnostics_create(arena, "fuzz.csv")))
        write_and_read(bytes, size);
    import(bytes, size);
    invite(arena, data, size);
    arena_destroy(arena);
    return 0;
}
