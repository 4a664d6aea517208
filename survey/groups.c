#include "survey/groups.h"

#include "model/base/terminal.h"
#include "model/names.h"

#include <stdlib.h>
#include <string.h>

struct groups {
    struct arena *arena;
    struct names *places; /* of each group in `all` */
    struct group *all;
    size_t count, room;
};

static void count_one(struct groups *groups, const char *known) {
    size_t place = names_add(groups->places, known, groups->count);
    if (place != NAMES_NONE) {
        groups->all[place].count++;
        return;
    }
    if (groups->count == groups->room) {
        struct group *larger = ARENA_NEW(groups->arena, struct group, groups->room * 2);
        memcpy(larger, groups->all, groups->room * sizeof *larger);
        groups->all = larger;
        groups->room *= 2;
    }
    groups->all[groups->count++] = (struct group){known, 1};
}

static bool is_same(const char *one, const char *other) {
    return !strcmp(one ? one : "", other ? other : "");
}

/* Whether people have different languages: if not, theirs tells nothing. */
static bool tells_language(const struct invitation *people, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (!is_same(people[i].language, people[0].language))
            return true;
    return false;
}

/* The language that the form opens in goes with the answer too. */
static const char *all_known(struct arena *arena, const struct invitation *person, bool with_language) {
    if (!with_language || !person->language)
        return person->known;
    return arena_format(arena, "%s%slanguage=%s", person->known, *person->known ? " " : "", person->language);
}

/* Each thing known, and all of it. */
static void count_person(struct groups *groups, const char *known) {
    size_t things = 0;
    for (const char *at = known; *at; at += strcspn(at, " "), at += *at == ' ', things++)
        count_one(groups, arena_copy_bytes(groups->arena, at, strcspn(at, " ")));
    if (things > 1)
        count_one(groups, known);
}

static int compare_groups(const void *one, const void *other) {
    const struct group *left = one, *right = other;
    if (left->count != right->count)
        return left->count < right->count ? -1 : 1;
    return strcmp(left->known, right->known);
}

const struct group *groups_list(struct arena *arena, const struct invitation *people, size_t people_count,
                                size_t *count) {
    enum { ROOM = 32 };
    struct groups groups = {.arena = arena, .places = names_create(arena, false), .room = ROOM};
    groups.all = ARENA_NEW(arena, struct group, ROOM);
    bool with_language = tells_language(people, people_count);
    for (size_t i = 0; i < people_count; i++)
        if (!people[i].is_revoked)
            count_person(&groups, all_known(arena, &people[i], with_language));
    qsort(groups.all, groups.count, sizeof *groups.all, compare_groups);
    *count = groups.count;
    return groups.all;
}

static size_t find(const struct group *groups, size_t count, const char *known) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(groups[i].known, known))
            return groups[i].count;
    return 0;
}

/* A roster may leave out those who answer on paper: a margin that nobody of it names is not compared. */
static void compare_margin(struct arena *arena, const struct margin *margin, const struct group *groups,
                           size_t count, FILE *stream) {
    const struct question *question = margin->item->question;
    size_t known = 0;
    for (size_t i = 0; i < question->option_count; i++)
        known +=
            find(groups, count, arena_format(arena, "%s=%s", margin->item->id, question->options[i].code));
    for (size_t i = 0; known && i < question->option_count; i++) {
        const char *name = arena_format(arena, "%s=%s", margin->item->id, question->options[i].code);
        size_t invited = find(groups, count, name);
        if (invited != margin->sizes[i])
            terminal_line(stream, "warning: %zu %s invited as %s, and the questionnaire's population has %zu",
                          invited, invited == 1 ? "person is" : "people are", name, margin->sizes[i]);
    }
}

void groups_warn(struct arena *arena, const struct questionnaire *questionnaire,
                 const struct invitation *people, size_t people_count, FILE *stream) {
    size_t count;
    const struct group *groups = groups_list(arena, people, people_count, &count);
    for (size_t i = 0; i < count && groups[i].count < GROUPS_SMALL; i++)
        terminal_line(stream,
                      "warning: %s known as %s: who answers from so small a group may be recognised by it",
                      groups[i].count == 1 ? "only one person is"
                                           : arena_format(arena, "only %zu people are", groups[i].count),
                      groups[i].known);
    for (size_t i = 0; i < questionnaire->population.margin_count; i++)
        if (questionnaire->population.margins[i].item)
            compare_margin(arena, &questionnaire->population.margins[i], groups, count, stream);
}
