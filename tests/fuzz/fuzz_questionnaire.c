/* Any bytes are a questionnaire or a list of mistakes. */
#include "model/questionnaire.h"
#include "tests/fuzz/target.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 loses a buffer when a long quoted text is followed by a mistake. */
const char *__lsan_default_suppressions(void) {
    return "leak:libfyaml";
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static FILE *nowhere;
    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    struct arena *arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, "fuzz.yaml");
    const struct questionnaire *questionnaire =
        questionnaire_parse(arena, "fuzz.yaml", (const char *)bytes, length, diagnostics);
    /* Refused is what has an error, and only that. */
    if ((questionnaire == NULL) != (diagnostics_count(diagnostics, SEVERITY_ERROR) > 0))
        abort();
    diagnostics_print(diagnostics, nowhere);
    arena_destroy(arena);
    return 0;
}
