/* The tree of an expression: shared by its parser, its evaluation and the search for possible answers only.
 */
#ifndef MODEL_EXPRESSION_TREE_H
#define MODEL_EXPRESSION_TREE_H

#include "model/expression.h"

enum expression_kind {
    EXPRESSION_ANY,    /* one of its parts */
    EXPRESSION_ALL,    /* every part */
    EXPRESSION_NOT,    /* not its only part */
    EXPRESSION_OPTION, /* compares with an option */
    EXPRESSION_NUMBER, /* compares a number, or the value of an option, with a number */
    EXPRESSION_DATE,
    EXPRESSION_STATE, /* asks for no opinion, not concerned */
    EXPRESSION_HAS,
    EXPRESSION_ANSWERED
};

enum comparison {
    COMPARISON_EQUAL,
    COMPARISON_UNEQUAL,
    COMPARISON_LESS,
    COMPARISON_LESS_OR_EQUAL,
    COMPARISON_GREATER,
    COMPARISON_GREATER_OR_EQUAL
};

struct expression {
    enum expression_kind kind;
    const struct expression *first, *next; /* the parts are a list, so that a long chain is no deep tree */
    const struct item *item;
    enum comparison comparison;
    size_t option;
    double number;
    const char *date;
    enum answer_state state;
};

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

/* What is known of the expression when only the answers to the items before `settled` are. */
enum truth expression_truth(const struct expression *expression, const struct answer *answers,
                            size_t settled);

/* Whether a comparison (no `or`, `and`, `not`) is true of the answer to the item it names. */
bool expression_leaf_holds(const struct expression *leaf, const struct answer *answer);

/* How deep parentheses may be nested: bounds the recursion of everything that walks a tree. */
enum { EXPRESSION_DEPTH_MOST = 50, EXPRESSION_LENGTH_MOST = 10000 };

#endif
