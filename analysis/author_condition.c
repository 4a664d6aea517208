#include "analysis/author_condition.h"

#include "model/base/text.h"

#include <math.h>
#include <string.h>

enum kind { OR, AND, NOT, SHOWN, COMPARISON };
enum comparison { EQUAL, UNEQUAL, LESS, AT_MOST, MORE, AT_LEAST, COMPARISON_COUNT };

enum { DEPTH_MOST = 32 };

/* One side of a comparison: a figure, or else a string, or else a number. */
struct side {
    const struct author_figure *figure;
    const char *string;
    double number;
};

struct author_condition {
    enum kind kind;
    const char *written;
    const struct author_condition *first, *second; /* NOT: only the first */
    enum comparison comparison;
    struct side left, right; /* SHOWN: the left is the figure */
};

struct reading {
    struct author_tokens *tokens;
    const struct author_scope *scope;
    int depth;
};

/* --- reading --- */

static struct author_condition *make(const struct reading *reading, enum kind kind) {
    struct author_condition *condition = ARENA_NEW(reading->tokens->arena, struct author_condition, 1);
    condition->kind = kind;
    return condition;
}

static bool read_number(struct author_tokens *tokens, double *number) {
    const struct author_token *token = author_tokens_peek(tokens);
    unsigned decimals;
    if (token->kind != AUTHOR_WORD || !text_number(token->text, true, number, &decimals))
        return false;
    tokens->next++;
    author_tokens_accept(tokens, "%");
    return true;
}

static bool read_side(const struct reading *reading, struct side *side) {
    struct author_tokens *tokens = reading->tokens;
    const struct author_token *string = author_tokens_take(tokens, AUTHOR_STRING);
    *side = (struct side){.string = string ? string->text : NULL, .number = NAN};
    if (string || read_number(tokens, &side->number))
        return true;
    if (author_tokens_peek(tokens)->kind != AUTHOR_WORD)
        return author_tokens_expected(tokens, "a figure or a number");
    side->figure = author_figure_read(tokens, reading->scope);
    return side->figure != NULL;
}

static const struct author_condition *read_comparison(const struct reading *reading) {
    static const char *const signs[COMPARISON_COUNT] = {"=", "!=", "<", "<=", ">", ">="};
    struct author_condition *condition = make(reading, COMPARISON);
    const struct author_token *left = author_tokens_peek(reading->tokens);
    if (!read_side(reading, &condition->left))
        return NULL;
    size_t sign = 0;
    while (sign < COMPARISON_COUNT && !author_tokens_accept(reading->tokens, signs[sign]))
        sign++;
    if (sign == COMPARISON_COUNT) {
        author_tokens_expected(reading->tokens, "a comparison (=, !=, <, <=, > or >=)");
        return NULL;
    }
    condition->comparison = (enum comparison)sign;
    if (!read_side(reading, &condition->right))
        return NULL;
    bool words = condition->left.string || condition->right.string;
    const char *wrong = !condition->left.figure && !condition->right.figure ? "one side must be a figure"
                        : words && sign > UNEQUAL ? "words are equal or not, neither more nor less"
                                                  : NULL;
    if (!wrong)
        return condition;
    diagnostics_error(reading->tokens->diagnostics, author_tokens_place(reading->tokens, left), "%s", wrong);
    return NULL;
}

static const struct author_condition *read_disjunction(struct reading *reading);

static const struct author_condition *read_parentheses(struct reading *reading) {
    if (reading->depth == DEPTH_MOST) {
        author_tokens_expected(reading->tokens, "a simpler condition");
        return NULL;
    }
    reading->depth++;
    const struct author_condition *condition = read_disjunction(reading);
    reading->depth--;
    if (condition && !author_tokens_accept(reading->tokens, ")")) {
        author_tokens_expected(reading->tokens, "a closing parenthesis");
        return NULL;
    }
    return condition;
}

static const struct author_condition *read_negation(struct reading *reading) {
    bool negated = false;
    while (author_tokens_accept(reading->tokens, "not"))
        negated = !negated;
    const struct author_condition *condition;
    if (author_tokens_accept(reading->tokens, "(")) {
        condition = read_parentheses(reading);
    } else if (author_tokens_accept(reading->tokens, "shown")) {
        struct author_condition *shown = make(reading, SHOWN);
        shown->left.figure = author_figure_read(reading->tokens, reading->scope);
        condition = shown->left.figure ? shown : NULL;
    } else {
        condition = read_comparison(reading);
    }
    if (!condition || !negated)
        return condition;
    struct author_condition *negation = make(reading, NOT);
    negation->first = condition;
    return negation;
}

static const struct author_condition *join(const struct reading *reading, enum kind kind,
                                           const struct author_condition *first,
                                           const struct author_condition *second) {
    struct author_condition *both = make(reading, kind);
    both->first = first;
    both->second = second;
    return first && second ? both : NULL;
}

static const struct author_condition *read_conjunction(struct reading *reading) {
    const struct author_condition *condition = read_negation(reading);
    while (condition && author_tokens_accept(reading->tokens, "and"))
        condition = join(reading, AND, condition, read_negation(reading));
    return condition;
}

static const struct author_condition *read_disjunction(struct reading *reading) {
    const struct author_condition *condition = read_conjunction(reading);
    while (condition && author_tokens_accept(reading->tokens, "or"))
        condition = join(reading, OR, condition, read_conjunction(reading));
    return condition;
}

const struct author_condition *author_condition_read(struct author_tokens *tokens,
                                                     const struct author_scope *scope) {
    struct reading reading = {tokens, scope, 0};
    size_t from = tokens->next;
    const struct author_condition *condition = read_disjunction(&reading);
    if (!condition)
        return NULL;
    if (author_tokens_peek(tokens)->kind != AUTHOR_END) {
        author_tokens_expected(tokens, "the end of the condition");
        return NULL;
    }
    struct author_condition *whole = make(&reading, condition->kind);
    *whole = *condition;
    whole->written = author_tokens_written(tokens, from);
    return whole;
}

/* --- what it says --- */

static size_t blank_length(const char *text) {
    return *text == ' ' ? 1 : !strncmp(text, "\xC2\xA0", 2) ? 2 : !strncmp(text, "\xE2\x80\xAF", 3) ? 3 : 0;
}

static bool same_words(const char *one, const char *other) {
    while (*one && *other) {
        size_t first = blank_length(one), second = blank_length(other);
        if ((first > 0) != (second > 0) || (!first && *one != *other))
            return false;
        one += first ? first : 1;
        other += second ? second : 1;
    }
    return *one == *other;
}

/* False: it has no value, and what it is compared with does not matter. */
static bool find_value(const struct prose *prose, const struct side *side, struct author_value *value) {
    *value = (struct author_value){.text = side->string, .number = side->number};
    if (side->figure)
        *value = author_figure_value(prose, side->figure);
    return !value->refusal;
}

static bool compare(const struct prose *prose, const struct author_condition *condition) {
    struct author_value left, right;
    if (!find_value(prose, &condition->left, &left) || !find_value(prose, &condition->right, &right))
        return false;
    if (condition->left.string || condition->right.string)
        return left.text && right.text &&
               same_words(left.text, right.text) == (condition->comparison == EQUAL);
    switch (condition->comparison) {
    case EQUAL:
        return left.number == right.number;
    case UNEQUAL:
        return !isnan(left.number) && !isnan(right.number) && left.number != right.number;
    case LESS:
        return left.number < right.number;
    case AT_MOST:
        return left.number <= right.number;
    case MORE:
        return left.number > right.number;
    default:
        return left.number >= right.number;
    }
}

/* The depth is bounded when it is read, but for chains of "and" and "or", which are as long as their hole. */
bool author_condition_holds(const struct prose *prose, const struct author_condition *condition) {
    switch (condition->kind) {
    case OR:
        return author_condition_holds(prose, condition->first) ||
               author_condition_holds(prose, condition->second);
    case AND:
        return author_condition_holds(prose, condition->first) &&
               author_condition_holds(prose, condition->second);
    case NOT:
        return !author_condition_holds(prose, condition->first);
    case SHOWN:
        return !author_figure_value(prose, condition->left.figure).refusal;
    case COMPARISON:
        break;
    }
    return compare(prose, condition);
}

const char *author_condition_written(const struct author_condition *condition) {
    return condition->written;
}

/* Each figure once. */
static const char *add_present(const struct prose *prose, const char *text,
                               const struct author_figure *figure) {
    if (!figure || strstr(text, arena_format(prose->arena, "%s = ", author_figure_written(figure))))
        return text;
    const struct author_value value = author_figure_value(prose, figure);
    const char *words = value.refusal ? value.refusal : value.text;
    bool whole = value.refusal || isnan(value.number) || value.number == floor(value.number);
    const char *exact =
        whole ? "" : arena_format(prose->arena, " (%s)", prose_number(prose, value.number, 2));
    return arena_format(prose->arena, "%s%s%s = %s%s", text, *text ? ", " : "", author_figure_written(figure),
                        words, exact);
}

static const char *present(const struct prose *prose, const char *text,
                           const struct author_condition *condition) {
    if (condition->first)
        text = present(prose, text, condition->first);
    if (condition->second)
        text = present(prose, text, condition->second);
    text = add_present(prose, text, condition->left.figure);
    return add_present(prose, text, condition->right.figure);
}

const char *author_condition_present(const struct prose *prose, const struct author_condition *condition) {
    return present(prose, "", condition);
}
