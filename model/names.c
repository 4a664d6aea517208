#include "model/names.h"

#include "model/base/text.h"

#include <stdint.h>
#include <string.h>

/* Open addressing in a table whose size is a power of two and that is at most half full. */
struct slot {
    const char *name; /* NULL: free */
    size_t number;
};

struct names {
    struct arena *arena;
    bool ignore_case;
    struct slot *slots;
    size_t capacity, count;
};

enum { FIRST_CAPACITY = 32 };

struct names *names_create(struct arena *arena, bool ignore_case) {
    struct names *names = ARENA_NEW(arena, struct names, 1);
    names->arena = arena;
    names->ignore_case = ignore_case;
    names->capacity = FIRST_CAPACITY;
    names->slots = ARENA_NEW(arena, struct slot, names->capacity);
    return names;
}

/* FNV-1a, over lower-case letters, so that one function serves both kinds of dictionary. */
static size_t hash(const char *name) {
    uint64_t value = 14695981039346656037u;
    for (; *name; name++) {
        unsigned char letter = (unsigned char)*name;
        if (letter >= 'A' && letter <= 'Z')
            letter = (unsigned char)(letter - 'A' + 'a');
        value = (value ^ letter) * 1099511628211u;
    }
    return (size_t)(value ^ (value >> 32));
}

/* The slot that holds the name, or the free one where it belongs. */
static struct slot *find_slot(const struct names *names, const char *name) {
    for (size_t at = hash(name);; at++) {
        struct slot *slot = &names->slots[at & (names->capacity - 1)];
        if (!slot->name)
            return slot;
        if (names->ignore_case ? text_same_letters(slot->name, name) : !strcmp(slot->name, name))
            return slot;
    }
}

static void grow(struct names *names) {
    struct slot *old = names->slots;
    size_t old_capacity = names->capacity;
    names->capacity *= 2;
    names->slots = ARENA_NEW(names->arena, struct slot, names->capacity);
    for (size_t i = 0; i < old_capacity; i++)
        if (old[i].name)
            *find_slot(names, old[i].name) = old[i];
}

size_t names_find(const struct names *names, const char *name) {
    const struct slot *slot = find_slot(names, name);
    return slot->name ? slot->number : NAMES_NONE;
}

size_t names_add(struct names *names, const char *name, size_t number) {
    struct slot *slot = find_slot(names, name);
    if (slot->name)
        return slot->number;
    *slot = (struct slot){name, number};
    names->count++;
    if (names->count * 2 > names->capacity)
        grow(names);
    return NAMES_NONE;
}

void names_set(struct names *names, const char *name, size_t number) {
    struct slot *slot = find_slot(names, name);
    if (slot->name)
        slot->number = number;
    else
        names_add(names, name, number);
}
