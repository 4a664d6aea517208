/* Counts the commits of a program that keeps its answers in SQLite with a write-ahead log, loaded before it:
 * a commit syncs the log, a checkpoint syncs the log and the file. The number stands in the file that SYNCS
 * names, in binary. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int64_t *commits;
static int (*real)(int descriptor);

__attribute__((constructor)) static void open_count(void) {
    const char *name = getenv("SYNCS");
    int file = name ? open(name, O_RDWR | O_CREAT, 0600) : -1;
    real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    if (file < 0 || ftruncate(file, sizeof *commits) != 0)
        return;
    void *place = mmap(NULL, sizeof *commits, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (place != MAP_FAILED)
        commits = place;
    close(file);
}

int fdatasync(int descriptor);

int fdatasync(int descriptor) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = commits ? readlink(link, path, sizeof path - 1) : -1;
    if (length > 0) {
        path[length] = '\0';
        *commits += length > 4 && !strcmp(path + length - 4, "-wal") ? 1 : -1;
    }
    return real(descriptor);
}
