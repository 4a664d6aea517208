#include "model/store_path.h"

#include "model/base/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *store_path_choose(struct arena *arena, const struct questionnaire *questionnaire,
                              const char *given) {
    if (given)
        return given;
    const char *environment = getenv("SURVEY_STORE");
    if (environment && *environment)
        return environment;
    return arena_format(arena, "results/%s/answers.db", questionnaire->name);
}

/* The folder itself is open to owner and group only: the times of its files tell when somebody answers. */
bool store_path_make_folder(struct arena *arena, const char *path, struct failure *failure) {
    char *folder = arena_copy(arena, path);
    for (char *slash = strchr(folder + (*folder == '/'), '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdir(folder, strchr(slash + 1, '/') ? 0777 : 0770) == 0;
        if (made ? !folder_sync(folder) : errno != EEXIST)
            return failure_set(failure, "cannot make the folder %s: %s", folder, strerror(errno));
        *slash = '/';
    }
    return true;
}
