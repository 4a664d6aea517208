#include "survey/paper_table.h"

#include "survey/paper_words.h"

#include <math.h>

#define LABEL_LEAST 52.0 /* of the wording of the lines */
#define LABEL_GAP   4.0  /* behind it */
#define CELL_LEAST  8.0  /* of a column of boxes */
#define CELL_MOST   26.0
#define CELL_MARGIN 1.6 /* beside the wording of a column */
#define TURNED_MOST 42.0
#define TURNED_CELL 9.0
#define HEAD_GAP    1.8
#define ROW_PADDING 1.5 /* above and below what a row has */
#define FIELD_GAP   3.0
#define RULE        0.15

struct paper_column {
    const char *code, *text;
    unsigned rank; /* of a ranking, from 1 */
};

/* --- columns --- */

static void add_column(struct paper_table *table, const char *code, struct wording text) {
    table->columns[table->column_count++] = (struct paper_column){
        .code = code, .text = wording_plain(table->composition->arena, table->composition->language, text)};
}

static void add_others(struct paper_table *table) {
    if (wording_exists(table->question->no_opinion))
        add_column(table, "no_opinion", table->question->no_opinion);
    if (wording_exists(table->question->not_concerned))
        add_column(table, "not_concerned", table->question->not_concerned);
}

static void list_ranks(struct paper_table *table) {
    const struct question *question = table->question;
    size_t most = question->at_most < question->option_count ? question->at_most : question->option_count;
    table->is_ranking = true;
    table->row_count = question->option_count;
    for (size_t i = 1; i <= most; i++)
        table->columns[table->column_count++] = (struct paper_column){
            .text = arena_format(table->composition->arena, "%zu", i), .rank = (unsigned)i};
}

/* False for what a column's head cannot say: conditions, words beside an option. */
static bool list_options(struct paper_table *table) {
    const struct question *question = table->question;
    table->row_count = question->item_count;
    for (size_t i = 0; i < question->option_count; i++) {
        const struct option *option = &question->options[i];
        if (option->when || option->specify)
            return false;
        add_column(table, option->code, option->text);
    }
    add_others(table);
    return true;
}

/* --- widths --- */

/* Where columns are turned, those as short as "10" stay upright. */
static bool is_turned(const struct paper_table *table, const struct paper_column *column) {
    return table->is_turned && paper_text_natural(table->composition->context, PAPER_HEAD, column->text) >
                                   CELL_LEAST - CELL_MARGIN;
}

static PangoLayout *head_of(const struct paper_table *table, const struct paper_column *column) {
    bool turned = is_turned(table, column);
    double width = turned ? TURNED_MOST : fmax(table->cell, CELL_LEAST) - CELL_MARGIN;
    PangoLayout *layout = paper_text_plain(table->composition->context, PAPER_HEAD, width, column->text);
    if (!turned)
        pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    return layout;
}

static double longest_word(const struct paper_table *table) {
    double longest = 0;
    for (size_t i = 0; i < table->column_count; i++)
        longest = fmax(longest, paper_text_longest_word(table->composition->context, PAPER_HEAD,
                                                        table->columns[i].text));
    return longest;
}

/* The height of all heads; of turned ones, `*lines` becomes how wide the widest is. */
static double head_height(const struct paper_table *table, double *lines) {
    double height = 0;
    *lines = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        PangoLayout *layout = head_of(table, &table->columns[i]);
        double along = paper_text_width(layout), across = paper_text_height(layout);
        bool turned = is_turned(table, &table->columns[i]);
        height = fmax(height, turned ? along : across);
        *lines = fmax(*lines, turned ? across : 0);
        g_object_unref(layout);
    }
    return height;
}

/* A line's wording needs less where it is short: then boxes stand nearer to it, and the eye finds them. */
static double label_wanted(const struct paper_table *table) {
    double widest = 0;
    for (size_t i = 0; i < table->row_count; i++) {
        struct wording text =
            table->is_ranking ? table->question->options[i].text : table->question->items[i].text;
        widest = fmax(widest, paper_text_natural(table->composition->context, PAPER_OPTION,
                                                 wording_plain(table->composition->arena,
                                                               table->composition->language, text)));
    }
    return fmax(LABEL_LEAST, fmin(widest + LABEL_GAP, PAPER_BODY));
}

/* Whether the columns fit, each at least as wide as its longest word or, turned, as its lines. */
static bool fit(struct paper_table *table) {
    double count = (double)table->column_count, lines;
    double wanted = fmax(CELL_LEAST, longest_word(table) + CELL_MARGIN + 0.5);
    double space = PAPER_BODY - LABEL_LEAST;
    if (count * wanted <= space) {
        table->cell = count > 0 ? fmin(fmax(CELL_MOST, wanted), space / count) : 0;
        double spare = PAPER_BODY - count * table->cell;
        double label = label_wanted(table);
        if (label > spare && count > 0)
            table->cell = fmax(wanted, fmin(table->cell, (PAPER_BODY - label) / count));
        table->head = head_height(table, &lines);
    } else {
        table->is_turned = true;
        table->head = head_height(table, &lines);
        table->cell = fmin(fmax(TURNED_CELL, lines + CELL_MARGIN), space / count);
        if (table->cell < fmax(CELL_LEAST, lines))
            return false;
    }
    table->label = PAPER_BODY - count * table->cell;
    return true;
}

bool paper_table_measure(struct paper_table *table, struct paper_composition *composition,
                         const struct question *question) {
    size_t options = question->option_count > question->at_most ? question->option_count : question->at_most;
    *table = (struct paper_table){.composition = composition, .question = question};
    table->columns = ARENA_NEW(composition->arena, struct paper_column, options + 2);
    if (question->type == QUESTION_RANKING)
        list_ranks(table);
    else if (!list_options(table))
        return false;
    return fit(table);
}

/* --- rows --- */

static PangoLayout *label_of(const struct paper_table *table, size_t row) {
    const struct paper_composition *composition = table->composition;
    const struct question *question = table->question;
    const struct option *option = table->is_ranking ? &question->options[row] : NULL;
    return paper_text_hinted(composition->context, PAPER_OPTION, table->label - LABEL_GAP,
                             wording_plain(composition->arena, composition->language,
                                           option ? option->text : question->items[row].text),
                             option ? paper_words_offer(composition->arena, composition->language, option)
                                    : NULL);
}

double paper_table_row_height(const struct paper_table *table, size_t row) {
    PangoLayout *label = label_of(table, row);
    double height = fmax(paper_text_height(label), PAPER_SIDE);
    g_object_unref(label);
    return height + 2 * ROW_PADDING;
}

static double column_left(const struct paper_table *table, size_t column) {
    return PAPER_BODY_LEFT + PAPER_BODY - (double)(table->column_count - column) * table->cell;
}

static void add_rule(struct paper_table *table) {
    struct paper_composition *composition = table->composition;
    paper_compose_add(composition,
                      (struct paper_piece){.kind = PAPER_PIECE_RULE,
                                           .ink = PAPER_INK_LINE,
                                           .area = {PAPER_BODY_LEFT, composition->y, PAPER_BODY, RULE}});
}

static void add_turned(struct paper_table *table, PangoLayout *layout, double left) {
    double along = paper_text_width(layout), across = paper_text_height(layout);
    paper_compose_add(
        table->composition,
        (struct paper_piece){.kind = PAPER_PIECE_TURNED,
                             .area = {left + (table->cell - across) / 2,
                                      table->composition->y + table->head - along, across, along},
                             .layout = layout,
                             .end = (size_t)pango_layout_get_line_count(layout),
                             .tag = "P"});
}

void paper_table_add_head(struct paper_table *table) {
    struct paper_composition *composition = table->composition;
    for (size_t i = 0; i < table->column_count; i++) {
        PangoLayout *layout = head_of(table, &table->columns[i]);
        double left = column_left(table, i);
        if (is_turned(table, &table->columns[i]))
            add_turned(table, layout, left);
        else
            paper_compose_layout(composition, layout, left + CELL_MARGIN / 2,
                                 composition->y + table->head - paper_text_height(layout), PAPER_INK, "P");
    }
    if (table->column_count > 0)
        composition->y += table->head + HEAD_GAP;
}

static void add_boxes(struct paper_table *table, size_t row, double height) {
    const struct question *question = table->question;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct paper_column *column = &table->columns[i];
        struct paper_place place = {.item =
                                        table->is_ranking ? question->items[0].id : question->items[row].id,
                                    .code = table->is_ranking ? question->options[row].code : column->code,
                                    .rank = column->rank};
        paper_compose_box(table->composition, column_left(table, i) + (table->cell - PAPER_SIDE) / 2,
                          table->composition->y + (height - PAPER_SIDE) / 2, place);
    }
}

/* The lines of a ranking are one question, whose block is the caller's. */
void paper_table_add_row(struct paper_table *table, size_t row) {
    struct paper_composition *composition = table->composition;
    double height = paper_table_row_height(table, row);
    if (!table->is_ranking)
        paper_compose_begin_block(composition, &table->question->items[row]);
    add_rule(table);
    PangoLayout *label = label_of(table, row);
    paper_compose_layout(composition, label, PAPER_BODY_LEFT,
                         composition->y + (height - paper_text_height(label)) / 2, PAPER_INK, "P");
    add_boxes(table, row, height);
    composition->y += height;
    if (!table->is_ranking)
        paper_compose_end_block(composition);
}

void paper_table_end(struct paper_table *table) {
    add_rule(table);
}
