#include "analysis/chart_pictures.h"

#include "analysis/chart_files.h"
#include "analysis/gnuplot.h"
#include "model/base/digest.h"

#include <string.h>
#include <sys/stat.h>

static const char *const ENDINGS[] = {"svg", "png", "pdf"};
enum { ENDING_COUNT = sizeof ENDINGS / sizeof *ENDINGS };

/* --- What pictures depend on beside their scripts and data --- */

/* The program itself finishes pictures: another build of it counts as another one. NULL if it cannot be seen.
 */
static const char *own_identity(struct arena *arena) {
    struct stat status;
    if (stat("/proc/self/exe", &status) != 0)
        return NULL;
    return arena_format(arena, "%lld %lld.%09ld", (long long)status.st_size, (long long)status.st_mtim.tv_sec,
                        status.st_mtim.tv_nsec);
}

/* One word for all of it; NULL if something cannot be told: then everything is drawn. */
static const char *find_maker(const struct chart_pictures *pictures) {
    struct arena *arena = pictures->arena;
    const char *own = own_identity(arena), *gnuplot = gnuplot_identity(arena);
    if (!own || !gnuplot)
        return NULL;
    const char *text =
        arena_format(arena, "%s; %s; %s", own, gnuplot, glyph_identity(arena, pictures->theme->font));
    char *word = ARENA_NEW(arena, char, DIGEST_HEX_SIZE);
    digest_sha256(text, strlen(text), word);
    return word;
}

/* --- Taking over --- */

static const char *name_of(const struct chart_pictures *pictures, const struct chart *chart,
                           const char *ending) {
    return arena_format(pictures->arena, "charts/%s.%s", chart->name, ending);
}

/* All three or none: what gnuplot writes must not be there before. The words in an SVG picture are not all in
 * the data. */
static bool take_over(const struct chart_pictures *pictures, const struct chart *chart) {
    struct output *output = pictures->output;
    if (!output || !output_is_unchanged(output, name_of(pictures, chart, "gp")) ||
        !output_is_unchanged(output, name_of(pictures, chart, "dat")))
        return false;
    size_t taken = 0;
    while (taken < ENDING_COUNT && output_take_over(output, name_of(pictures, chart, ENDINGS[taken])))
        taken++;
    const char *svg = arena_format(pictures->arena, "%s/%s.svg", pictures->folder, chart->name);
    if (taken == ENDING_COUNT && chart_files_has_words(chart, svg))
        return true;
    while (taken > 0)
        output_drop(output, name_of(pictures, chart, ENDINGS[--taken]));
    return false;
}

bool chart_pictures_make(const struct chart_pictures *pictures, const struct chart_drawing *drawings,
                         size_t count, struct failure *failure) {
    const struct chart **drawn = ARENA_NEW(pictures->arena, const struct chart *, count);
    const char **names = ARENA_NEW(pictures->arena, const char *, count);
    const char *maker = pictures->output ? find_maker(pictures) : NULL;
    size_t left = 0;
    if (maker)
        output_set_maker(pictures->output, maker);
    for (size_t i = 0; i < count; i++) {
        if (!chart_sheet_write(drawings[i].sheet, pictures->folder, failure))
            return false;
        if (take_over(pictures, drawings[i].chart))
            continue;
        names[left] = drawings[i].chart->name;
        drawn[left++] = drawings[i].chart;
    }
    if (!gnuplot_run(pictures->folder, names, left, failure))
        return false;
    for (size_t i = 0; i < left; i++)
        if (!chart_files_finish(drawn[i], pictures->theme, pictures->folder, failure))
            return false;
    return true;
}
