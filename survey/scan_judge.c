#include "survey/scan_judge.h"

#include <math.h>
#include <string.h>

/* Shares of what is printed black; measured in tests/scan, see the README there. Between what is certainly
 * empty and what is certainly a mark lies what a person looks at. */
static const double empty_mean = 0.018, empty_peak = 0.30, /* below both: nothing is there */
    mark_mean = 0.042, mark_peak = 0.42,                   /* above both: a mark */
    filled_cover = 0.88, crossed_cover = 0.70,             /* from, and up to */
    ring_mean = 0.05, ring_ink = 0.10,                     /* above either, something is beside the box */
    blob_ink = 0.80,                                       /* all around: larger than a mark */
    least_outline = 0.45, noisy = 4;

enum look {
    LOOK_EMPTY,
    LOOK_BESIDE, /* empty, but something is near it */
    LOOK_FAINT,
    LOOK_DAMAGED,
    LOOK_CROSSED, /* with much paper left */
    LOOK_FULL,    /* between both: certainly a mark */
    LOOK_FILLED
};

static bool is_mark(enum look look) {
    return look >= LOOK_CROSSED;
}

static enum look look_at(const struct scan_ink *ink, double noise) {
    double least = fmax(empty_mean, noisy * noise);
    if (!ink->is_whole)
        return LOOK_DAMAGED;
    if (ink->mean < least && ink->peak < empty_peak) {
        if (ink->outline < least_outline)
            return LOOK_DAMAGED;
        return ink->around > ring_mean || ink->ringed > ring_ink ? LOOK_BESIDE : LOOK_EMPTY;
    }
    if (ink->mean < fmax(mark_mean, 1.5 * least) || ink->peak < mark_peak || ink->outline < least_outline)
        return LOOK_FAINT;
    if (ink->ringed > blob_ink)
        return LOOK_BESIDE;
    return ink->cover >= filled_cover ? LOOK_FILLED : ink->cover <= crossed_cover ? LOOK_CROSSED : LOOK_FULL;
}

/* --- what a block shows --- */

struct sight {
    const struct scan_marks *marks;
    const struct paper_block *block;
    const struct question *question;
    enum look *looks; /* one per place of the block */
    size_t marked, filled, crossed, faint, beside, damaged;
};

static const struct paper_place *place_of(const struct sight *sight, size_t i) {
    return &sight->marks->geometry->places[sight->block->first + i];
}

static void count_look(struct sight *sight, enum look look) {
    sight->marked += is_mark(look);
    sight->filled += look == LOOK_FILLED;
    sight->crossed += look == LOOK_CROSSED;
    sight->faint += look == LOOK_FAINT;
    sight->beside += look == LOOK_BESIDE;
    sight->damaged += look == LOOK_DAMAGED;
}

static struct sight see(struct arena *arena, const struct scan_marks *marks, size_t index) {
    const struct paper_block *block = &marks->geometry->blocks[index];
    const struct item *item = questionnaire_item(marks->questionnaire, block->item);
    struct sight sight = {marks, block, item->question, ARENA_NEW(arena, enum look, block->count), 0, 0, 0, 0,
                          0,     0};
    for (size_t i = 0; i < block->count; i++)
        if (place_of(&sight, i)->kind == PAPER_BOX) {
            sight.looks[i] = look_at(&marks->inks[block->first + i], marks->noise);
            count_look(&sight, sight.looks[i]);
        }
    return sight;
}

struct scan_hand scan_judge_hand(const struct scan_marks *marks, unsigned page) {
    struct arena *arena = arena_create();
    struct scan_hand hand = {0, 0};
    for (size_t i = 0; i < marks->geometry->block_count; i++) {
        if (marks->geometry->blocks[i].page != page)
            continue;
        struct sight sight = see(arena, marks, i);
        hand.filled += sight.marked == 1 && sight.filled == 1;
        hand.crossed += sight.marked == 1 && sight.crossed == 1;
    }
    arena_destroy(arena);
    return hand;
}

/* --- values --- */

static void append_code(struct buffer *value, const char *code) {
    buffer_append(value, value->length ? " " : "");
    buffer_append(value, code);
}

static const char *keep(struct arena *arena, struct buffer *value) {
    const char *kept = arena_copy(arena, buffer_text(value));
    buffer_destroy(value);
    return kept;
}

/* The codes of the boxes that look so, in reading order; NULL for `wanted` is any that is not empty. */
static const char *codes_of(struct arena *arena, const struct sight *sight, bool (*wanted)(enum look)) {
    struct buffer value = {0};
    for (size_t i = 0; i < sight->block->count; i++) {
        const struct paper_place *place = place_of(sight, i);
        if (place->kind != PAPER_BOX || !(wanted ? wanted(sight->looks[i]) : sight->looks[i] != LOOK_EMPTY))
            continue;
        if (place->rank && !wanted)
            append_code(&value, arena_format(arena, "%u:%s", place->rank, place->code));
        else
            append_code(&value, place->code);
    }
    return keep(arena, &value);
}

static bool is_crossed(enum look look) {
    return look == LOOK_CROSSED;
}

static struct scan_verdict decide(const struct sight *sight, const char *value) {
    return (struct scan_verdict){.column = sight->block->item, .value = value};
}

static struct scan_verdict doubt(struct arena *arena, const struct sight *sight, enum scan_doubt why) {
    return (struct scan_verdict){
        .column = sight->block->item, .doubt = why, .value = codes_of(arena, sight, NULL)};
}

/* --- one answer of several --- */

/* A cross, and a box filled in so that nothing of it is left: taken back. But not where others of this page
 * were answered by filling the box. */
static bool is_correction(const struct sight *sight, const struct scan_hand *hand) {
    return sight->marked == 2 && sight->filled == 1 && sight->crossed == 1 && hand->filled == 0;
}

static struct scan_verdict judge_single(struct arena *arena, const struct sight *sight,
                                        const struct scan_hand *hand) {
    if (sight->marked == 1)
        return decide(sight, codes_of(arena, sight, is_mark));
    if (!is_correction(sight, hand))
        return doubt(arena, sight, SCAN_SEVERAL);
    struct scan_verdict verdict = decide(sight, codes_of(arena, sight, is_crossed));
    verdict.is_corrected = true;
    return verdict;
}

/* --- any of several --- */

static bool is_substantive(const char *code) {
    return strcmp(code, "no_opinion") != 0 && strcmp(code, "not_concerned") != 0;
}

/* Whether a marked box forbids others beside it. */
static bool has_lone_code(const struct sight *sight) {
    for (size_t i = 0; i < sight->block->count; i++) {
        const struct paper_place *place = place_of(sight, i);
        if (place->kind != PAPER_BOX || !is_mark(sight->looks[i]))
            continue;
        size_t option = questionnaire_option(sight->question, place->code);
        if (!is_substantive(place->code) ||
            (option < sight->question->option_count && sight->question->options[option].exclusive))
            return true;
    }
    return false;
}

static struct scan_verdict judge_multiple(struct arena *arena, const struct sight *sight,
                                          const struct scan_hand *hand) {
    bool may_be_taken_back =
        sight->filled > 0 && (sight->filled < sight->marked || hand->crossed > hand->filled);
    if (may_be_taken_back)
        return doubt(arena, sight, SCAN_MIXED);
    if (sight->marked > sight->question->at_most || (sight->marked > 1 && has_lone_code(sight)))
        return doubt(arena, sight, SCAN_SEVERAL);
    return decide(sight, codes_of(arena, sight, is_mark));
}

/* --- places --- */

/* The option that has this place: NULL if none or several have. */
static const char *at_rank(const struct sight *sight, unsigned rank) {
    const char *found = NULL;
    for (size_t i = 0; i < sight->block->count; i++) {
        const struct paper_place *place = place_of(sight, i);
        if (place->kind != PAPER_BOX || !is_mark(sight->looks[i]) || place->rank != rank)
            continue;
        if (found)
            return NULL;
        found = place->code;
    }
    return found;
}

/* The places must be taken from the first on, each by one option, none by two. */
static struct scan_verdict judge_ranking(struct arena *arena, const struct sight *sight) {
    const char *lone = at_rank(sight, 0);
    if (lone && sight->marked == 1)
        return decide(sight, lone);
    if (sight->filled > 0 && sight->filled < sight->marked)
        return doubt(arena, sight, SCAN_MIXED);
    struct buffer value = {0};
    const char **chosen = ARENA_NEW(arena, const char *, sight->marked);
    size_t count = 0;
    for (unsigned rank = 1; rank <= sight->marked; rank++) {
        const char *code = at_rank(sight, rank);
        for (size_t i = 0; code && i < count; i++)
            code = strcmp(chosen[i], code) ? code : NULL;
        if (!code)
            break;
        chosen[count++] = code;
        append_code(&value, code);
    }
    const char *kept = keep(arena, &value);
    return count == sight->marked && count <= sight->question->at_most ? decide(sight, kept)
                                                                       : doubt(arena, sight, SCAN_RANKS);
}

/* --- a block --- */

/* Of one answer: whether there is a mark beside which whatever else is faint is no other, being half as dark:
 * the rim of a cup, or what was rubbed out. A box filled in may be one taken back, and the faint mark the
 * answer, unless the boxes of this page are filled in. */
static bool is_clear(const struct sight *sight, const struct scan_hand *hand) {
    enum question_type type = sight->question->type;
    const struct scan_ink *inks = &sight->marks->inks[sight->block->first], *mark = NULL;
    if ((type != QUESTION_SINGLE && type != QUESTION_SCALE) || sight->marked != 1 ||
        (!sight->crossed && hand->crossed > 0))
        return false;
    for (size_t i = 0; i < sight->block->count; i++)
        if (is_mark(sight->looks[i]))
            mark = &inks[i];
    for (size_t i = 0; i < sight->block->count; i++)
        if (sight->looks[i] == LOOK_FAINT && (2 * inks[i].peak > mark->peak || 2 * inks[i].mean > mark->mean))
            return false;
    return true;
}

static struct scan_verdict judge_boxes(struct arena *arena, const struct sight *sight,
                                       const struct scan_hand *hand) {
    if (sight->damaged)
        return doubt(arena, sight, SCAN_DAMAGED);
    if (sight->faint && !is_clear(sight, hand))
        return doubt(arena, sight, SCAN_FAINT);
    /* Beside a mark, what is near a box is where the pen went on. */
    if (sight->beside && !sight->marked)
        return doubt(arena, sight, SCAN_BESIDE);
    if (!sight->marked)
        return decide(sight, "");
    for (size_t i = 0; i < sight->block->count; i++)
        if (sight->looks[i] == LOOK_BESIDE && sight->marks->inks[sight->block->first + i].mean > empty_mean)
            return doubt(arena, sight, SCAN_BESIDE);
    if (sight->question->type == QUESTION_MULTIPLE)
        return judge_multiple(arena, sight, hand);
    if (sight->question->type == QUESTION_RANKING)
        return judge_ranking(arena, sight);
    return judge_single(arena, sight, hand);
}

/* Words are few and thin: much less ink than a mark has is enough to have them looked at. */
static bool has_words(const struct scan_ink *ink) {
    const double word_mean = 0.006, word_peak = 0.3;
    return !ink->is_whole || (ink->mean > word_mean && ink->peak > word_peak);
}

static bool is_chosen(const struct sight *sight, const char *code) {
    for (size_t i = 0; i < sight->block->count; i++)
        if (place_of(sight, i)->kind == PAPER_BOX && is_mark(sight->looks[i]) &&
            !strcmp(place_of(sight, i)->code, code))
            return true;
    return false;
}

/* A field that is the answer itself, beside the boxes for what is none. */
static void judge_field(struct scan_verdict *main) {
    if (main->doubt != SCAN_SURE)
        return;
    main->doubt = *main->value ? SCAN_SEVERAL : SCAN_HANDWRITING;
}

/* The words beside an option: to be typed; and if it is not marked, the question is to be looked at, too. */
static void judge_specify(struct arena *arena, const struct sight *sight, const struct paper_place *place,
                          struct scan_verdict *main, struct scan_verdict *words) {
    *words = (struct scan_verdict){.column = arena_format(arena, "%s_specify", sight->block->item),
                                   .doubt = SCAN_HANDWRITING,
                                   .value = ""};
    if (main->doubt == SCAN_SURE && !is_chosen(sight, place->code))
        main->doubt = SCAN_ALONE;
}

size_t scan_judge_block(struct arena *arena, const struct scan_marks *marks, const struct scan_hand *hand,
                        size_t block, struct scan_verdict *verdicts) {
    struct sight sight = see(arena, marks, block);
    size_t count = 1;
    verdicts[0] = judge_boxes(arena, &sight, hand);
    bool has_specify = false;
    for (size_t i = 0; i < sight.block->count; i++) {
        const struct paper_place *place = place_of(&sight, i);
        if (place->kind != PAPER_FIELD || !has_words(&marks->inks[sight.block->first + i]))
            continue;
        if (!place->code)
            judge_field(&verdicts[0]);
        else if (!has_specify)
            judge_specify(arena, &sight, place, &verdicts[0], &verdicts[count++]);
        has_specify = has_specify || place->code;
    }
    for (size_t i = 0; i < count; i++)
        verdicts[i].block = block;
    return count;
}

/* --- words --- */

static const struct {
    const char *name, *words;
} doubts[SCAN_DOUBT_COUNT] = {[SCAN_SURE] = {"sure", "nothing is in doubt"},
                              [SCAN_SEVERAL] = {"several", "more answers than there may be"},
                              [SCAN_FAINT] = {"faint", "a faint mark, or a smudge"},
                              [SCAN_BESIDE] = {"beside", "a mark beside or around a box"},
                              [SCAN_DAMAGED] = {"damaged", "a box that is hidden or torn off"},
                              [SCAN_MIXED] = {"mixed", "boxes crossed and boxes filled in"},
                              [SCAN_RANKS] = {"ranks", "places that do not fit together"},
                              [SCAN_ALONE] = {"alone", "words beside a box that is not marked"},
                              [SCAN_HANDWRITING] = {"handwriting", "to be typed"}};

const char *scan_doubt_name(enum scan_doubt doubt) {
    return doubts[doubt].name;
}

const char *scan_doubt_words(enum scan_doubt doubt) {
    return doubts[doubt].words;
}
