#include "survey/paper_form.h"

#include "model/base/digest.h"
#include "survey/paper_front.h"
#include "survey/paper_list.h"
#include "survey/paper_table.h"
#include "survey/paper_words.h"
#include "survey/paper_write.h"

#include <math.h>
#include <string.h>

#define QUESTION_GAP 5.5
#define SECTION_GAP  3.0
#define WORDING_GAP  2.0 /* between a question and its answers */
#define ROUTE_GAP    2.0
#define LINE_GAP     2.5 /* between lines of a grid that are lists */
#define ROWS_LEAST   3   /* of a grid that goes on overleaf, on this page */

struct form {
    struct paper_composition *composition;
    const struct questionnaire *questionnaire;
    size_t question; /* the index of the next */
};

/* --- wording --- */

static void add_number(struct paper_composition *composition, size_t number) {
    PangoLayout *layout = paper_text_plain(composition->context, PAPER_NUMBER, 0,
                                           arena_format(composition->arena, "%zu", number));
    paper_compose_layout(composition, layout, PAPER_LEFT, composition->y, PAPER_INK_ACCENT, NULL);
}

/* The question, with its number in front and a hint behind. */
static void add_wording(struct paper_composition *composition, const struct question *question,
                        const char *hint) {
    struct wording_language language = composition->language;
    add_number(composition, paper_words_number(language, question));
    const char *text = wording_plain(composition->arena, language, question->text);
    paper_compose_flow(composition,
                       paper_text_hinted(composition->context, PAPER_QUESTION, PAPER_BODY, text, hint),
                       PAPER_BODY_LEFT, PAPER_INK, "H3");
    const char *help = wording_plain(composition->arena, language, question->help);
    if (help)
        paper_compose_flow(composition, paper_text_plain(composition->context, PAPER_HELP, PAPER_BODY, help),
                           PAPER_BODY_LEFT, PAPER_INK_PALE, "P");
    composition->y += WORDING_GAP;
}

static void begin_question(struct paper_composition *composition, const struct question *question) {
    add_wording(composition, question, paper_words_hint(composition->arena, composition->language, question));
}

/* Overleaf, so that nobody has to turn back. */
static void begin_rest(struct paper_composition *composition, const struct question *question) {
    add_number(composition, paper_words_number(composition->language, question));
    PangoLayout *layout = paper_text_hinted(
        composition->context, PAPER_QUESTION, PAPER_BODY,
        wording_plain(composition->arena, composition->language, question->text),
        wording_say(composition->arena, composition->language, MESSAGE_PAPER_CONTINUED, NULL));
    paper_compose_flow(composition, layout, PAPER_BODY_LEFT, PAPER_INK, "P");
    composition->y += WORDING_GAP;
}

/* --- answers --- */

static void add_written(struct paper_composition *composition, const struct item *item) {
    const struct question *question = item->question;
    paper_write_add(composition, item);
    if (wording_exists(question->no_opinion) || wording_exists(question->not_concerned)) {
        composition->y += WORDING_GAP;
        paper_list_add_others(composition, item);
    }
}

static void add_answers(struct paper_composition *composition, const struct item *item) {
    if (item->question->option_count > 0)
        paper_list_add(composition, item);
    else
        add_written(composition, item);
}

/* A grid whose columns a page has no room for: its lines below each other, each with its list. */
static void add_lines(struct paper_composition *composition, const struct question *question) {
    for (size_t i = 0; i < question->item_count; i++) {
        const struct item *item = &question->items[i];
        composition->y += i ? LINE_GAP : 0;
        paper_compose_allow_break(composition);
        paper_compose_begin_block(composition, item);
        paper_compose_flow(
            composition,
            paper_text_plain(composition->context, PAPER_OPTION, PAPER_BODY,
                             wording_plain(composition->arena, composition->language, item->text)),
            PAPER_BODY_LEFT, PAPER_INK, "P");
        composition->y += WORDING_GAP / 2;
        add_answers(composition, item);
        paper_compose_end_block(composition);
    }
}

/* Adds the rows from `first` on that this page has room for; gives the first that it has not. */
static size_t add_rows(struct paper_table *table, size_t first) {
    struct paper_composition *composition = table->composition;
    size_t row = first;
    paper_table_add_head(table);
    while (row < table->row_count &&
           (row == first || composition->y + paper_table_row_height(table, row) <= PAPER_BOTTOM))
        paper_table_add_row(table, row++);
    paper_table_end(table);
    return row;
}

/* The height of the head and of `count` rows, or of all if there are fewer. */
static double height_of(const struct paper_table *table, size_t count) {
    double height = table->head;
    for (size_t i = 0; i < table->row_count && i < count; i++)
        height += paper_table_row_height(table, i);
    return height;
}

/* A grid that is higher than a page goes on overleaf, under the wording of its columns. */
static void add_grid(struct paper_composition *composition, struct paper_table *table) {
    if (composition->y + height_of(table, table->row_count) <= PAPER_BOTTOM ||
        height_of(table, table->row_count) < (PAPER_BOTTOM - PAPER_TOP) * 0.8) {
        paper_table_add_head(table);
        for (size_t i = 0; i < table->row_count; i++) {
            paper_table_add_row(table, i);
            paper_compose_allow_break(composition);
        }
        paper_table_end(table);
        return;
    }
    if (composition->y + height_of(table, ROWS_LEAST) > PAPER_BOTTOM)
        paper_compose_push(composition);
    for (size_t row = add_rows(table, 0); row < table->row_count;) {
        paper_compose_end(composition);
        paper_compose_turn(composition);
        paper_compose_begin(composition);
        begin_rest(composition, table->question);
        row = add_rows(table, row);
    }
}

static void add_ranking(struct paper_composition *composition, struct paper_table *table) {
    const struct question *question = table->question;
    paper_compose_begin_block(composition, &question->items[0]);
    paper_table_add_head(table);
    for (size_t i = 0; i < table->row_count; i++)
        paper_table_add_row(table, i);
    paper_table_end(table);
    if (wording_exists(question->no_opinion) || wording_exists(question->not_concerned)) {
        composition->y += WORDING_GAP;
        paper_list_add_others(composition, &question->items[0]);
    }
    paper_compose_end_block(composition);
}

/* The block of a single question has its wording: whoever looks at its picture knows what was asked. */
static void add_single(struct paper_composition *composition, const struct question *question) {
    paper_compose_begin_block(composition, &question->items[0]);
    begin_question(composition, question);
    add_answers(composition, &question->items[0]);
    paper_compose_end_block(composition);
}

static void add_question(struct paper_composition *composition, const struct question *question) {
    struct paper_table table;
    bool is_ranking = question->type == QUESTION_RANKING;
    if (!question->is_grid && !is_ranking) {
        add_single(composition, question);
        return;
    }
    bool fits = paper_table_measure(&table, composition, question);
    begin_question(composition, question);
    if (fits && is_ranking)
        add_ranking(composition, &table);
    else if (fits)
        add_grid(composition, &table);
    else if (is_ranking)
        failure_set(&composition->failure,
                    "the question \"%s\" ranks %zu options: a page has not room for so many", question->id,
                    question->option_count);
    else
        add_lines(composition, question);
}

/* --- who answers what --- */

static const char *condition_of(const struct form *form, const struct expression *condition) {
    return condition ? paper_words_condition(form->composition->arena, form->composition->language, condition)
                     : "";
}

static const char *when_of(const struct form *form, size_t question, bool of_page) {
    const struct question *asked = &form->questionnaire->questions[question];
    return condition_of(form, of_page ? asked->page_when : asked->when);
}

/* The number of the last question of a run that has the same condition as the one at `first`. */
static size_t run_end(const struct form *form, size_t first, bool of_page) {
    const char *condition = when_of(form, first, of_page);
    size_t end = first + 1;
    while (
        end < form->questionnaire->question_count && !strcmp(when_of(form, end, of_page), condition) &&
        (of_page || form->questionnaire->questions[end].page == form->questionnaire->questions[first].page))
        end++;
    return end;
}

/* Says the condition where a run begins that has one. */
static void add_route(struct form *form, bool of_page) {
    struct paper_composition *composition = form->composition;
    const char *condition = when_of(form, form->question, of_page);
    bool is_said = form->question > 0 && run_end(form, form->question - 1, of_page) > form->question;
    if (!*condition || is_said)
        return;
    const char *route = paper_words_route(composition->arena, composition->language, condition,
                                          form->question + 1, run_end(form, form->question, of_page));
    paper_compose_flow(composition, paper_text_plain(composition->context, PAPER_ROUTE, PAPER_COLUMN, route),
                       PAPER_LEFT, PAPER_INK_ACCENT, "P");
    composition->y += ROUTE_GAP;
}

/* --- pages of the questionnaire --- */

static void add_section(struct paper_composition *composition, struct wording title) {
    if (!wording_exists(title))
        return;
    const char *text = wording_plain(composition->arena, composition->language, title);
    composition->y += composition->y > PAPER_TOP ? SECTION_GAP : 0;
    paper_compose_add(composition,
                      (struct paper_piece){.kind = PAPER_PIECE_RULE,
                                           .ink = PAPER_INK_ACCENT,
                                           .area = {PAPER_LEFT, composition->y, PAPER_COLUMN, 0.4}});
    composition->y += 1.6;
    paper_compose_flow(composition, paper_text_plain(composition->context, PAPER_SECTION, PAPER_COLUMN, text),
                       PAPER_LEFT, PAPER_INK_ACCENT, "H2");
    composition->y += SECTION_GAP;
}

/* A section's title and the route stay with the question that they lead to. */
static void add_page(struct form *form, const struct page *page) {
    struct paper_composition *composition = form->composition;
    for (size_t i = 0; i < page->question_count; i++, form->question++) {
        paper_compose_begin(composition);
        if (i == 0) {
            add_section(composition, page->title);
            add_route(form, true);
        }
        add_route(form, false);
        add_question(composition, &page->questions[i]);
        paper_compose_end(composition);
        composition->y += QUESTION_GAP;
    }
}

/* --- the whole --- */

/* What is printed, and where: a form that differs in a letter is another. */
static const char *digest_of(struct paper_form *form) {
    struct paper_composition *composition = &form->composition;
    struct buffer bytes = {0};
    char hex[DIGEST_HEX_SIZE];
    paper_geometry_write(&bytes, &form->geometry);
    for (size_t i = 0; i < composition->piece_count; i++) {
        const struct paper_piece *piece = &composition->pieces[i];
        buffer_format(&bytes, "%d %u %.2f %.2f %s\n", (int)piece->kind, piece->page, piece->area.x,
                      piece->area.y, piece->layout ? pango_layout_get_text(piece->layout) : "");
    }
    digest_sha256(buffer_text(&bytes), bytes.length, hex);
    buffer_destroy(&bytes);
    return arena_format(composition->arena, "%.8s", hex);
}

static void describe(struct paper_form *form) {
    struct paper_composition *composition = &form->composition;
    struct paper_geometry *geometry = &form->geometry;
    *geometry = (struct paper_geometry){
        .questionnaire = composition->language.questionnaire->name,
        .version = "",
        .language = wording_tag(composition->language),
        .pages = composition->page,
        .width = PAPER_WIDTH,
        .height = PAPER_HEIGHT,
        .frame = {PAPER_FRAME, PAPER_FRAME, PAPER_WIDTH - 2 * PAPER_FRAME, PAPER_HEIGHT - 2 * PAPER_FRAME},
        .arm = PAPER_ARM,
        .thickness = PAPER_THICKNESS,
        .outline = PAPER_OUTLINE,
        .code = {composition->is_mirrored ? PAPER_LEFT : PAPER_CODE_LEFT, PAPER_CODE_TOP, PAPER_CODE,
                 PAPER_CODE},
        .blocks = composition->blocks,
        .block_count = composition->block_count,
        .places = composition->places,
        .place_count = composition->place_count};
    geometry->version = digest_of(form);
}

bool paper_form_make(struct paper_form *form, struct arena *arena, PangoContext *context,
                     struct wording_language language, struct failure *failure) {
    struct paper_composition *composition = &form->composition;
    paper_compose_open(composition, arena, context, language);
    struct form making = {composition, language.questionnaire, 0};
    paper_front_add(composition);
    for (size_t i = 0; i < language.questionnaire->page_count; i++)
        add_page(&making, &language.questionnaire->pages[i]);
    paper_front_add_end(composition);
    paper_compose_finish(composition);
    if (failure_is_set(&composition->failure))
        return failure_set(failure, "cannot print the form: %s", composition->failure.text);
    describe(form);
    return true;
}

void paper_form_release(struct paper_form *form) {
    paper_compose_release(&form->composition);
}
