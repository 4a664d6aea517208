#include "survey/paper_front.h"

#include <math.h>

#define HEAD_GAP      1.5
#define PARAGRAPH_GAP 1.8
#define LIST_INDENT   5.0
#define PANEL_PADDING 3.0
#define PANEL_GAP     6.0
#define EXAMPLE_GAP   2.5

/* --- prose --- */

struct prose {
    struct paper_composition *composition;
    enum paper_style text, heading;
    double width;
};

static void add_block(const struct prose *prose, const struct template_block *block) {
    struct paper_composition *composition = prose->composition;
    bool is_item = block->kind == TEMPLATE_BULLET || block->kind == TEMPLATE_NUMBER;
    double indent = is_item ? LIST_INDENT * (block->level > 0 ? block->level : 1) : 0;
    if (block->kind == TEMPLATE_RULE)
        return;
    if (is_item && !block->continues) {
        const char *label =
            block->kind == TEMPLATE_BULLET ? "•" : arena_format(composition->arena, "%d.", block->number);
        paper_compose_layout(composition, paper_text_plain(composition->context, prose->text, 0, label),
                             PAPER_LEFT + indent - LIST_INDENT, composition->y, PAPER_INK, NULL);
    }
    PangoLayout *layout =
        paper_text_block(composition->context, block->kind == TEMPLATE_HEADING ? prose->heading : prose->text,
                         prose->width - indent, block);
    paper_compose_flow(composition, layout, PAPER_LEFT + indent, PAPER_INK,
                       block->kind == TEMPLATE_HEADING ? "H3" : "P");
    composition->y += PARAGRAPH_GAP;
}

static void add_prose(const struct prose *prose, struct wording wording) {
    struct paper_composition *composition = prose->composition;
    const char *markdown = wording_plain(composition->arena, composition->language, wording);
    if (!markdown)
        return;
    struct template_text text = template_prose(composition->arena, markdown);
    for (size_t i = 0; i < text.count; i++) {
        add_block(prose, &text.blocks[i]);
        paper_compose_allow_break(composition);
    }
}

static void add_text(struct paper_composition *composition, enum paper_style style, double width,
                     enum paper_ink ink, const char *tag, const char *text) {
    paper_compose_flow(composition, paper_text_plain(composition->context, style, width, text), PAPER_LEFT,
                       ink, tag);
}

/* --- how to answer --- */

static void add_example(struct paper_composition *composition, enum paper_piece_kind kind, double x,
                        double y) {
    paper_compose_add(composition,
                      (struct paper_piece){.kind = kind, .area = {x, y, PAPER_SIDE, PAPER_SIDE}});
}

static double add_line(struct paper_composition *composition, enum message message, double width, double y) {
    PangoLayout *layout =
        paper_text_plain(composition->context, PAPER_PROSE, width,
                         wording_say(composition->arena, composition->language, message, NULL));
    return paper_compose_layout(composition, layout, PAPER_LEFT + PANEL_PADDING, y, PAPER_INK, "P");
}

/* Two lines with boxes behind them, marked as they should be; and where not to write. */
static void add_instructions(struct paper_composition *composition) {
    double top = composition->y, width = PAPER_COLUMN - 2 * PANEL_PADDING;
    double right = PAPER_LEFT + PAPER_COLUMN - PANEL_PADDING;
    struct paper_piece panel = {
        .kind = PAPER_PIECE_PANEL, .ink = PAPER_INK_FAINT, .area = {PAPER_LEFT, top, PAPER_COLUMN, 0}};
    size_t index = composition->piece_count;
    paper_compose_add(composition, panel);
    double y = top + PANEL_PADDING;
    add_example(composition, PAPER_PIECE_CROSSED, right - 2 * PAPER_SIDE - EXAMPLE_GAP, y);
    add_example(composition, PAPER_PIECE_BOX, right - PAPER_SIDE, y);
    y += fmax(add_line(composition, MESSAGE_PAPER_HOW_MARK, width - 3 * PAPER_SIDE, y), PAPER_SIDE) +
         PARAGRAPH_GAP;
    add_example(composition, PAPER_PIECE_FILLED, right - 2 * PAPER_SIDE - EXAMPLE_GAP, y);
    add_example(composition, PAPER_PIECE_CROSSED, right - PAPER_SIDE, y);
    y += fmax(add_line(composition, MESSAGE_PAPER_HOW_CORRECT, width - 3 * PAPER_SIDE, y), PAPER_SIDE) +
         PARAGRAPH_GAP;
    y += add_line(composition, MESSAGE_PAPER_HOW_FIELDS, width, y) + PANEL_PADDING;
    composition->pieces[index].area.height = y - top;
    composition->y = y;
}

/* --- beginning and end --- */

void paper_front_add(struct paper_composition *composition) {
    const struct questionnaire *questionnaire = composition->language.questionnaire;
    const char *organisation =
        wording_plain(composition->arena, composition->language, questionnaire->organisation);
    paper_compose_begin(composition);
    if (organisation) {
        add_text(composition, PAPER_ORGANISATION, PAPER_HEAD_COLUMN, PAPER_INK_ACCENT, "P", organisation);
        composition->y += HEAD_GAP;
    }
    add_text(composition, PAPER_TITLE, PAPER_HEAD_COLUMN, PAPER_INK, "H1",
             wording_plain(composition->arena, composition->language, questionnaire->title));
    composition->y = fmax(composition->y + PARAGRAPH_GAP, PAPER_TOP + PARAGRAPH_GAP);
    const struct prose prose = {composition, PAPER_PROSE, PAPER_PROSE_HEADING, PAPER_COLUMN};
    add_prose(&prose, questionnaire->introduction);
    paper_compose_end(composition);
    composition->y += PARAGRAPH_GAP;
    paper_compose_begin(composition);
    add_instructions(composition);
    paper_compose_end(composition);
    composition->y += PANEL_GAP;
}

static void add_thanks(struct paper_composition *composition) {
    const struct questionnaire *questionnaire = composition->language.questionnaire;
    struct wording_language language = composition->language;
    const char *text = wording_say(composition->arena, language, MESSAGE_PAPER_THANKS, NULL);
    if (questionnaire->closes) {
        struct buffer day = {0};
        language_date(&day, wording_interface(language), questionnaire->closes);
        const struct hole holes[] = {{"date", buffer_text(&day)}, {0}};
        text = arena_format(composition->arena, "%s %s", text,
                            wording_say(composition->arena, language, MESSAGE_PAPER_RETURN_BY, holes));
        buffer_destroy(&day);
    }
    add_text(composition, PAPER_PROSE_HEADING, PAPER_COLUMN, PAPER_INK, "P", text);
    composition->y += PANEL_GAP;
}

void paper_front_add_end(struct paper_composition *composition) {
    const struct questionnaire *questionnaire = composition->language.questionnaire;
    paper_compose_begin(composition);
    add_thanks(composition);
    paper_compose_end(composition);
    if (!wording_exists(questionnaire->privacy))
        return;
    paper_compose_begin(composition);
    add_text(composition, PAPER_SMALL_HEADING, PAPER_COLUMN, PAPER_INK, "H2",
             wording_say(composition->arena, composition->language, MESSAGE_PAPER_PRIVACY_TITLE, NULL));
    composition->y += HEAD_GAP;
    const struct prose prose = {composition, PAPER_SMALL, PAPER_SMALL_HEADING, PAPER_COLUMN};
    add_prose(&prose, questionnaire->privacy);
    paper_compose_end(composition);
}
