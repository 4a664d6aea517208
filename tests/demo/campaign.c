/* Makes the answers of the demonstration: campaign FOLDER writes FOLDER/web.csv and FOLDER/paper.csv.
 *
 * Everybody is made up. The plan says how many people give each answer; who gives it is drawn, so that the
 * answers of one respondent hang together: the contented ones get the contented answers first. The draws come
 * from a generator of our own with fixed seeds: the same files every time, on every machine. */
#include "tests/demo/plan.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 97, COLUMNS = 64, ENGLISH_SPEAKERS = 6 };

struct person {
    enum stratum stratum;
    bool paper, participant, english;
    int mood;
    uint64_t rank; /* what people are sorted by at the moment */
    const char *cells[COLUMNS];
    char numbers[COLUMNS][8];
};

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t draw(uint64_t *state) {
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int draw_below(uint64_t *state, int limit) {
    return (int)(draw(state) % (uint64_t)limit);
}

/* Each column has a seed of its own, so that a change to one leaves the others as they were. */
static uint64_t seed(const char *name) {
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * UINT64_C(1099511628211);
    return hash;
}

static int by_rank(const void *left, const void *right) {
    const struct person *const *a = left, *const *b = right;
    return ((*a)->rank < (*b)->rank) - ((*a)->rank > (*b)->rank);
}

/* Highest weight first; the draw in the lower bits settles ties, so that no two ranks are equal. */
static void rank(struct person *person, int weight, uint64_t *state) {
    person->rank = (uint64_t)(weight + 1000) << 48 | draw(state) >> 16;
}

static void shuffle(struct person **list, size_t count, uint64_t *state) {
    for (size_t i = 0; i < count; i++)
        rank(list[i], 0, state);
    qsort(list, count, sizeof *list, by_rank);
}

static void fill_people(struct person *people) {
    uint64_t state = seed("people");
    struct person *person = people;
    for (int s = 0; s < STRATUM_COUNT; s++) {
        const struct plan_stratum *stratum = &plan_strata[s];
        for (size_t i = 0; i < stratum->web + stratum->paper; i++, person++) {
            person->stratum = (enum stratum)s;
            person->participant = i < stratum->participants;
            person->mood = draw_below(&state, 50) + draw_below(&state, 50) + (person->participant ? 10 : 0);
        }
    }
    if (person != people + PEOPLE)
        abort();
}

/* Puts the people of a stratum whom the question is asked into `list`, and counts them. */
static size_t find_asked(struct person *people, enum plan_audience audience, int stratum,
                         struct person **list) {
    size_t count = 0;
    for (struct person *person = people; person < people + PEOPLE; person++) {
        bool manages = person->stratum == STRATUM_MANAGER_MEMBER || person->stratum == STRATUM_MANAGER;
        bool asked = audience == PLAN_EVERYBODY ||
                     (audience == PLAN_GROUPS && person->stratum != STRATUM_MANAGER) ||
                     (audience == PLAN_CONTRACTS && (manages || person->participant)) ||
                     (audience == PLAN_MANAGERS && manages);
        if (asked && (stratum == STRATUM_COUNT || (int)person->stratum == stratum))
            list[count++] = person;
    }
    return count;
}

static void draw_channels(struct person *people) {
    uint64_t state = seed("channels");
    struct person *list[PEOPLE];
    for (int s = 0; s < STRATUM_COUNT; s++) {
        size_t count = find_asked(people, PLAN_EVERYBODY, s, list);
        shuffle(list, count, &state);
        for (size_t i = 0; i < plan_strata[s].paper; i++) {
            list[i]->paper = true;
            list[i]->mood -= 8;
        }
    }
    size_t count = find_asked(people, PLAN_EVERYBODY, STRATUM_COUNT, list);
    shuffle(list, count, &state);
    for (size_t i = 0, english = 0; english < ENGLISH_SPEAKERS; i++)
        if (!list[i]->paper) {
            list[i]->english = true;
            english++;
        }
}

/* Puts those who leave the question empty first: more of them are on paper, where nothing reminds them. */
static void sort_by_silence(const struct plan_column *column, struct person **list, size_t count,
                            uint64_t *state) {
    for (size_t i = 0; i < count; i++)
        rank(list[i], (column->required ? 0 : draw_below(state, 100)) + (list[i]->paper ? 3 : 0), state);
    qsort(list, count, sizeof *list, by_rank);
}

static void sort_by_mood(const struct plan_column *column, struct person **list, size_t count,
                         uint64_t *state) {
    for (size_t i = 0; i < count; i++)
        rank(list[i], (column->mood * list[i]->mood + (100 - column->mood) * draw_below(state, 100)) / 100,
             state);
    qsort(list, count, sizeof *list, by_rank);
}

static bool is_declined(const char *answer) {
    return strcmp(answer, "no_opinion") == 0 || strcmp(answer, "not_concerned") == 0;
}

/* Gives the next people of the list the answers that decline, or the substantive ones. */
static struct person **deal(const struct plan_column *column, int stratum, bool declined,
                            struct person **next) {
    size_t cell = (size_t)(column - plan_columns);
    for (int a = 0; a < PLAN_ANSWERS && column->answers[a]; a++)
        if (is_declined(column->answers[a]) == declined)
            for (int n = column->counts[stratum][a]; n > 0; n--)
                (*next++)->cells[cell] = column->answers[a];
    return next;
}

static void fill_answers(const struct plan_column *column, struct person *people, uint64_t *state) {
    for (int s = 0; s < STRATUM_COUNT; s++) {
        struct person *list[PEOPLE];
        size_t count = find_asked(people, column->audience, s, list), answered = 0;
        for (int a = 0; a < PLAN_ANSWERS; a++)
            answered += column->counts[s][a];
        if (answered > count) {
            fprintf(stderr, "campaign: %s: %zu answers of %zu people\n", column->id, answered, count);
            exit(1);
        }
        sort_by_silence(column, list, count, state);
        struct person **rest = deal(column, s, true, list + (count - answered));
        sort_by_mood(column, rest, (size_t)(list + count - rest), state);
        deal(column, s, false, rest);
    }
}

static void fill_numbers(const struct plan_column *column, struct person *people, uint64_t *state) {
    size_t cell = (size_t)(column - plan_columns);
    struct person *list[PEOPLE];
    size_t count = find_asked(people, column->audience, STRATUM_COUNT, list);
    sort_by_silence(column, list, count, state);
    int steps = (column->high - column->low) * (column->halves ? 2 : 1);
    for (size_t i = (size_t)column->empty; i < count; i++) {
        int step = draw_below(state, steps / 2 + 1) + draw_below(state, (steps + 1) / 2 + 1);
        int whole = column->low + (column->halves ? step / 2 : step);
        bool half = column->halves && step % 2;
        snprintf(list[i]->numbers[cell], sizeof list[i]->numbers[cell], half ? "%d.5" : "%d", whole);
        list[i]->cells[cell] = list[i]->numbers[cell];
    }
}

static void fill_words(const struct plan_column *column, struct person *people, uint64_t *state) {
    size_t cell = (size_t)(column - plan_columns);
    struct person *list[PEOPLE];
    size_t count = find_asked(people, column->audience, STRATUM_COUNT, list);
    shuffle(list, count, state);
    const char *const *words[2] = {column->words[0], column->words[1]};
    for (size_t i = 0; i < count; i++)
        if (*words[list[i]->english])
            list[i]->cells[cell] = *words[list[i]->english]++;
}

/* One paper sheet answers a question that was not meant for its respondent. */
static void let_one_stray(struct person *people) {
    size_t cell = 0;
    while (strcmp(plan_columns[cell].id, "contract_axis") != 0)
        cell++;
    for (struct person *person = people; person < people + PEOPLE; person++)
        if (person->paper && person->stratum == STRATUM_MEMBER && !person->participant) {
            person->cells[cell] = "users";
            return;
        }
}

/* Nobody's name. */
#define PERSON_NAME "Personne inventée %03d"

static void write_cell(FILE *file, const char *words, size_t length) {
    bool quoted = memchr(words, ',', length) || memchr(words, '"', length);
    fputs(quoted ? ",\"" : ",", file);
    for (size_t i = 0; i < length; i++) {
        if (words[i] == '"')
            fputc('"', file);
        fputc(words[i], file);
    }
    fputs(quoted ? "\"" : "", file);
}

static void write_header(FILE *file, bool paper) {
    fputs("roles,role", file);
    for (size_t c = 0; c < plan_column_count; c++) {
        fprintf(file, ",%s", plan_columns[c].id);
        if (plan_columns[c].specify)
            fprintf(file, ",%s_specify", plan_columns[c].id);
    }
    fputs(paper ? ",language,sheet\n" : ",language,person\n", file);
}

/* `number`: of the paper sheet, or of the person invited by a link. */
static void write_person(FILE *file, const struct person *person, int number) {
    const struct plan_stratum *stratum = &plan_strata[person->stratum];
    fprintf(file, "%s%s,%s", stratum->roles, person->participant ? " participant" : "", stratum->role);
    for (size_t c = 0; c < plan_column_count; c++) {
        const char *cell = person->cells[c] ? person->cells[c] : "";
        const char *bar = strchr(cell, '|');
        write_cell(file, cell, bar ? (size_t)(bar - cell) : strlen(cell));
        if (plan_columns[c].specify)
            write_cell(file, bar ? bar + 1 : "", bar ? strlen(bar + 1) : 0);
    }
    fprintf(file, person->paper ? ",%s,%d\n" : ",%s," PERSON_NAME "\n", person->english ? "en" : "fr",
            number);
}

/* Who answers by `paper` or not, in an order that says nothing. */
static size_t list_channel(struct person *people, bool paper, struct person **list) {
    uint64_t state = seed("order");
    size_t count = find_asked(people, PLAN_EVERYBODY, STRATUM_COUNT, list), kept = 0;
    shuffle(list, count, &state);
    for (size_t i = 0; i < count; i++)
        if (list[i]->paper == paper)
            list[kept++] = list[i];
    return kept;
}

static FILE *open_file(const char *folder, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        fprintf(stderr, "campaign: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    return file;
}

static void close_file(FILE *file, const char *name) {
    bool failed = ferror(file) != 0;
    if (fclose(file) != 0 || failed) {
        fprintf(stderr, "campaign: %s: %s\n", name, strerror(errno));
        exit(1);
    }
}

static void write_answers(const char *folder, const char *name, struct person *people, bool paper) {
    struct person *list[PEOPLE];
    size_t count = list_channel(people, paper, list);
    FILE *file = open_file(folder, name);
    write_header(file, paper);
    for (size_t i = 0; i < count; i++)
        write_person(file, list[i], (int)i + 1);
    close_file(file, name);
}

static void write_invited(FILE *file, size_t number, const char *role, const char *language) {
    fprintf(file, PERSON_NAME ",personne.%zu@example.org,%s,%s\n", (int)number, number, role, language);
}

/* Everybody who was invited: those who answer on the web first, by the number in their answers, then all
 * others.
 */
static void write_roster(const char *folder, const char *name, struct person *people) {
    struct person *list[PEOPLE];
    size_t count = list_channel(people, false, list), number = 0;
    FILE *file = open_file(folder, name);
    fputs("name,email,role,language\n", file);
    for (; number < count; number++)
        write_invited(file, number + 1, plan_strata[list[number]->stratum].role,
                      list[number]->english ? "en" : "fr");
    for (const struct plan_role *role = plan_roles; role < plan_roles + PLAN_ROLES; role++) {
        size_t left = role->invited;
        for (size_t i = 0; i < count; i++)
            left -= !strcmp(plan_strata[list[i]->stratum].role, role->code);
        while (left-- > 0)
            write_invited(file, ++number, role->code, "fr");
    }
    close_file(file, name);
}

int main(int count, char **words) {
    static struct person people[PEOPLE];
    if (count != 2 || words[1][0] == '-') {
        fputs("usage: campaign FOLDER\n", stderr);
        return 2;
    }
    fill_people(people);
    draw_channels(people);
    for (const struct plan_column *column = plan_columns; column < plan_columns + plan_column_count;
         column++) {
        uint64_t state = seed(column->id);
        if (column->words[0])
            fill_words(column, people, &state);
        else if (column->answers[0])
            fill_answers(column, people, &state);
        else
            fill_numbers(column, people, &state);
    }
    let_one_stray(people);
    write_answers(words[1], "web.csv", people, false);
    write_answers(words[1], "paper.csv", people, true);
    write_roster(words[1], "roster.csv", people);
    return 0;
}
