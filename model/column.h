/* What the answers are called and how they are kept: the one list of columns, for store, files and tables. */
#ifndef MODEL_COLUMN_H
#define MODEL_COLUMN_H

#include "model/base/arena.h"
#include "model/questionnaire.h"

#include <stdbool.h>
#include <stddef.h>

enum column_kind {
    COLUMN_CODE, /* single, scale */
    COLUMN_TICK, /* one option of a multiple question: 0 or 1 */
    COLUMN_NUMBER,
    COLUMN_TEXT,
    COLUMN_DATE,
    COLUMN_RANKING,
    COLUMN_SPECIFY /* the words beside an option */
};

enum column_type { COLUMN_INTEGER, COLUMN_REAL, COLUMN_STRING };

struct column {
    const char *name; /* the item's id, `<id>_<code>` or `<id>_specify` */
    enum column_kind kind;
    enum column_type type;
    const struct item *item;
    size_t option; /* index, of a tick */
};

struct columns {
    const struct column *all;
    size_t count;
    const size_t *first; /* per item: its first column; its last is before the next item's first */
};

/* The columns of a questionnaire's answers, in the order of its items. Memory from `arena`. */
struct columns column_list(struct arena *arena, const struct questionnaire *questionnaire);

/* INTEGER, REAL or TEXT, as SQL says it. */
const char *column_type_name(enum column_type type);

/* The column of that name; NULL if there is none. */
const struct column *column_find(const struct columns *columns, const char *name);

#endif
