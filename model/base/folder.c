#include "model/base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool folder_sync(const char *path) {
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int length = !slash ? 0 : slash == path ? 1 : (int)(slash - path);
    if (snprintf(folder, sizeof folder, "%.*s", length, path) >= (int)sizeof folder) {
        errno = ENAMETOOLONG;
        return false;
    }
    int file = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return errno == EACCES;
    bool done = fsync(file) == 0 || errno == EINVAL;
    int error = errno;
    close(file);
    errno = error;
    return done;
}
