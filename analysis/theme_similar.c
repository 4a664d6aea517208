#include "analysis/theme_similar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From this cosine on, answers are similar. Candidates are the first answers of groups that share one of the
 * rarest words; of a word, so many groups are remembered; so many candidates are looked at closely. */
static const double SIMILAR_FROM = 0.38;
enum { RAREST = 12, REMEMBERED_MOST = 64, CLOSELY_MOST = 8 };

static const uint32_t NONE = UINT32_MAX;

/* The groups that a word leads to: the numbers of their first answers. */
struct leads {
    uint32_t *answers;
    uint32_t count, capacity;
};

struct grouping {
    struct arena *arena;
    const struct theme_corpus *corpus;
    uint32_t *words;     /* of all answers: each word of an answer once, the rarest first */
    size_t *first;       /* count + 1: where the words of each answer begin */
    double *weight;      /* by word */
    double *norm;        /* by answer: the length of its vector */
    uint32_t *frequency; /* by word: how many different answers hold it */
    struct leads *leads; /* by word */
    double *score;       /* by answer: of the candidates at hand, else 0 */
    uint32_t *touched;
    uint32_t *leader; /* by answer: the first one of its group */
};

/* --- Vectors --- */

static int compare_words(const void *left, const void *right, void *given) {
    const uint32_t *frequency = given, one = *(const uint32_t *)left, other = *(const uint32_t *)right;
    if (frequency[one] != frequency[other])
        return frequency[one] < frequency[other] ? -1 : 1;
    return (one > other) - (one < other);
}

/* Each word of each answer once, and how many answers hold it. */
static void list_words(struct grouping *grouping) {
    const struct theme_corpus *corpus = grouping->corpus;
    uint32_t *last = ARENA_NEW(grouping->arena, uint32_t, corpus->word_count);
    size_t count = 0;
    for (size_t i = 0; i < corpus->count; i++) {
        for (size_t at = corpus->first[i]; at < corpus->first[i + 1]; at++) {
            uint32_t word = corpus->tokens[at].word;
            if (last[word] == i + 1)
                continue;
            last[word] = (uint32_t)i + 1;
            grouping->frequency[word]++;
            grouping->words[count++] = word;
        }
        grouping->first[i + 1] = count;
    }
}

static void weigh(struct grouping *grouping) {
    const struct theme_corpus *corpus = grouping->corpus;
    for (size_t i = 0; i < corpus->word_count; i++)
        grouping->weight[i] = log(1 + (double)corpus->count / fmax(1, grouping->frequency[i]));
    for (size_t i = 0; i < corpus->count; i++) {
        size_t from = grouping->first[i], count = grouping->first[i + 1] - from;
        if (count)
            qsort_r(grouping->words + from, count, sizeof *grouping->words, compare_words,
                    grouping->frequency);
        for (size_t at = from; at < from + count; at++)
            grouping->norm[i] +=
                grouping->weight[grouping->words[at]] * grouping->weight[grouping->words[at]];
        grouping->norm[i] = sqrt(grouping->norm[i]);
    }
}

/* The words of both answers are in the same order. */
static double cosine(const struct grouping *grouping, size_t one, size_t other) {
    size_t a = grouping->first[one], b = grouping->first[other];
    double sum = 0;
    while (a < grouping->first[one + 1] && b < grouping->first[other + 1]) {
        int order = compare_words(&grouping->words[a], &grouping->words[b], grouping->frequency);
        if (order == 0)
            sum += grouping->weight[grouping->words[a]] * grouping->weight[grouping->words[a]];
        a += order <= 0;
        b += order >= 0;
    }
    return sum / (grouping->norm[one] * grouping->norm[other]);
}

/* --- Groups --- */

/* Adds up what the rarest words of the answer share with the groups they lead to; gives how many of these
 * there are. */
static size_t touch(struct grouping *grouping, size_t answer) {
    size_t count = 0, end = grouping->first[answer + 1];
    if (end > grouping->first[answer] + RAREST)
        end = grouping->first[answer] + RAREST;
    for (size_t at = grouping->first[answer]; at < end; at++) {
        uint32_t word = grouping->words[at];
        const struct leads *leads = &grouping->leads[word];
        for (size_t i = 0; i < leads->count; i++) {
            uint32_t candidate = leads->answers[i];
            if (grouping->score[candidate] == 0)
                grouping->touched[count++] = candidate;
            grouping->score[candidate] += grouping->weight[word] * grouping->weight[word];
        }
    }
    return count;
}

static bool is_better(const struct grouping *grouping, uint32_t one, uint32_t other) {
    double first = grouping->score[one] / grouping->norm[one];
    double second = grouping->score[other] / grouping->norm[other];
    return first != second ? first > second : one < other;
}

/* The candidate that is most similar, if one is similar enough; else NONE. */
static uint32_t choose(const struct grouping *grouping, size_t answer, size_t count) {
    uint32_t near[CLOSELY_MOST], best = NONE;
    size_t near_count = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t candidate = grouping->touched[i];
        if (near_count == CLOSELY_MOST && !is_better(grouping, candidate, near[near_count - 1]))
            continue;
        size_t at = near_count < CLOSELY_MOST ? near_count++ : near_count - 1;
        for (; at > 0 && is_better(grouping, candidate, near[at - 1]); at--)
            near[at] = near[at - 1];
        near[at] = candidate;
    }
    double most = SIMILAR_FROM;
    for (size_t i = 0; i < near_count; i++) {
        double similarity = cosine(grouping, answer, near[i]);
        if (similarity > most || (similarity >= most && best == NONE)) {
            most = similarity;
            best = near[i];
        }
    }
    return best;
}

static void remember(struct grouping *grouping, size_t answer) {
    for (size_t at = grouping->first[answer]; at < grouping->first[answer + 1]; at++) {
        struct leads *leads = &grouping->leads[grouping->words[at]];
        if (leads->count == REMEMBERED_MOST)
            continue;
        if (leads->count == leads->capacity) {
            uint32_t capacity = leads->capacity ? 2 * leads->capacity : 2;
            uint32_t *answers = ARENA_NEW(grouping->arena, uint32_t, capacity);
            if (leads->count)
                memcpy(answers, leads->answers, leads->count * sizeof *answers);
            leads->answers = answers;
            leads->capacity = capacity;
        }
        leads->answers[leads->count++] = (uint32_t)answer;
    }
}

static void join_groups(struct grouping *grouping) {
    for (size_t i = 0; i < grouping->corpus->count; i++) {
        size_t count = touch(grouping, i);
        grouping->leader[i] = choose(grouping, i, count);
        for (size_t j = 0; j < count; j++)
            grouping->score[grouping->touched[j]] = 0;
        if (grouping->leader[i] != NONE)
            continue;
        grouping->leader[i] = (uint32_t)i;
        remember(grouping, i);
    }
}

/* --- The order --- */

/* What an answer is sorted by: the answers of its group; of none, those that hold its most frequent word. */
struct rank {
    uint32_t answer, leader, word;
    uint32_t frequency;
    size_t members, answers; /* different answers of the group, and how many people gave them */
};

static int compare_ranks(const void *left, const void *right, void *given) {
    const struct rank *one = left, *other = right;
    const char *const *words = given;
    if ((one->members > 1) != (other->members > 1))
        return one->members > 1 ? -1 : 1;
    if (one->members > 1 && one->leader != other->leader) {
        if (one->answers != other->answers)
            return one->answers > other->answers ? -1 : 1;
        return one->leader < other->leader ? -1 : 1;
    }
    if (one->members <= 1 && one->frequency != other->frequency)
        return one->frequency > other->frequency ? -1 : 1;
    if (one->members <= 1 && one->frequency && one->word != other->word)
        return strcmp(words[one->word], words[other->word]);
    return (one->answer > other->answer) - (one->answer < other->answer);
}

static struct rank *rank_answers(const struct grouping *grouping) {
    const struct theme_corpus *corpus = grouping->corpus;
    struct rank *ranks = ARENA_NEW(grouping->arena, struct rank, corpus->count);
    size_t *members = ARENA_NEW(grouping->arena, size_t, corpus->count);
    size_t *answers = ARENA_NEW(grouping->arena, size_t, corpus->count);
    for (size_t i = 0; i < corpus->count; i++) {
        members[grouping->leader[i]]++;
        answers[grouping->leader[i]] += corpus->weights[i];
    }
    for (size_t i = 0; i < corpus->count; i++) {
        ranks[i] = (struct rank){.answer = (uint32_t)i,
                                 .leader = grouping->leader[i],
                                 .members = members[grouping->leader[i]],
                                 .answers = answers[grouping->leader[i]]};
        if (grouping->first[i] == grouping->first[i + 1])
            continue;
        ranks[i].word = grouping->words[grouping->first[i + 1] - 1];
        ranks[i].frequency = grouping->frequency[ranks[i].word];
    }
    if (corpus->count)
        qsort_r(ranks, corpus->count, sizeof *ranks, compare_ranks, (void *)corpus->words);
    return ranks;
}

static struct theme_groups number(const struct grouping *grouping, const struct rank *ranks) {
    size_t count = grouping->corpus->count, groups = 0;
    size_t *group = ARENA_NEW(grouping->arena, size_t, count);
    size_t *order = ARENA_NEW(grouping->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        order[i] = ranks[i].answer;
        if (ranks[i].members <= 1)
            continue;
        groups += i == 0 || ranks[i].leader != ranks[i - 1].leader;
        group[ranks[i].answer] = groups;
    }
    return (struct theme_groups){group, groups, order};
}

struct theme_groups theme_similar_group(struct arena *arena, const struct theme_corpus *corpus) {
    size_t words = corpus->word_count, tokens = corpus->first[corpus->count];
    struct grouping grouping = {.arena = arena,
                                .corpus = corpus,
                                .words = ARENA_NEW(arena, uint32_t, tokens),
                                .first = ARENA_NEW(arena, size_t, corpus->count + 1),
                                .weight = ARENA_NEW(arena, double, words),
                                .norm = ARENA_NEW(arena, double, corpus->count),
                                .frequency = ARENA_NEW(arena, uint32_t, words),
                                .leads = ARENA_NEW(arena, struct leads, words),
                                .score = ARENA_NEW(arena, double, corpus->count),
                                .touched = ARENA_NEW(arena, uint32_t, RAREST * REMEMBERED_MOST),
                                .leader = ARENA_NEW(arena, uint32_t, corpus->count)};
    list_words(&grouping);
    weigh(&grouping);
    join_groups(&grouping);
    return number(&grouping, rank_answers(&grouping));
}
