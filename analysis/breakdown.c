#include "analysis/breakdown.h"

#include "model/answer.h"
#include "model/base/text.h"

#include <string.h>

/* A table of more groups could not be read, and each group holds counts of every question. */
enum { MOST_CROSSED_GROUPS = 400 };

/* The list while it grows; `given` is the name that is being read, as the user wrote it. */
struct plan {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    struct breakdown *all;
    size_t count;
    const char *given;
};

bool breakdown_names(const struct breakdown *breakdown, const struct item *item) {
    for (size_t i = 0; i < breakdown->factor_count; i++)
        if (breakdown->factors[i] == item)
            return true;
    return false;
}

bool breakdown_is_channel(const struct breakdown *breakdown) {
    return breakdown->factor_count == 1 && !breakdown->factors[0];
}

size_t breakdown_option_count(const struct item *factor) {
    return factor ? factor->question->option_count : CHANNEL_COUNT;
}

const char *breakdown_code(const struct item *factor, size_t option) {
    return factor ? factor->question->options[option].code : answer_channel_name((enum channel)option);
}

struct wording breakdown_text(const struct item *factor, size_t option) {
    return factor ? factor->question->options[option].text : (struct wording){0};
}

size_t breakdown_option(const struct breakdown *breakdown, size_t group, size_t factor) {
    if (breakdown->factor_count == 1)
        return group;
    size_t inner = breakdown_option_count(breakdown->factors[1]);
    return factor == 0 ? group / inner : group % inner;
}

size_t breakdown_group(const struct breakdown *breakdown, const size_t *options) {
    size_t group = 0;
    for (size_t i = 0; i < breakdown->factor_count; i++) {
        size_t count = breakdown_option_count(breakdown->factors[i]);
        if (options[i] >= count)
            return breakdown->group_count;
        group = group * count + options[i];
    }
    return group;
}

static bool can_break_down(const struct item *item) {
    enum question_type type = item->question->type;
    return type == QUESTION_SINGLE || type == QUESTION_SCALE || type == QUESTION_MULTIPLE;
}

static const char *factor_id(const struct item *factor) {
    return factor ? factor->id : "channel";
}

/* Adds what is not there yet; a crossing the other way round has the same groups. */
static void add(struct plan *plan, const struct item *const *factors, size_t count) {
    for (size_t i = 0; i < plan->count; i++)
        if (plan->all[i].factor_count == count && breakdown_names(&plan->all[i], factors[0]) &&
            breakdown_names(&plan->all[i], factors[count - 1]))
            return;
    struct breakdown *added = &plan->all[plan->count++];
    *added = (struct breakdown){.id = factor_id(factors[0]), .factor_count = count, .group_count = 1};
    added->file_name = added->id;
    for (size_t i = 0; i < count; i++) {
        added->factors[i] = factors[i];
        added->group_count *= breakdown_option_count(factors[i]);
    }
    added->overlapping = count == 1 && factors[0] && factors[0]->question->type == QUESTION_MULTIPLE;
    if (count == 2) {
        added->id = arena_format(plan->arena, "%s*%s", factor_id(factors[0]), factor_id(factors[1]));
        added->file_name =
            arena_format(plan->arena, "%s-and-%s", factor_id(factors[0]), factor_id(factors[1]));
    }
}

static bool unknown_factor(const struct plan *plan, const char *id, struct failure *failure) {
    const struct questionnaire *questionnaire = plan->questionnaire;
    const char **ids = ARENA_NEW(plan->arena, const char *, questionnaire->item_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (can_break_down(&questionnaire->items[i]))
            ids[count++] = questionnaire->items[i].id;
    ids[count++] = "channel";
    const char *nearest = text_nearest(id, ids, count);
    const char *named = strchr(plan->given, '*') ? arena_format(plan->arena, "\"%s\"", id) : "of that name";
    return failure_set(failure, "--by %s: the questionnaire has no question or grid item %s%s%s%s",
                       plan->given, named, nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                       nearest ? "\"?" : "");
}

static bool read_factor(const struct plan *plan, const char *id, const struct item **factor,
                        struct failure *failure) {
    *factor = NULL;
    if (strcmp(id, "channel") == 0)
        return true;
    *factor = questionnaire_item(plan->questionnaire, id);
    if (!*factor && questionnaire_question(plan->questionnaire, id))
        return failure_set(failure, "--by %s: this is a grid; name one of its items", plan->given);
    if (!*factor)
        return unknown_factor(plan, id, failure);
    if (!can_break_down(*factor))
        return failure_set(
            failure, "--by %s: results can be shown by a single choice, a multiple choice or a scale only",
            plan->given);
    return true;
}

static const char *trim(struct arena *arena, const char *text, size_t length) {
    while (length > 0 && text[0] == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return arena_copy_bytes(arena, text, length);
}

static bool check_crossing(const struct plan *plan, const struct item *const *factors,
                           struct failure *failure) {
    if (factors[0] == factors[1])
        return failure_set(failure, "--by %s: this is twice the same; cross two different questions",
                           plan->given);
    for (size_t i = 0; i < BREAKDOWN_FACTORS; i++)
        if (factors[i] && factors[i]->question->type == QUESTION_MULTIPLE)
            return failure_set(
                failure, "--by %s: \"%s\" is a multiple choice, whose groups overlap; it cannot be crossed",
                plan->given, factors[i]->id);
    size_t groups = breakdown_option_count(factors[0]) * breakdown_option_count(factors[1]);
    if (groups > MOST_CROSSED_GROUPS)
        return failure_set(failure, "--by %s: these would be %zu groups; %d can be shown at most",
                           plan->given, groups, MOST_CROSSED_GROUPS);
    return true;
}

static bool add_crossing(struct plan *plan, const char *star, struct failure *failure) {
    if (strchr(star + 1, '*'))
        return failure_set(failure, "--by %s: two questions can be crossed, not more", plan->given);
    const char *ids[BREAKDOWN_FACTORS] = {trim(plan->arena, plan->given, (size_t)(star - plan->given)),
                                          trim(plan->arena, star + 1, strlen(star + 1))};
    const struct item *factors[BREAKDOWN_FACTORS];
    for (size_t i = 0; i < BREAKDOWN_FACTORS; i++) {
        if (!*ids[i])
            return failure_set(failure, "--by %s: name a question on both sides of the *", plan->given);
        if (!read_factor(plan, ids[i], &factors[i], failure))
            return false;
    }
    if (!check_crossing(plan, factors, failure))
        return false;
    add(plan, factors, BREAKDOWN_FACTORS);
    return true;
}

static bool add_named(struct plan *plan, const char *given, struct failure *failure) {
    plan->given = given;
    const char *star = strchr(given, '*');
    if (star)
        return add_crossing(plan, star, failure);
    const struct item *factor;
    if (!read_factor(plan, given, &factor, failure))
        return false;
    if (factor) /* the channel is always there, at the end */
        add(plan, &factor, 1);
    return true;
}

bool breakdown_plan(struct arena *arena, const struct questionnaire *questionnaire, const char *const *by,
                    size_t by_count, struct breakdown_list *list, struct failure *failure) {
    size_t most = questionnaire->item_count + by_count + 1;
    struct plan plan = {
        .arena = arena, .questionnaire = questionnaire, .all = ARENA_NEW(arena, struct breakdown, most)};
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct item *item = &questionnaire->items[i];
        if (item->question->breakdown && can_break_down(item))
            add(&plan, &item, 1);
    }
    for (size_t i = 0; i < by_count; i++)
        if (!add_named(&plan, by[i], failure))
            return false;
    const struct item *channel = NULL;
    add(&plan, &channel, 1);
    *list = (struct breakdown_list){plan.all, plan.count};
    return true;
}
