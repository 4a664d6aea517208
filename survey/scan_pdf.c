#include "survey/scan_pdf.h"

#include "survey/confinement.h"
#include "survey/scan_limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    LONG_SIDE = 2340, /* of A4 at 200 dots an inch */
    PICTURE_MOST = LONG_SIDE * LONG_SIDE + 64,
    PAGES_MOST = 100000,
    NOT_FOUND = 127 /* as a shell says it */
};

/* Becomes the program, in a process of its own; what it says goes into `to`, and its complaints nowhere. */
static void become(const char *path, const char *const *words, int to) {
    struct arena *arena = arena_create();
    struct failure failure = {0};
    const char *lacking;
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDERR_FILENO) < 0 ||
        dup2(to, STDOUT_FILENO) < 0)
        _exit(EXIT_FAILURE);
    static char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", NULL};
    scan_limits_set(true, 0);
    if (confinement_enter_program(arena, path, &lacking, &failure))
        execvpe(words[0], (char *const *)words, environment);
    _exit(errno == ENOENT ? NOT_FOUND : EXIT_FAILURE);
}

/* Runs one of poppler's programs on the file: at most `most` bytes of what it says. False with the reason. */
static bool run(const char *path, const char *const *words, struct buffer *said, size_t most,
                const char **reason) {
    int ends[2] = {-1, -1}, status = 0;
    pid_t child = -1;
    if (pipe2(ends, O_CLOEXEC) == 0 && (child = fork()) == 0)
        become(path, words, ends[1]);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        *reason = "no process could be started to read the PDF file";
        return false;
    }
    bool has_ended = scan_limits_listen(ends[0], said, most);
    close(ends[0]);
    if (!has_ended)
        scan_limits_end(child);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (has_ended && WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
        *reason = "PDF files are read by pdftoppm and pdfinfo, which are not here; install poppler-utils";
    else
        *reason = scan_limits_words(status, has_ended);
    return has_ended && status == 0;
}

bool scan_pdf_count(const char *path, unsigned *pages, const char **reason) {
    enum { WORDS_MOST = 64 * 1024 };
    static const char key[] = "\nPages:";
    const char *const words[] = {"pdfinfo", path, NULL};
    struct buffer said = {0};
    *pages = 0;
    if (run(path, words, &said, WORDS_MOST, reason)) {
        /* The file's own title comes first, and could say the same: the last one counts. */
        const char *found = NULL;
        for (const char *at = buffer_text(&said); (at = strstr(at, key)); at += sizeof key - 1)
            found = at + sizeof key - 1;
        long count = found ? strtol(found, NULL, 10) : 0;
        *pages = count > 0 && count <= PAGES_MOST ? (unsigned)count : 0;
        *reason = "the PDF file has no pages, or it is damaged";
    }
    buffer_destroy(&said);
    return *pages > 0;
}

bool scan_pdf_picture(struct arena *arena, const char *path, unsigned page, struct buffer *picture,
                      const char **reason) {
    const char *number = arena_format(arena, "%u", page), *side = arena_format(arena, "%d", LONG_SIDE);
    const char *const words[] = {"pdftoppm", "-gray", "-scale-to", side, "-f",
                                 number,     "-l",    number,      path, NULL};
    bool done = run(path, words, picture, PICTURE_MOST, reason);
    if (done && picture->length == 0) {
        *reason = "the page cannot be read; the PDF file may be damaged";
        done = false;
    }
    return done;
}
