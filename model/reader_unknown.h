/* Unknown words: what was meant by them. */
#ifndef MODEL_READER_UNKNOWN_H
#define MODEL_READER_UNKNOWN_H

#include "model/reader.h"

/* Notes that the text of `node` is an unknown `what` ("type"), with the candidate that was meant, or all of
 * them. */
void reader_unknown_word(struct reader *reader, const struct yaml_node *node, const char *what,
                         const char *const *candidates, size_t count);

/* Notes that a key of `map` is an unknown `what` ("key", "language"), or the slip it comes from: the rest of
 * a text with a comma or a colon that should have stood in quotes (then true: the map is none). */
bool reader_unknown_key(struct reader *reader, const struct yaml_node *map, size_t index, const char *what,
                        const char *const *keys, size_t key_count);

/* Whether a key of `map` that is none of `keys` is taken for `key`: then that one is not missing too. */
bool reader_unknown_means(const struct yaml_node *map, const char *key, const char *const *keys,
                          size_t key_count);

#endif
