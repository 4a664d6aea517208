/* Memory with one life: everything taken from an arena goes at once, with the arena.
 *
 * One arena per questionnaire load, per request, per report. Running out of memory aborts: sizes that a
 * visitor controls are capped before they reach an arena. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* An empty arena. */
struct arena *arena_create(void);

/* Gives back everything taken from `arena`, and the arena itself. NULL is allowed. */
void arena_destroy(struct arena *arena);

/* Gives back everything taken from `arena`, which stays usable and keeps its first block. */
void arena_reset(struct arena *arena);

/* Hands everything taken from `other` over to `arena`, whose life it has from now on; `other` is gone. */
void arena_adopt(struct arena *arena, struct arena *other);

/* `count` objects of `size` bytes each, zeroed, aligned for any type. Never NULL, not even for none. */
void *arena_allocate(struct arena *arena, size_t count, size_t size);

/* `count` zeroed objects of a type. */
#define ARENA_NEW(arena, type, count) ((type *)arena_allocate((arena), (count), sizeof(type)))

/* A copy of the NUL-terminated `text`. */
char *arena_copy(struct arena *arena, const char *text);

/* A NUL-terminated copy of the `length` bytes at `bytes`. */
char *arena_copy_bytes(struct arena *arena, const char *bytes, size_t length);

/* The text that printf would print. */
char *arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_format_list(struct arena *arena, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

#endif
