/* A YAML 1.2 file as a tree that knows where in the file everything stands. */
#ifndef MODEL_YAML_H
#define MODEL_YAML_H

#include "model/base/arena.h"
#include "model/base/diagnostic.h"

#include <stdbool.h>
#include <stddef.h>

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node;

/* A member of a list (`key` is NULL) or of a map (`key` is a YAML_TEXT). */
struct yaml_entry {
    const struct yaml_node *key, *value;
};

/* An alias is the very node that its anchor names. */
struct yaml_node {
    enum yaml_kind kind;
    struct place place;     /* of its first character; its length on that line for a text */
    const char *text;       /* YAML_TEXT: what is meant, quotes, escapes and folding undone */
    bool plain;             /* without quotes and not a block: may be a number, true, false or null */
    const char *raw;        /* YAML_TEXT: as it stands in the file, without the quotes; line ends included */
    struct place raw_place; /* of the first character of `raw` */
    const struct yaml_entry *entries; /* YAML_LIST, YAML_MAP */
    size_t count;
    bool flow;         /* a list or map in brackets or braces */
    size_t start, end; /* its bytes in the source; of a list or map only the first */
    size_t weight;     /* how many nodes it stands for, each alias counted as a copy */
};

/* The tree of the one document in the `length` bytes at `source`: valid UTF-8 without NUL and byte-order
 * mark, kept by reference. A syntax error, a second document, a merge key, a tag other than those of the core
 * schema, too deep a nesting or more than YAML_WEIGHT_MOST nodes ends the reading: one error, and NULL. So
 * does a file with nothing in it. Duplicate keys are errors, but the tree is given. */
enum { YAML_WEIGHT_MOST = 300000, YAML_DEPTH_MOST = 32 };
const struct yaml_node *yaml_parse(struct arena *arena, const char *source, size_t length,
                                   struct diagnostics *diagnostics);

/* The value of a key of a map; NULL if it has none (or is no map). */
const struct yaml_node *yaml_value(const struct yaml_node *map, const char *key);

/* Whether a node is null as the core schema says: nothing, `~` or `null`, without quotes. */
bool yaml_is_null(const struct yaml_node *node);

/* Whether a node is `true` or `false` without quotes; which one goes into `*value`. */
bool yaml_is_boolean(const struct yaml_node *node, bool *value);

#endif
