/* A questionnaire, as its file says it, checked: the single source of form, store, tables and report.
 *
 * All structs are plain and constant once loaded. Everything is in the order of the file. */
#ifndef MODEL_QUESTIONNAIRE_H
#define MODEL_QUESTIONNAIRE_H

#include "model/base/arena.h"
#include "model/base/diagnostic.h"

#include <stdbool.h>
#include <stddef.h>

struct expression;

/* A text in each declared language, in their order; `in` is NULL where the file has no such text. */
struct wording {
    const char *const *in;
};

enum question_type {
    QUESTION_SINGLE,
    QUESTION_MULTIPLE,
    QUESTION_SCALE,
    QUESTION_NUMBER,
    QUESTION_TEXT,
    QUESTION_DATE,
    QUESTION_RANKING
};

/* One answer of a list. */
struct option {
    const char *code;
    struct wording text;
    bool favourable, unfavourable, exclusive, specify;
    bool has_value; /* `value:`, or a scale's code that is a number */
    double value;
    const struct expression *when; /* NULL: always offered */
    struct place place;
};

struct question;

/* What one answer is given to: a question, or one line of a grid. Has a column of its own. */
struct item {
    const char *id;
    struct wording text; /* of the line; a question that is no grid repeats its own */
    const struct question *question;
    size_t index; /* in the questionnaire's `items` */
    struct place place;
};

struct question {
    const char *id; /* the item's own id if it is no grid */
    enum question_type type;
    struct wording text, help, unit;
    struct wording no_opinion, not_concerned; /* the wording of these answers; absent if not offered */
    bool required, breakdown;
    bool is_grid;                       /* `items:` was given */
    const struct expression *when;      /* NULL: asked whenever its page is */
    const struct expression *page_when; /* its page's; NULL: the page is always shown */
    const char *scale;                  /* the name of the list it shares; NULL: its own options */
    const struct option *options;
    size_t option_count; /* 0 for number, text, date */
    const struct item *items;
    size_t item_count;        /* 1 if it is no grid */
    size_t page;              /* index in `pages` */
    size_t at_least, at_most; /* multiple: 0 and option_count unless said; ranking: at_most likewise */
    double minimum, maximum;  /* number: -INFINITY and INFINITY unless said */
    unsigned decimals;        /* number: allowed digits behind the point, 0 unless said */
    unsigned lines;           /* text: height of the field, 1 unless said */
    size_t maximum_length;    /* text: in characters; 10 000 unless said */
    bool never_quoted;        /* text: counted and coded by theme, but shown in no report */
    struct place place;
};

struct page {
    struct wording title;
    const struct expression *when; /* NULL: always shown */
    const struct question *questions;
    size_t question_count;
};

/* How many invited people are in each category. */
struct margin {
    const struct item *item; /* of a single-choice question; NULL: the channel (web, then paper) */
    const size_t *sizes;     /* one per option of the item, or two */
    struct place place;
};

struct population {
    size_t size;        /* 0: not known */
    struct place place; /* of `size` */
    const struct margin *margins;
    size_t margin_count;
};

struct questionnaire {
    const char *name; /* `questionnaire:`, names the folder of its results */
    const char *file; /* as given */
    const char *source;
    size_t source_length; /* the bytes it was read from, to be kept in the store */
    const char *const *languages;
    size_t language_count;
    struct wording title, organisation, introduction, thanks, privacy;
    const char *logo;           /* path as given, relative to the file's folder; NULL: none */
    const char *opens, *closes; /* YYYY-MM-DD, both days included; NULL: not limited */
    bool single_layout;
    struct population population;
    const struct page *pages;
    size_t page_count;
    const struct question *questions; /* of all pages */
    size_t question_count;
    const struct item *items; /* of all questions */
    size_t item_count;
};

/* Reads and checks the file at `path` (regular file of at most 4 MiB). All mistakes of the file go to
 * `diagnostics` (created for the same path); the result is NULL if any is an error. So does a logo that is no
 * picture of at most 1 MiB beside it. Lives as long as `arena`. */
const struct questionnaire *questionnaire_load(struct arena *arena, const char *path,
                                               struct diagnostics *diagnostics);

/* The same from `length` bytes at `source`, which are copied; `file` is the name for messages. There is no
 * folder to look for the logo in. */
const struct questionnaire *questionnaire_parse(struct arena *arena, const char *file, const char *source,
                                                size_t length, struct diagnostics *diagnostics);

/* The item or question of that id; NULL if there is none. */
const struct item *questionnaire_item(const struct questionnaire *questionnaire, const char *id);
const struct question *questionnaire_question(const struct questionnaire *questionnaire, const char *id);

/* The index of the option of that code (compared as written); `option_count` if there is none. */
size_t questionnaire_option(const struct question *question, const char *code);

/* The index of the language of that tag; `language_count` if it is not declared. */
size_t questionnaire_language(const struct questionnaire *questionnaire, const char *tag);

/* Whether words can be given beside an option (a column `<id>_specify`). */
bool questionnaire_has_specify(const struct question *question);

#endif
