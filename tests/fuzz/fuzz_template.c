/* Any bytes are a text of a mail or a list of mistakes; what is a text can be filled, with values or without.
 */
#include "survey/template.h"
#include "tests/fuzz/target.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The subject is one line, whatever it is filled with; a rule is all that has no words. */
static void check(struct arena *arena, const struct template_source *text,
                  const struct template_values *values) {
    struct template_text filled = template_fill(arena, text, values);
    struct buffer plain = {0};
    template_plain(&plain, &filled);
    if (strpbrk(filled.subject, "\r\n"))
        abort();
    for (size_t i = 0; i < filled.count; i++)
        if (filled.blocks[i].kind == TEMPLATE_RULE && filled.blocks[i].run_count > 0)
            abort();
    buffer_destroy(&plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static FILE *nowhere;
    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    struct arena *arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "fuzz.md");
    const struct template_source *text =
        template_read(arena, "fuzz.md", (const char *)bytes, length, diagnostics);
    /* Refused is what has an error, and only that. */
    if ((text == NULL) != (diagnostics_count(diagnostics, SEVERITY_ERROR) > 0))
        abort();
    diagnostics_print(diagnostics, nowhere);
    if (text) {
        const struct template_values all = {
            "A\n# b", "https://example.org/r/x", "ABCD", "https://example.org/", "{{name}}", "*O*", "31 mai"};
        const struct template_values none = {0};
        check(arena, text, &all);
        check(arena, text, &none);
    }
    arena_destroy(arena);
    return 0;
}
