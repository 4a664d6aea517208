#include "model/questionnaire_logo.h"

#include "model/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const too_large = "it has more than 1 MiB; make it smaller";

static bool is_picture(const char *bytes, size_t length) {
    if (length > 8 && !memcmp(bytes, "\x89PNG\r\n\x1A\n", 8))
        return true;
    return text_is_utf8(bytes, length, NULL) && strstr(bytes, "<svg");
}

static const char *refuse_bytes(struct arena *arena, FILE *stream) {
    char *bytes = ARENA_NEW(arena, char, QUESTIONNAIRE_LOGO_MOST + 2);
    size_t length = fread(bytes, 1, QUESTIONNAIRE_LOGO_MOST + 1, stream);
    if (ferror(stream))
        return strerror(errno);
    if (length > QUESTIONNAIRE_LOGO_MOST)
        return too_large;
    return is_picture(bytes, length) ? NULL : "it is neither SVG nor PNG by its content";
}

static const char *refuse_open(struct arena *arena, FILE *stream) {
    struct stat state;
    if (fstat(fileno(stream), &state) != 0)
        return strerror(errno);
    if (!S_ISREG(state.st_mode))
        return "it is not a regular file";
    if (state.st_size > QUESTIONNAIRE_LOGO_MOST)
        return too_large;
    return refuse_bytes(arena, stream);
}

const char *questionnaire_logo_refusal(struct arena *arena, const char *file, const char *logo) {
    const char *slash = logo[0] == '/' ? NULL : strrchr(file, '/');
    const char *path = arena_format(arena, "%.*s%s", slash ? (int)(slash - file + 1) : 0, file, logo);
    /* Without O_NONBLOCK opening a pipe would wait for its other end. */
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return errno == ENOENT ? "there is no such file beside the questionnaire" : strerror(errno);
    FILE *stream = fdopen(descriptor, "rb");
    if (!stream) {
        close(descriptor);
        return "it cannot be read";
    }
    const char *reason = refuse_open(arena, stream);
    fclose(stream);
    return reason;
}
