#include "survey/status.h"

#include "model/base/calendar.h"
#include "model/base/language.h"
#include "model/base/terminal.h"
#include "model/base/text.h"
#include "model/campaign.h"
#include "model/store_invitation.h"
#include "survey/counts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const struct command_option status_options[] = {CAMPAIGN_STORE_OPTION, {0}};

/* A label's column is as wide as its longest label, within these; longer ones are cut. */
enum { LABEL_LEAST = 12, LABEL_MOST = 48, FIGURE_WIDTH = 12 };

struct status {
    struct arena *arena;
    const struct questionnaire *questionnaire;
    enum language language;
    struct counts counts;
    struct buffer text;
};

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

static void append_group(struct status *status, const struct counts_group *group) {
    const struct question *question = group->item->question;
    const size_t *counts = group->responses;
    size_t width = widen(LABEL_LEAST, message(status, MESSAGE_STATUS_UNANSWERED));
    for (size_t i = 0; i < question->option_count; i++)
        width = widen(width, question->options[i].text.in[0]);
    append_heading(status, group->item->text.in[0], width, true);
    for (size_t i = 0; i < question->option_count; i++)
        append_line(status, question->options[i].text.in[0], width, &group->invited[i], counts[i]);
    if (counts[question->option_count]) {
        append_label(status, message(status, MESSAGE_STATUS_UNANSWERED), width);
        append_right(status, "");
        append_count(status, counts[question->option_count]);
        buffer_append(&status->text, "\n");
    }
}

static void append_channels(struct status *status) {
    const size_t *sizes = status->counts.channels_invited;
    static const enum message names[CHANNEL_COUNT] = {MESSAGE_STATUS_WEB, MESSAGE_STATUS_PAPER};
    append_heading(status, message(status, MESSAGE_STATUS_CHANNEL), LABEL_LEAST, sizes != NULL);
    for (enum channel channel = 0; channel < CHANNEL_COUNT; channel++)
        append_line(status, message(status, names[channel]), LABEL_LEAST, sizes ? &sizes[channel] : NULL,
                    status->counts.channels[channel]);
}

static void append_days(struct status *status) {
    const struct store_day *days = status->counts.days;
    size_t count = status->counts.day_count, shown = 0;
    for (size_t i = 0; i < count; i++)
        shown += counts_is_day_shown(&days[i]);
    if (shown == 0)
        return;
    buffer_format(&status->text, "\n%s\n", message(status, MESSAGE_STATUS_DAY));
    append_label(status, "", LABEL_LEAST);
    append_right(status, message(status, MESSAGE_STATUS_WEB));
    append_right(status, message(status, MESSAGE_STATUS_PAPER));
    buffer_append(&status->text, "\n");
    for (size_t i = 0; i < count; i++) {
        if (!counts_is_day_shown(&days[i]))
            continue;
        append_label(status, days[i].day, LABEL_LEAST);
        for (enum channel channel = 0; channel < CHANNEL_COUNT; channel++)
            append_count(status, days[i].count[channel]);
        buffer_append(&status->text, "\n");
    }
}

static bool is_past(const struct questionnaire *questionnaire) {
    char today[CALENDAR_DAY_SIZE];
    calendar_today(today);
    return questionnaire->closes && strcmp(today, questionnaire->closes) > 0;
}

static void append_whole(struct status *status, struct store *store) {
    const struct questionnaire *questionnaire = status->questionnaire;
    size_t invited = status->counts.invited;
    buffer_format(&status->text, "%s\n%s\n", questionnaire->title.in[0],
                  message(status, store_is_ended(store) ? MESSAGE_STATUS_CLOSED : MESSAGE_STATUS_OPEN));
    if (!store_is_ended(store) && is_past(questionnaire))
        buffer_format(&status->text, "%s\n", message(status, MESSAGE_STATUS_PAST));
    if (status->counts.step > 1)
        buffer_format(&status->text, "%s\n", message(status, MESSAGE_STATUS_COARSE));
    buffer_append(&status->text, "\n");
    if (store_has_links(store)) {
        append_label(status, message(status, MESSAGE_STATUS_LINKS), LABEL_LEAST);
        append_count(status, status->counts.links);
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
    struct counts *counts = &status->counts;
    if (!counts_take(counts, status->arena, status->questionnaire, store, failure))
        return false;
    if (store_links_are_open(store))
        counts_coarsen(counts);
    append_whole(status, store);
    for (size_t i = 0; i < counts->group_count; i++)
        if (counts->groups[i].invited)
            append_group(status, &counts->groups[i]);
    append_channels(status);
    append_days(status);
    terminal_print(stdout, "%s", buffer_text(&status->text));
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
