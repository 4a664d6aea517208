#include "survey/paper_write.h"

#include <math.h>

#define CELL_WIDTH  6.0
#define CELL_HEIGHT 8.0
#define DATE_GAP    4.5 /* between the day and the month, with a stroke in it */
#define FREE_WIDTH  50.0
#define LINE_PITCH  9.0
#define UNIT_GAP    2.0

/* A number of more digits is written freely; more lines do not fit on a page with their question. */
enum { CELLS_MOST = 8, LINES_MOST = 20 };

/* --- numbers --- */

/* 0: a number that cells do not suit. */
static unsigned count_cells(const struct question *question) {
    if (question->decimals > 0 || question->minimum < 0 || !isfinite(question->maximum))
        return 0;
    int digits = question->maximum < 1 ? 1 : 1 + (int)floor(log10(question->maximum));
    return digits <= CELLS_MOST ? (unsigned)digits : 0;
}

static double add_number(struct paper_composition *composition, const struct item *item, double x, double y) {
    unsigned cells = count_cells(item->question);
    const char *unit = wording_plain(composition->arena, composition->language, item->question->unit);
    struct paper_area area = {x, y, cells ? cells * CELL_WIDTH : FREE_WIDTH, CELL_HEIGHT};
    paper_compose_cells(composition, area, cells ? cells : 1, item->id);
    if (!unit)
        return CELL_HEIGHT;
    double left = x + area.width + UNIT_GAP;
    PangoLayout *layout =
        paper_text_plain(composition->context, PAPER_OPTION, PAPER_BODY_LEFT + PAPER_BODY - left, unit);
    double height = paper_text_height(layout), drop = fmax(0, (CELL_HEIGHT - height) / 2);
    paper_compose_layout(composition, layout, left, y + drop, PAPER_INK, "P");
    return fmax(CELL_HEIGHT, drop + height);
}

/* --- dates --- */

static double add_date(struct paper_composition *composition, const struct item *item, double x, double y) {
    static const unsigned cells[] = {2, 2, 4};
    double left = x;
    for (size_t i = 0; i < 3; i++) {
        struct paper_area area = {left, y, cells[i] * CELL_WIDTH, CELL_HEIGHT};
        paper_compose_cells(composition, area, cells[i], item->id);
        left += area.width + DATE_GAP;
        if (i == 2)
            continue;
        PangoLayout *stroke = paper_text_plain(composition->context, PAPER_OPTION, 0, "/");
        paper_compose_layout(composition, stroke, left - (DATE_GAP + paper_text_width(stroke)) / 2,
                             y + (CELL_HEIGHT - paper_text_height(stroke)) / 2, PAPER_INK_PALE, NULL);
    }
    return CELL_HEIGHT;
}

/* --- words --- */

static unsigned count_lines(const struct question *question) {
    return question->lines < 1 ? 1 : question->lines < LINES_MOST ? question->lines : LINES_MOST;
}

static double add_lines(struct paper_composition *composition, const struct item *item, double x, double y) {
    struct paper_area area = {x, y, PAPER_BODY, count_lines(item->question) * LINE_PITCH};
    paper_compose_lines(composition, area, LINE_PITCH, item->id, NULL);
    return area.height;
}

void paper_write_add(struct paper_composition *composition, const struct item *item) {
    double x = PAPER_BODY_LEFT, y = composition->y;
    switch (item->question->type) {
    case QUESTION_NUMBER:
        composition->y += add_number(composition, item, x, y);
        return;
    case QUESTION_DATE:
        composition->y += add_date(composition, item, x, y);
        return;
    default:
        composition->y += add_lines(composition, item, x, y);
    }
}
