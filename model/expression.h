/* The small language of `when:`, and of `--where`.
 *
 *     expression = conjunction { "or" conjunction }
 *     conjunction = negation { "and" negation }
 *     negation = [ "not" ] ( "(" expression ")" | comparison )
 *     comparison = item ("=" | "!=" | "<" | "<=" | ">" | ">=") value | item "has" code | item "answered"
 */
#ifndef MODEL_EXPRESSION_H
#define MODEL_EXPRESSION_H

#include "model/answer.h"
#include "model/base/arena.h"
#include "model/base/diagnostic.h"
#include "model/questionnaire.h"

#include <stdbool.h>

struct expression;

/* Reads `text`, which stands at `place` of the file of `diagnostics` (the column of its first character; the
 * mistake's own place is counted on from there). It may name the first `item_count` of `items`; naming a
 * later one of the `known_count` known ones is said to look forward. `item_count == known_count` for
 * `--where`. NULL after an error. Lives as long as `arena`. */
struct expression_scope {
    const struct item *items;
    size_t item_count, known_count;
};
const struct expression *expression_parse(struct arena *arena, const char *text, struct place place,
                                          const struct expression_scope *scope,
                                          struct diagnostics *diagnostics);

/* Whether it is true of the answers (one per item of the questionnaire; those it names must be settled).
 * A comparison with an item without a substantive answer is false, `!=` too; `= no_opinion` and
 * `= not_concerned` ask for those states; `answered` counts a substantive answer and no opinion. */
bool expression_holds(const struct expression *expression, const struct answer *answers);

/* Whether some combination of answers makes all of the `count` expressions true together (a question's, its
 * page's, …, NULLs are true). Searched exhaustively up to a limit of steps; beyond it the answer is yes. */
bool expression_possible(const struct expression *const *expressions, size_t count);

/* Whether the expression names the item. */
bool expression_names(const struct expression *expression, const struct item *item);

#endif
