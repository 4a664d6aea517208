/* Fills a store with made-up responses to any questionnaire: generate_store QUESTIONNAIRE STORE COUNT
 *
 * The same arguments give the same answers. One answer in twenty is left out, one in twenty is "no opinion"
 * where that is offered. Keys ascend, else most of the time would go into making the file. */
#include "model/answer.h"
#include "model/base/arena.h"
#include "model/base/diagnostic.h"
#include "model/questionnaire.h"
#include "model/store.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t seed = 88172645463325252u;

static size_t random_below(size_t limit) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed % limit);
}

/* `least` to `most` different options, in random order or ascending. */
static void choose(struct arena *arena, struct answer *answer, const struct question *question, size_t most,
                   bool ascending) {
    size_t *choices = ARENA_NEW(arena, size_t, question->option_count);
    size_t wanted = 1 + random_below(most);
    while (answer->choice_count < wanted) {
        size_t choice = random_below(question->option_count), at = 0;
        while (at < answer->choice_count && choices[at] != choice)
            at++;
        if (at < answer->choice_count)
            continue;
        if (question->options[choice].exclusive && answer->choice_count)
            break;
        for (; ascending && at > 0 && choices[at - 1] > choice; at--)
            choices[at] = choices[at - 1];
        choices[at] = choice;
        answer->choice_count++;
        if (question->options[choice].exclusive)
            break;
    }
    answer->choices = choices;
}

static void give(struct arena *arena, const struct item *item, struct answer *answer) {
    const struct question *question = item->question;
    answer->state = ANSWER_GIVEN;
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_SCALE:
        choose(arena, answer, question, 1, true);
        break;
    case QUESTION_MULTIPLE:
        choose(arena, answer, question, question->at_most < 3 ? question->at_most : 3, true);
        break;
    case QUESTION_RANKING:
        choose(arena, answer, question, question->at_most, false);
        break;
    case QUESTION_NUMBER: {
        double least = fmax(question->minimum, 0), most = fmin(question->maximum, least + 100);
        answer->number = floor(least) + (double)random_below((size_t)(most - least) + 1);
        break;
    }
    case QUESTION_DATE:
        answer->text = arena_format(arena, "2024-%02zu-%02zu", 1 + random_below(12), 1 + random_below(28));
        break;
    case QUESTION_TEXT:
        answer->text = arena_format(arena, "Made-up answer %zu.", random_below(1000));
        break;
    }
}

static void answer_item(struct arena *arena, const struct questionnaire *questionnaire,
                        const struct item *item, struct answer *answers) {
    struct answer *answer = &answers[item->index];
    size_t luck = random_below(20);
    *answer = (struct answer){.state = ANSWER_NOT_ANSWERED};
    if (!answer_is_asked(questionnaire, item, answers))
        answer->state = ANSWER_NOT_ASKED;
    else if (luck == 0 && item->question->no_opinion.in)
        answer->state = ANSWER_NO_OPINION;
    else if (luck > 1 || item->question->required)
        give(arena, item, answer);
}

static bool fill(struct store *store, const struct questionnaire *questionnaire, size_t count) {
    struct arena *arena = arena_create();
    struct response response = {.key = 1};
    bool done = store_begin(store) == STORE_DONE;
    for (size_t i = 0; i < count && done; i++) {
        arena_reset(arena);
        struct answer *answers = ARENA_NEW(arena, struct answer, questionnaire->item_count);
        for (size_t j = 0; j < questionnaire->item_count; j++)
            answer_item(arena, questionnaire, &questionnaire->items[j], answers);
        response.key += 1 + (int64_t)random_below(1000000);
        response.channel = random_below(4) ? CHANNEL_WEB : CHANNEL_PAPER;
        response.answers = answers;
        done = store_add(store, &response, "2024-05-01") == STORE_DONE;
    }
    arena_destroy(arena);
    return done && store_commit(store) == STORE_DONE;
}

int main(int count, char **words) {
    if (count != 4) {
        fprintf(stderr, "usage: generate_store QUESTIONNAIRE STORE COUNT\n");
        return 2;
    }
    struct arena *arena = arena_create();
    struct diagnostics *diagnostics = diagnostics_create(arena, words[1]);
    const struct questionnaire *questionnaire = questionnaire_load(arena, words[1], diagnostics);
    diagnostics_print(diagnostics, stderr);
    struct failure failure = {0};
    struct store *store = questionnaire ? store_open(words[2], STORE_WRITE, questionnaire, &failure) : NULL;
    bool done = store && fill(store, questionnaire, strtoul(words[3], NULL, 10));
    if (!done)
        fprintf(stderr, "generate_store: %s\n", store ? store_reason(store) : failure.text);
    store_close(store);
    arena_destroy(arena);
    return done ? 0 : 1;
}
