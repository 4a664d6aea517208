#include "model/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct block {
    struct block *next;
    size_t capacity, used;
    alignas(max_align_t) unsigned char bytes[];
};

/* The block in use stands first; the last is the one that a reset keeps. */
struct arena {
    struct block *blocks;
};

static struct block *block_create(size_t capacity, struct block *next) {
    if (capacity > SIZE_MAX - sizeof(struct block))
        abort();
    struct block *block = malloc(sizeof(struct block) + capacity);
    if (!block)
        abort();
    block->next = next;
    block->capacity = capacity;
    block->used = 0;
    return block;
}

struct arena *arena_create(void) {
    struct arena *arena = malloc(sizeof *arena);
    if (!arena)
        abort();
    arena->blocks = block_create(BLOCK_SIZE, NULL);
    return arena;
}

void arena_reset(struct arena *arena) {
    while (arena->blocks->next) {
        struct block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
    arena->blocks->used = 0;
}

void arena_destroy(struct arena *arena) {
    if (!arena)
        return;
    arena_reset(arena);
    free(arena->blocks);
    free(arena);
}

void arena_adopt(struct arena *arena, struct arena *other) {
    struct block *last = other->blocks;
    while (last->next)
        last = last->next;
    last->next = arena->blocks;
    arena->blocks = other->blocks;
    free(other);
}

void *arena_allocate(struct arena *arena, size_t count, size_t size) {
    if (size && count > (SIZE_MAX / 2) / size)
        abort();
    size_t alignment = alignof(max_align_t);
    size_t length = (count * size + alignment - 1) / alignment * alignment;
    if (length > arena->blocks->capacity - arena->blocks->used) {
        /* Blocks grow with what is asked, so that many small requests take few calls of malloc. */
        size_t capacity = arena->blocks->capacity * 2;
        arena->blocks = block_create(length > capacity ? length : capacity, arena->blocks);
    }
    void *memory = arena->blocks->bytes + arena->blocks->used;
    arena->blocks->used += length;
    return memset(memory, 0, length);
}

char *arena_copy_bytes(struct arena *arena, const char *bytes, size_t length) {
    char *copy = arena_allocate(arena, length + 1, 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_copy(struct arena *arena, const char *text) {
    return arena_copy_bytes(arena, text, strlen(text));
}

char *arena_format_list(struct arena *arena, const char *format, va_list list) {
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    if (length < 0)
        abort();
    char *text = arena_allocate(arena, (size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_format(struct arena *arena, const char *format, ...) {
    va_list list;
    va_start(list, format);
    char *text = arena_format_list(arena, format, list);
    va_end(list);
    return text;
}
