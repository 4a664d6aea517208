/* Typed values out of a YAML tree, every mistake noted at its place. */
#ifndef MODEL_READER_H
#define MODEL_READER_H

#include "model/questionnaire.h"
#include "model/yaml.h"

struct reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const char *source; /* of the tree */
    size_t source_length;
    const char *const *languages; /* those that every text must have; none: not known yet */
    size_t language_count;
};

/* A kind of map: what it is ("a question"), and the keys it can have. */
struct reader_shape {
    const char *what;
    const char *const *keys;
    size_t key_count;
};

/* Whether `node` is a map; keys that its shape does not have are noted, and do not make it false. */
bool reader_map(struct reader *reader, const struct yaml_node *node, const struct reader_shape *shape);

/* The value of a key that a map of this shape must have. NULL if it has not, which is noted of `owner`
 * ("the question \"role\""), unless a misspelt key was noted in its place. */
const struct yaml_node *reader_require(struct reader *reader, const struct yaml_node *map,
                                       const struct reader_shape *shape, const char *key, const char *owner);

/* Whether `node` is a list with at least one member. */
bool reader_list(struct reader *reader, const struct yaml_node *node, const char *members);

/* A text that is not empty, as written; NULL after a mistake. */
const char *reader_text(struct reader *reader, const struct yaml_node *node);

/* A text in all languages: one for all, or a map of them. Its `in` is NULL after a mistake of kind. */
struct wording reader_wording(struct reader *reader, const struct yaml_node *node);

bool reader_boolean(struct reader *reader, const struct yaml_node *node, bool *value);
bool reader_number(struct reader *reader, const struct yaml_node *node, double *number);

/* A whole number from `least` to `most`. */
bool reader_whole(struct reader *reader, const struct yaml_node *node, size_t least, size_t most,
                  size_t *number);

/* Which of `words` the text is; `count` after a mistake ("unknown type"). */
size_t reader_choice(struct reader *reader, const struct yaml_node *node, const char *what,
                     const char *const *words, size_t count);

/* Notes that `expected` should stand here, and not what does: "expected a list, found a text". */
void reader_unexpected(struct reader *reader, const struct yaml_node *node, const char *expected);

#endif
