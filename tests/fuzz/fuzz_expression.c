/* Any text is a condition or a list of mistakes; a condition can be evaluated, and the search for answers
 * that make it true ends. */
#include "model/expression.h"
#include "tests/fuzz/target.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char SOURCE[] = "questionnaire: fuzz\n"
                             "languages: [en]\n"
                             "title: Fuzz\n"
                             "privacy: Nothing\n"
                             "scales:\n"
                             "  s: [{code: 2, text: B}, {code: 1, text: A}]\n"
                             "pages:\n"
                             "  - questions:\n"
                             "      - {id: a, type: single, text: A, no_opinion: true,\n"
                             "         options: [{code: x, text: X}, {code: y, text: Y}]}\n"
                             "      - {id: m, type: multiple, text: M, at_least: 2, when: a = x,\n"
                             "         options: [{code: x, text: X}, {code: y, text: Y, when: a answered},\n"
                             "                   {code: z, text: Z, exclusive: true}]}\n"
                             "      - {id: n, type: number, text: N, minimum: 0, decimals: 1}\n"
                             "      - {id: d, type: date, text: D, not_concerned: true}\n"
                             "      - {id: t, type: text, text: T}\n"
                             "      - {id: r, type: ranking, text: R,\n"
                             "         options: [{code: x, text: X}, {code: y, text: Y}]}\n"
                             "      - {id: g, type: scale, scale: s, text: G, when: m has x or n > 3,\n"
                             "         items: [{id: g1, text: 1}, {id: g2, text: 2}]}\n";

static const struct questionnaire *questionnaire(void) {
    static const struct questionnaire *loaded;
    static struct arena *arena;
    if (loaded)
        return loaded;
    arena = arena_create();
    loaded = questionnaire_parse(arena, "fuzz", SOURCE, strlen(SOURCE), diagnostics_create(arena, "fuzz"));
    if (!loaded)
        abort();
    return loaded;
}

/* Whether it is true when every item is in the same state; a given answer is the first choice. */
static bool holds(const struct expression *expression, enum answer_state state) {
    static const size_t first[] = {0};
    struct answer answers[16] = {0};
    for (size_t i = 0; i < questionnaire()->item_count; i++)
        answers[i] = (struct answer){
            .state = state, .choices = first, .choice_count = 1, .number = 1, .text = "2024-01-31"};
    return expression_holds(expression, answers);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static FILE *nowhere;
    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    const struct questionnaire *known = questionnaire();
    struct arena *arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "fuzz");
    const char *text = arena_copy_bytes(arena, (const char *)bytes, length);
    diagnostics_set_source(diagnostics, text, strlen(text));
    struct expression_scope scope = {known->items, known->item_count - 1, known->item_count};
    const struct expression *expression =
        expression_parse(arena, text, (struct place){1, 1, 0}, &scope, diagnostics);
    if ((expression == NULL) != (diagnostics_count(diagnostics, SEVERITY_ERROR) > 0))
        abort();
    if (expression) {
        /* Leaving everything empty is always possible, so what is then true must be found possible. */
        if (holds(expression, ANSWER_NOT_ANSWERED) && !expression_possible(&expression, 1))
            abort();
        for (int state = ANSWER_GIVEN; state <= ANSWER_NOT_ASKED; state++)
            holds(expression, (enum answer_state)state);
    }
    diagnostics_print(diagnostics, nowhere);
    arena_destroy(arena);
    return 0;
}
