#include "survey/status.h"

#include "model/base/calendar.h"
#include "model/base/language.h"
#include "model/base/text.h"
#include "model/campaign.h"
#include "model/store_invitation.h"
#include "model/store_pass.h"
#include "model/store_read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const struct command_option status_options[] = {CAMPAIGN_STORE_OPTION, {0}};

/* A label's column is as wide as its longest label, within these; longer ones are cut. */
enum { LABEL_LEAST = 12, LABEL_MOST = 48, FIGURE_WIDTH = 12 };

/* While links are open counts move in steps, so that nobody can watch who answers. */
enum { COARSE_STEP = 5 };

/* What is counted in one pass: responses by channel, and by each margin's options (and none of them). */
struct counts {
    size_t responses, channels[CHANNEL_COUNT];
    size_t **margins; /* per margin: one per option, then the unanswered */
};

struct status {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    enum language language;
    size_t step; /* of all counts: 1, or COARSE_STEP */
    struct counts counts;
    struct buffer text;
};

static void count_margin(const struct margin *margin, const struct response *response, size_t *counts) {
    const struct answer *answer = &response->answers[margin->item->index];
    bool given = answer->state == ANSWER_GIVEN;
    counts[given ? answer->choices[0] : margin->item->question->option_count]++;
}

static bool count_all(struct status *status, struct store *store, struct failure *failure) {
    const struct population *population = &status->questionnaire->population;
    struct counts *counts = &status->counts;
    counts->margins = ARENA_NEW(status->arena, size_t *, population->margin_count);
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item)
            counts->margins[i] =
                ARENA_NEW(status->arena, size_t, population->margins[i].item->question->option_count + 1);
    struct store_pass *pass = store_pass_begin(store, failure);
    struct response response;
    while (pass && store_pass_next(pass, &response, failure)) {
        counts->responses++;
        counts->channels[response.channel]++;
        for (size_t i = 0; i < population->margin_count; i++)
            if (population->margins[i].item)
                count_margin(&population->margins[i], &response, counts->margins[i]);
    }
    store_pass_end(pass);
    return !failure_is_set(failure);
}

/* What is shown of a count. */
static size_t coarse(const struct status *status, size_t count) {
    return count - count % status->step;
}

static void coarsen(struct status *status) {
    const struct population *population = &status->questionnaire->population;
    struct counts *counts = &status->counts;
    counts->responses = coarse(status, counts->responses);
    for (enum channel channel = 0; channel < CHANNEL_COUNT; channel++)
        counts->channels[channel] = coarse(status, counts->channels[channel]);
    for (size_t i = 0; i < population->margin_count; i++)
        if (population->margins[i].item)
            for (size_t j = 0; j <= population->margins[i].item->question->option_count; j++)
                counts->margins[i][j] = coarse(status, counts->margins[i][j]);
}

/* --- lines --- */

static void append_padding(struct buffer *text, size_t count) {
    buffer_format(text, "%*s", (int)count, "");
}

/* The label, cut to the width and filled up to it. Widths are counted in characters: terminals show French
 * and English so. */
static void append_label(struct status *status, const char *label, size_t width) {
    size_t characters = text_characters(label);
    buffer_append(&status->text, "  ");
    if (characters <= width) {
        buffer_append(&status->text, label);
        append_padding(&status->text, width - characters);
        return;
    }
    const char *end = label;
    for (size_t kept = 1; kept < width; kept++)
        do
            end++;
        while (((unsigned char)*end & 0xC0) == 0x80);
    buffer_append_bytes(&status->text, label, (size_t)(end - label));
    buffer_append(&status->text, "…");
}

static void append_right(struct status *status, const char *cell) {
    size_t characters = text_characters(cell);
    append_padding(&status->text, characters < FIGURE_WIDTH ? FIGURE_WIDTH - characters : 1);
    buffer_append(&status->text, cell);
}

static void append_count(struct status *status, size_t count) {
    append_right(status, arena_format(status->arena, "%zu", count));
}

static void append_rate(struct status *status, size_t count, size_t invited) {
    struct buffer percent = {0};
    language_percent(&percent, status->language, invited ? (double)count / (double)invited : NAN, 0);
    append_right(status, buffer_text(&percent));
    buffer_destroy(&percent);
}

static const char *message(const struct status *status, enum message name) {
    return language_message(status->language, name);
}

/* A heading with the columns invited, responses, rate (the first and the last only where N is known). */
static void append_heading(struct status *status, const char *heading, size_t width, bool has_sizes) {
    buffer_format(&status->text, "\n%s\n", heading);
    append_label(status, "", width);
    if (has_sizes)
        append_right(status, message(status, MESSAGE_STATUS_INVITED));
    append_right(status, message(status, MESSAGE_STATUS_RESPONSES));
    if (has_sizes)
        append_right(status, message(status, MESSAGE_STATUS_RATE));
    buffer_append(&status->text, "\n");
}

static void append_line(struct status *status, const char *label, size_t width, const size_t *invited,
                        size_t count) {
    append_label(status, label, width);
    if (invited)
        append_count(status, *invited);
    append_count(status, count);
    if (invited)
        append_rate(status, count, *invited);
    buffer_append(&status->text, "\n");
}

/* --- sections --- */

static size_t widen(size_t width, const char *label) {
    size_t characters = text_characters(label);
    characters = characters > LABEL_MOST ? LABEL_MOST : characters;
    return characters > width ? characters : width;
}

static void append_margin(struct status *status, size_t index) {
    const struct margin *margin = &status->questionnaire->population.margins[index];
    const struct question *question = margin->item->question;
    const size_t *counts = status->counts.margins[index];
    size_t width = widen(LABEL_LEAST, message(status, MESSAGE_STATUS_UNANSWERED));
    for (size_t i = 0; i < question->option_count; i++)
        width = widen(width, question->options[i].text.in[0]);
    append_heading(status, margin->item->text.in[0], width, true);
    for (size_t i = 0; i < question->option_count; i++)
        append_line(status, question->options[i].text.in[0], width, &margin->sizes[i], counts[i]);
    if (counts[question->option_count]) {
        append_label(status, message(status, MESSAGE_STATUS_UNANSWERED), width);
        append_right(status, "");
        append_count(status, counts[question->option_count]);
        buffer_append(&status->text, "\n");
    }
}

static void append_channels(struct status *status) {
    const struct population *population = &status->questionnaire->population;
    const size_t *sizes = NULL;
    for (size_t i = 0; i < population->margin_count; i++)
        if (!population->margins[i].item)
            sizes = population->margins[i].sizes;
    static const enum message names[CHANNEL_COUNT] = {MESSAGE_STATUS_WEB, MESSAGE_STATUS_PAPER};
    append_heading(status, message(status, MESSAGE_STATUS_CHANNEL), LABEL_LEAST, sizes != NULL);
    for (enum channel channel = 0; channel < CHANNEL_COUNT; channel++)
        append_line(status, message(status, names[channel]), LABEL_LEAST, sizes ? &sizes[channel] : NULL,
                    status->counts.channels[channel]);
}

/* A day with a count of 0 would tell that somebody answered. */
static bool is_shown(const struct status *status, const struct store_day *day) {
    return coarse(status, day->count[CHANNEL_WEB]) || coarse(status, day->count[CHANNEL_PAPER]);
}

static void append_days(struct status *status, const struct store_day *days, size_t count) {
    size_t shown = 0;
    for (size_t i = 0; i < count; i++)
        shown += is_shown(status, &days[i]);
    if (shown == 0)
        return;
    buffer_format(&status->text, "\n%s\n", message(status, MESSAGE_STATUS_DAY));
    append_label(status, "", LABEL_LEAST);
    append_right(status, message(status, MESSAGE_STATUS_WEB));
    append_right(status, message(status, MESSAGE_STATUS_PAPER));
    buffer_append(&status->text, "\n");
    for (size_t i = 0; i < count; i++) {
        if (!is_shown(status, &days[i]))
            continue;
        append_label(status, days[i].day, LABEL_LEAST);
        for (enum channel channel = 0; channel < CHANNEL_COUNT; channel++)
            append_count(status, coarse(status, days[i].count[channel]));
        buffer_append(&status->text, "\n");
    }
}

static bool is_past(const struct questionnaire *questionnaire) {
    char today[CALENDAR_DAY_SIZE];
    calendar_today(today);
    return questionnaire->closes && strcmp(today, questionnaire->closes) > 0;
}

static void append_whole(struct status *status, struct store *store, size_t links) {
    const struct questionnaire *questionnaire = status->questionnaire;
    size_t invited = questionnaire->population.size ? questionnaire->population.size : links;
    buffer_format(&status->text, "%s\n%s\n", questionnaire->title.in[0],
                  message(status, store_is_ended(store) ? MESSAGE_STATUS_CLOSED : MESSAGE_STATUS_OPEN));
    if (!store_is_ended(store) && is_past(questionnaire))
        buffer_format(&status->text, "%s\n", message(status, MESSAGE_STATUS_PAST));
    if (status->step > 1)
        buffer_format(&status->text, "%s\n", message(status, MESSAGE_STATUS_COARSE));
    buffer_append(&status->text, "\n");
    if (store_has_links(store)) {
        append_label(status, message(status, MESSAGE_STATUS_LINKS), LABEL_LEAST);
        append_count(status, links);
        buffer_append(&status->text, "\n");
    }
    if (invited) {
        append_label(status, message(status, MESSAGE_STATUS_INVITED), LABEL_LEAST);
        append_count(status, invited);
        buffer_append(&status->text, "\n");
    }
    append_label(status, message(status, MESSAGE_STATUS_RESPONSES), LABEL_LEAST);
    append_count(status, status->counts.responses);
    if (invited)
        append_rate(status, status->counts.responses, invited);
    buffer_append(&status->text, "\n");
}

static bool print_status(struct status *status, struct store *store, struct failure *failure) {
    size_t day_count, links;
    const struct store_day *days = store_days(store, status->arena, &day_count, failure);
    if (!days || !count_all(status, store, failure) || !store_invited(store, &links, failure))
        return false;
    status->step = store_links_are_open(store) ? COARSE_STEP : 1;
    coarsen(status);
    append_whole(status, store, links);
    for (size_t i = 0; i < status->questionnaire->population.margin_count; i++)
        if (status->questionnaire->population.margins[i].item)
            append_margin(status, i);
    append_channels(status);
    append_days(status, days, day_count);
    fwrite(status->text.bytes, 1, status->text.length, stdout);
    return true;
}

int status_run(const struct arguments *arguments, struct failure *failure) {
    struct campaign campaign;
    int done = campaign_open(&campaign, arguments, STORE_READ, failure);
    if (done == COMMAND_DONE) {
        struct status status = {.arena = campaign.arena,
                                .questionnaire = campaign.questionnaire,
                                .language = language_of_tag(campaign.questionnaire->languages[0])};
        if (!print_status(&status, campaign.store, failure))
            done = COMMAND_FAILED;
        buffer_destroy(&status.text);
    }
    campaign_close(&campaign);
    return done;
}
