#include "survey/paper_list.h"

#include "survey/paper_words.h"

#include <math.h>

#define ROW_GAP     1.6  /* between two rows */
#define COLUMN_GAP  5.0  /* behind a label, before the next box */
#define GAP_MOST    12.0 /* more of it, in a row */
#define LINE_LEAST  45.0 /* of a line to write on behind a label */
#define LINE_HEIGHT 7.4  /* for what is written on it */
#define LINE_RAISE  1.6  /* of that above its box */

/* Up to so many answers may stand in one row, and so many are told apart in columns at a glance. */
enum { IN_ROW_MOST = 12, COLUMNS_MOST = 3, FOR_THREE_COLUMNS = 7, FOR_TWO_COLUMNS = 4, FOR_LONG = 8 };

struct label {
    const char *code, *text, *hint;
    bool is_written; /* words are asked for behind it */
};

struct list {
    struct paper_composition *composition;
    const struct item *item;
    struct label *labels;
    size_t count;
};

/* --- what is offered --- */

static void add_label(struct list *list, const char *code, struct wording text, const struct option *option) {
    struct arena *arena = list->composition->arena;
    struct wording_language language = list->composition->language;
    list->labels[list->count++] =
        (struct label){.code = code,
                       .text = wording_plain(arena, language, text),
                       .hint = option ? paper_words_offer(arena, language, option) : NULL,
                       .is_written = option && option->specify};
}

static struct list begin(struct paper_composition *composition, const struct item *item) {
    return (struct list){.composition = composition,
                         .item = item,
                         .labels =
                             ARENA_NEW(composition->arena, struct label, item->question->option_count + 2)};
}

static void add_others(struct list *list) {
    const struct question *question = list->item->question;
    if (wording_exists(question->no_opinion))
        add_label(list, "no_opinion", question->no_opinion, NULL);
    if (wording_exists(question->not_concerned))
        add_label(list, "not_concerned", question->not_concerned, NULL);
}

/* --- how many columns --- */

/* The width of a box and its label, with a gap behind; what no row shares with others is as wide as the page.
 */
static double width_of(const struct list *list, const struct label *label) {
    if (label->hint || label->is_written)
        return PAPER_BODY + COLUMN_GAP;
    return paper_text_natural(list->composition->context, PAPER_OPTION, label->text) + PAPER_LABEL_OFFSET +
           COLUMN_GAP;
}

/* What all answers side by side leave free; negative if they do not fit. */
static double room_in_row(const struct list *list) {
    double room = PAPER_BODY + COLUMN_GAP;
    for (size_t i = 0; i < list->count; i++)
        room -= width_of(list, &list->labels[i]);
    return list->count <= IN_ROW_MOST ? room : -1;
}

/* A long list may have labels of two lines, if that halves it. */
static bool fit_columns(const struct list *list, size_t columns) {
    double most = PAPER_BODY / (double)columns,
           twice = columns == 2 && list->count >= FOR_LONG ? 1.7 * most : most;
    for (size_t i = 0; i < list->count; i++)
        if (!list->labels[i].is_written && width_of(list, &list->labels[i]) > twice)
            return false;
    return true;
}

static size_t count_columns(const struct list *list) {
    if (list->count >= FOR_THREE_COLUMNS && fit_columns(list, COLUMNS_MOST))
        return COLUMNS_MOST;
    return list->count >= FOR_TWO_COLUMNS && fit_columns(list, 2) ? 2 : 1;
}

/* --- rows --- */

/* Adds a label with its box at x, in the room of `width`; gives the height. */
static double add_answer(struct list *list, const struct label *label, double x, double width) {
    struct paper_composition *composition = list->composition;
    double y = composition->y;
    PangoLayout *layout =
        paper_text_hinted(composition->context, PAPER_OPTION, width - PAPER_LABEL_OFFSET - COLUMN_GAP / 2,
                          label->text, label->hint);
    double drop = (PAPER_SIDE - paper_text_line(layout)) / 2;
    paper_compose_box(composition, x, y, (struct paper_place){.item = list->item->id, .code = label->code});
    double height =
        paper_compose_layout(composition, layout, x + PAPER_LABEL_OFFSET, y + drop, PAPER_INK, "P");
    return fmax(PAPER_SIDE, height + drop);
}

/* A line to write on, behind the label or, if that is long, below it. */
static void add_line(struct list *list, const struct label *label) {
    struct paper_composition *composition = list->composition;
    composition->y += LINE_RAISE;
    double left = PAPER_BODY_LEFT + PAPER_LABEL_OFFSET, right = PAPER_BODY_LEFT + PAPER_BODY;
    double behind = left + paper_text_natural(composition->context, PAPER_OPTION, label->text) + 2;
    double top = composition->y - LINE_RAISE;
    double height = add_answer(list, label, PAPER_BODY_LEFT, PAPER_BODY + COLUMN_GAP);
    if (label->hint || right - behind < LINE_LEAST) {
        top = composition->y + height;
        behind = left;
    }
    const struct paper_area area = {behind, top, right - behind, LINE_HEIGHT};
    paper_compose_lines(composition, area, LINE_HEIGHT, list->item->id, label->code);
    composition->y = fmax(composition->y + height, top + LINE_HEIGHT) + ROW_GAP;
}

/* The answers from `first` to before `end`, one below the other in each column. */
static void add_columns(struct list *list, size_t first, size_t end, size_t columns) {
    struct paper_composition *composition = list->composition;
    size_t rows = (end - first + columns - 1) / columns;
    double width = PAPER_BODY / (double)columns;
    for (size_t row = 0; row < rows; row++) {
        double height = 0;
        for (size_t column = 0; first + column * rows + row < end; column++)
            height = fmax(height, add_answer(list, &list->labels[first + column * rows + row],
                                             PAPER_BODY_LEFT + width * (double)column, width));
        composition->y += height + ROW_GAP;
        paper_compose_allow_break(composition);
    }
}

/* All answers side by side; a few stand no further apart than is needed to tell them apart. */
static void add_in_row(struct list *list, double room) {
    struct paper_composition *composition = list->composition;
    double gap = fmin(room / (double)list->count, GAP_MOST), x = PAPER_BODY_LEFT, height = 0;
    for (size_t i = 0; i < list->count; i++) {
        double width = width_of(list, &list->labels[i]);
        height = fmax(height, add_answer(list, &list->labels[i], x, width + 1));
        x += width + gap;
    }
    composition->y += height;
}

/* What asks for words has a row of its own. */
static void add_all(struct list *list) {
    double room = room_in_row(list);
    if (list->count > 0 && room >= 0) {
        add_in_row(list, room);
        return;
    }
    size_t columns = count_columns(list);
    for (size_t first = 0, end; first < list->count; first = end) {
        end = first;
        while (end < list->count && !list->labels[end].is_written)
            end++;
        if (end > first)
            add_columns(list, first, end, columns);
        if (end < list->count)
            add_line(list, &list->labels[end++]);
    }
    if (list->count)
        list->composition->y -= ROW_GAP;
}

void paper_list_add(struct paper_composition *composition, const struct item *item) {
    const struct question *question = item->question;
    struct list list = begin(composition, item);
    for (size_t i = 0; i < question->option_count; i++)
        add_label(&list, question->options[i].code, question->options[i].text, &question->options[i]);
    add_others(&list);
    add_all(&list);
}

void paper_list_add_others(struct paper_composition *composition, const struct item *item) {
    struct list list = begin(composition, item);
    add_others(&list);
    add_all(&list);
}
