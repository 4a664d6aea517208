#include "model/suggestion.h"

#include "model/base/text.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* After so many mistakes the search for what was meant would only be long: none is shown. */
enum { SHOWN_MOST = 24, SUGGESTIONS_MOST = 1000 };

/* What people call it elsewhere, and what it is called here. */
static const char *const other_names[][2] = {
    {"label", "text"},
    {"wording", "text"},
    {"question", "text"},
    {"name", "id"},
    {"choices", "options"},
    {"answers", "options"},
    {"mandatory", "required"},
    {"hint", "help"},
    {"min", "minimum"},
    {"max", "maximum"},
    {"relevant", "when"},
    {"if", "when"},
    {"condition", "when"},
    {"rows", "lines"},
    {"max_length", "maximum_length"},
    {"precision", "decimals"},
    {"start", "opens"},
    {"end", "closes"},
    {"sections", "pages"},
    {"lists", "scales"},
    {"other", "specify"},
    {"score", "value"},
    {"select_one", "single"},
    {"radio", "single"},
    {"choice", "single"},
    {"select_multiple", "multiple"},
    {"checkbox", "multiple"},
    {"likert", "scale"},
    {"rating", "scale"},
    {"grid", "scale"},
    {"matrix", "scale"},
    {"integer", "number"},
    {"decimal", "number"},
    {"rank", "ranking"},
    {"open", "text"},
    {"organization", "organisation"},
};

const char *suggestion_meant(const char *word, const char *const *candidates, size_t count) {
    for (size_t i = 0; i < COUNT(other_names); i++)
        for (size_t j = 0; j < count; j++)
            if (text_same_letters(other_names[i][0], word) && !strcmp(other_names[i][1], candidates[j]))
                return candidates[j];
    return text_nearest(word, candidates, count);
}

void suggestion_error(struct arena *arena, struct diagnostics *diagnostics,
                      const struct suggestion *suggestion) {
    if (diagnostics_count(diagnostics, SEVERITY_ERROR) > SUGGESTIONS_MOST) {
        diagnostics_error(diagnostics, suggestion->place, "unknown %s \"%s\"", suggestion->what,
                          suggestion->word);
        return;
    }
    const char *nearest = suggestion_meant(suggestion->word, suggestion->candidates, suggestion->count);
    if (nearest) {
        diagnostics_error(diagnostics, suggestion->place, "unknown %s \"%s\"; did you mean \"%s\"?",
                          suggestion->what, suggestion->word, nearest);
        return;
    }
    diagnostics_error(diagnostics, suggestion->place, "unknown %s \"%s\"", suggestion->what,
                      suggestion->word);
    const char *list = "";
    for (size_t i = 0; i < suggestion->count && i < SHOWN_MOST; i++)
        list = arena_format(arena, "%s%s%s", list, i ? ", " : "", suggestion->candidates[i]);
    if (suggestion->count)
        diagnostics_help(diagnostics, " help | possible here: %s%s", list,
                         suggestion->count > SHOWN_MOST ? ", …" : "");
}
