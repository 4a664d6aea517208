#include "analysis/theme_print.h"

#include "analysis/prose.h"
#include "analysis/theme_agreement.h"
#include "analysis/theme_frequent.h"
#include "model/base/text.h"

#include <math.h>
#include <string.h>

enum { WORDS_MOST = 25, PAIRS_MOST = 15, GROUPS_MOST = 10, SHOWN_MOST = 72 };
static const double CONFIDENCE = 0.95;

/* --- Pieces of text --- */

static void say(const struct theme_print *print, enum message message, const struct hole *holes) {
    language_fill(print->buffer, print->language, message, holes);
}

static const char *number(const struct theme_print *print, double value, int decimals) {
    struct buffer text = {0};
    language_number(&text, print->language, value, decimals);
    const char *kept = arena_copy_bytes(print->arena, buffer_text(&text), text.length);
    buffer_destroy(&text);
    return kept;
}

/* The text at the right end of so many places. */
static void right(const struct theme_print *print, const char *text, size_t width) {
    for (size_t length = text_characters(text); length < width; length++)
        buffer_append(print->buffer, " ");
    buffer_append(print->buffer, text);
}

static void line(const struct theme_print *print, size_t count, const char *text) {
    right(print, number(print, (double)count, 0), 7);
    buffer_format(print->buffer, "  %s\n", text);
}

/* An answer on one line, not too long, without anything that a terminal would obey. */
static const char *shown(const struct theme_print *print, const char *answer) {
    char *text = arena_copy(print->arena, theme_coding_text(print->arena, answer)), *at = text;
    for (size_t characters = 0; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            *at = '?';
        if (((unsigned char)*at & 0xC0) != 0x80 && characters++ == SHOWN_MOST)
            break;
    }
    return *at ? arena_format(print->arena, "%.*s…", (int)(at - text), text) : text;
}

/* --- Words and groups --- */

static void list_phrases(const struct theme_print *print, enum message heading,
                         struct theme_phrases phrases) {
    say(print, heading, NULL);
    buffer_append(print->buffer, "\n");
    for (size_t i = 0; i < phrases.count; i++)
        line(print, phrases.all[i].count, phrases.all[i].text);
    if (phrases.count == 0)
        say(print, MESSAGE_THEMES_PRINT_NONE, NULL);
    buffer_append(print->buffer, "\n");
}

void theme_print_words(const struct theme_print *print, const struct theme_corpus *corpus) {
    list_phrases(print, MESSAGE_THEMES_PRINT_WORDS, theme_frequent_words(print->arena, corpus, WORDS_MOST));
    list_phrases(print, MESSAGE_THEMES_PRINT_PAIRS, theme_frequent_pairs(print->arena, corpus, PAIRS_MOST));
}

void theme_print_groups(const struct theme_print *print, const struct theme_corpus *corpus,
                        const struct theme_groups *groups) {
    if (groups->count == 0)
        return;
    say(print, MESSAGE_THEMES_PRINT_GROUPS, NULL);
    buffer_append(print->buffer, "\n");
    for (size_t i = 0; i < corpus->count && groups->group[groups->order[i]] != 0;) {
        size_t first = groups->order[i], group = groups->group[first], answers = 0;
        for (; i < corpus->count && groups->group[groups->order[i]] == group; i++)
            answers += corpus->weights[groups->order[i]];
        if (group <= GROUPS_MOST)
            line(print, answers, shown(print, corpus->answers[first]));
    }
    const struct hole holes[] = {{"count", number(print, (double)(groups->count - GROUPS_MOST), 0)}, {0}};
    if (groups->count > GROUPS_MOST)
        say(print, MESSAGE_THEMES_PRINT_MORE, holes);
    buffer_append(print->buffer, "\n");
}

/* --- Themes --- */

void theme_print_themes(const struct theme_print *print, const struct item_themes *themes) {
    const struct hole holes[] = {{"coded", number(print, (double)themes->coded, 0)},
                                 {"answers", number(print, (double)themes->answers, 0)},
                                 {0}};
    say(print, MESSAGE_THEMES_PRINT_THEMES, holes);
    buffer_append(print->buffer, "\n");
    for (size_t i = 0; i < themes->count; i++) {
        const struct theme *theme = &themes->all[i];
        struct buffer percent = {0};
        if (themes->coded >= PROSE_PERCENT_FROM)
            language_percent(&percent, print->language, theme->share.rate, 0);
        right(print, number(print, (double)theme->share.count, 0), 7);
        right(print, buffer_text(&percent), percent.length ? 7 : 0);
        buffer_format(print->buffer, "  %s\n", theme->name);
        buffer_destroy(&percent);
    }
    buffer_append(print->buffer, "\n");
}

/* --- Agreement --- */

static const char *interval(const struct theme_print *print, const struct agreement *agreement) {
    if (isnan(agreement->low))
        return "–";
    return arena_format(print->arena, "[%s ; %s]", number(print, agreement->low, 2),
                        number(print, agreement->high, 2));
}

static void agreement_line(const struct theme_print *print, const struct theme_agreement *theme) {
    const size_t counts[] = {theme->both, theme->first, theme->second, theme->neither};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        right(print, number(print, (double)counts[i], 0), 7);
    right(print, number(print, theme->kappa.value, 2), 7);
    right(print, interval(print, &theme->kappa), 16);
    right(print, number(print, theme->alpha.value, 2), 7);
    buffer_format(print->buffer, "  %s\n", theme->theme);
}

static void whole_line(const struct theme_print *print, const struct theme_agreements *agreements) {
    const struct hole holes[] = {
        {"kappa", number(print, agreements->kappa.value, 2)},
        {"interval", interval(print, &agreements->kappa)},
        {"alpha", number(print, agreements->alpha.value, 2)},
        {"same", number(print, (double)(agreements->answers - agreements->differing), 0)},
        {"answers", number(print, (double)agreements->answers, 0)},
        {0}};
    say(print, agreements->has_whole ? MESSAGE_THEMES_PRINT_WHOLE : MESSAGE_THEMES_PRINT_NO_WHOLE, holes);
    buffer_append(print->buffer, "\n\n");
}

static const char *or_dash(const char *cell) {
    return *cell ? cell : "–";
}

static void list_differing(const struct theme_print *print, const struct theme_coding *coding) {
    say(print, MESSAGE_THEMES_PRINT_DIFFER, NULL);
    buffer_append(print->buffer, "\n");
    for (size_t i = 0; i < coding->count; i++) {
        const struct theme_row *row = &coding->rows[i];
        if (row->count == 0 || !theme_coding_differs(print->arena, row))
            continue;
        const struct hole holes[] = {{"line", number(print, row->line, 0)},
                                     {"answer", shown(print, row->answer)},
                                     {"first", shown(print, or_dash(row->cells[THEME_FIRST]))},
                                     {"second", shown(print, or_dash(row->cells[THEME_SECOND]))},
                                     {"settled", shown(print, or_dash(row->cells[THEME_SETTLED]))},
                                     {0}};
        say(print, MESSAGE_THEMES_PRINT_DIFFERING, holes);
        buffer_append(print->buffer, "\n");
    }
    buffer_append(print->buffer, "\n");
}

void theme_print_agreement(const struct theme_print *print, const struct theme_coding *coding) {
    struct theme_agreements agreements = theme_agreement_compute(print->arena, coding, CONFIDENCE);
    if (agreements.answers == 0)
        return;
    static const enum message titles[] = {MESSAGE_THEMES_PRINT_BOTH, MESSAGE_THEMES_PRINT_FIRST,
                                          MESSAGE_THEMES_PRINT_SECOND, MESSAGE_THEMES_PRINT_NEITHER};
    const struct hole holes[] = {{"answers", number(print, (double)agreements.answers, 0)}, {0}};
    say(print, MESSAGE_THEMES_PRINT_AGREEMENT, holes);
    buffer_append(print->buffer, "\n");
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        right(print, language_message(print->language, titles[i]), 7);
    right(print, "κ", 7);
    right(print, language_message(print->language, MESSAGE_THEMES_PRINT_INTERVAL), 16);
    right(print, "α", 7);
    buffer_append(print->buffer, "\n");
    for (size_t i = 0; i < agreements.count; i++)
        agreement_line(print, &agreements.themes[i]);
    whole_line(print, &agreements);
    if (agreements.differing)
        list_differing(print, coding);
}
