/* Codings of open answers from any bytes: what is read and written again reads back as the same coding, and
 * any answers can be taken apart into words and put into groups, each of them once. */
#include "analysis/theme_coding.h"
#include "analysis/theme_corpus.h"
#include "analysis/theme_file.h"
#include "analysis/theme_frequent.h"
#include "analysis/theme_similar.h"
#include "analysis/theme_slips.h"
#include "tests/fuzz/target.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void look(struct arena *arena, const struct theme_coding *coding) {
    const char **answers = ARENA_NEW(arena, const char *, coding->count);
    size_t *weights = ARENA_NEW(arena, size_t, coding->count),
           *seen = ARENA_NEW(arena, size_t, coding->count);
    for (size_t i = 0; i < coding->count; i++) {
        answers[i] = coding->rows[i].answer;
        weights[i] = 1;
    }
    const struct theme_corpus *corpus = theme_corpus_create(arena, answers, weights, coding->count);
    struct theme_groups groups = theme_similar_group(arena, corpus);
    theme_frequent_words(arena, corpus, 20);
    theme_frequent_pairs(arena, corpus, 20);
    for (size_t i = 0; i < coding->count; i++)
        if (groups.order[i] >= coding->count || seen[groups.order[i]]++ || groups.group[i] > groups.count)
            abort();
}

static void write_and_read(struct arena *arena, struct theme_coding *coding) {
    struct buffer once = {0}, twice = {0};
    struct diagnostics *diagnostics = diagnostics_create(arena, "again");
    theme_file_append(&once, coding);
    struct theme_coding *again = theme_file_parse(arena, once.bytes, once.length, diagnostics);
    if (!again || again->count != coding->count)
        abort();
    for (size_t i = 0; i < coding->count; i++) {
        again->rows[i].count = coding->rows[i].count;
        again->rows[i].group = coding->rows[i].group;
    }
    theme_file_append(&twice, again);
    if (once.length != twice.length || memcmp(once.bytes, twice.bytes, once.length) != 0)
        abort();
    buffer_destroy(&once);
    buffer_destroy(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "fuzz.csv");
    char *bytes = arena_copy_bytes(arena, (const char *)data, size);
    struct theme_coding *coding = theme_file_parse(arena, bytes, size, diagnostics);
    if (coding) {
        theme_slips_warn(arena, coding, diagnostics);
        look(arena, coding);
        write_and_read(arena, coding);
    }
    arena_destroy(arena);
    return 0;
}
