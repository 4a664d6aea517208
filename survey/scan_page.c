#include "survey/scan_page.h"

#include "survey/scan_align.h"
#include "survey/scan_corners.h"

#include <math.h>
#include <string.h>

/* --- the code --- */

struct reader {
    struct arena *arena;
    const struct scan_forms *forms;
    struct scan_raster grey, ink;
    struct scan_code code;
    struct scan_reading *reading;
    bool has_label, has_other; /* a code that is a label; one that is something else */
};

static bool refuse(struct reader *page, const char *why) {
    page->reading->refusal = why;
    return false;
}

static bool same_label(const struct paper_label *one, const struct paper_label *other) {
    return one->sheet == other->sheet && one->page == other->page && !strcmp(one->version, other->version) &&
           !strcmp(one->language, other->language) && !strcmp(one->questionnaire, other->questionnaire);
}

/* Looks for the page's code in a picture of the same size; `scale` brings its points to the page's own. False
 * if two pages are in it. */
static bool look_for_code(struct reader *page, const struct scan_raster *picture, double scale) {
    size_t count;
    const struct scan_code *codes = scan_code_find(page->arena, picture, &count);
    for (size_t i = 0; i < count; i++) {
        struct paper_label label;
        if (!paper_label_parse(&label, page->arena, codes[i].text)) {
            page->has_other = true;
        } else if (!page->has_label) {
            page->has_label = true;
            page->reading->label = label;
            page->code = codes[i];
            for (size_t k = 0; k < 4; k++) {
                page->code.corners[k].x *= scale;
                page->code.corners[k].y *= scale;
            }
        } else if (!same_label(&label, &page->reading->label)) {
            return refuse(page, "two pages are in the picture; scan each by itself");
        }
    }
    return true;
}

/* The ink as a picture again, with print as black as it can be: for faded copies. */
static struct scan_raster strengthen(struct reader *page) {
    size_t length = (size_t)page->ink.width * (size_t)page->ink.height, counts[256] = {0}, seen = 0;
    struct scan_raster strong = scan_raster_create(page->arena, page->ink.width, page->ink.height);
    for (size_t i = 0; i < length; i++)
        counts[page->ink.values[i]]++;
    unsigned black = 255;
    while (black > 1 && (seen += counts[black]) * 100 < length) /* a page has more print than that */
        black--;
    for (size_t i = 0; i < length; i++) {
        unsigned value = page->ink.values[i] * 255U / black;
        strong.values[i] = (unsigned char)(value > 255 ? 0 : 255 - value);
    }
    return strong;
}

/* Half as large, each point the mean of four: noise goes, and blur matters less. */
static struct scan_raster halve(struct reader *page, const struct scan_raster *raster) {
    struct scan_raster half = scan_raster_create(page->arena, raster->width / 2, raster->height / 2);
    for (int y = 0; y < half.height; y++)
        for (int x = 0; x < half.width; x++) {
            const unsigned char *at = raster->values + (size_t)(2 * y) * (size_t)raster->width + 2 * x;
            half.values[(size_t)y * (size_t)half.width + (size_t)x] =
                (unsigned char)((at[0] + at[1] + at[raster->width] + at[raster->width + 1]) / 4);
        }
    return half;
}

static bool read_code(struct reader *page) {
    if (!look_for_code(page, &page->grey, 1))
        return false;
    if (!page->has_label) {
        struct scan_raster strong = strengthen(page);
        if (!look_for_code(page, &strong, 1))
            return false;
        struct scan_raster half = halve(page, &strong);
        if (!page->has_label && !look_for_code(page, &half, 2))
            return false;
    }
    if (page->has_label)
        return true;
    return refuse(page, page->has_other ? "its QR code is not one of a form"
                                        : "no QR code of a form can be read on it");
}

/* --- pictures of questions --- */

/* The block, upright, at 120 dots an inch. */
static struct scan_picture picture_of(struct reader *page, const struct scan_plane *plane,
                                      const struct paper_area *area) {
    const double dots = 120 / 25.4, around = 2;
    struct scan_raster crop = scan_raster_create(page->arena, (int)ceil((area->width + 2 * around) * dots),
                                                 (int)ceil((area->height + 2 * around) * dots));
    for (int y = 0; y < crop.height; y++)
        for (int x = 0; x < crop.width; x++) {
            struct scan_point at =
                scan_plane_at(plane, area->x - around + x / dots, area->y - around + y / dots);
            bool is_there = scan_raster_holds(&page->grey, at.x, at.y);
            crop.values[(size_t)y * (size_t)crop.width + (size_t)x] =
                is_there ? (unsigned char)(scan_raster_at(&page->grey, at.x, at.y) * 255) : 255;
        }
    struct scan_picture picture = {NULL, 0};
    picture.bytes = scan_image_png(page->arena, &crop, &picture.length);
    return picture;
}

/* --- the marks --- */

static bool find_corners(struct reader *page, struct scan_corners *corners,
                         const struct paper_geometry *geometry) {
    if (!scan_corners_find(corners, &page->ink, geometry, &page->code))
        return refuse(page,
                      arena_format(page->arena,
                                   "only %zu of the four brackets in the corners of the page were found; scan"
                                   " the whole page, flat",
                                   corners->found));
    page->reading->corners = corners->found;
    return true;
}

/* Where most boxes are elsewhere, the page is not what its code says. */
static bool is_this_form(struct reader *page, const struct scan_alignment *alignment) {
    if (alignment->found * 10 >= alignment->boxes * 6)
        return true;
    return refuse(page, arena_format(page->arena,
                                     "only %zu of its %zu boxes are where the form has them; it is another"
                                     " page than its code says, or too poor a copy",
                                     alignment->found, alignment->boxes));
}

static void judge(struct reader *page, const struct scan_marks *marks, const struct scan_plane *plane) {
    const struct paper_geometry *geometry = marks->geometry;
    unsigned number = page->reading->label.page;
    struct scan_hand hand = scan_judge_hand(marks, number);
    size_t most = geometry->block_count + geometry->place_count, count = 0;
    struct scan_verdict *verdicts = ARENA_NEW(page->arena, struct scan_verdict, most);
    struct scan_picture *pictures = ARENA_NEW(page->arena, struct scan_picture, most);
    for (size_t i = 0; i < geometry->block_count; i++) {
        if (geometry->blocks[i].page != number)
            continue;
        size_t first = count;
        count += scan_judge_block(page->arena, marks, &hand, i, verdicts + count);
        for (size_t k = first; k < count; k++)
            if (verdicts[k].doubt != SCAN_SURE)
                pictures[k] = picture_of(page, plane, &geometry->blocks[i].area);
    }
    page->reading->verdicts = verdicts;
    page->reading->pictures = pictures;
    page->reading->count = count;
}

static void read_marks(struct reader *page) {
    const struct paper_geometry *geometry = &page->forms->all[page->reading->form].geometry;
    unsigned number = page->reading->label.page;
    struct scan_corners corners;
    if (!find_corners(page, &corners, geometry))
        return;
    struct scan_alignment alignment = scan_align(page->arena, &page->ink, geometry, number, &corners);
    if (!is_this_form(page, &alignment))
        return;
    struct scan_marks marks = {.geometry = geometry, .questionnaire = page->forms->questionnaire};
    marks.inks = scan_mark_measure(page->arena, &page->ink, geometry, number, &alignment, corners.darkness,
                                   &marks.noise);
    judge(page, &marks, &alignment.plane);
}

void scan_page_read(struct arena *arena, const struct scan_bytes *from, const struct scan_forms *forms,
                    struct scan_reading *reading) {
    struct reader page = {.arena = arena, .forms = forms, .reading = reading};
    *reading = (struct scan_reading){0};
    reading->is_last = scan_image_is_last(from);
    reading->refusal = scan_image_read(arena, from, &page.grey);
    if (reading->refusal)
        return;
    page.ink = scan_raster_ink(arena, &page.grey);
    if (!read_code(&page))
        return;
    reading->refusal = scan_forms_refusal(arena, &reading->label, forms, &reading->form);
    if (!reading->refusal)
        read_marks(&page);
}
