#include "analysis/output.h"

#include "analysis/manifest.h"
#include "model/base/arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY ".bilan-"
#define MARK      ".made-by-bilan" /* in every temporary folder */

/* A file that was renamed, or (without `from`) a folder that was made: to be undone in reverse order. */
struct step {
    const char *from, *to;
    struct step *before;
};

struct output {
    struct arena *arena;
    const char *folder;    /* where the files will stand */
    const char *temporary; /* where they are written; inside `folder`, to be on the same file system */
    int lock; /* open on `temporary`, locked while the set lives: without a lock it is a leftover */
    struct step *steps;
    const char *maker;              /* NULL: not said */
    const struct manifest *earlier; /* what is in place, if that was drawn with the same; NULL: it was not */
};

static char *inside(struct output *output, const char *folder, const char *name) {
    return arena_format(output->arena, "%s/%s", folder, name);
}

/* --- folders --- */

/* Makes one folder, if it is missing. A link in its place is refused below the output folder: what lies
 * behind it is not ours. */
static bool make_folder(struct output *output, const char *path, bool links, struct failure *failure) {
    struct stat status;
    if (mkdir(path, 0777) == 0) {
        struct step *step = ARENA_NEW(output->arena, struct step, 1);
        *step = (struct step){NULL, arena_copy(output->arena, path), output->steps};
        output->steps = step;
        return true;
    }
    if (errno != EEXIST)
        return failure_set(failure, "cannot make the folder %s: %s", path, strerror(errno));
    if ((links ? stat(path, &status) : lstat(path, &status)) != 0 || !S_ISDIR(status.st_mode))
        return failure_set(failure, "%s is not a folder; move it away, or choose another --output", path);
    return true;
}

static bool make_folders(struct output *output, struct failure *failure) {
    char *path = arena_copy(output->arena, output->folder);
    for (char *at = path + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        bool made = make_folder(output, path, true, failure);
        *at = '/';
        if (!made)
            return false;
    }
    return make_folder(output, path, true, failure);
}

/* Removes a folder of ours with everything in it. */
static void remove_tree(const char *path) {
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        if (unlinkat(dirfd(folder), entry->d_name, 0) == 0)
            continue;
        char below[4096];
        if (snprintf(below, sizeof below, "%s/%s", path, entry->d_name) < (int)sizeof below)
            remove_tree(below);
    }
    closedir(folder);
    rmdir(path);
}

/* Opens a folder and locks it; -1 if it is gone or (unless `wait`) another process holds it. Where the file
 * system knows no locks, runs at the same time are not kept apart, but nothing else is lost. */
static int lock_folder(const char *path, bool wait) {
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return -1;
    int status;
    do
        status = flock(descriptor, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
    while (status != 0 && errno == EINTR);
    if (status == 0 || errno != EWOULDBLOCK)
        return descriptor;
    close(descriptor);
    return -1;
}

/* Whether a name is one that make_temporary gives. */
static bool is_temporary(const char *name) {
    return !strncmp(name, TEMPORARY, strlen(TEMPORARY)) && strlen(name) == strlen(TEMPORARY "XXXXXX");
}

/* Whether the open folder is one that we made: it is this user's and has our mark in it. */
static bool is_marked(int folder) {
    struct stat mark;
    return fstatat(folder, MARK, &mark, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(mark.st_mode) &&
           mark.st_uid == geteuid();
}

static bool set_mark(int folder) {
    int mark = openat(folder, MARK, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (mark >= 0)
        close(mark);
    return mark >= 0;
}

/* Removes what earlier runs left behind because they were killed. */
static void sweep(struct output *output) {
    DIR *folder = opendir(output->folder);
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!is_temporary(entry->d_name))
            continue;
        char *path = inside(output, output->folder, entry->d_name);
        int lock = lock_folder(path, false);
        if (lock < 0)
            continue;
        if (is_marked(lock))
            remove_tree(path);
        close(lock);
    }
    closedir(folder);
}

/* Makes and locks the temporary folder. Another run may sweep it away before it is locked: then once more. */
static bool make_temporary(struct output *output, struct failure *failure) {
    for (int attempt = 0; attempt < 100; attempt++) {
        char *path = inside(output, output->folder, TEMPORARY "XXXXXX");
        if (!mkdtemp(path))
            return failure_set(failure, "cannot write into %s: %s", output->folder, strerror(errno));
        output->lock = lock_folder(path, false);
        if (output->lock >= 0 && access(path, W_OK | X_OK) == 0 && set_mark(output->lock)) {
            output->temporary = path;
            return true;
        }
        if (output->lock >= 0)
            close(output->lock);
    }
    return failure_set(failure, "cannot write into %s", output->folder);
}

/* --- the set --- */

static void destroy(struct output *output) {
    if (output->temporary) {
        remove_tree(output->temporary);
        close(output->lock);
    }
    arena_destroy(output->arena);
}

struct output *output_begin(const char *folder, struct failure *failure) {
    struct arena *arena = arena_create();
    struct output *output = ARENA_NEW(arena, struct output, 1);
    *output = (struct output){.arena = arena, .folder = arena_copy(arena, folder), .lock = -1};
    if (make_folders(output, failure)) {
        sweep(output);
        if (make_temporary(output, failure))
            return output;
    }
    output_abandon(output);
    return NULL;
}

const char *output_folder(struct output *output, const char *name, struct failure *failure) {
    char *path = inside(output, output->temporary, name);
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return path;
    failure_set(failure, "cannot make the folder %s: %s", path, strerror(errno));
    return NULL;
}

bool output_write(struct output *output, const char *name, const char *bytes, size_t length,
                  struct failure *failure) {
    char *path = inside(output, output->temporary, name);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool good = descriptor >= 0;
    while (good && length) {
        ssize_t written = write(descriptor, bytes, length);
        good = written > 0 || (written < 0 && errno == EINTR);
        if (written > 0)
            bytes += written, length -= (size_t)written;
    }
    if (descriptor >= 0 && close(descriptor) != 0)
        good = false;
    return good || failure_set(failure, "cannot write %s/%s: %s", output->folder, name, strerror(errno));
}

/* --- taking over --- */

/* What cannot be read now is told when the set is put in place. */
void output_set_maker(struct output *output, const char *maker) {
    struct failure untold = {0};
    const struct manifest *earlier = manifest_read(output->arena, output->folder, &untold);
    const char *other = earlier ? manifest_maker(earlier) : NULL;
    output->maker = arena_copy(output->arena, maker);
    output->earlier = other && strcmp(maker, other) == 0 ? earlier : NULL;
}

bool output_is_unchanged(struct output *output, const char *name) {
    return output->earlier && manifest_knows(output->earlier, name, inside(output, output->temporary, name));
}

/* Copies what is there; false if it cannot be read or written. */
static bool copy_file(const char *from, const char *to) {
    int source = open(from, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int target = source < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool good = target >= 0;
    static char piece[64 * 1024];
    ssize_t got = 1;
    while (good && (got = read(source, piece, sizeof piece)) > 0)
        good = write(target, piece, (size_t)got) == got;
    if (target >= 0 && close(target) != 0)
        good = false;
    if (source >= 0)
        close(source);
    return good && got == 0;
}

/* The copy is held against the list, not the file that was copied: nobody can change that in between. */
bool output_take_over(struct output *output, const char *name) {
    if (!output->earlier)
        return false;
    char *copy = inside(output, output->temporary, name);
    bool fresh = access(copy, F_OK) != 0;
    if (fresh && copy_file(inside(output, output->folder, name), copy) &&
        manifest_knows(output->earlier, name, copy))
        return true;
    if (fresh)
        unlink(copy);
    return false;
}

void output_drop(struct output *output, const char *name) {
    unlink(inside(output, output->temporary, name));
}

/* --- putting in place --- */

/* Renames without ever replacing a file, and remembers it. */
static bool move(struct output *output, const char *from, const char *to, struct failure *failure) {
    int status = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    if (status != 0 &&
        (errno == EINVAL || errno == ENOSYS)) /* the file system cannot: we have looked before */
        status = rename(from, to);
    if (status != 0)
        return failure_set(failure, "cannot put %s in place: %s", to, strerror(errno));
    struct step *step = ARENA_NEW(output->arena, struct step, 1);
    *step = (struct step){from, to, output->steps};
    output->steps = step;
    return true;
}

/* Undoes every step after `last`. */
static void undo(struct output *output, const struct step *last) {
    for (; output->steps != last; output->steps = output->steps->before) {
        if (output->steps->from)
            rename(output->steps->to, output->steps->from);
        else
            rmdir(output->steps->to); /* stays if it is not empty */
    }
}

/* Lists the files of the set that lie in `folder` of the temporary folder ("" for itself), and below. */
static bool list_files(struct output *output, const char *folder, struct manifest *files,
                       struct failure *failure) {
    struct dirent **entries = NULL;
    char *path = inside(output, output->temporary, folder);
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0)
        return failure_set(failure, "cannot read %s: %s", path, strerror(errno));
    bool good = true;
    for (int i = 0; i < count; i++) {
        char *name = arena_format(output->arena, "%s%s%s", folder, *folder ? "/" : "", entries[i]->d_name);
        if (good && entries[i]->d_name[0] != '.') {
            char *file = inside(output, output->temporary, name);
            struct stat status;
            if (lstat(file, &status) == 0 && S_ISDIR(status.st_mode))
                good = list_files(output, name, files, failure);
            else
                good = manifest_add(files, name, file, failure);
        }
        free(entries[i]);
    }
    free(entries);
    return good;
}

/* Whether every file of the set finds its place free, or taken by a file that Bilan wrote. */
static bool check_places(struct output *output, const struct manifest *files, const struct manifest *earlier,
                         struct failure *failure) {
    for (const struct manifest_file *file = manifest_first(files); file; file = file->next) {
        char *place = inside(output, output->folder, file->name);
        struct stat status;
        bool taken = lstat(place, &status) == 0;
        if (!taken && errno != ENOENT && errno != ENOTDIR)
            return failure_set(failure, "cannot look at %s: %s", place, strerror(errno));
        if (taken && !manifest_knows(earlier, file->name, place))
            return failure_set(failure,
                               "%s was not written by Bilan, or was changed since; move it away, or "
                               "choose another --output",
                               place);
    }
    return true;
}

/* Makes the folders on the way to `name` below `root`. */
static bool make_way(struct output *output, const char *root, const char *name, struct failure *failure) {
    for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
        char *folder = inside(output, root, arena_copy_bytes(output->arena, name, (size_t)(slash - name)));
        if (!make_folder(output, folder, false, failure))
            return false;
    }
    return true;
}

/* Moves what earlier runs wrote into `aside`. A file that was changed since is no longer Bilan's: it stays.
 */
static bool put_aside(struct output *output, const struct manifest *earlier, const char *aside,
                      struct failure *failure) {
    for (const struct manifest_file *file = manifest_first(earlier); file; file = file->next) {
        char *place = inside(output, output->folder, file->name);
        if (access(place, F_OK) == 0 && manifest_knows(earlier, file->name, place) &&
            (!make_way(output, aside, file->name, failure) ||
             !move(output, place, inside(output, aside, file->name), failure)))
            return false;
    }
    return true;
}

static bool put_in_place(struct output *output, const struct manifest *files, struct failure *failure) {
    for (const struct manifest_file *file = manifest_first(files); file; file = file->next)
        if (!make_way(output, output->folder, file->name, failure) ||
            !move(output, inside(output, output->temporary, file->name),
                  inside(output, output->folder, file->name), failure))
            return false;
    return true;
}

/* Puts the list itself in place, over the one that is there. */
static bool leave_list(struct output *output, const struct manifest *list, const char *name,
                       struct failure *failure) {
    char *path = inside(output, output->temporary, name);
    char *place = inside(output, output->folder, MANIFEST_NAME);
    if (!manifest_write(list, path, failure))
        return false;
    return rename(path, place) == 0 || failure_set(failure, "cannot write %s: %s", place, strerror(errno));
}

/* Everything that was written and renamed: after a power cut no file in place is empty, and the list in place
 * knows all of them. */
static bool sync_all(const struct output *output, struct failure *failure) {
    return syncfs(output->lock) == 0 ||
           failure_set(failure, "cannot write into %s: %s", output->folder, strerror(errno));
}

/* Folders that an earlier set needed and this one left empty. */
static void remove_empty_folders(struct output *output, const struct manifest *earlier) {
    for (const struct manifest_file *file = manifest_first(earlier); file; file = file->next) {
        const char *slash = strrchr(file->name, '/');
        if (slash)
            rmdir(inside(output, output->folder,
                         arena_copy_bytes(output->arena, file->name, (size_t)(slash - file->name))));
    }
}

/* The list in place names the files of both sets while they change: whoever kills the process in between
 * leaves files that the next run still knows as Bilan's. */
static bool exchange(struct output *output, struct failure *failure) {
    struct manifest *earlier = manifest_read(output->arena, output->folder, failure);
    struct manifest *files = manifest_create(output->arena);
    char *aside = inside(output, output->temporary, ".earlier");
    if (!earlier || !list_files(output, "", files, failure) ||
        !check_places(output, files, earlier, failure) || !make_folder(output, aside, false, failure))
        return false;
    if (output->maker)
        manifest_set_maker(files, output->maker);
    const struct step *before = output->steps;
    struct manifest *both = manifest_create(output->arena);
    manifest_join(both, earlier);
    manifest_join(both, files);
    if (!leave_list(output, both, ".both", failure))
        return false;
    if (sync_all(output, failure) && put_aside(output, earlier, aside, failure) &&
        put_in_place(output, files, failure) && leave_list(output, files, ".files", failure) &&
        sync_all(output, failure)) {
        remove_empty_folders(output, earlier);
        return true;
    }
    undo(output, before);
    struct failure again = {0}; /* the first failure is the one to tell */
    if (manifest_first(earlier))
        leave_list(output, earlier, ".undone", &again);
    else
        unlink(inside(output, output->folder, MANIFEST_NAME));
    return false;
}

bool output_commit(struct output *output, struct failure *failure) {
    int lock = lock_folder(output->folder, true);
    bool done = exchange(output, failure);
    if (lock >= 0)
        close(lock);
    if (done) /* nothing is undone any more */
        destroy(output);
    else
        output_abandon(output);
    return done;
}

void output_abandon(struct output *output) {
    if (!output)
        return;
    if (output->temporary)
        remove_tree(output->temporary);
    undo(output, NULL); /* what is left: folders made for this set */
    destroy(output);
}
