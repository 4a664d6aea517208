/* When the questionnaire has changed since answers were collected. The table of responses is then made anew
 * from the old one, in the transaction of opening: one way for columns that come, go, or change their type.
 */
#include "model/store_internal.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

const struct item *store_migrate_counterpart(const struct questionnaire *collected, const struct item *item) {
    const struct item *same = questionnaire_item(collected, item->id);
    return same && same->question->type == item->question->type ? same : NULL;
}

/* --- questions about the stored answers --- */

/* Counting responses; a failure on the way is noted once. */
struct count {
    struct store *store;
    struct failure *failure;
    bool failed;
};

/* Counts the responses for which the SQL condition is true; `value`, if given, is bound to ?1. 0 after a
 * failure, which the count then remembers. */
static int64_t count_where(struct count *count, const char *value, const char *format, ...) {
    if (count->failed)
        return 0;
    va_list list;
    va_start(list, format);
    char *condition = sqlite3_vmprintf(format, list);
    va_end(list);
    if (!condition)
        abort();
    char *sql = sqlite3_mprintf("SELECT count(*) FROM response WHERE %s", condition);
    if (!sql)
        abort();
    int64_t number = 0;
    count->failed = !store_sql_number(count->store, sql, value, NULL, &number, count->failure);
    sqlite3_free(sql);
    sqlite3_free(condition);
    return number;
}

/* How many gave the item for missing with this reason. */
static int64_t count_reason(struct count *count, const struct item *item, const char *reason) {
    char *word = sqlite3_mprintf(" %s=%s ", item->id, reason);
    if (!word)
        abort();
    int64_t number = count_where(count, word, "instr(' ' || missing || ' ', ?1)");
    sqlite3_free(word);
    return number;
}

/* How many answered the item in any way. */
static int64_t count_answers(struct count *count, const struct item *item) {
    const struct columns *columns = &count->store->collected_columns;
    return count_where(count, NULL, "\"%w\" IS NOT NULL", columns->all[columns->first[item->index]].name) +
           count_reason(count, item, "no_opinion") + count_reason(count, item, "not_concerned");
}

/* How many chose the option. */
static int64_t count_choices(struct count *count, const struct item *item, size_t option) {
    const char *code = item->question->options[option].code;
    switch (item->question->type) {
    case QUESTION_MULTIPLE:
        return count_where(count, NULL, "\"%w_%w\" = 1", item->id, code);
    case QUESTION_RANKING:
        return count_where(count, code, "instr(' ' || \"%w\" || ' ', ' ' || ?1 || ' ')", item->id);
    default:
        return count_where(count, code, "CAST(\"%w\" AS TEXT) = ?1", item->id);
    }
}

/* --- what would make a stored answer wrong --- */

/* Refuses if the responses that `number` counts are not none: "…: <what>, but N responses …". */
static bool refuse_if(struct count *count, int64_t number, const char *format, ...) {
    if (count->failed)
        return false;
    if (number == 0)
        return true;
    va_list list;
    va_start(list, format);
    char *what = sqlite3_vmprintf(format, list);
    va_end(list);
    if (!what)
        abort();
    failure_set(
        count->failure,
        "the questionnaire has changed since answers were collected in %s: %s (%lld %s); undo the change, or"
        " collect in another store (--store). Nothing was changed",
        count->store->path, what, (long long)number, number == 1 ? "response" : "responses");
    sqlite3_free(what);
    return false;
}

/* A question that went, or became another type of question. */
static bool check_gone(struct count *count, const struct item *earlier, const struct item *now) {
    if (now)
        return refuse_if(count, count_answers(count, earlier),
                         "the type of \"%s\" is another, but it was answered", earlier->id);
    return refuse_if(count, count_answers(count, earlier), "the question \"%s\" is gone, but it was answered",
                     earlier->id);
}

static bool check_option(struct count *count, const struct item *earlier, size_t option,
                         const struct item *now) {
    const struct option *was = &earlier->question->options[option];
    size_t index = questionnaire_option(now->question, was->code);
    if (index == now->question->option_count)
        return refuse_if(count, count_choices(count, earlier, option),
                         "the answer \"%s\" of \"%s\" is gone, but it was given", was->code, earlier->id);
    const struct option *is = &now->question->options[index];
    if (was->has_value != is->has_value || (was->has_value && was->value != is->value))
        return refuse_if(count, count_choices(count, earlier, option),
                         "the value of the answer \"%s\" of \"%s\" is another, but it was given", was->code,
                         earlier->id);
    if (is->exclusive && !was->exclusive) {
        int64_t beside = 0;
        for (size_t i = 0; i < earlier->question->option_count; i++)
            if (i != option)
                beside += count_where(count, NULL, "\"%w_%w\" = 1 AND \"%w_%w\" = 1", earlier->id, was->code,
                                      earlier->id, earlier->question->options[i].code);
        return refuse_if(count, beside,
                         "the answer \"%s\" of \"%s\" is now exclusive, but stands beside others", was->code,
                         earlier->id);
    }
    return true;
}

/* How many gave words and chose the option; of a multiple question the words may be another option's. */
static int64_t count_words(struct count *count, const struct item *item, size_t option) {
    const char *code = item->question->options[option].code;
    if (item->question->type == QUESTION_MULTIPLE)
        return count_where(count, NULL, "\"%w_specify\" IS NOT NULL AND \"%w_%w\" = 1", item->id, item->id,
                           code);
    return count_where(count, code,
                       "\"%w_specify\" IS NOT NULL AND instr(' ' || \"%w\" || ' ', ' ' || ?1 || ' ')",
                       item->id, item->id);
}

/* Words that stand beside an option that no longer takes any. */
static bool check_specify(struct count *count, const struct item *earlier, const struct item *now) {
    if (!questionnaire_has_specify(earlier->question))
        return true;
    for (size_t i = 0; i < earlier->question->option_count; i++) {
        const struct option *was = &earlier->question->options[i];
        size_t index = questionnaire_option(now->question, was->code);
        bool takes = index < now->question->option_count && now->question->options[index].specify;
        if (!was->specify || takes)
            continue;
        int64_t number = count_words(count, earlier, i);
        if (!refuse_if(count, number, "the answer \"%s\" of \"%s\" no longer takes words, but has some",
                       was->code, earlier->id))
            return false;
    }
    return true;
}

static bool check_reasons(struct count *count, const struct item *earlier, const struct item *now) {
    if (earlier->question->no_opinion.in && !now->question->no_opinion.in &&
        !refuse_if(count, count_reason(count, earlier, "no_opinion"),
                   "\"%s\" no longer offers no_opinion, but it was given", earlier->id))
        return false;
    return !earlier->question->not_concerned.in || now->question->not_concerned.in ||
           refuse_if(count, count_reason(count, earlier, "not_concerned"),
                     "\"%s\" no longer offers not_concerned, but it was given", earlier->id);
}

/* How many were chosen, as SQL in the columns of the item: a sum of sums, since SQLite limits how deep an
 * expression may be. */
static char *amount_sql(const struct item *item) {
    enum { GROUP = 64 };
    if (item->question->type == QUESTION_RANKING)
        return sqlite3_mprintf("length(\"%w\") - length(replace(\"%w\", ' ', '')) + 1", item->id, item->id);
    sqlite3_str *sum = sqlite3_str_new(NULL);
    for (size_t i = 0; i < item->question->option_count; i++)
        sqlite3_str_appendf(sum, "%s\"%w_%w\"",
                            i == 0      ? "("
                            : i % GROUP ? " + "
                                        : ") + (",
                            item->id, item->question->options[i].code);
    sqlite3_str_appendall(sum, ")");
    return sqlite3_str_finish(sum);
}

/* Whether an exclusive answer was given, as a condition. */
static char *exclusive_sql(const struct item *item) {
    sqlite3_str *any = sqlite3_str_new(NULL);
    sqlite3_str_appendall(any, "0");
    for (size_t i = 0; i < item->question->option_count; i++)
        if (item->question->options[i].exclusive)
            sqlite3_str_appendf(any, " OR \"%w_%w\" = 1", item->id, item->question->options[i].code);
    return sqlite3_str_finish(any);
}

/* On paper too few was a warning, so only the web's answers can have become wrong by it; an exclusive answer
 * alone is enough. */
static bool check_amounts(struct count *count, const struct item *earlier, const struct item *now) {
    const struct question *is = now->question;
    if (is->type != QUESTION_MULTIPLE && is->type != QUESTION_RANKING)
        return true;
    char *amount = amount_sql(earlier);
    if (!amount)
        abort();
    bool fine = true;
    if (is->at_most < earlier->question->at_most)
        fine = refuse_if(count, count_where(count, NULL, "%s > %lld", amount, (long long)is->at_most),
                         "\"%s\" now takes at most %lld answers, but has more", earlier->id,
                         (long long)is->at_most);
    if (fine && is->type == QUESTION_MULTIPLE && is->at_least > earlier->question->at_least) {
        char *alone = exclusive_sql(earlier);
        if (!alone)
            abort();
        int64_t number = count_where(count, NULL, "channel = 'web' AND %s < %lld AND NOT (%s)", amount,
                                     (long long)is->at_least, alone);
        sqlite3_free(alone);
        fine = refuse_if(count, number, "\"%s\" now takes at least %lld answers, but has fewer", earlier->id,
                         (long long)is->at_least);
    }
    sqlite3_free(amount);
    return fine;
}

static bool check_number(struct count *count, const struct item *earlier, const struct item *now) {
    const struct question *is = now->question;
    if (is->minimum > earlier->question->minimum &&
        !refuse_if(count, count_where(count, NULL, "\"%w\" < %!.17g", earlier->id, is->minimum),
                   "the minimum of \"%s\" is above an answer", earlier->id))
        return false;
    if (is->maximum < earlier->question->maximum &&
        !refuse_if(count, count_where(count, NULL, "\"%w\" > %!.17g", earlier->id, is->maximum),
                   "the maximum of \"%s\" is below an answer", earlier->id))
        return false;
    return is->decimals >= earlier->question->decimals ||
           refuse_if(count,
                     count_where(count, NULL, "abs(round(\"%w\", %d) - \"%w\") > 1e-9 * max(1, abs(\"%w\"))",
                                 earlier->id, (int)is->decimals, earlier->id, earlier->id),
                     "\"%s\" takes fewer decimals than an answer has", earlier->id);
}

static bool check_limits(struct count *count, const struct item *earlier, const struct item *now) {
    const struct question *is = now->question;
    if (is->type == QUESTION_NUMBER)
        return check_number(count, earlier, now);
    if (is->type == QUESTION_TEXT)
        return is->maximum_length >= earlier->question->maximum_length ||
               refuse_if(count,
                         count_where(count, NULL, "length(\"%w\") > %lld", earlier->id,
                                     (long long)is->maximum_length),
                         "the maximum length of \"%s\" is below an answer's", earlier->id);
    return check_amounts(count, earlier, now);
}

static bool check_item(struct count *count, const struct item *earlier) {
    const struct item *now = questionnaire_item(count->store->questionnaire, earlier->id);
    if (!now || now->question->type != earlier->question->type)
        return check_gone(count, earlier, now);
    for (size_t i = 0; i < earlier->question->option_count; i++)
        if (!check_option(count, earlier, i, now))
            return false;
    return check_specify(count, earlier, now) && check_reasons(count, earlier, now) &&
           check_limits(count, earlier, now);
}

bool store_migrate_check(struct store *store, struct failure *failure) {
    struct count count = {.store = store, .failure = failure};
    const struct questionnaire *collected = store->collected;
    for (size_t i = 0; i < collected->language_count; i++) {
        const char *tag = collected->languages[i];
        if (questionnaire_language(store->questionnaire, tag) == store->questionnaire->language_count &&
            !refuse_if(&count, count_where(&count, tag, "language = ?1"),
                       "the language \"%s\" is gone, but was used", tag))
            return false;
    }
    for (size_t i = 0; i < collected->item_count; i++)
        if (!check_item(&count, &collected->items[i]))
            return false;
    return !count.failed;
}

/* --- bringing the file up to it --- */

static bool same_columns(const struct store *store) {
    const struct columns *now = &store->columns, *then = &store->collected_columns;
    if (now->count != then->count)
        return false;
    for (size_t i = 0; i < now->count; i++)
        if (strcmp(now->all[i].name, then->all[i].name) != 0 || now->all[i].type != then->all[i].type ||
            now->all[i].kind != then->all[i].kind)
            return false;
    return true;
}

static const char *columns_sql(const struct store *store) {
    struct buffer names = {0};
    buffer_append(&names, "key, channel, language, sheet, missing");
    for (size_t i = 0; i < store->columns.count; i++)
        buffer_format(&names, ", \"%s\"", store->columns.all[i].name);
    const char *kept = arena_copy(store->arena, buffer_text(&names));
    buffer_destroy(&names);
    return kept;
}

static bool remake_table(struct store *store, struct failure *failure) {
    const char *what = "bring the store up to the questionnaire,";
    const char *copy = arena_format(store->arena, "INSERT INTO response_new (%s) %s ORDER BY key",
                                    columns_sql(store), store_schema_select(store));
    return store_schema_create_table(store, "main", "response_new", failure) &&
           store_sql_run(store, copy, what, failure) &&
           store_sql_run(store,
                         "DROP VIEW response_labelled; DROP TABLE response;"
                         " ALTER TABLE response_new RENAME TO response",
                         what, failure);
}

/* Takes the reasons of a question that went out of `missing`. */
static bool forget_item(struct store *store, const struct item *item, struct failure *failure) {
    static const char *const reasons[] = {"no_opinion", "not_concerned", "not_asked"};
    bool done = true;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons && done; i++) {
        char *sql = sqlite3_mprintf("UPDATE response SET missing ="
                                    " trim(replace(' ' || missing || ' ', ' %w=%w ', ' '))"
                                    " WHERE instr(' ' || missing || ' ', ' %w=%w ')",
                                    item->id, reasons[i], item->id, reasons[i]);
        if (!sql)
            abort();
        done = store_sql_run(store, sql, "bring the store up to the questionnaire,", failure);
        sqlite3_free(sql);
    }
    return done;
}

/* Earlier responses were not asked what has been added since. */
static bool mark_added(struct store *store, struct failure *failure) {
    struct buffer added = {0};
    for (size_t i = 0; i < store->questionnaire->item_count; i++) {
        const struct item *item = &store->questionnaire->items[i];
        if (!store_migrate_counterpart(store->collected, item))
            buffer_format(&added, " %s=not_asked", item->id);
    }
    bool done = true;
    if (added.length) {
        char *sql = sqlite3_mprintf("UPDATE response SET missing = trim(missing || %Q)", buffer_text(&added));
        if (!sql)
            abort();
        done = store_sql_run(store, sql, "bring the store up to the questionnaire,", failure);
        sqlite3_free(sql);
    }
    buffer_destroy(&added);
    return done;
}

bool store_migrate_apply(struct store *store, struct failure *failure) {
    bool done = same_columns(store)
                    ? store_sql_run(store, "DROP VIEW response_labelled; DROP INDEX response_sheet",
                                    "bring the store up to the questionnaire,", failure)
                    : remake_table(store, failure);
    for (size_t i = 0; i < store->collected->item_count && done; i++) {
        const struct item *now = questionnaire_item(store->questionnaire, store->collected->items[i].id);
        if (!now || !store_migrate_counterpart(store->collected, now))
            done = forget_item(store, &store->collected->items[i], failure);
    }
    done = done && mark_added(store, failure) && store_schema_create_view(store, failure) &&
           store_schema_describe(store, failure) &&
           store_sql_run(store, "UPDATE state SET revision = revision + 1",
                         "bring the store up to the questionnaire,", failure);
    if (!done)
        return false;
    store->collected = NULL;
    store->revision++;
    return true;
}
