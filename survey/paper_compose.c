#include "survey/paper_compose.h"

#include "survey/letters_text.h"

#include <math.h>
#include <string.h>

/* A text higher than this may be torn between lines. */
#define TEXT_MOST 60.0
/* What is larger than a page begins on this one if so much of it is left. */
#define ROOM_LEAST 80.0
#define BLOCK_EDGE 1.0 /* around a block */
#define LINE       0.2 /* to write on */

/* Arrays grow in the arena; what they grew out of stays there until the end. */
static void *grown(struct paper_composition *composition, const void *array, size_t count, size_t *capacity,
                   size_t size) {
    if (count < *capacity)
        return (void *)array;
    *capacity = *capacity ? 2 * *capacity : 64;
    char *larger = ARENA_NEW(composition->arena, char, *capacity *size);
    if (count)
        memcpy(larger, array, count * size);
    return larger;
}

#define GROW(composition, array, count, capacity)                                                            \
    ((composition)->array = grown((composition), (composition)->array, (composition)->count,                 \
                                  &(composition)->capacity, sizeof *(composition)->array))

static bool runs_from_right(PangoContext *context, const char *text) {
    PangoLayout *layout = paper_text_plain(context, PAPER_TITLE, 0, text);
    bool is_mirrored = letters_text_is_mirrored(layout);
    g_object_unref(layout);
    return is_mirrored;
}

void paper_compose_open(struct paper_composition *composition, struct arena *arena, PangoContext *context,
                        struct wording_language language) {
    *composition = (struct paper_composition){
        .arena = arena, .context = context, .language = language, .page = 1, .y = PAPER_CODE_TOP};
    const char *title = wording_plain(arena, language, language.questionnaire->title);
    composition->is_mirrored = runs_from_right(context, title);
    pango_context_set_base_dir(context, composition->is_mirrored ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_context_set_language(context, pango_language_from_string(wording_tag(language)));
}

void paper_compose_release(struct paper_composition *composition) {
    for (size_t i = 0; i < composition->piece_count; i++)
        g_clear_object(&composition->pieces[i].layout);
    composition->piece_count = 0;
}

void paper_compose_turn(struct paper_composition *composition) {
    composition->page++;
    composition->y = PAPER_TOP;
}

/* --- pieces --- */

struct paper_piece *paper_compose_add(struct paper_composition *composition, struct paper_piece piece) {
    GROW(composition, pieces, piece_count, piece_capacity);
    struct paper_piece *added = &composition->pieces[composition->piece_count++];
    *added = piece;
    added->page = composition->page;
    return added;
}

/* The width that a layout may fill, since it is there that pango sets the lines of right-to-left text. */
static double width_of(PangoLayout *layout) {
    int width = pango_layout_get_width(layout);
    return width < 0 ? paper_text_width(layout) : (double)width / PANGO_SCALE * 25.4 / 72;
}

double paper_compose_layout(struct paper_composition *composition, PangoLayout *layout, double x, double y,
                            enum paper_ink ink, const char *tag) {
    double height = paper_text_height(layout);
    paper_compose_add(composition, (struct paper_piece){.ink = ink,
                                                        .area = {x, y, width_of(layout), height},
                                                        .layout = layout,
                                                        .end = (size_t)pango_layout_get_line_count(layout),
                                                        .tag = tag});
    return height;
}

void paper_compose_flow(struct paper_composition *composition, PangoLayout *layout, double x,
                        enum paper_ink ink, const char *tag) {
    if (paper_text_height(layout) <= TEXT_MOST) {
        composition->y += paper_compose_layout(composition, layout, x, composition->y, ink, tag);
        return;
    }
    size_t count = 0;
    double *edges = letters_text_edges(composition->arena, layout, &count);
    for (size_t i = 0; i < count; i++) {
        double height = (edges[i + 1] - edges[i]) * 25.4 / 72;
        paper_compose_add(composition,
                          (struct paper_piece){.ink = ink,
                                               .area = {x, composition->y, width_of(layout), height},
                                               .layout = g_object_ref(layout),
                                               .first = i,
                                               .end = i + 1,
                                               .tag = tag});
        composition->y += height;
        paper_compose_allow_break(composition);
    }
    g_object_unref(layout);
}

/* --- places and blocks --- */

static void add_place(struct paper_composition *composition, struct paper_place place) {
    GROW(composition, places, place_count, place_capacity);
    place.page = composition->page;
    composition->places[composition->place_count++] = place;
}

void paper_compose_box(struct paper_composition *composition, double x, double y, struct paper_place place) {
    place.kind = PAPER_BOX;
    place.area = (struct paper_area){x, y, PAPER_SIDE, PAPER_SIDE};
    add_place(composition, place);
    paper_compose_add(composition, (struct paper_piece){.kind = PAPER_PIECE_BOX, .area = place.area});
}

/* `count` rules and one more, `pitch` apart, from `first` on. */
static struct paper_rules make_rules(struct arena *arena, double first, double pitch, size_t count) {
    double *at = ARENA_NEW(arena, double, count + 1);
    for (size_t i = 0; i <= count; i++)
        at[i] = first + pitch * (double)i;
    return (struct paper_rules){at, count + 1};
}

void paper_compose_cells(struct paper_composition *composition, struct paper_area area, unsigned cells,
                         const char *item) {
    struct arena *arena = composition->arena;
    add_place(composition, (struct paper_place){.kind = PAPER_FIELD,
                                                .area = area,
                                                .item = item,
                                                .upright = make_rules(arena, 0, area.width / cells, cells),
                                                .level = make_rules(arena, 0, area.height, 1)});
    paper_compose_add(
        composition,
        (struct paper_piece){.kind = PAPER_PIECE_CELLS, .ink = PAPER_INK_PALE, .area = area, .cells = cells});
}

void paper_compose_lines(struct paper_composition *composition, struct paper_area area, double pitch,
                         const char *item, const char *code) {
    size_t count = (size_t)lround(area.height / pitch);
    struct paper_rules rules =
        make_rules(composition->arena, area.height - pitch * (double)(count - 1), pitch, count - 1);
    add_place(
        composition,
        (struct paper_place){.kind = PAPER_FIELD, .area = area, .item = item, .code = code, .level = rules});
    for (size_t i = 0; i < rules.count; i++)
        paper_compose_add(composition, (struct paper_piece){.kind = PAPER_PIECE_RULE,
                                                            .ink = PAPER_INK_LINE,
                                                            .area = {area.x, area.y + rules.at[i] - LINE / 2,
                                                                     area.width, LINE}});
}

void paper_compose_begin_block(struct paper_composition *composition, const struct item *item) {
    GROW(composition, blocks, block_count, block_capacity);
    composition->blocks[composition->block_count++] = (struct paper_block){
        .question = item->question->id,
        .item = item->id,
        .page = composition->page,
        .area = {PAPER_LEFT - BLOCK_EDGE, composition->y - BLOCK_EDGE, PAPER_COLUMN + 2 * BLOCK_EDGE, 0},
        .first = composition->place_count};
}

void paper_compose_end_block(struct paper_composition *composition) {
    struct paper_block *block = &composition->blocks[composition->block_count - 1];
    block->count = composition->place_count - block->first;
    block->area.height = composition->y + BLOCK_EDGE - block->area.y;
}

/* --- groups --- */

static void note_break(struct paper_composition *composition) {
    GROW(composition, breaks, break_count, break_capacity);
    composition->breaks[composition->break_count++] = (struct paper_break){
        composition->piece_count, composition->place_count, composition->block_count, composition->y};
}

void paper_compose_begin(struct paper_composition *composition) {
    composition->break_count = 0;
    note_break(composition);
}

void paper_compose_allow_break(struct paper_composition *composition) {
    note_break(composition);
}

/* A block through which the break goes becomes two; one of them may have no places, and is left out. */
static void tear_block(struct paper_composition *composition, struct paper_break *at) {
    if (at->block == 0)
        return;
    struct paper_block *block = &composition->blocks[at->block - 1];
    double bottom = block->area.y + block->area.height;
    if (block->page != composition->page || bottom - BLOCK_EDGE <= at->y + 0.01)
        return;
    struct paper_block rest = *block;
    rest.area.y = at->y - BLOCK_EDGE;
    rest.area.height = bottom - rest.area.y;
    rest.first = at->place;
    rest.count = block->first + block->count - at->place;
    block->area.height = at->y - block->area.y;
    block->count = at->place - block->first;
    GROW(composition, blocks, block_count, block_capacity);
    struct paper_block *place = &composition->blocks[at->block];
    memmove(place + 1, place, (composition->block_count - at->block) * sizeof *place);
    *place = rest;
    composition->block_count++;
    for (struct paper_break *later = at + 1; later < composition->breaks + composition->break_count; later++)
        later->block++;
}

/* Moves all from the break on to the top of the next page. */
static void move(struct paper_composition *composition, size_t index) {
    struct paper_break at = composition->breaks[index];
    tear_block(composition, &composition->breaks[index]);
    double shift = PAPER_TOP - at.y;
    for (size_t i = at.piece; i < composition->piece_count; i++) {
        composition->pieces[i].page++;
        composition->pieces[i].area.y += shift;
    }
    for (size_t i = at.place; i < composition->place_count; i++) {
        composition->places[i].page++;
        composition->places[i].area.y += shift;
    }
    for (size_t i = at.block; i < composition->block_count; i++) {
        composition->blocks[i].page++;
        composition->blocks[i].area.y += shift;
    }
    for (size_t i = index; i < composition->break_count; i++)
        composition->breaks[i].y += shift;
    composition->page++;
    composition->y += shift;
}

void paper_compose_push(struct paper_composition *composition) {
    if (composition->breaks[0].y > PAPER_TOP)
        move(composition, 0);
}

/* Tears what is larger than a page, each time at the last break that fits. */
static void tear(struct paper_composition *composition) {
    size_t index = 0;
    if (composition->breaks[0].y > PAPER_BOTTOM - ROOM_LEAST)
        move(composition, 0);
    while (composition->y > PAPER_BOTTOM) {
        size_t next = index;
        while (next + 1 < composition->break_count && composition->breaks[next + 1].y <= PAPER_BOTTOM)
            next++;
        if (next == index) {
            failure_set(&composition->failure, "a part of the form is larger than a page of paper");
            return;
        }
        move(composition, index = next);
    }
}

void paper_compose_end(struct paper_composition *composition) {
    double top = composition->breaks[0].y;
    if (composition->y > PAPER_BOTTOM && composition->y - top <= PAPER_BOTTOM - PAPER_TOP)
        move(composition, 0);
    else if (composition->y > PAPER_BOTTOM)
        tear(composition);
    composition->break_count = 0;
}

/* --- the end --- */

static void mirror(struct paper_area *area) {
    area->x = PAPER_WIDTH - area->x - area->width;
}

/* A block torn behind its last place leaves a part without any. */
static void drop_empty_blocks(struct paper_composition *composition) {
    size_t kept = 0;
    for (size_t i = 0; i < composition->block_count; i++)
        if (composition->blocks[i].count > 0)
            composition->blocks[kept++] = composition->blocks[i];
    composition->block_count = kept;
}

void paper_compose_finish(struct paper_composition *composition) {
    drop_empty_blocks(composition);
    if (!composition->is_mirrored)
        return;
    for (size_t i = 0; i < composition->piece_count; i++)
        mirror(&composition->pieces[i].area);
    for (size_t i = 0; i < composition->place_count; i++)
        mirror(&composition->places[i].area); /* the rules of its cells are alike from both sides */
    for (size_t i = 0; i < composition->block_count; i++)
        mirror(&composition->blocks[i].area);
}
