/* The first page: how many were invited and have answered. */
#include "model/base/calendar.h"
#include "model/base/html.h"
#include "model/store_invitation.h"
#include "survey/admin_page.h"
#include "survey/counts.h"
#include "survey/keying_desk.h"

#include <math.h>

struct overview {
    struct admin_visit *visit;
    const struct counts *counts;
    bool has_rates;
    struct buffer *html;
};

static void say(const struct overview *overview, const char *tag, enum message message) {
    admin_page_say(overview->html, overview->visit, tag, message, NULL);
}

static void say_with(const struct overview *overview, const char *tag, enum message message,
                     const struct hole *holes) {
    admin_page_say(overview->html, overview->visit, tag, message, holes);
}

/* --- figures --- */

static void write_number(const struct overview *overview, size_t number, bool may_hide) {
    const struct counts *counts = overview->counts;
    if (may_hide && counts->step > 1 && number == 0)
        wording_message(overview->html, frame_language(&overview->visit->pages), MESSAGE_ADMIN_FEWER, NULL);
    else
        buffer_append(overview->html, admin_page_number(overview->visit, number));
}

static void write_rate(const struct overview *overview, size_t number, size_t invited) {
    struct buffer percent = {0};
    bool hidden = overview->counts->step > 1 && number == 0;
    double rate = invited && !hidden ? (double)number / (double)invited : NAN;
    language_percent(&percent, wording_interface(frame_language(&overview->visit->pages)), rate, 0);
    html_text(overview->html, buffer_text(&percent));
    buffer_destroy(&percent);
}

static void write_figure(const struct overview *overview, enum message name) {
    html_raw(overview->html, "<div><dt>");
    wording_message(overview->html, frame_language(&overview->visit->pages), name, NULL);
    html_raw(overview->html, "</dt><dd>");
}

static void write_whole(const struct overview *overview) {
    const struct counts *counts = overview->counts;
    struct buffer *html = overview->html;
    html_raw(html, "<dl class=\"figures\">\n");
    if (counts->invited) {
        write_figure(overview, MESSAGE_STATUS_INVITED);
        write_number(overview, counts->invited, false);
        html_raw(html, "</dd></div>\n");
    }
    write_figure(overview, MESSAGE_STATUS_RESPONSES);
    write_number(overview, counts->responses, true);
    html_raw(html, "</dd></div>\n");
    if (counts->invited && overview->has_rates) {
        write_figure(overview, MESSAGE_STATUS_RATE);
        write_rate(overview, counts->responses, counts->invited);
        html_raw(html, "</dd></div>\n");
    }
    html_raw(html, "</dl>\n");
}

/* --- bars: below the names of the lines of a table, whose numbers say the same --- */

struct bar_line {
    struct wording label; /* in: NULL for `name` */
    enum message name;
    size_t count;
    const size_t *invited; /* NULL: not known */
};

/* Lengths in per cent of the longest bar of the table. */
static void draw_bar(struct buffer *html, size_t count, const size_t *invited, size_t longest) {
    html_raw(html, "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    if (invited)
        buffer_format(html, "<rect class=\"all\" width=\"%zu\" height=\"10\"/>", *invited * 100 / longest);
    buffer_format(html, "<rect class=\"some\" width=\"%zu\" height=\"10\"/></svg>",
                  (count < longest ? count : longest) * 100 / longest);
}

static void write_header(const struct overview *overview, enum message first, bool invited) {
    struct buffer *html = overview->html;
    html_raw(html, "<thead><tr>");
    say(overview, "th scope=\"col\"", first);
    if (invited)
        say(overview, "th scope=\"col\" class=\"number\"", MESSAGE_STATUS_INVITED);
    say(overview, "th scope=\"col\" class=\"number\"", MESSAGE_STATUS_RESPONSES);
    if (invited && overview->has_rates)
        say(overview, "th scope=\"col\" class=\"number\"", MESSAGE_STATUS_RATE);
    html_raw(html, "</tr></thead>\n<tbody>\n");
}

static void write_line(const struct overview *overview, const struct bar_line *line, bool invited,
                       size_t longest) {
    struct buffer *html = overview->html;
    const struct wording_language language = frame_language(&overview->visit->pages);
    html_raw(html, "<tr><th scope=\"row\">");
    if (line->label.in)
        wording_text(html, language, line->label);
    else
        wording_message(html, language, line->name, NULL);
    draw_bar(html, line->count, line->invited, longest);
    html_raw(html, "</th>");
    if (invited) {
        html_raw(html, "<td class=\"number\">");
        if (line->invited)
            write_number(overview, *line->invited, false);
        html_raw(html, "</td>");
    }
    html_raw(html, "<td class=\"number\">");
    write_number(overview, line->count, true);
    html_raw(html, "</td>");
    if (invited && overview->has_rates) {
        html_raw(html, "<td class=\"number\">");
        if (line->invited)
            write_rate(overview, line->count, *line->invited);
        html_raw(html, "</td>");
    }
    html_raw(html, "</tr>\n");
}

static void write_table(const struct overview *overview, enum message first, const struct bar_line *lines,
                        size_t count) {
    size_t longest = 1;
    bool invited = false;
    for (size_t i = 0; i < count; i++) {
        size_t length =
            lines[i].invited && *lines[i].invited > lines[i].count ? *lines[i].invited : lines[i].count;
        longest = length > longest ? length : longest;
        invited = invited || lines[i].invited;
    }
    html_raw(overview->html, "<table class=\"bars\">\n");
    write_header(overview, first, invited);
    for (size_t i = 0; i < count; i++)
        write_line(overview, &lines[i], invited, longest);
    html_raw(overview->html, "</tbody></table>\n");
}

static void write_group(const struct overview *overview, const struct counts_group *group) {
    const struct question *question = group->item->question;
    size_t count = question->option_count;
    struct bar_line *lines = ARENA_NEW(overview->visit->arena, struct bar_line, count + 1);
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct bar_line){.label = question->options[i].text,
                                     .count = group->responses[i],
                                     .invited = group->invited ? &group->invited[i] : NULL};
    if (group->responses[count])
        lines[count] = (struct bar_line){.name = MESSAGE_STATUS_UNANSWERED, .count = group->responses[count]};
    html_raw(overview->html, "<section>\n<h2>");
    wording_text(overview->html, frame_language(&overview->visit->pages), group->item->text);
    html_raw(overview->html, "</h2>\n");
    write_table(overview, MESSAGE_ADMIN_GROUP, lines, count + (group->responses[count] > 0));
    html_raw(overview->html, "</section>\n");
}

static const enum message channel_names[CHANNEL_COUNT] = {MESSAGE_STATUS_WEB, MESSAGE_STATUS_PAPER};

static void write_channels(const struct overview *overview) {
    const struct counts *counts = overview->counts;
    struct bar_line lines[CHANNEL_COUNT];
    for (size_t i = 0; i < CHANNEL_COUNT; i++)
        lines[i] =
            (struct bar_line){.name = channel_names[i],
                              .count = counts->channels[i],
                              .invited = counts->channels_invited ? &counts->channels_invited[i] : NULL};
    html_raw(overview->html, "<section>\n");
    say(overview, "h2", MESSAGE_STATUS_CHANNEL);
    write_table(overview, MESSAGE_ADMIN_CHANNEL, lines, CHANNEL_COUNT);
    html_raw(overview->html, "</section>\n");
}

/* --- days --- */

/* Of the picture; days that fill its width, which fewer do not. */
enum { DAYS_HEIGHT = 100, DAYS_WIDEST = 30 };

static size_t day_total(const struct store_day *day) {
    size_t total = 0;
    for (size_t i = 0; i < CHANNEL_COUNT; i++)
        total += day->count[i];
    return total;
}

static const char *date_words(const struct overview *overview, const char *day) {
    struct buffer words = {0};
    language_date(&words, wording_interface(frame_language(&overview->visit->pages)), day);
    const char *copy = arena_copy(overview->visit->arena, buffer_text(&words));
    buffer_destroy(&words);
    return copy;
}

/* What the colours mean, as far as both are there. */
static void write_legend(const struct overview *overview, const size_t totals[static CHANNEL_COUNT]) {
    static const char *const classes[CHANNEL_COUNT] = {"some", "paper"};
    struct buffer *html = overview->html;
    if (!totals[CHANNEL_WEB] || !totals[CHANNEL_PAPER])
        return;
    html_raw(html, "<p class=\"legend-of-days\">");
    for (size_t i = 0; i < CHANNEL_COUNT; i++) {
        buffer_format(html,
                      "<span><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"%s\" width=\"10\" "
                      "height=\"10\"/></svg> ",
                      classes[i]);
        wording_message(html, frame_language(&overview->visit->pages), channel_names[i], NULL);
        html_raw(html, "</span> ");
    }
    html_raw(html, "</p>\n");
}

static void draw_column(struct buffer *html, const char *class, int at, double below, double height) {
    if (height > 0)
        buffer_format(html, "<rect class=\"%s\" x=\"%d.1\" y=\"%.1f\" width=\".8\" height=\"%.1f\"/>", class,
                      at, DAYS_HEIGHT - below - height, height);
}

/* Columns of one unit each, a day; the highest fills the picture, whose width is that of its days. */
static void draw_days(const struct overview *overview, const struct store_day *first,
                      const struct store_day *last, size_t most) {
    struct buffer *html = overview->html;
    int begin = calendar_day_number(first->day), span = calendar_day_number(last->day) - begin + 1;
    const struct hole holes[] = {{"first", date_words(overview, first->day)},
                                 {"last", date_words(overview, last->day)},
                                 {"most", admin_page_number(overview->visit, most)},
                                 {0}};
    buffer_format(html, "<div class=\"days\"><svg width=\"%d%%\"",
                  span < DAYS_WIDEST ? span * 100 / DAYS_WIDEST : 100);
    buffer_format(html, " viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\"", span,
                  DAYS_HEIGHT);
    html_attribute(html, "aria-label",
                   wording_say(overview->visit->arena, frame_language(&overview->visit->pages),
                               MESSAGE_ADMIN_DAYS_CHART, holes));
    html_raw(html, ">");
    for (const struct store_day *day = first; day <= last; day++) {
        double web = (double)day->count[CHANNEL_WEB] * DAYS_HEIGHT / (double)most;
        double paper = (double)day->count[CHANNEL_PAPER] * DAYS_HEIGHT / (double)most;
        draw_column(html, "some", calendar_day_number(day->day) - begin, 0, web);
        draw_column(html, "paper", calendar_day_number(day->day) - begin, web, paper);
    }
    html_raw(html, "</svg></div>\n");
    say_with(overview, "p class=\"ends\"", span > 1 ? MESSAGE_ADMIN_DAYS_ENDS : MESSAGE_ADMIN_DAYS_ONE,
             holes);
}

static void write_days_table(const struct overview *overview, const struct store_day *days, size_t count) {
    struct buffer *html = overview->html;
    html_raw(html, "<details><summary>");
    wording_message(html, frame_language(&overview->visit->pages), MESSAGE_ADMIN_DAYS_TABLE, NULL);
    html_raw(html, "</summary>\n<table class=\"bars\"><thead><tr>");
    say(overview, "th scope=\"col\"", MESSAGE_ADMIN_DAY);
    for (size_t i = 0; i < CHANNEL_COUNT; i++)
        say(overview, "th scope=\"col\" class=\"number\"", channel_names[i]);
    html_raw(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        if (!counts_is_day_shown(&days[i]))
            continue;
        html_raw(html, "<tr><th scope=\"row\">");
        html_text(html, date_words(overview, days[i].day));
        html_raw(html, "</th>");
        for (size_t k = 0; k < CHANNEL_COUNT; k++) {
            html_raw(html, "<td class=\"number\">");
            write_number(overview, days[i].count[k], true);
            html_raw(html, "</td>");
        }
        html_raw(html, "</tr>\n");
    }
    html_raw(html, "</tbody></table></details>\n");
}

static void write_days(const struct overview *overview) {
    const struct store_day *days = overview->counts->days, *first = NULL, *last = NULL;
    size_t most = 0, totals[CHANNEL_COUNT] = {0};
    for (size_t i = 0; i < overview->counts->day_count; i++) {
        if (!counts_is_day_shown(&days[i]))
            continue;
        for (size_t k = 0; k < CHANNEL_COUNT; k++)
            totals[k] += days[i].count[k];
        first = first ? first : &days[i];
        last = &days[i];
        most = day_total(&days[i]) > most ? day_total(&days[i]) : most;
    }
    html_raw(overview->html, "<section>\n");
    say(overview, "h2", MESSAGE_STATUS_DAY);
    if (first) {
        write_legend(overview, totals);
        draw_days(overview, first, last, most);
        write_days_table(overview, first, (size_t)(last - first) + 1);
    } else {
        say(overview, "p", MESSAGE_ADMIN_NO_DAYS);
    }
    html_raw(overview->html, "</section>\n");
}

/* --- the page --- */

static void write_state(const struct overview *overview) {
    struct store *store = overview->visit->store;
    say(overview, "p class=\"state\"", store_is_ended(store) ? MESSAGE_STATUS_CLOSED : MESSAGE_STATUS_OPEN);
    if (overview->counts->step > 1)
        say(overview, "p class=\"aside\"", MESSAGE_ADMIN_STEPS);
    if (!overview->has_rates)
        say(overview, "p class=\"aside\"", MESSAGE_ADMIN_NO_RATES);
}

/* What waits for somebody. */
struct waiting {
    size_t scans, sheets;
};

static bool find_waiting(struct admin_visit *visit, struct waiting *waiting) {
    const struct keying_desk desk = {
        .store = visit->store, .questionnaire = visit->pages.site->questionnaire, .arena = visit->arena};
    struct keying_measure measure;
    size_t count;
    const struct store_paper_review *all =
        store_paper_reviews(visit->store, visit->arena, 0, &count, &visit->failure);
    if (!all || !keying_desk_measure(&desk, &measure, &visit->failure))
        return false;
    *waiting = (struct waiting){.sheets = measure.open_count};
    for (size_t i = 0; i < count; i++)
        waiting->scans += !all[i].settled;
    return true;
}

static void write_waiting(const struct overview *overview, size_t count, const char *path,
                          enum message message) {
    if (!count)
        return;
    html_raw(overview->html, "<p class=\"waiting\">");
    admin_page_link(overview->html, overview->visit, path, message,
                    (struct hole[]){{"count", admin_page_number(overview->visit, count)}, {0}});
    html_raw(overview->html, "</p>\n");
}

/* Once the collection has ended nobody's answer can be told by when a number moves. */
static const struct counts *find_counts(struct admin_visit *visit) {
    const struct questionnaire *questionnaire = visit->pages.site->questionnaire;
    struct counts *counts = ARENA_NEW(visit->arena, struct counts, 1);
    if (!store_is_ended(visit->store))
        return counts_watch(&visit->admin->shown, questionnaire, visit->store, &visit->failure);
    counts_forget(&visit->admin->shown);
    return counts_take(counts, visit->arena, questionnaire, visit->store, &visit->failure) ? counts : NULL;
}

void admin_show_overview(struct admin_visit *visit) {
    struct overview overview = {.visit = visit};
    struct waiting waiting;
    if (!admin_open_store(visit, STORE_READ) || !find_waiting(visit, &waiting) ||
        !(overview.counts = find_counts(visit)))
        return;
    overview.has_rates = !store_links_are_open(visit->store);
    struct frame frame = admin_page_begin(visit, 200, MESSAGE_ADMIN_OVERVIEW);
    overview.html = &frame.content;
    write_state(&overview);
    write_whole(&overview);
    write_waiting(&overview, waiting.scans, "review", MESSAGE_ADMIN_WAITING_SCANS);
    write_waiting(&overview, waiting.sheets, "keying", MESSAGE_ADMIN_WAITING_SHEETS);
    for (size_t i = 0; i < overview.counts->group_count; i++)
        write_group(&overview, &overview.counts->groups[i]);
    write_channels(&overview);
    write_days(&overview);
    admin_page_finish(visit, &frame);
}
