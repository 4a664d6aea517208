#include "analysis/compare_people.h"

#include "analysis/compare_code.h"
#include "model/store_pass.h"

#include <stdlib.h>
#include <string.h>

/* One response: `code` is NULL if there is none. */
struct person {
    int64_t key;
    const char *code;
};

struct crowd {
    struct person *all;
    size_t count, capacity;
};

/* A code of both waves. */
struct match {
    const struct person *people[2];
    uint64_t checksum;
};

/* --- Reading --- */

static void add_person(struct arena *arena, struct crowd *crowd, struct person person) {
    if (crowd->count == crowd->capacity) {
        size_t capacity = crowd->capacity ? crowd->capacity * 2 : 256;
        struct person *larger = ARENA_NEW(arena, struct person, capacity);
        if (crowd->count)
            memcpy(larger, crowd->all, crowd->count * sizeof *larger);
        crowd->all = larger;
        crowd->capacity = capacity;
    }
    crowd->all[crowd->count++] = person;
}

static bool read_crowd(struct arena *arena, const struct compare_people_source *source, struct crowd *crowd,
                       struct failure *failure) {
    struct store_pass *pass = store_pass_begin(source->store, failure);
    if (!pass)
        return false;
    struct response response;
    while (store_pass_next(pass, &response, failure)) {
        struct person person = {.key = response.key};
        const struct answer *answer = source->code ? &response.answers[source->code->index] : NULL;
        if (answer && answer->state == ANSWER_GIVEN)
            person.code = compare_code_normalise(arena, answer->text);
        add_person(arena, crowd, person);
    }
    store_pass_end(pass);
    return !failure_is_set(failure);
}

/* --- The same responses --- */

static int by_key(const void *one, const void *other) {
    int64_t first = ((const struct person *)one)->key, second = ((const struct person *)other)->key;
    return (first > second) - (first < second);
}

static void sort(struct crowd *crowd, int (*order)(const void *, const void *)) {
    if (crowd->count)
        qsort(crowd->all, crowd->count, sizeof *crowd->all, order);
}

/* Keys are drawn at random from so many that two collections never have one in common. */
static bool refuse_copies(struct crowd crowds[static 2], struct failure *failure) {
    size_t same = 0;
    sort(&crowds[0], by_key);
    sort(&crowds[1], by_key);
    for (size_t i = 0, j = 0; i < crowds[0].count && j < crowds[1].count;) {
        int order = by_key(&crowds[0].all[i], &crowds[1].all[j]);
        same += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return same == 0 ||
           failure_set(failure,
                       "%zu of the responses are in both stores: they are copies of one collection, not two"
                       " waves; name the stores of two collections",
                       same);
}

/* --- The same people --- */

/* Those without a code last. */
static int by_code(const void *one, const void *other) {
    const char *first = ((const struct person *)one)->code, *second = ((const struct person *)other)->code;
    if (first && second)
        return strcmp(first, second);
    return (first == NULL) - (second == NULL);
}

/* Keeps those whose code nobody else of the wave has, by code. */
static void keep_single(struct crowd *crowd, size_t *uncoded, size_t *repeated) {
    size_t kept = 0;
    sort(crowd, by_code);
    for (size_t i = 0, next; i < crowd->count; i = next) {
        for (next = i + 1; next < crowd->count && by_code(&crowd->all[i], &crowd->all[next]) == 0;)
            next++;
        if (!crowd->all[i].code)
            *uncoded = next - i;
        else if (next - i > 1)
            *repeated += next - i;
        else
            crowd->all[kept++] = crowd->all[i];
    }
    crowd->count = kept;
}

/* FNV-1a, of 64 bits. */
static uint64_t checksum(const char *text) {
    uint64_t value = 14695981039346656037u;
    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * 1099511628211u;
    return value;
}

static int by_checksum(const void *one, const void *other) {
    const struct match *first = one, *second = other;
    if (first->checksum != second->checksum)
        return first->checksum < second->checksum ? -1 : 1;
    return strcmp(first->people[0]->code, second->people[0]->code);
}

static struct match *find_matches(struct arena *arena, const struct crowd crowds[static 2], size_t *count) {
    struct match *matches = ARENA_NEW(arena, struct match, crowds[0].count);
    *count = 0;
    for (size_t i = 0, j = 0; i < crowds[0].count && j < crowds[1].count;) {
        int order = by_code(&crowds[0].all[i], &crowds[1].all[j]);
        if (order == 0)
            matches[(*count)++] =
                (struct match){{&crowds[0].all[i], &crowds[1].all[j]}, checksum(crowds[0].all[i].code)};
        i += order <= 0;
        j += order >= 0;
    }
    if (*count)
        qsort(matches, *count, sizeof *matches, by_checksum);
    return matches;
}

/* How many pairs must go so that who is in one wave only is not few; sparing one pair adds one to both. */
static size_t count_spared(const struct compare_people *people, size_t minimum) {
    size_t first = people->responses[0] - people->matched, second = people->responses[1] - people->matched;
    if ((first == 0 || first >= minimum) && (second == 0 || second >= minimum))
        return 0;
    size_t spared = minimum - (first < second ? first : second);
    return spared < people->matched ? spared : people->matched;
}

static int by_pair_key(const void *one, const void *other) {
    int64_t first = ((const struct compare_people_pair *)one)->key;
    int64_t second = ((const struct compare_people_pair *)other)->key;
    return (first > second) - (first < second);
}

static const struct compare_people_pair *list_pairs(struct arena *arena, const struct match *matches,
                                                    size_t count, int wave) {
    struct compare_people_pair *pairs = ARENA_NEW(arena, struct compare_people_pair, count);
    for (size_t i = 0; i < count; i++)
        pairs[i] = (struct compare_people_pair){matches[i].people[wave]->key, i};
    if (count)
        qsort(pairs, count, sizeof *pairs, by_pair_key);
    return pairs;
}

static void pair_up(struct arena *arena, struct arena *own, struct crowd crowds[static 2], size_t minimum,
                    struct compare_people *people) {
    for (int wave = 0; wave < 2; wave++)
        keep_single(&crowds[wave], &people->uncoded[wave], &people->repeated[wave]);
    const struct match *matches = find_matches(own, crowds, &people->matched);
    people->spared = count_spared(people, minimum);
    people->paired = people->matched - people->spared;
    for (int wave = 0; wave < 2; wave++)
        people->pairs[wave] = list_pairs(arena, matches, people->paired, wave);
}

const struct compare_people *compare_people_read(struct arena *arena,
                                                 const struct compare_people_source sources[static 2],
                                                 size_t minimum, struct failure *failure) {
    struct compare_people *people = ARENA_NEW(arena, struct compare_people, 1);
    struct arena *own = arena_create(); /* what is known of the codes goes with it */
    struct crowd crowds[2] = {{0}, {0}};
    bool done = true;
    for (int wave = 0; done && wave < 2; wave++) {
        done = read_crowd(own, &sources[wave], &crowds[wave], failure);
        people->responses[wave] = crowds[wave].count;
    }
    done = done && refuse_copies(crowds, failure);
    if (done && sources[0].code && sources[1].code)
        pair_up(arena, own, crowds, minimum, people);
    arena_destroy(own);
    return done ? people : NULL;
}

size_t compare_people_find(const struct compare_people *people, int wave, int64_t key) {
    const struct compare_people_pair wanted = {key, 0}, *found = NULL;
    if (people->paired)
        found = bsearch(&wanted, people->pairs[wave], people->paired, sizeof wanted, by_pair_key);
    return found ? found->number : COMPARE_PEOPLE_NONE;
}
