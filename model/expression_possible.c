#include "model/expression_candidates.h"

#include <stdlib.h>
#include <string.h>

/* The search gives up, and takes the expressions for possible, beyond so many items or steps. */
enum { VARIABLES_MOST = 100, STEPS_MOST = 100000 };

/* An item that the expressions name, or on which depends whether one of those is asked. */
struct variable {
    const struct item *item;
    struct expression_leaves leaves;
    struct expression_candidates candidates;
    size_t tried; /* candidates tried so far in the current branch of the search */
};

struct search {
    struct arena *arena;
    const struct expression *const *expressions;
    size_t count;
    struct variable variables[VARIABLES_MOST];
    size_t variable_count;
    struct answer *answers;
    bool complete;
};

/* --- which items matter --- */

static struct variable *find_variable(struct search *search, const struct item *item) {
    for (size_t i = 0; i < search->variable_count; i++)
        if (search->variables[i].item == item)
            return &search->variables[i];
    if (search->variable_count == VARIABLES_MOST) {
        search->complete = false;
        return NULL;
    }
    struct variable *variable = &search->variables[search->variable_count++];
    *variable = (struct variable){.item = item};
    return variable;
}

static void add_leaf(struct search *search, const struct expression *leaf) {
    struct variable *variable = find_variable(search, leaf->item);
    if (!variable)
        return;
    struct expression_leaves *leaves = &variable->leaves;
    if (leaves->count == leaves->capacity) {
        size_t capacity = leaves->capacity ? leaves->capacity * 2 : 4;
        const struct expression **grown = ARENA_NEW(search->arena, const struct expression *, capacity);
        if (leaves->count)
            memcpy(grown, leaves->all, leaves->count * sizeof(const struct expression *));
        leaves->all = grown;
        leaves->capacity = capacity;
    }
    leaves->all[leaves->count++] = leaf;
}

static void add_leaves(struct search *search, const struct expression *expression) {
    if (!expression || !search->complete)
        return;
    if (expression->kind > EXPRESSION_NOT) {
        add_leaf(search, expression);
        return;
    }
    for (const struct expression *part = expression->first; part; part = part->next)
        add_leaves(search, part);
}

/* Conditions only look back, so this ends; the list grows while it is walked. */
static void gather(struct search *search) {
    for (size_t i = 0; i < search->count; i++)
        add_leaves(search, search->expressions[i]);
    for (size_t i = 0; i < search->variable_count && search->complete; i++) {
        const struct question *question = search->variables[i].item->question;
        add_leaves(search, question->page_when);
        add_leaves(search, question->when);
        for (size_t j = 0; j < question->option_count; j++)
            add_leaves(search, question->options[j].when);
    }
}

static int compare(const void *left, const void *right) {
    size_t one = ((const struct variable *)left)->item->index;
    size_t other = ((const struct variable *)right)->item->index;
    return one < other ? -1 : one > other;
}

static void prepare(struct search *search) {
    qsort(search->variables, search->variable_count, sizeof *search->variables, compare);
    size_t answer_count = 0;
    for (size_t i = 0; i < search->variable_count; i++) {
        struct variable *variable = &search->variables[i];
        variable->candidates = expression_candidates(search->arena, variable->item, &variable->leaves);
        search->complete = search->complete && variable->candidates.complete;
        answer_count = variable->item->index + 1;
    }
    search->answers = ARENA_NEW(search->arena, struct answer, answer_count);
}

/* --- trying them in the order of the form --- */

static bool is_true(const struct expression *expression, const struct answer *answers) {
    return !expression || expression_holds(expression, answers);
}

static bool is_offered(const struct question *question, const struct answer *answer,
                       const struct answer *answers) {
    for (size_t i = 0; i < answer->choice_count; i++)
        if (!is_true(question->options[answer->choices[i]].when, answers))
            return false;
    return true;
}

/* Gives the variable its next answer that can be given after those before it; false if there is none left. */
static bool advance(struct search *search, struct variable *variable) {
    const struct question *question = variable->item->question;
    struct answer *answer = &search->answers[variable->item->index];
    if (!is_true(question->page_when, search->answers) || !is_true(question->when, search->answers)) {
        *answer = (struct answer){.state = ANSWER_NOT_ASKED};
        return variable->tried++ == 0;
    }
    while (variable->tried < variable->candidates.count) {
        const struct answer *candidate = &variable->candidates.all[variable->tried++];
        if (is_offered(question, candidate, search->answers)) {
            *answer = *candidate;
            return true;
        }
    }
    return false;
}

/* What is settled so far does not make any of the expressions false. */
static bool is_open(const struct search *search, size_t settled) {
    for (size_t i = 0; i < search->count; i++)
        if (search->expressions[i] &&
            expression_truth(search->expressions[i], search->answers, settled) == TRUTH_NO)
            return false;
    return true;
}

static bool find_answers(struct search *search) {
    size_t depth = 0;
    for (unsigned steps = 0; steps < STEPS_MOST; steps++) {
        if (depth == search->variable_count)
            return true;
        struct variable *variable = &search->variables[depth];
        if (!advance(search, variable)) {
            if (depth == 0)
                return false;
            depth--;
        } else if (is_open(search, variable->item->index + 1)) {
            depth++;
            if (depth < search->variable_count)
                search->variables[depth].tried = 0;
        }
    }
    return true;
}

bool expression_possible(const struct expression *const *expressions, size_t count) {
    struct arena *arena = arena_create();
    struct search *search = ARENA_NEW(arena, struct search, 1);
    *search = (struct search){.arena = arena, .expressions = expressions, .count = count, .complete = true};
    gather(search);
    if (search->complete)
        prepare(search);
    bool possible = !search->complete || find_answers(search);
    arena_destroy(arena);
    return possible;
}
