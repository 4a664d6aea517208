/* Any bytes as a report's text: they are read or refused, and nothing else happens. */
#include "analysis/author.h"
#include "model/questionnaire.h"
#include "tests/fuzz/target.h"

#include <stdint.h>
#include <string.h>

static const char QUESTIONNAIRE[] =
    "questionnaire: fuzz\nlanguages: [fr, en]\ntitle: T\nprivacy: P\npages:\n  - questions:\n"
    "      - {id: role, type: single, text: R, breakdown: true, options: [{code: a, text: A}, {code: b, "
    "text: B}]}\n"
    "      - {id: many, type: multiple, text: M, options: [{code: x, text: X}, {code: y, text: Y}]}\n"
    "      - {id: rate, type: scale, text: S, options: [{code: 2, text: B, favourable: true}, {code: 1, "
    "text: A}],\n"
    "         items: [{id: one, text: O}, {id: two, text: W}]}\n"
    "      - {id: hours, type: number, text: N}\n"
    "      - {id: rank, type: ranking, text: K, options: [{code: p, text: P}, {code: q, text: Q}]}\n"
    "      - {id: words, type: text, text: V}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "fuzz.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "fuzz.yaml", QUESTIONNAIRE, strlen(QUESTIONNAIRE), diagnostics);
    struct author_scope scope = {.questionnaire = questionnaire};
    struct failure failure = {0};
    if (!questionnaire || !breakdown_plan(arena, questionnaire, NULL, 0, &scope.by, &failure))
        __builtin_trap();
    author_parse(arena, (const char *)data, size, &scope, diagnostics_create(arena, "fuzz.md"));
    arena_destroy(arena);
    return 0;
}
