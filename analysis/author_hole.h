/* Reading what stands in one hole. */
#ifndef ANALYSIS_AUTHOR_HOLE_H
#define ANALYSIS_AUTHOR_HOLE_H

#include "analysis/author_source.h"

/* What a hole does to the text around it. */
enum author_hole_kind {
    AUTHOR_HOLE_PIECE, /* a piece by itself; AUTHOR_IF and AUTHOR_CLAIM begin what ends later */
    AUTHOR_HOLE_ELSE,
    AUTHOR_HOLE_END,
    AUTHOR_HOLE_LANGUAGE,
    AUTHOR_HOLE_WRONG
};

/* Reads the tokens of a hole into `piece`, or the place of a language into `*language`. AUTHOR_HOLE_WRONG
 * after an error. */
enum author_hole_kind author_hole_read(struct author_tokens *tokens, const struct author_scope *scope,
                                       struct author_piece *piece, size_t *language);

/* Whether the piece must stand on a line of its own. */
bool author_hole_is_block(const struct author_piece *piece);

/* The names of the parts of the default report, in the order of enum report_part; `*count` of them. */
const char *const *author_hole_parts(size_t *count);

#endif
