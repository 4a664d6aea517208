/* Groups so small that an answer may be told by its group. */
#include "survey/audit_internal.h"
#include "survey/groups.h"

#include <string.h>

enum { GROUPS_SHOWN = 8 };

/* The small ones of these groups in words: `role=head (2), …`; NULL if there are none. */
static const char *list_small(const struct audit *audit, const struct group *groups, size_t count) {
    struct buffer text = {0};
    size_t small = 0;
    for (size_t i = 0; i < count && groups[i].count < GROUPS_SMALL; i++, small++)
        if (i < GROUPS_SHOWN)
            buffer_format(&text, "%s%s (%zu)", i ? ", " : "", audit_shown(audit, groups[i].known),
                          groups[i].count);
    if (small > GROUPS_SHOWN)
        buffer_append(&text, ", …");
    const char *kept = small ? arena_copy(audit->arena, buffer_text(&text)) : NULL;
    buffer_destroy(&text);
    return kept;
}

static void tell(struct audit *audit, enum audit_finding finding, const struct invitation *people,
                 size_t people_count) {
    size_t count;
    const struct group *groups = groups_list(audit->arena, people, people_count, &count);
    const char *small = list_small(audit, groups, count);
    const struct hole holes[] = {{"groups", small}, {NULL, NULL}};
    if (small)
        audit_find(audit, finding, holes);
}

/* The people as the roster made them known. */
static void try_people(struct audit *audit) {
    struct audit_table *table = &audit->people;
    struct invitation *people = ARENA_NEW(audit->arena, struct invitation, table->count);
    for (size_t i = 0; i < table->count; i++) {
        audit_table_read(table, i);
        people[i].known = audit_table_text(audit->arena, table, "known");
        people[i].language = audit_table_text(audit->arena, table, "language");
        people[i].is_revoked = audit_table_integer(table, "revoked") != 0;
    }
    tell(audit, AUDIT_SMALL_GROUPS, people, table->count);
}

/* What a roster can tell of a person: the margins of the population that are questions. */
static const char *known_of_response(const struct audit *audit) {
    const struct population *population = &audit->questionnaire->population;
    const char *known = "";
    for (size_t i = 0; i < population->margin_count; i++) {
        const struct item *item = population->margins[i].item;
        const char *code = item ? audit_table_text(audit->arena, &audit->responses, item->id) : "";
        if (*code)
            known = arena_format(audit->arena, "%s%s%s=%s", known, *known ? " " : "", item->id, code);
    }
    return known;
}

static void try_responses(struct audit *audit) {
    struct audit_table *table = &audit->responses;
    struct invitation *answered = ARENA_NEW(audit->arena, struct invitation, table->count);
    for (size_t i = 0; i < table->count; i++) {
        audit_table_read(table, i);
        answered[i].known = known_of_response(audit);
    }
    tell(audit, AUDIT_SMALL_RESPONSES, answered, table->count);
}

/* While links are open, how many of a group have answered is told to nobody: neither by this. */
void audit_groups_try(struct audit *audit) {
    if (audit->has_links && audit->has_ended)
        try_responses(audit);
    else if (audit->has_links)
        try_people(audit);
}
