#include "analysis/holes.h"

#include "analysis/author_hole.h"
#include "analysis/chart.h"
#include "analysis/evaluation.h"
#include "analysis/finding.h"
#include "analysis/naming.h"
#include "analysis/themes.h"
#include "model/base/terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct listing {
    struct evaluation evaluation;
    struct prose prose;
    struct author_scope scope;
    const char *only; /* a question, a grid or an item; NULL: all */
};

/* --- one hole --- */

/* A text may have line breaks: a hole and its value are one line. */
static void print_line(const char *hole, const char *value) {
    terminal_print(stdout, "{{%s}}\t", hole);
    for (const char *at = value ? value : ""; *at; at++)
        putchar((unsigned char)*at < ' ' ? ' ' : *at);
    putchar('\n');
}

/* Prints a figure with its value, or why it has none; nothing if there is no such figure. */
static void list_figure(const struct listing *listing, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void list_figure(const struct listing *listing, const char *format, ...) {
    struct arena *arena = listing->prose.arena;
    va_list list;
    va_start(list, format);
    const char *hole = arena_format_list(arena, format, list);
    va_end(list);
    struct author_tokens tokens = {
        .arena = arena, .diagnostics = diagnostics_create(arena, "holes"), .source = hole};
    if (!author_tokens_read(&tokens, 0, strlen(hole)))
        return;
    const struct author_figure *figure = author_figure_read(&tokens, &listing->scope);
    if (!figure)
        return;
    const struct author_value value = author_figure_value(&listing->prose, figure);
    const char *proved = value.refusal ? NULL : author_figure_prove(&listing->prose, figure);
    print_line(hole, value.refusal ? arena_format(arena, "– (%s)", value.refusal)
                     : proved      ? proved
                                   : value.text);
}

/* --- items --- */

static bool has_numbers(const struct item *item) {
    enum question_type type = item->question->type;
    return type == QUESTION_NUMBER || type == QUESTION_SCALE;
}

/* What can be said of the item in a group (" in role:member"), or in all (""). */
static void list_group(const struct listing *listing, const struct item *item, const char *in) {
    const char *id = item->id;
    const struct question *question = item->question;
    list_figure(listing, "rate %s%s", id, in);
    list_figure(listing, "words %s%s", id, in);
    list_figure(listing, "count %s%s", id, in);
    list_figure(listing, "interval %s%s", id, in);
    list_figure(listing, "rate %s%s of responses", id, in);
    list_figure(listing, "rate %s:unfavourable%s", id, in);
    list_figure(listing, "balance %s%s", id, in);
    for (size_t i = 0; i < question->option_count; i++) {
        list_figure(listing, "rate %s:%s%s", id, question->options[i].code, in);
        list_figure(listing, "rank %s:%s%s", id, question->options[i].code, in);
    }
    list_figure(listing, "base %s%s", id, in);
    list_figure(listing, "base %s%s of asked", id, in);
    static const char *const numbers[] = {"mean",   "interval mean", "deviation",
                                          "median", "minimum",       "maximum"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (has_numbers(item) || (item->question->type == QUESTION_DATE && i > 2))
            list_figure(listing, "%s %s%s", numbers[i], id, in);
}

static const char *group_name(const struct listing *listing, const struct breakdown *by, size_t group) {
    const char *name = by->id;
    for (size_t i = 0; i < by->factor_count; i++)
        name = arena_format(listing->prose.arena, "%s%s%s", name, i ? "*" : ":",
                            breakdown_code(by->factors[i], breakdown_option(by, group, i)));
    return name;
}

static void list_tests(const struct listing *listing, const struct item *item, const struct breakdown *by) {
    list_figure(listing, "p %s by %s", item->id, by->id);
    list_figure(listing, "effect %s by %s", item->id, by->id);
    for (size_t i = 0; item->question->type == QUESTION_MULTIPLE && i < item->question->option_count; i++)
        list_figure(listing, "p %s:%s by %s", item->id, item->question->options[i].code, by->id);
}

/* Of a group that is hidden, one figure says so for all. */
static void list_groups(const struct listing *listing, const struct item *item, const struct breakdown *by) {
    const struct breakdown_result *result =
        results_breakdown(&listing->prose.results->items[item->index], by);
    for (size_t i = 0; i < by->group_count; i++) {
        const char *name = group_name(listing, by, i);
        if (result->groups[i].suppressed)
            list_figure(listing, "base %s in %s", item->id, name);
        else
            list_group(listing, item, arena_format(listing->prose.arena, " in %s", name));
    }
}

static void list_breakdown(const struct listing *listing, const struct item *item,
                           const struct breakdown *by) {
    list_groups(listing, item, by);
    for (size_t i = 1; i < by->group_count; i++) {
        const char *first = group_name(listing, by, 0), *other = group_name(listing, by, i);
        list_figure(listing, "difference %s in %s less %s", item->id, first, other);
        list_figure(listing, "interval difference %s in %s less %s", item->id, first, other);
    }
    list_tests(listing, item, by);
}

static void list_themes(const struct listing *listing, const struct item *item) {
    const struct item_themes *themes = themes_of(listing->prose.results, item);
    for (size_t i = 0; themes && i < themes->count; i++) {
        list_figure(listing, "count %s:\"%s\"", item->id, themes->all[i].name);
        list_figure(listing, "rate %s:\"%s\"", item->id, themes->all[i].name);
    }
    if (themes) {
        bool quoted = !item->question->never_quoted;
        print_line(arena_format(listing->prose.arena, "themes %s", item->id),
                   quoted ? "(chart, table, quotations)" : "(chart, table)");
        if (quoted)
            print_line(arena_format(listing->prose.arena, "quotes %s 3", item->id), "(quotations)");
    }
}

static void list_item(const struct listing *listing, const struct item *item) {
    struct arena *arena = listing->prose.arena;
    const struct breakdown_list *by = &listing->prose.results->by;
    terminal_print(stdout, "\n# %s: %s\n", item->id, naming_wording(&listing->prose, &item->text));
    print_line(arena_format(arena, "finding %s", item->id),
               finding_item(&listing->prose, &listing->prose.results->items[item->index]));
    if (item->question->type == QUESTION_TEXT) {
        list_themes(listing, item);
        return;
    }
    list_group(listing, item, "");
    print_line(arena_format(arena, "table %s", item->id), "(table)");
    for (size_t i = 0; i < by->count; i++) {
        if (breakdown_names(&by->all[i], item))
            continue;
        list_breakdown(listing, item, &by->all[i]);
        print_line(arena_format(arena, "table %s by %s", item->id, by->all[i].id), "(table)");
    }
}

static void list_question(const struct listing *listing, const struct question *question) {
    struct arena *arena = listing->prose.arena;
    bool whole = !listing->only || !strcmp(listing->only, question->id);
    if (whole && question->is_grid) {
        const struct breakdown_list *by = &listing->prose.results->by;
        terminal_print(stdout, "\n# %s: %s\n", question->id,
                       naming_wording(&listing->prose, &question->text));
        print_line(arena_format(arena, "table %s", question->id), "(table)");
        for (size_t i = 0; i < by->count; i++)
            if (!breakdown_names(&by->all[i], question->items))
                print_line(arena_format(arena, "table %s by %s", question->id, by->all[i].id), "(table)");
    }
    for (size_t i = 0; i < question->item_count; i++)
        if (whole || !strcmp(listing->only, question->items[i].id))
            list_item(listing, &question->items[i]);
}

/* --- the whole --- */

static void list_participation(const struct listing *listing) {
    const struct results *results = listing->prose.results;
    list_figure(listing, "responses");
    list_figure(listing, "population");
    list_figure(listing, "response_rate");
    for (size_t i = 0; i < results->response_rate_count; i++)
        for (size_t j = 0; j < results->response_rates[i].group_count; j++) {
            const char *by = results->response_rates[i].by, *code = results->response_rates[i].groups[j].code;
            list_figure(listing, "responses in %s:%s", by, code);
            list_figure(listing, "population in %s:%s", by, code);
            list_figure(listing, "response_rate in %s:%s", by, code);
        }
}

static void list_general(const struct listing *listing) {
    const struct questionnaire *questionnaire = listing->prose.results->questionnaire;
    print_line("title", naming_wording(&listing->prose, &questionnaire->title));
    print_line("organisation", naming_wording(&listing->prose, &questionnaire->organisation));
    print_line("confidence", prose_confidence(&listing->prose));
    list_participation(listing);
    size_t count;
    const char *const *parts = author_hole_parts(&count);
    for (size_t i = 0; i < count; i++)
        print_line(arena_format(listing->prose.arena, "part %s", parts[i]), "(sections)");
}

static bool is_asked_for(const struct listing *listing, const struct chart *chart) {
    const struct question *question = chart->question;
    bool found = !listing->only || (question && !strcmp(question->id, listing->only));
    for (size_t i = 0; !found && question && i < question->item_count; i++)
        found = !strcmp(question->items[i].id, listing->only);
    return found;
}

static void list_charts(const struct listing *listing) {
    const struct chart_options options = evaluation_chart_options(&listing->evaluation);
    const struct charts *charts = chart_list(listing->prose.arena, listing->prose.results, &options);
    terminal_print(stdout, "\n# charts\n");
    for (size_t i = 0; i < charts->count; i++)
        if (is_asked_for(listing, &charts->all[i]))
            print_line(arena_format(listing->prose.arena, "chart %s", charts->all[i].name),
                       charts->all[i].alternative);
}

static bool settle(struct listing *listing, const struct arguments *given, struct failure *failure) {
    listing->only = command_operand_count(given) > 1 ? command_operand(given, 1) : NULL;
    listing->prose = evaluation_prose(&listing->evaluation);
    const struct questionnaire *questionnaire = listing->evaluation.questionnaire;
    listing->scope = (struct author_scope){questionnaire, listing->prose.results->by};
    if (!listing->only || questionnaire_question(questionnaire, listing->only) ||
        questionnaire_item(questionnaire, listing->only))
        return true;
    return failure_set(failure, "%s has no question \"%.100s\"", questionnaire->file, listing->only);
}

int holes_run(const struct arguments *arguments, struct failure *failure) {
    struct arena *arena = arena_create();
    struct listing listing = {0};
    int status = evaluation_run(&listing.evaluation, arena, arguments, failure);
    if (status == COMMAND_DONE && !settle(&listing, arguments, failure))
        status = COMMAND_USAGE;
    if (status == COMMAND_DONE) {
        const struct questionnaire *questionnaire = listing.evaluation.questionnaire;
        if (!listing.only)
            list_general(&listing);
        for (size_t i = 0; i < questionnaire->question_count; i++)
            list_question(&listing, &questionnaire->questions[i]);
        list_charts(&listing);
        if (fflush(stdout) != 0 || ferror(stdout)) {
            failure_set(failure, "cannot write to standard output");
            status = COMMAND_FAILED;
        }
    }
    arena_destroy(arena);
    return status;
}
