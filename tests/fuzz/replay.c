/* Gives a fuzzer every file of the folders named, as a test: what once was found stays mended. */
#include "model/base/arena.h"
#include "tests/fuzz/target.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { FILE_MOST = 1 << 20 };

static bool replay(const char *path) {
    static uint8_t bytes[FILE_MOST];
    FILE *file = fopen(path, "rbe");
    if (!file)
        return false;
    size_t length = fread(bytes, 1, sizeof bytes, file);
    bool good = !ferror(file) && length < sizeof bytes;
    fclose(file);
    if (good)
        LLVMFuzzerTestOneInput(bytes, length);
    else
        printf("FAILED %s: it cannot be read\n", path);
    return good;
}

int main(int count, char **folders) {
    struct arena *arena = arena_create();
    size_t passed = 0, failed = 0;
    for (int i = 1; i < count; i++) {
        DIR *folder = opendir(folders[i]);
        for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
            if (entry->d_name[0] == '.')
                continue;
            const char *path = arena_format(arena, "%s/%s", folders[i], entry->d_name);
            fprintf(stderr, "%s\n", path); /* the last before a crash is the one */
            if (replay(path))
                passed++;
            else
                failed++;
        }
        if (folder)
            closedir(folder);
    }
    arena_destroy(arena);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed || !passed;
}
