/* What the parts of the questionnaire reader share while a file is read.
 *
 * A mistake is noted where it is found and the reading goes on: diagnostics are sorted by place in the end.
 * What a mistake leaves unknown is marked (`broken`, `id_good`), so that it is not held against other places.
 */
#ifndef MODEL_QUESTIONNAIRE_READING_H
#define MODEL_QUESTIONNAIRE_READING_H

#include "model/names.h"
#include "model/reader.h"

/* A list of answers, in place or named under `scales:`. A code that is a number is a value for questions of
 * the type scale only, so there are two versions of the options. */
struct answer_list {
    const char *name;   /* NULL: in place */
    struct place place; /* of the name */
    struct option *options, *options_of_scale;
    const struct yaml_node **nodes; /* the options' maps */
    size_t count;
    bool used;
    bool excused;      /* unused, but because of a mistake that is told elsewhere */
    size_t first_item; /* of the first question that uses it: a `when` in it may name what is before */
};

/* What is known of a question beside what it becomes. */
struct question_reading {
    struct question *question;
    const struct yaml_node *node;
    struct answer_list *list;
    bool type_known;
    bool broken; /* its type or its answers are not known: conditions about it cannot be checked */
};

struct reading {
    struct reader reader;
    struct questionnaire *questionnaire;
    bool has_folder; /* the file stands in one, and so do the files it names */
    struct answer_list *scales;
    size_t scale_count;
    const struct yaml_node **page_nodes;
    size_t *page_items; /* the index of each page's first item */
    struct page *pages;
    struct question_reading *questions;
    struct question *all_questions;
    struct item *all_items;
    struct margin *margins;
    size_t search_count; /* for answers that make a condition true */
    bool *item_id_good;  /* one per item: its columns can be named */
};

/* The whole file. */
void questionnaire_read(struct reading *reading, const struct yaml_node *root);

/* The named lists of answers; to be read before the pages. */
void questionnaire_options_read_scales(struct reading *reading, const struct yaml_node *node);

/* The answers of a question whose type is known: its `options`, or the named list it shares. */
void questionnaire_options_read(struct reading *reading, struct question_reading *state);

/* Of a question with a mistake: the scale it may have meant is not to be called unused. */
void questionnaire_options_excuse(struct reading *reading, const struct question_reading *state);

/* The next question of the file, onto the end of `all_questions` and `all_items`. */
void questionnaire_question_read(struct reading *reading, const struct yaml_node *node, size_t page);

/* Sizes and margins; after the pages. */
void questionnaire_population_read(struct reading *reading, const struct yaml_node *node);

/* Ids that are used twice, names that give one column, too many columns: false if it is these. */
bool questionnaire_names_check(struct reading *reading);

/* Every `when`: read, and whether anything can make it true. */
void questionnaire_conditions_read(struct reading *reading);

#endif
