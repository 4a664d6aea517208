#include "analysis/results_json.h"

#include "analysis/comparison_json.h"
#include "analysis/figure_words.h"
#include "analysis/json_writer.h"
#include "analysis/prose.h"
#include "analysis/relations_json.h"
#include "analysis/themes.h"
#include "analysis/weights.h"
#include "model/base/text.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Which of the questionnaire's languages its texts are in, and what figures are worded in. */
struct tongue {
    size_t index;
    enum language language;
};

/* --- One group --- */

/* A count that a suppressed group does not tell. */
static void write_told(struct json_writer *writer, const char *key, const struct group_result *group,
                       size_t count) {
    if (group->suppressed)
        json_writer_null(writer, key);
    else
        json_writer_count(writer, key, count);
}

static void write_bounds(struct json_writer *writer, const struct share *share) {
    if (!isfinite(share->bounds[0])) {
        json_writer_null(writer, "bounds");
        return;
    }
    json_writer_open_flat(writer, "bounds", true);
    json_writer_number(writer, NULL, share->bounds[0]);
    json_writer_number(writer, NULL, share->bounds[1]);
    json_writer_close(writer);
}

static void write_share(struct json_writer *writer, const struct group_result *group,
                        const struct share *share) {
    write_told(writer, "count", group, share->count);
    json_writer_number(writer, "rate", share->rate);
    json_writer_number(writer, "rate_of_responses", share->rate_of_responses);
    json_writer_number(writer, "low", share->low);
    json_writer_number(writer, "high", share->high);
    write_bounds(writer, share);
}

static void write_options(struct json_writer *writer, const struct question *question,
                          const struct group_result *group, struct tongue tongue) {
    json_writer_open_array(writer, "options");
    for (size_t i = 0; i < question->option_count; i++) {
        const struct option_result *option = &group->options[i];
        json_writer_open_flat(writer, NULL, false);
        json_writer_text(writer, "code", option->option->code);
        json_writer_text(writer, "text", option->option->text.in[tongue.index]);
        write_share(writer, group, &option->share);
        if (question->type == QUESTION_MULTIPLE)
            json_writer_number(writer, "share_of_ticks", option->share_of_ticks);
        if (question->type == QUESTION_RANKING) {
            write_told(writer, "ranked", group, option->ranked);
            json_writer_number(writer, "mean_rank", option->mean_rank);
        }
        json_writer_close(writer);
    }
    json_writer_close(writer);
}

static void write_named_share(struct json_writer *writer, const char *key, const struct group_result *group,
                              const struct share *share, struct tongue tongue) {
    struct arena *arena = arena_create();
    json_writer_open_flat(writer, key, false);
    write_share(writer, group, share);
    const char *words =
        group->suppressed ? NULL
                          : figure_words_say(arena, tongue.language, FIGURE_BEST, prose_figure(group, share));
    json_writer_text(writer, "words", words);
    json_writer_close(writer);
    arena_destroy(arena);
}

static bool has_values(const struct question *question) {
    for (size_t i = 0; i < question->option_count; i++)
        if (!question->options[i].has_value)
            return false;
    return true;
}

static void write_mean(struct json_writer *writer, const struct group_result *group) {
    json_writer_number(writer, "mean", group->mean);
    json_writer_number(writer, "mean_low", group->mean_low);
    json_writer_number(writer, "mean_high", group->mean_high);
    json_writer_number(writer, "standard_deviation", group->standard_deviation);
}

static void write_scale(struct json_writer *writer, const struct question *question,
                        const struct group_result *group) {
    bool numeric = has_values(question);
    if (question->type == QUESTION_SINGLE && !numeric)
        return;
    write_mean(writer, group);
    if (numeric)
        json_writer_number(writer, "median", group->median);
    else
        json_writer_text(writer, "median", group->median_code);
    if (isfinite(group->net_promoter_score))
        json_writer_number(writer, "net_promoter_score", group->net_promoter_score);
}

static void write_number(struct json_writer *writer, const struct group_result *group) {
    write_mean(writer, group);
    json_writer_number(writer, "median", group->median);
    json_writer_number(writer, "minimum", group->minimum);
    if (isfinite(group->median)) {
        json_writer_open_flat(writer, "quartiles", true);
        json_writer_number(writer, NULL, group->quartile_1);
        json_writer_number(writer, NULL, group->median);
        json_writer_number(writer, NULL, group->quartile_3);
        json_writer_close(writer);
    } else {
        json_writer_null(writer, "quartiles");
    }
    json_writer_number(writer, "maximum", group->maximum);
}

static void write_date(struct json_writer *writer, const struct group_result *group) {
    json_writer_text(writer, "minimum", group->date_minimum);
    json_writer_text(writer, "median", group->date_median);
    json_writer_text(writer, "maximum", group->date_maximum);
}

static void write_bases(struct json_writer *writer, const struct group_result *group) {
    json_writer_count(writer, "asked", group->asked);
    write_told(writer, "answered", group, group->answered);
    write_told(writer, "expressed", group, group->expressed);
    if (group->suppressed)
        json_writer_truth(writer, "suppressed", true);
    if (group->unanimous)
        json_writer_truth(writer, "unanimous", true);
    if (group->census)
        json_writer_truth(writer, "census", true);
    if (group->rounded)
        json_writer_truth(writer, "rounded", true);
}

static void write_group(struct json_writer *writer, const struct question *question,
                        const struct group_result *group, struct tongue tongue) {
    write_bases(writer, group);
    if (question->option_count)
        write_options(writer, question, group, tongue);
    if (group->has_favourable) {
        write_named_share(writer, "favourable", group, &group->favourable, tongue);
        write_named_share(writer, "unfavourable", group, &group->unfavourable, tongue);
        json_writer_number(writer, "balance", group->balance);
    }
    if (question->type == QUESTION_SINGLE || question->type == QUESTION_SCALE)
        write_scale(writer, question, group);
    else if (question->type == QUESTION_NUMBER)
        write_number(writer, group);
    else if (question->type == QUESTION_DATE)
        write_date(writer, group);
}

/* --- One question --- */

static void write_breakdown(struct json_writer *writer, const struct question *question,
                            const struct breakdown_result *breakdown, struct tongue tongue) {
    json_writer_open_object(writer, NULL);
    json_writer_text(writer, "by", breakdown->by->id);
    json_writer_truth(writer, "overlapping", breakdown->by->overlapping);
    json_writer_open_array(writer, "groups");
    for (size_t i = 0; i < breakdown->by->group_count; i++) {
        json_writer_open_object(writer, NULL);
        json_writer_text(writer, "code", breakdown->groups[i].code);
        write_group(writer, question, &breakdown->groups[i], tongue);
        json_writer_close(writer);
    }
    json_writer_close(writer);
    comparison_json_write(writer, breakdown);
    json_writer_close(writer);
}

static const char *type_name(enum question_type type) {
    static const char *const NAMES[] = {
        [QUESTION_SINGLE] = "single",   [QUESTION_MULTIPLE] = "multiple", [QUESTION_SCALE] = "scale",
        [QUESTION_NUMBER] = "number",   [QUESTION_TEXT] = "text",         [QUESTION_DATE] = "date",
        [QUESTION_RANKING] = "ranking",
    };
    return NAMES[type];
}

/* An answer may have several themes; a question that is not coded says nothing of them. */
static void write_themes(struct json_writer *writer, const struct item_themes *themes) {
    if (!themes)
        return;
    json_writer_count(writer, "coded", themes->coded);
    json_writer_count(writer, "unsettled", themes->unsettled);
    json_writer_open_array(writer, "themes");
    for (size_t i = 0; i < themes->count; i++) {
        const struct theme *theme = &themes->all[i];
        json_writer_open_object(writer, NULL);
        json_writer_text(writer, "theme", theme->name);
        json_writer_count(writer, "count", theme->share.count);
        json_writer_number(writer, "rate", theme->share.rate);
        json_writer_open_array(writer, "quotations");
        for (size_t j = 0; j < theme->quotation_count; j++)
            json_writer_text(writer, NULL, theme->quotations[j]);
        json_writer_close(writer);
        json_writer_close(writer);
    }
    json_writer_close(writer);
}

static void write_item(struct json_writer *writer, const struct results *results,
                       const struct item_result *result, struct tongue tongue) {
    const struct question *question = result->item->question;
    json_writer_open_object(writer, NULL);
    json_writer_text(writer, "id", result->item->id);
    if (question->is_grid)
        json_writer_text(writer, "question", question->id);
    json_writer_text(writer, "type", type_name(question->type));
    json_writer_text(writer, "text", result->item->text.in[tongue.index]);
    write_group(writer, question, &result->whole, tongue);
    write_themes(writer, themes_of(results, result->item));
    json_writer_open_array(writer, "breakdowns");
    for (size_t i = 0; i < result->breakdown_count; i++)
        write_breakdown(writer, question, &result->breakdowns[i], tongue);
    json_writer_close(writer);
    json_writer_close(writer);
}

/* --- The whole document --- */

static void write_margin(struct json_writer *writer, const struct margin *margin) {
    size_t count = margin->item ? margin->item->question->option_count : CHANNEL_COUNT;
    json_writer_open_flat(writer, margin->item ? margin->item->id : "channel", false);
    for (size_t i = 0; i < count; i++)
        json_writer_count(writer,
                          margin->item ? margin->item->question->options[i].code
                                       : answer_channel_name((enum channel)i),
                          margin->sizes[i]);
    json_writer_close(writer);
}

static void write_population(struct json_writer *writer, const struct population *population) {
    if (population->size == 0) {
        json_writer_null(writer, "population");
        return;
    }
    json_writer_open_object(writer, "population");
    json_writer_count(writer, "size", population->size);
    json_writer_open_object(writer, "margins");
    for (size_t i = 0; i < population->margin_count; i++)
        write_margin(writer, &population->margins[i]);
    json_writer_close(writer);
    json_writer_close(writer);
}

static void write_responses(struct json_writer *writer, const struct results *results) {
    json_writer_open_object(writer, "responses");
    json_writer_count(writer, "count", results->responses);
    json_writer_number(writer, "rate", results->response_rate);
    json_writer_open_flat(writer, "channel", false);
    for (size_t i = 0; i < CHANNEL_COUNT; i++)
        json_writer_count(writer, answer_channel_name((enum channel)i), results->responses_by_channel[i]);
    json_writer_close(writer);
    json_writer_close(writer);
}

/* Those of whom a margin is not known have null for its category, and their share for their people. How many
 * people a combination of several margins has is not known. */
static void write_weighting_cell(struct json_writer *writer, const struct weights *weights, size_t cell) {
    const struct weighting *weighting = &weights->weighting;
    json_writer_open_flat(writer, NULL, false);
    for (size_t i = 0; i < weights->margin_count; i++) {
        const size_t category = weights->categories[cell * weights->margin_count + i];
        const bool known = category < breakdown_option_count(weights->margins[i]->item);
        json_writer_text(writer, weights_margin_name(weights->margins[i]),
                         known ? weights_category_code(weights->margins[i], category) : NULL);
    }
    json_writer_count(writer, "responses", weighting->cell_responses[cell]);
    json_writer_number(writer, "population", weighting->people ? weighting->people[cell] : NAN);
    json_writer_number(writer, "weight", weighting->weights[cell]);
    json_writer_close(writer);
}

static void write_weighting(struct json_writer *writer, const struct weights *weights) {
    if (!weights) {
        json_writer_null(writer, "weighting");
        return;
    }
    const struct weighting *weighting = &weights->weighting;
    json_writer_open_object(writer, "weighting");
    json_writer_text(writer, "method", weighting->is_raked ? "raked" : "stratified");
    json_writer_open_flat(writer, "margins", true);
    for (size_t i = 0; i < weights->margin_count; i++)
        json_writer_text(writer, NULL, weights_margin_name(weights->margins[i]));
    json_writer_close(writer);
    json_writer_open_array(writer, "cells");
    for (size_t i = 0; i < weighting->cell_count; i++)
        write_weighting_cell(writer, weights, i);
    json_writer_close(writer);
    json_writer_number(writer, "minimum", weighting->minimum);
    json_writer_number(writer, "maximum", weighting->maximum);
    json_writer_number(writer, "design_effect", weighting->design_effect);
    json_writer_number(writer, "effective_n", weighting->effective_n);
    json_writer_close(writer);
}

/* What came from the command line may be any bytes; the questionnaire's texts are known to be UTF-8. */
static void write_foreign(struct json_writer *writer, const char *key, const char *text) {
    struct buffer clean = {0};
    size_t bad;
    while (!text_is_utf8(text, strlen(text), &bad)) {
        buffer_append_bytes(&clean, text, bad);
        buffer_append(&clean, "\uFFFD");
        text += bad + 1;
    }
    buffer_append(&clean, text);
    json_writer_text(writer, key, buffer_text(&clean));
    buffer_destroy(&clean);
}

void results_json_write(struct buffer *buffer, const struct results *results, size_t language) {
    const struct tongue tongue = {language, language_of_tag(results->questionnaire->languages[language])};
    const struct results_options *options = &results->options;
    struct json_writer *writer = json_writer_create(buffer);
    json_writer_open_object(writer, NULL);
    json_writer_text(writer, "questionnaire", results->questionnaire->name);
    json_writer_text(writer, "language", results->questionnaire->languages[language]);
    if (options->notice)
        write_foreign(writer, "notice", options->notice);
    if (options->where_text)
        write_foreign(writer, "where", options->where_text);
    json_writer_number(writer, "confidence", options->confidence);
    json_writer_text(writer, "interval",
                     options->interval == INTERVAL_EXACT && !results->weights ? "exact" : "wilson");
    write_population(writer, &results->questionnaire->population);
    write_responses(writer, results);
    write_weighting(writer, results->weights);
    json_writer_open_array(writer, "questions");
    for (size_t i = 0; i < results->item_count; i++)
        write_item(writer, results, &results->items[i], tongue);
    json_writer_close(writer);
    relations_json_write(writer, results->relations);
    json_writer_close(writer);
    json_writer_destroy(writer);
    buffer_append(buffer, "\n");
}
