/* Which groups of a breakdown are hidden, so that nobody learns what fewer than `minimum_cell` people
 * answered.
 *
 * What an attacker has. Of the whole and of every group that is not hidden: how many were asked, answered and
 * expressed themselves, and the counts, rates and means of what they said; of a hidden group only how many
 * were asked. A question is published by several breakdowns, each against the same whole. Someone who knows
 * the people knows who belongs to which group.
 *
 * One table. The groups of a breakdown share nobody, so the whole less the groups that are shown gives the
 * sum of those that are hidden and of the respondents in no group. Subtracting gives nothing finer, but this
 * sum must not give a hidden group away. Groups are hidden, the smallest shown one first, until
 *   - at least `minimum_cell` people in the sum expressed themselves (one small group alone is under that,
 *     and so can several be: a group that said nothing protects nobody);
 *   - it holds two or more hidden groups that were asked, or one and respondents in no group;
 *   - they do not all say the same, unless the whole does: else each of them is known without subtracting.
 *
 * A hidden group of which nobody was asked needs no protection, and gives none. A group that was asked and of
 * which nobody expressed an opinion does need it: that they all kept silent is an answer too. Respondents in
 * no group (their sheet leaves the breakdown question empty) protect others, but need no protection of their
 * own: nobody can know who they are. With a minimum of 0 or 1 there is nothing to protect.
 *
 * Several tables. If those who answered on paper are all the managers and one facilitator, "paper" less
 * "managers" is that one person, although the table by role hides the facilitators; and a crossing is made of
 * parts of both its factors. So all tables of a question are looked at together: what follows from all
 * published sums by adding and subtracting, of however many tables (analysis/disclosure.h), and what follows
 * from the least and the most that is possible (analysis/feasible.h). While anything does, the smallest shown
 * group that it takes is hidden; and when nothing does any more, what was hidden for the sake of others and
 * does not have to be after all is shown again. Where there are too many groups to tell, as of two crossings
 * of eight by eight among two hundred people, the table with most groups is hidden as a whole.
 *
 * What this does not cover: how many of a hidden group were asked, which stays published, of a question that
 * is routed by one whose answers are hidden; differences between overlapping groups, and between them and
 * other tables (by contract they are shown); that nobody of several hidden groups gave an answer, which their
 * sum may tell; bounds for several answers together; reports made with another `--where` or at another time;
 * members of a small group who subtract themselves; a group that is shown and of one mind, which is flagged
 * instead.
 *
 * All functions are pure; they write what the structures say they write. */
#ifndef ANALYSIS_SUPPRESSION_H
#define ANALYSIS_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>

struct suppression_group {
    size_t asked, expressed;
    const size_t *counts; /* of every option, each at most `expressed`; several may be chosen at once */
    bool hidden;          /* written: must be suppressed */
    bool unanimous;       /* written: shown, and every option has 0 % or 100 % */
};

/* One question by one breakdown. The groups of a table without overlap add up to the whole at most. */
struct suppression_table {
    struct suppression_group whole, *groups;
    size_t group_count;
    size_t option_count; /* of every `counts`; 0 for questions without options */
    bool overlapping;    /* people can be in several groups */
    bool crossed;        /* its groups are parts of others', and are hidden rather than these */
};

/* People who are in the same groups: `groups` holds for each table the index of their group, or group_count
 * if they are in none. What it holds for overlapping tables does not matter. */
struct suppression_cell {
    const size_t *groups;
    size_t asked, expressed;
};

/* Decides about one table, the whole too: what is of fewer than `minimum_cell` people who expressed
 * themselves is hidden, all groups if the whole is, and what must be hidden with them. Overlapping groups are
 * hidden for their own size only. */
void suppression_decide(struct suppression_table *table, size_t minimum_cell);

/* Decides about all breakdowns of one question, each and together. `cells` are all who were asked it, by
 * their groups; they add up to the groups' `asked` and `expressed`. Of groups of the same size the first is
 * hidden: what is hidden does not depend on how tables, groups and cells are ordered if the caller always
 * orders them alike. */
void suppression_decide_all(struct suppression_table *tables, size_t table_count,
                            const struct suppression_cell *cells, size_t cell_count, size_t minimum_cell);

/* Whether all of a group's people answered the same: every count is 0 or `expressed`, which is not 0. False
 * where there are no options. */
bool suppression_unanimous(const size_t *counts, size_t option_count, size_t expressed);

#endif
