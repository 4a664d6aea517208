#include "analysis/compare_results.h"

#include "analysis/compare_pairing.h"
#include "model/base/text.h"

#include <math.h>
#include <string.h>

/* From how many people on the normal distribution is near enough: on either side of a rate, and for a mean.
 */
enum { NORMAL_RATE = 5, NORMAL_MEAN = 30, WAVES = 2 };

struct computing {
    struct arena *arena;
    const struct compare_wave *waves;
    const struct compare_match *matches;
    const struct item *codes[WAVES]; /* the link's question; NULL: no link */
    const struct compare_pairs *pairs;
    struct compare_results *results;
};

/* --- One figure --- */

static struct compare_figure share_figure(const struct group_result *group, const struct share *share) {
    return (struct compare_figure){share->count, group->expressed, share->rate,
                                   share->low,   share->high,      group->census};
}

static struct compare_figure mean_figure(const struct group_result *group) {
    return (struct compare_figure){group->expressed, group->expressed, group->mean,
                                   group->mean_low,  group->mean_high, group->census};
}

static struct wave wave_of(const struct compare_change *change, const struct group_result *group, int wave) {
    const struct compare_figure *figure = &change->waves[wave];
    const struct interval limits = {figure->low, figure->high, figure->census};
    if (change->subject == COMPARE_MEAN)
        return wave_mean(figure->value, group->standard_deviation, figure->base, group->population, limits);
    return wave_rate(figure->count, figure->base, group->population, limits);
}

/* Why each change needs its own: an option may be rare among the pairs where another is not. */
static struct wave_overlap overlap_of(const struct computing *computing,
                                      const struct compare_pairing_source *source,
                                      const struct compare_change *change,
                                      const struct wave waves[static WAVES]) {
    if (change->linked)
        return compare_pairing_overlap(source, change);
    /* How many are in both is told of the question, though not what they said. */
    size_t known = change->pairing.state == COMPARE_PAIRING_RARE ? source->pairs->n : 0;
    return computing->results->options.same_people ? wave_overlap_least(&waves[0], &waves[1], known)
                                                   : WAVE_APART;
}

static bool is_nearly_normal(const struct compare_change *change) {
    for (int wave = 0; wave < WAVES; wave++) {
        const struct compare_figure *figure = &change->waves[wave];
        bool enough = change->subject == COMPARE_MEAN
                          ? figure->base >= NORMAL_MEAN
                          : figure->count >= NORMAL_RATE && figure->base - figure->count >= NORMAL_RATE;
        if (!enough)
            return false;
    }
    return true;
}

static void compute_change(const struct computing *computing, const struct compare_pairing_source *source,
                           enum compare_pairing_state state, struct compare_change *change) {
    struct wave waves[WAVES];
    for (int wave = 0; wave < WAVES; wave++)
        waves[wave] = wave_of(change, &source->question->waves[wave]->whole, wave);
    change->pairing.state = state;
    if (state == COMPARE_PAIRING_SHOWN)
        change->pairing = compare_pairing_make(computing->arena, source, change);
    change->linked = change->pairing.state == COMPARE_PAIRING_SHOWN;
    const struct wave_overlap overlap = overlap_of(computing, source, change, waves);
    change->change = wave_compare(&waves[0], &waves[1], overlap);
    if (!change->linked || !change->test || change->test->test.method == TEST_NONE ||
        !is_nearly_normal(change))
        return;
    /* Whether chance could bring the change about is no question of how many of this population answered: as
     * in all other tests of a comparison, its size does not count (Cochran 1977, section 2.14). */
    waves[0].population = waves[1].population = 0;
    const struct hypothesis_test test = wave_test(&waves[0], &waves[1], overlap);
    if (test.method != TEST_NONE)
        change->test->test = test;
}

/* --- One question --- */

static size_t *states_of(struct arena *arena, const struct group_result *group) {
    size_t *states = ARENA_NEW(arena, size_t, ANSWER_NOT_ASKED + 1);
    states[ANSWER_GIVEN] = group->expressed;
    states[ANSWER_NO_OPINION] = group->no_opinion;
    states[ANSWER_NOT_ANSWERED] = group->asked - group->answered;
    return states;
}

/* One wave as a group of a breakdown, with the options of the second. */
static struct comparison_group group_of(struct arena *arena, const struct compare_question *question,
                                        int wave) {
    const struct group_result *whole = &question->waves[wave]->whole;
    size_t count = question->match->items[1]->question->option_count;
    size_t *options = ARENA_NEW(arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        options[i] = whole->options[wave ? i : question->match->options[i]].share.count;
    struct item_tally *tally = ARENA_NEW(arena, struct item_tally, 1);
    *tally = (struct item_tally){.states = states_of(arena, whole), .options = options};
    return (struct comparison_group){.tally = tally,
                                     .values = whole->values,
                                     .value_count = whole->value_count,
                                     .population = whole->population};
}

static void make_tests(const struct computing *computing, struct compare_question *question) {
    struct arena *arena = computing->arena;
    const struct results_options *options = &computing->results->options.results;
    const struct comparison_group groups[WAVES] = {group_of(arena, question, 0),
                                                   group_of(arena, question, 1)};
    const struct comparison_source source = {.item = question->match->items[1],
                                             .groups = groups,
                                             .group_count = WAVES,
                                             .confidence = options->confidence,
                                             .minimum_cell = options->minimum_cell};
    question->tests = comparison_tests(arena, &source, &question->test_count);
}

static void add_options(struct compare_question *question) {
    const struct question *second = question->match->items[1]->question;
    for (size_t i = 0; i < second->option_count; i++) {
        struct compare_change *change = &question->changes[question->change_count++];
        *change = (struct compare_change){.subject = COMPARE_OPTION, .option = &second->options[i]};
        for (int wave = 0; wave < WAVES; wave++) {
            const struct group_result *group = &question->waves[wave]->whole;
            change->waves[wave] =
                share_figure(group, &group->options[wave ? i : question->match->options[i]].share);
        }
    }
}

static void add_mean(struct compare_question *question) {
    const struct group_result *first = &question->waves[0]->whole, *second = &question->waves[1]->whole;
    question->changes[question->change_count++] =
        (struct compare_change){.subject = COMPARE_MEAN, .waves = {mean_figure(first), mean_figure(second)}};
}

static void add_favourable(struct compare_question *question) {
    const struct group_result *first = &question->waves[0]->whole, *second = &question->waves[1]->whole;
    question->changes[question->change_count++] = (struct compare_change){
        .subject = COMPARE_FAVOURABLE,
        .waves = {share_figure(first, &first->favourable), share_figure(second, &second->favourable)}};
}

static bool has_means(const struct compare_question *question) {
    return !isnan(question->waves[0]->whole.mean) && !isnan(question->waves[1]->whole.mean);
}

/* What the question is about comes first. The tests go with the figures they are of; one of all answers at
 * once goes with none. */
static void add_changes(struct arena *arena, struct compare_question *question) {
    const struct question *second = question->match->items[1]->question;
    question->changes = ARENA_NEW(arena, struct compare_change, second->option_count + 1);
    enum comparison_subject subject = question->tests[0].subject;
    if (subject == COMPARISON_FAVOURABLE) {
        add_favourable(question);
        if (second->type == QUESTION_SCALE && has_means(question))
            add_mean(question);
    } else if (subject == COMPARISON_RANKS && has_means(question)) {
        add_mean(question);
    } else {
        add_options(question);
    }
    for (size_t i = 0; i < question->test_count && i < question->change_count; i++)
        if (subject == COMPARISON_OPTION || question->changes[i].subject != COMPARE_OPTION)
            question->changes[i].test = &question->tests[i];
}

static struct compare_pairing_source pairing_source(const struct computing *computing,
                                                    const struct compare_question *question, size_t index) {
    const struct compare_results *results = computing->results;
    size_t first = question->waves[0]->whole.population, second = question->waves[1]->whole.population;
    return (struct compare_pairing_source){.pairs = computing->pairs ? &computing->pairs[index] : NULL,
                                           .question = question,
                                           .options = &results->options.results,
                                           .interval = results->waves[1]->options.interval,
                                           .population = first < second ? first : second};
}

static const struct item_result *item_result(const struct results *results, const struct item *item) {
    return item ? &results->items[item->index] : NULL;
}

static enum compare_state state_of(const struct compare_question *question) {
    if (question->match->fit != COMPARE_MATCH_FITS)
        return COMPARE_UNFIT;
    for (int wave = 0; wave < WAVES; wave++)
        if (question->waves[wave]->whole.suppressed)
            return COMPARE_HIDDEN;
    for (int wave = 0; wave < WAVES; wave++)
        if (question->waves[wave]->whole.expressed == 0)
            return COMPARE_SILENT;
    return COMPARE_SHOWN;
}

static void compute_question(struct computing *computing, size_t index, struct compare_question *question) {
    const struct compare_match *match = question->match = &computing->matches[index];
    for (int wave = 0; wave < WAVES; wave++)
        question->waves[wave] = item_result(computing->results->waves[wave], match->items[wave]);
    question->state = state_of(question);
    if (question->state != COMPARE_SHOWN)
        return;
    computing->results->shown++;
    make_tests(computing, question);
    add_changes(computing->arena, question);
    const struct compare_pairing_source source = pairing_source(computing, question, index);
    enum compare_pairing_state state = source.pairs ? compare_pairing_check(&source) : COMPARE_PAIRING_NONE;
    for (size_t i = 0; i < question->change_count; i++)
        compute_change(computing, &source, state, &question->changes[i]);
    if (state == COMPARE_PAIRING_SHOWN)
        question->answers = compare_pairing_answers(computing->arena, &source);
}

/* --- All tests --- */

/* Every test of the waves is one family, every test of the pairs another: they answer other questions. */
static void adjust(const struct computing *computing, struct compare_question *questions) {
    struct compare_results *results = computing->results;
    size_t most = 0, tests = 0, pairs = 0;
    for (size_t i = 0; i < results->question_count; i++)
        most += questions[i].test_count + questions[i].change_count + 1;
    struct comparison_test **of_waves = ARENA_NEW(computing->arena, struct comparison_test *, most);
    struct comparison_test **of_pairs = ARENA_NEW(computing->arena, struct comparison_test *, most);
    for (size_t i = 0; i < results->question_count; i++) {
        for (size_t j = 0; j < questions[i].test_count; j++)
            of_waves[tests++] = &questions[i].tests[j];
        for (size_t j = 0; j < questions[i].change_count; j++)
            if (questions[i].changes[j].pairing.test)
                of_pairs[pairs++] = questions[i].changes[j].pairing.test;
        if (questions[i].answers)
            of_pairs[pairs++] = questions[i].answers;
    }
    enum adjustment adjustment = results->options.results.adjustment;
    results->test_count = comparison_adjust(computing->arena, of_waves, tests, adjustment);
    results->pair_test_count = comparison_adjust(computing->arena, of_pairs, pairs, adjustment);
}

static void compute_questions(struct computing *computing) {
    struct compare_results *results = computing->results;
    struct compare_question *questions =
        ARENA_NEW(computing->arena, struct compare_question, results->question_count);
    for (size_t i = 0; i < results->question_count; i++)
        compute_question(computing, i, &questions[i]);
    results->questions = questions;
    adjust(computing, questions);
}

/* --- What is refused --- */

static bool check_matches(const struct computing *computing, struct failure *failure) {
    for (size_t i = 0; i < computing->results->question_count; i++)
        if (computing->matches[i].items[0] && computing->matches[i].items[1])
            return true;
    return failure_set(
        failure,
        "the questionnaires of %s and %s have no question of the same id: these are not two waves"
        " of one questionnaire",
        computing->waves[0].questionnaire->file, computing->waves[1].questionnaire->file);
}

static bool refuse_link(struct arena *arena, const struct questionnaire *questionnaire, const char *id,
                        struct failure *failure) {
    const char **ids = ARENA_NEW(arena, const char *, questionnaire->item_count);
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (questionnaire->items[i].question->type == QUESTION_TEXT)
            ids[count++] = questionnaire->items[i].id;
    const char *nearest = text_nearest(id, ids, count);
    return failure_set(failure, "--link %.100s: %s has no question of that name%s%s%s", id,
                       questionnaire->file, nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                       nearest ? "\"?" : "");
}

bool compare_results_check_link(struct arena *arena, const struct compare_wave waves[static WAVES],
                                const struct compare_options *options, struct failure *failure) {
    for (int wave = 0; options->link && wave < WAVES; wave++) {
        const struct questionnaire *questionnaire = waves[wave].questionnaire;
        const struct item *item = questionnaire_item(questionnaire, options->link);
        if (!item)
            return refuse_link(arena, questionnaire, options->link, failure);
        if (item->question->type != QUESTION_TEXT)
            return failure_set(failure,
                               "--link %.100s: this is no text question of %s; people's own codes are in one",
                               options->link, questionnaire->file);
    }
    return true;
}

static bool check_people(const struct computing *computing, struct failure *failure) {
    const struct compare_results *results = computing->results;
    size_t minimum = results->options.results.minimum_cell;
    for (int wave = 0; wave < WAVES; wave++)
        if (results->people->responses[wave] == 0)
            return failure_set(failure, "%s has no responses: there is nothing to compare",
                               computing->waves[wave].questionnaire->file);
    minimum = minimum < 2 ? 2 : minimum;
    if (computing->codes[0] && results->people->paired < minimum)
        return failure_set(
            failure,
            "--link %.100s: the codes of fewer than %zu people are in both waves, too few to be told"
            " of; leave --link out",
            results->options.link, minimum);
    return true;
}

/* --- The whole --- */

static bool read_people(struct computing *computing, struct failure *failure) {
    struct compare_results *results = computing->results;
    const struct compare_people_source sources[WAVES] = {{computing->waves[0].store, computing->codes[0]},
                                                         {computing->waves[1].store, computing->codes[1]}};
    results->people =
        compare_people_read(computing->arena, sources, results->options.results.minimum_cell, failure);
    if (!results->people || !check_people(computing, failure))
        return false;
    if (!computing->codes[0])
        return true;
    struct store *const stores[WAVES] = {computing->waves[0].store, computing->waves[1].store};
    computing->pairs = compare_pairs_count(computing->arena, stores, results->people, computing->matches,
                                           results->question_count, failure);
    return computing->pairs != NULL;
}

static bool read_waves(const struct computing *computing, struct failure *failure) {
    struct compare_results *results = computing->results;
    for (int wave = 0; wave < WAVES; wave++) {
        results->waves[wave] =
            results_compute(computing->arena, computing->waves[wave].store,
                            computing->waves[wave].questionnaire, &results->options.results, failure);
        if (!results->waves[wave])
            return false;
    }
    return true;
}

const struct compare_results *compare_results_compute(struct arena *arena,
                                                      const struct compare_wave waves[static WAVES],
                                                      const struct compare_options *options,
                                                      struct failure *failure) {
    struct compare_results *results = ARENA_NEW(arena, struct compare_results, 1);
    results->options = *options;
    results->options.same_people = options->same_people || options->link;
    struct computing computing = {.arena = arena, .waves = waves, .results = results};
    for (int wave = 0; options->link && wave < WAVES; wave++)
        computing.codes[wave] = questionnaire_item(waves[wave].questionnaire, options->link);
    computing.matches =
        compare_match_all(arena, waves[0].questionnaire, waves[1].questionnaire, &results->question_count);
    if (!check_matches(&computing, failure) || !read_people(&computing, failure) ||
        !read_waves(&computing, failure))
        return NULL;
    compute_questions(&computing);
    return results;
}
