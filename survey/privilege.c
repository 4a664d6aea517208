#include "survey/privilege.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* What a change of user must have come to, asked of the kernel rather than believed. */
static bool is_settled(uid_t user, gid_t group) {
    uid_t real, effective, saved;
    gid_t real_group, effective_group, saved_group;
    return getresuid(&real, &effective, &saved) == 0 && real == user && effective == user && saved == user &&
           getresgid(&real_group, &effective_group, &saved_group) == 0 && real_group == group &&
           effective_group == group && saved_group == group && setresuid(0, 0, 0) != 0 &&
           setresgid(0, 0, 0) != 0 && seteuid(0) != 0;
}

bool privilege_drop(const char *name, struct failure *failure) {
    errno = 0;
    const struct passwd *user = getpwnam(name);
    if (!user)
        return failure_set(failure, "there is no user \"%s\" on this machine", name);
    uid_t id = user->pw_uid;
    gid_t group = user->pw_gid;
    if (id == 0)
        return failure_set(failure, "--user %s is root: name a user with fewer rights", name);
    if (geteuid() != 0)
        return failure_set(failure, "only root can become the user \"%s\": start as root, or without --user",
                           name);
    /* The groups go first, as only root may change them. */
    if (initgroups(name, group) != 0 || setresgid(group, group, group) != 0 || setresuid(id, id, id) != 0)
        return failure_set(failure, "cannot become the user \"%s\": %s", name, strerror(errno));
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return failure_set(failure, "cannot renounce new rights: %s", strerror(errno));
    if (!is_settled(id, group))
        return failure_set(failure, "the rights of root came back after becoming the user \"%s\"", name);
    return true;
}

/* The nearest folder above `path` that is there. */
static const char *folder_above(struct arena *arena, const char *path) {
    for (;;) {
        const char *slash = strrchr(path, '/');
        if (!slash)
            return ".";
        path = slash == path ? "/" : arena_copy_bytes(arena, path, (size_t)(slash - path));
        if (faccessat(AT_FDCWD, path, F_OK, AT_EACCESS) == 0 || !strcmp(path, "/"))
            return path;
    }
}

bool privilege_may_keep(struct arena *arena, const char *path, struct failure *failure) {
    static const char *const siblings[] = {"", "-wal", "-shm", "-journal", ".key"};
    const char *folder = folder_above(arena, path), *refused = NULL;
    if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
        refused = folder;
    for (size_t i = 0; i < sizeof siblings / sizeof *siblings && !refused; i++) {
        const char *file = arena_format(arena, "%s%s", path, siblings[i]);
        if (faccessat(AT_FDCWD, file, R_OK | W_OK, AT_EACCESS) != 0 && errno != ENOENT)
            refused = file;
    }
    if (!refused)
        return true;
    int reason = errno;
    const struct passwd *user = getpwuid(geteuid());
    return failure_set(failure, "the user \"%s\" cannot write %s: %s; give it the folder of the store",
                       user ? user->pw_name : "?", refused, strerror(reason));
}
