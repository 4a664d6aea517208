#include "analysis/gnuplot.h"

#include "analysis/process.h"
#include "model/base/arena.h"

#include <sys/stat.h>

#define PROGRAM "gnuplot"

/* --default-settings: no gnuplotrc is read. A script that fails ends the process with status 1. */
static const char *const *command_line(struct arena *arena, const char *const *names, size_t count) {
    const char **words = ARENA_NEW(arena, const char *, count + 3);
    words[0] = PROGRAM;
    words[1] = "--default-settings";
    for (size_t i = 0; i < count; i++)
        words[i + 2] = arena_format(arena, "%s.gp", names[i]);
    return words;
}

bool gnuplot_run(const char *folder, const char *const *names, size_t count, struct failure *failure) {
    if (count == 0)
        return true;
    struct arena *arena = arena_create();
    const struct process_request request = {.words = command_line(arena, names, count),
                                            .package = "gnuplot-nox",
                                            .what = "draw the charts",
                                            .folder = folder};
    bool good = process_run(&request, NULL, failure);
    arena_destroy(arena);
    return good;
}

const char *gnuplot_identity(struct arena *arena) {
    const char *path = process_find(arena, PROGRAM);
    struct stat status;
    if (!path || stat(path, &status) != 0)
        return NULL;
    return arena_format(arena, "%s %lld %lld.%09ld", path, (long long)status.st_size,
                        (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}
