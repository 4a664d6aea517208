/* Reading a figure. What it is in the results is found in author_value.c. */
#include "analysis/author_figure.h"

#include "analysis/author_figure_internal.h"
#include "model/names.h"
#include "model/suggestion.h"

#include <string.h>

/* What a quantity may be said of, and how. */
enum { TAKES_ITEM = 1, TAKES_ANSWER = 2, TAKES_GROUP = 4, TAKES_BASE = 8, TAKES_NUMBER = 16, TAKES_BY = 32 };

static const char *const names[AUTHOR_QUANTITY_COUNT] = {
    [AUTHOR_RATE] = "rate",
    [AUTHOR_WORDS] = "words",
    [AUTHOR_COUNT] = "count",
    [AUTHOR_INTERVAL] = "interval",
    [AUTHOR_LOW] = "low",
    [AUTHOR_HIGH] = "high",
    [AUTHOR_BASE] = "base",
    [AUTHOR_MEAN] = "mean",
    [AUTHOR_MEDIAN] = "median",
    [AUTHOR_DEVIATION] = "deviation",
    [AUTHOR_MINIMUM] = "minimum",
    [AUTHOR_MAXIMUM] = "maximum",
    [AUTHOR_BALANCE] = "balance",
    [AUTHOR_SCORE] = "score",
    [AUTHOR_RANK] = "rank",
    [AUTHOR_DIFFERENCE] = "difference",
    [AUTHOR_P] = "p",
    [AUTHOR_EFFECT] = "effect",
    [AUTHOR_RESPONSES] = "responses",
    [AUTHOR_POPULATION] = "population",
    [AUTHOR_RESPONSE_RATE] = "response_rate",
};

static const unsigned takes[AUTHOR_QUANTITY_COUNT] = {
    [AUTHOR_RATE] = TAKES_ITEM | TAKES_ANSWER | TAKES_GROUP | TAKES_BASE,
    [AUTHOR_WORDS] = TAKES_ITEM | TAKES_ANSWER | TAKES_GROUP | TAKES_BASE,
    [AUTHOR_COUNT] = TAKES_ITEM | TAKES_ANSWER | TAKES_GROUP,
    [AUTHOR_INTERVAL] = TAKES_ITEM | TAKES_ANSWER | TAKES_GROUP,
    [AUTHOR_LOW] = TAKES_ITEM | TAKES_ANSWER | TAKES_GROUP,
    [AUTHOR_HIGH] = TAKES_ITEM | TAKES_ANSWER | TAKES_GROUP,
    [AUTHOR_BASE] = TAKES_ITEM | TAKES_GROUP | TAKES_BASE,
    [AUTHOR_MEAN] = TAKES_ITEM | TAKES_GROUP | TAKES_NUMBER,
    [AUTHOR_MEDIAN] = TAKES_ITEM | TAKES_GROUP | TAKES_NUMBER,
    [AUTHOR_DEVIATION] = TAKES_ITEM | TAKES_GROUP | TAKES_NUMBER,
    [AUTHOR_MINIMUM] = TAKES_ITEM | TAKES_GROUP | TAKES_NUMBER,
    [AUTHOR_MAXIMUM] = TAKES_ITEM | TAKES_GROUP | TAKES_NUMBER,
    [AUTHOR_BALANCE] = TAKES_ITEM | TAKES_GROUP,
    [AUTHOR_SCORE] = TAKES_ITEM | TAKES_GROUP,
    [AUTHOR_RANK] = TAKES_ITEM | TAKES_ANSWER | TAKES_GROUP,
    [AUTHOR_DIFFERENCE] = TAKES_ITEM | TAKES_ANSWER | TAKES_GROUP,
    [AUTHOR_P] = TAKES_ITEM | TAKES_BY,
    [AUTHOR_EFFECT] = TAKES_ITEM | TAKES_BY,
    [AUTHOR_RESPONSES] = TAKES_GROUP,
    [AUTHOR_POPULATION] = TAKES_GROUP,
    [AUTHOR_RESPONSE_RATE] = TAKES_GROUP,
};

const char *const *author_figure_names(size_t *count) {
    *count = AUTHOR_QUANTITY_COUNT;
    return names;
}

static enum author_quantity find_quantity(const char *word) {
    size_t quantity = 0;
    while (quantity < AUTHOR_QUANTITY_COUNT && strcmp(word, names[quantity]) != 0)
        quantity++;
    return (enum author_quantity)quantity;
}

bool author_figure_begins(const struct author_tokens *tokens) {
    const struct author_token *token = author_tokens_peek(tokens);
    return token->kind == AUTHOR_WORD && find_quantity(token->text) < AUTHOR_QUANTITY_COUNT;
}

static bool complain(const struct author_tokens *tokens, const struct author_token *token, const char *text) {
    diagnostics_error(tokens->diagnostics, author_tokens_place(tokens, token), "%s", text);
    return false;
}

static void suggest(const struct author_tokens *tokens, const struct author_token *token, const char *what,
                    const char *const *candidates, size_t count) {
    const struct suggestion suggestion = {.place = author_tokens_place(tokens, token),
                                          .what = what,
                                          .word = token->text,
                                          .candidates = candidates,
                                          .count = count};
    suggestion_error(tokens->arena, tokens->diagnostics, &suggestion);
}

/* --- items and answers --- */

static void suggest_item(const struct author_tokens *tokens, const struct author_token *token,
                         const struct questionnaire *questionnaire) {
    size_t count = 0;
    const char **ids =
        ARENA_NEW(tokens->arena, const char *, questionnaire->item_count + questionnaire->question_count);
    for (size_t i = 0; i < questionnaire->item_count; i++)
        ids[count++] = questionnaire->items[i].id;
    for (size_t i = 0; i < questionnaire->question_count; i++)
        if (questionnaire->questions[i].is_grid)
            ids[count++] = questionnaire->questions[i].id;
    suggest(tokens, token, "question", ids, count);
}

static const char *list_items(struct arena *arena, const struct question *question) {
    const char *list = question->items[0].id;
    for (size_t i = 1; i < question->item_count; i++)
        list = arena_format(arena, "%s, %s", list, question->items[i].id);
    return list;
}

const struct item *author_figure_read_item(struct author_tokens *tokens, const struct author_scope *scope,
                                           bool grids) {
    const struct author_token *token = author_tokens_take(tokens, AUTHOR_WORD);
    if (!token) {
        author_tokens_expected(tokens, "a question");
        return NULL;
    }
    const struct item *item = questionnaire_item(scope->questionnaire, token->text);
    const struct question *question = questionnaire_question(scope->questionnaire, token->text);
    if (item || (question && grids))
        return item ? item : question->items;
    if (question) {
        complain(tokens, token, "this is a grid: name one of its items");
        diagnostics_help(tokens->diagnostics, " help | its items: %s", list_items(tokens->arena, question));
        return NULL;
    }
    suggest_item(tokens, token, scope->questionnaire);
    return NULL;
}

static void suggest_code(const struct author_tokens *tokens, const struct author_token *token,
                         const struct question *question) {
    const char **codes = ARENA_NEW(tokens->arena, const char *, question->option_count + 1);
    for (size_t i = 0; i < question->option_count; i++)
        codes[i] = question->options[i].code;
    suggest(tokens, token, "answer", codes, question->option_count);
}

static bool has_favourable(const struct question *question) {
    bool chosen = question->type == QUESTION_SCALE || question->type == QUESTION_SINGLE;
    for (size_t i = 0; i < question->option_count; i++)
        if (chosen && question->options[i].favourable)
            return true;
    return false;
}

static bool read_codes(struct author_tokens *tokens, struct author_figure *figure) {
    const struct question *question = figure->item->question;
    size_t *options = ARENA_NEW(tokens->arena, size_t, question->option_count + 1);
    do {
        const struct author_token *token = author_tokens_take(tokens, AUTHOR_WORD);
        if (!token)
            return author_tokens_expected(tokens, "the code of an answer");
        size_t option = questionnaire_option(question, token->text);
        bool whole =
            figure->option_count == 0 && option == question->option_count && has_favourable(question);
        if (whole && (!strcmp(token->text, "favourable") || !strcmp(token->text, "unfavourable"))) {
            figure->unfavourable = *token->text == 'u';
            return true;
        }
        if (option == question->option_count) {
            suggest_code(tokens, token, question);
            return false;
        }
        for (size_t i = 0; i < figure->option_count; i++)
            if (options[i] == option)
                return complain(tokens, token, "this answer is counted already");
        options[figure->option_count++] = option;
        if (figure->option_count > 1 && question->type != QUESTION_SCALE && question->type != QUESTION_SINGLE)
            return complain(tokens, token,
                            "people can give several of these answers: their counts do not add up");
    } while (author_tokens_accept(tokens, "+"));
    figure->options = options;
    return true;
}

static bool check_answer(const struct author_tokens *tokens, const struct author_token *token,
                         const struct author_figure *figure) {
    const struct question *question = figure->item->question;
    if (figure->option_count || figure->theme)
        return true;
    if (question->type == QUESTION_TEXT)
        return complain(tokens, token, "these are open answers: name a theme of them, as in :\"…\"");
    if (!question->option_count)
        return complain(tokens, token,
                        "this has no answers to choose from: use mean, median, minimum or maximum");
    if (has_favourable(question))
        return true;
    complain(tokens, token, "no answer to this is said to be favourable: name one behind a colon");
    diagnostics_help(tokens->diagnostics, " help | %s:%s, for instance", figure->item->id,
                     question->options[0].code);
    return false;
}

static bool read_answer(struct author_tokens *tokens, struct author_figure *figure,
                        const struct author_token *item) {
    if (!author_tokens_accept(tokens, ":"))
        return check_answer(tokens, item, figure);
    const struct author_token *theme = author_tokens_take(tokens, AUTHOR_STRING);
    if (theme && figure->item->question->type != QUESTION_TEXT)
        return complain(tokens, theme, "only open answers have themes; name an answer by its code");
    if (theme)
        figure->theme = theme->text;
    else if (figure->item->question->type == QUESTION_TEXT)
        return author_tokens_expected(tokens, "a theme in quotation marks");
    return theme || read_codes(tokens, figure);
}

/* --- groups --- */

size_t author_figure_read_breakdown(struct author_tokens *tokens, const struct author_scope *scope) {
    const struct author_token *token = author_tokens_take(tokens, AUTHOR_WORD);
    size_t count = scope->by.count;
    if (!token) {
        author_tokens_expected(tokens, "what results are broken down by");
        return count;
    }
    size_t from = tokens->next - 1;
    const char *id = token->text;
    if (author_tokens_accept(tokens, "*")) {
        const struct author_token *second = author_tokens_take(tokens, AUTHOR_WORD);
        if (!second) {
            author_tokens_expected(tokens, "a question");
            return count;
        }
        id = arena_format(tokens->arena, "%s*%s", id, second->text);
    }
    size_t by = 0;
    while (by < count && strcmp(scope->by.all[by].id, id) != 0)
        by++;
    if (by < count)
        return by;
    const char **ids = ARENA_NEW(tokens->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        ids[i] = scope->by.all[i].id;
    struct author_token whole = {AUTHOR_WORD, id, tokens->all[from].start, tokens->all[tokens->next - 1].end};
    suggest(tokens, &whole, "breakdown", ids, count);
    diagnostics_help(tokens->diagnostics, " help | results by another question: --by %s", id);
    return count;
}

/* The group's answer to one of the breakdown's factors. */
static bool read_option(struct author_tokens *tokens, const struct item *factor, size_t *option) {
    const struct author_token *token = author_tokens_take(tokens, AUTHOR_WORD);
    if (!token)
        return author_tokens_expected(tokens, "the code of a group");
    size_t count = breakdown_option_count(factor);
    const char **codes = ARENA_NEW(tokens->arena, const char *, count);
    for (*option = 0; *option < count; (*option)++) {
        codes[*option] = breakdown_code(factor, *option);
        if (!strcmp(codes[*option], token->text))
            return true;
    }
    suggest(tokens, token, "group", codes, count);
    return false;
}

static bool read_group(struct author_tokens *tokens, const struct author_scope *scope,
                       const struct author_figure *figure, size_t *by, int *group) {
    const struct author_token *token = author_tokens_peek(tokens);
    *by = author_figure_read_breakdown(tokens, scope);
    if (*by == scope->by.count)
        return false;
    const struct breakdown *breakdown = &scope->by.all[*by];
    if (figure->item && breakdown_names(breakdown, figure->item))
        return complain(tokens, token, "a question is not broken down by itself");
    if (!author_tokens_accept(tokens, ":"))
        return author_tokens_expected(tokens, "a colon and the code of a group");
    size_t options[BREAKDOWN_FACTORS];
    for (size_t i = 0; i < breakdown->factor_count; i++) {
        if (i > 0 && !author_tokens_accept(tokens, "*"))
            return author_tokens_expected(tokens, "a * and the second code");
        if (!read_option(tokens, breakdown->factors[i], &options[i]))
            return false;
    }
    *group = (int)breakdown_group(breakdown, options);
    return true;
}

static bool read_less(struct author_tokens *tokens, const struct author_scope *scope,
                      struct author_figure *figure) {
    if (!author_tokens_accept(tokens, "less"))
        return author_tokens_expected(tokens, "\"less\" and a group");
    const struct author_token *token = author_tokens_peek(tokens);
    size_t by;
    if (!read_group(tokens, scope, figure, &by, &figure->less))
        return false;
    if (by != figure->by || figure->less == figure->group)
        return complain(tokens, token, "give another group of the same breakdown");
    if (figure->of_difference && scope->by.all[by].overlapping)
        return complain(tokens, token, "these groups share people: their difference has no interval");
    return true;
}

static bool read_scope(struct author_tokens *tokens, const struct author_scope *scope,
                       struct author_figure *figure) {
    bool difference = figure->quantity == AUTHOR_DIFFERENCE || figure->of_difference;
    if (takes[figure->quantity] & TAKES_GROUP && author_tokens_accept(tokens, "in")) {
        if (!read_group(tokens, scope, figure, &figure->by, &figure->group))
            return false;
        if (difference)
            return read_less(tokens, scope, figure);
    } else if (difference) {
        return author_tokens_expected(tokens, "\"in\" and a group");
    }
    static const char *const bases[AUTHOR_BASE_COUNT] = {"expressed", "answered", "asked", "responses"};
    if (!(takes[figure->quantity] & TAKES_BASE) || !author_tokens_accept(tokens, "of"))
        return true;
    for (size_t i = 0; i < AUTHOR_BASE_COUNT; i++)
        if (author_tokens_accept(tokens, bases[i])) {
            figure->base = (enum author_base)i;
            return true;
        }
    return author_tokens_expected(tokens, "a base (expressed, answered, asked or responses)");
}

static bool read_by(struct author_tokens *tokens, const struct author_scope *scope,
                    struct author_figure *figure) {
    if (!author_tokens_accept(tokens, "by"))
        return author_tokens_expected(tokens, "\"by\" and a breakdown");
    const struct author_token *token = author_tokens_peek(tokens);
    figure->by = author_figure_read_breakdown(tokens, scope);
    if (figure->by == scope->by.count)
        return false;
    return !breakdown_names(&scope->by.all[figure->by], figure->item) ||
           complain(tokens, token, "a question is not broken down by itself");
}

/* --- how it is said --- */

static void read_styles(struct author_tokens *tokens, struct author_figure *figure) {
    static const struct {
        const char *name;
        enum figure_style style;
    } styles[] = {{"rough", FIGURE_ROUGH}, {"fraction", FIGURE_FRACTION}, {"share", FIGURE_SHARE}};
    bool words = figure->quantity == AUTHOR_WORDS;
    if (figure->quantity == AUTHOR_RATE && author_tokens_accept(tokens, "exact"))
        figure->style = FIGURE_EXACT;
    for (size_t i = 0; words && i < sizeof styles / sizeof *styles; i++)
        if (author_tokens_accept(tokens, styles[i].name))
            figure->style = styles[i].style;
    if (words && author_tokens_accept(tokens, "proof"))
        figure->proof = AUTHOR_PROVED;
    else if (words && author_tokens_accept(tokens, "bare"))
        figure->proof = AUTHOR_BARE;
}

/* --- the whole --- */

static bool check_number(const struct author_tokens *tokens, const struct author_token *token,
                         const struct author_figure *figure) {
    enum question_type type = figure->item->question->type;
    enum author_quantity quantity = figure->quantity;
    bool number = type == QUESTION_NUMBER || type == QUESTION_SCALE;
    bool date = type == QUESTION_DATE && quantity != AUTHOR_MEAN && quantity != AUTHOR_DEVIATION;
    return number || (date && !figure->of_mean) ||
           complain(tokens, token, "the answers to this are no numbers");
}

/* "interval mean hours", "low difference …": of what the interval is, before the item. */
static void read_interval_of(struct author_tokens *tokens, struct author_figure *figure) {
    bool interval = figure->quantity == AUTHOR_INTERVAL || figure->quantity == AUTHOR_LOW ||
                    figure->quantity == AUTHOR_HIGH;
    const struct author_token *token = author_tokens_peek(tokens), *behind = token + 1;
    if (!interval || token->kind != AUTHOR_WORD || behind->kind != AUTHOR_WORD || !strcmp(behind->text, "in"))
        return;
    figure->of_mean = author_tokens_accept(tokens, "mean");
    figure->of_difference = !figure->of_mean && author_tokens_accept(tokens, "difference");
}

static bool read_item(struct author_tokens *tokens, const struct author_scope *scope,
                      struct author_figure *figure) {
    const struct author_token *token = author_tokens_peek(tokens);
    figure->item = author_figure_read_item(tokens, scope, false);
    if (!figure->item)
        return false;
    enum question_type type = figure->item->question->type;
    if (figure->of_mean || takes[figure->quantity] & TAKES_NUMBER)
        return check_number(tokens, token, figure);
    if (takes[figure->quantity] & TAKES_ANSWER && !read_answer(tokens, figure, token))
        return false;
    if (takes[figure->quantity] & TAKES_BY && type == QUESTION_MULTIPLE &&
        !read_answer(tokens, figure, token))
        return false;
    if (figure->quantity == AUTHOR_RANK && type != QUESTION_RANKING)
        return complain(tokens, token, "only the answers to a ranking have ranks");
    if (figure->quantity == AUTHOR_BALANCE && !has_favourable(figure->item->question))
        return complain(tokens, token, "no answer to this is said to be favourable");
    return true;
}

static bool read(struct author_tokens *tokens, const struct author_scope *scope,
                 struct author_figure *figure) {
    read_interval_of(tokens, figure);
    if (takes[figure->quantity] & TAKES_ITEM && !read_item(tokens, scope, figure))
        return false;
    if (takes[figure->quantity] & TAKES_BY ? !read_by(tokens, scope, figure)
                                           : !read_scope(tokens, scope, figure))
        return false;
    read_styles(tokens, figure);
    return true;
}

const struct author_figure *author_figure_read(struct author_tokens *tokens,
                                               const struct author_scope *scope) {
    size_t from = tokens->next;
    const struct author_token *token = author_tokens_take(tokens, AUTHOR_WORD);
    struct author_figure *figure = ARENA_NEW(tokens->arena, struct author_figure, 1);
    figure->quantity = token ? find_quantity(token->text) : AUTHOR_QUANTITY_COUNT;
    if (figure->quantity == AUTHOR_QUANTITY_COUNT) {
        if (token)
            suggest(tokens, token, "figure", names, AUTHOR_QUANTITY_COUNT);
        else
            author_tokens_expected(tokens, "a figure");
        return NULL;
    }
    figure->group = figure->less = AUTHOR_WHOLE;
    figure->style = figure->quantity == AUTHOR_RATE ? FIGURE_ROUNDED : FIGURE_BEST;
    if (!read(tokens, scope, figure))
        return NULL;
    figure->written = author_tokens_written(tokens, from);
    return figure;
}

const char *author_figure_written(const struct author_figure *figure) {
    return figure->written;
}

bool author_figure_always_proved(const struct author_figure *figure) {
    return figure->proof == AUTHOR_PROVED;
}

bool author_figure_takes_capital(const struct author_figure *figure) {
    return figure->quantity != AUTHOR_P;
}

const char *author_figure_key(struct arena *arena, const struct author_figure *figure) {
    const char *key = arena_format(arena, "%s:%s%d", figure->item ? figure->item->id : "",
                                   figure->theme ? figure->theme : "", figure->unfavourable);
    size_t all = figure->item && figure->option_count ? figure->item->question->option_count : 0;
    for (size_t option = 0; option < all; option++)
        for (size_t i = 0; i < figure->option_count; i++)
            if (figure->options[i] == option)
                key = arena_format(arena, "%s+%zu", key, option);
    return arena_format(arena, "%s in %zu:%d of %d", key, figure->by, figure->group, (int)figure->base);
}
