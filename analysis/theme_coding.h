/* The coding of an open question: which themes the evaluator gave to which answer.
 *
 * An answer is known by its text alone. Responses are anonymous: nothing in a coding tells which response an
 * answer is of, what else the same person answered, or in which order answers came. Answers with the same
 * text share a row. */
#ifndef ANALYSIS_THEME_CODING_H
#define ANALYSIS_THEME_CODING_H

#include "model/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* What people write into a row. */
enum theme_cell {
    THEME_FIRST,   /* the first coder's themes, with semicolons between them */
    THEME_SECOND,  /* the second coder's */
    THEME_SETTLED, /* what counts where they disagree */
    THEME_QUOTE,   /* any mark: the answer may be quoted */
    THEME_CELLS
};

struct theme_row {
    const char *answer;
    const char *id;                 /* of its text: theme_coding_id */
    size_t count;                   /* how many answers have this text; 0: none in the store any more */
    size_t group;                   /* number of its group of similar answers, from 1; 0: of none */
    const char *cells[THEME_CELLS]; /* "": empty */
    const char *const *others;      /* what stands in columns of the evaluator's own */
    unsigned line;                  /* of the file it was read from, or written to last; 0: none */
    bool is_new;                    /* the answer was not in the coding before */
};

struct theme_coding {
    struct theme_row *rows;
    size_t count;
    const char *const *others; /* names of the evaluator's own columns */
    size_t other_count;
    char separator; /* of the file: ';' or ',' */
};

enum { THEME_ID_SIZE = 17 };

/* The text by which answers are the same: without blanks at its ends, each run of blanks and line ends within
 * it as one blank. Memory from `arena`. */
const char *theme_coding_text(struct arena *arena, const char *answer);

/* The name of an answer in a file: 'a' and 15 hex digits of its text's SHA-256, so that a row is still known
 * where a spreadsheet program has taken an answer for a date or a number. */
void theme_coding_id(const char *answer, char id[static THEME_ID_SIZE]);

/* A row of a coding by its answer; NULL: there is none. For many look-ups, an index of all rows. */
struct theme_index;
struct theme_index *theme_coding_index(struct arena *arena, const struct theme_coding *coding);
struct theme_row *theme_coding_find(const struct theme_index *index, const char *answer);

/* The themes in a cell, without blanks around them and each once; `*count` of them. Memory from `arena`. */
const char *const *theme_coding_split(struct arena *arena, const char *cell, size_t *count);

/* Whether anything was written into the row, by whomever. */
bool theme_coding_is_touched(const struct theme_coding *coding, const struct theme_row *row);

/* The coding of these answers, which are all the store has: with what `earlier` (NULL: nothing) has for them,
 * and behind them the rows of `earlier` into which something was written and whose answer the store has no
 * more. Rows are sorted by their text; groups are not set. Lives as long as `arena`, as both must. */
struct theme_coding *theme_coding_merge(struct arena *arena, const struct theme_coding *earlier,
                                        const char *const *answers, size_t count);

/* Whether two names are of one theme: but for case and accents, they are the same. */
bool theme_coding_same(const char *one, const char *other);

/* The themes that count for a row: those settled on, else the first coder's, else the second's; `*count` of
 * them, 0: it is not coded. And whether both coders gave themes, but not the same. Memory from `arena`. */
const char *const *theme_coding_final(struct arena *arena, const struct theme_row *row, size_t *count);
bool theme_coding_differs(struct arena *arena, const struct theme_row *row);

#endif
